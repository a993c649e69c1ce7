"""The smallest changes of the tables that make a plan possible, each proven least of its kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from math import ceil

from optplan.decision_model import DecisionModel
from optplan.explanation.asking import Answer, Asking
from optplan.explanation.conflict import Conflict
from optplan.explanation.elastic_program import ROUNDING, giving_program
from optplan.explanation.ruling import Ruling, Rulings, rank
from optplan.plan import Plan
from optplan.rules.cells import Cell
from optplan.scenarios import Change, Scenario, apply_scenarios
from optplan.schedule import Schedule
from optplan.tables.findings import InputError

MOST = 6
OF_A_KIND = 3  # repairs that change the same columns: of thirty appropriations, any of which would do, nobody wants thirty
MOST_CHANGED = 30  # cells of one repair
OF_ONE_KIND = 2.0  # seconds for whether changes of one kind alone would do
OF_ONE = 3.0  # seconds for one question about one repair: what is not proven least by then is said to be so
NEAR = 0.01  # relative: how near to the least sum of changes the changes of one kind are; each is then made as small as can be
ROUGHLY = 0.2  # the same for changes of cells of several kinds
MONEY = ("budgets", "amount")  # what more of anything takes
ATTEMPTS = 2  # at the least by which one cell of several gives way, each beginning a step below the one before
MOST_CHOICES = 4  # cells of a conflict from which one is taken
MOST_TRIED = 24  # combinations of a cell of each conflict
STEP = 1 - 1e-4  # of a whole step
WHOLE_SHARE = 100  # hundredths


@dataclass(frozen=True)
class Repair:
    """Cells that give way, each by so many of its own units, so that a plan exists.

    ``least``: it is proven that none exists where any one of them gives way by a step less, the others as they are here.
    """

    steps: tuple[tuple[Ruling, Decimal], ...]
    least: bool

    @property
    def changes(self) -> tuple[Change, ...]:
        """The repair as changes of a scenario."""
        return tuple(ruling.change(by) for ruling, by in self.steps)

    @property
    def changed(self) -> frozenset[tuple[Cell, Decimal]]:
        """Which cells it changes, and by how much."""
        return frozenset((ruling.cell, by) for ruling, by in self.steps)

    @property
    def kinds(self) -> tuple[tuple[str, str], ...]:
        """Which columns it changes."""
        return tuple(sorted(ruling.kind for ruling, _ in self.steps))

    @property
    def size(self) -> float:
        """How much it changes, each cell measured by what it holds."""
        return sum(float(by) / ruling.size for ruling, by in self.steps)


class Repairs:
    """Looks for repairs of a plan whose conflicts are known."""

    def __init__(self, asking: Asking, rulings: Rulings, model: DecisionModel, reference: Schedule | None) -> None:
        self._asking, self._rulings, self._model, self._reference = asking, rulings, model, reference

    def find(self, conflicts: Sequence[Conflict]) -> list[Repair]:
        """Three to six of them where there are so many, of as many kinds as there are, the smallest of each kind first.

        None where no conflict is known, as when time was out before one was proven.
        """
        found: list[Repair] = []
        often: Counter[frozenset[tuple[str, str]]] = Counter()

        def take(repair: Repair | None) -> None:
            if repair is not None and all(other.changed != repair.changed for other in found):
                found.append(repair)
                often[frozenset(repair.kinds)] += 1

        def wanted(kinds: frozenset[tuple[str, str]]) -> bool:
            return not self._asking.limits.over() and often[kinds] < OF_A_KIND

        for cell in _in_all(conflicts):
            if wanted(frozenset({_kind(cell)})):
                take(self._least((cell,)))
        for kind in dict.fromkeys(_kind(cell) for conflict in conflicts for cell in conflict.cells):
            if wanted(frozenset({kind})) and not often[frozenset({kind})]:
                take(self._together([cell for cell in self._asking.program.cells if _kind(cell) == kind]))
        for cells in _of_each(conflicts):
            if wanted(frozenset(map(_kind, cells))):
                take(self._least(cells))
        if conflicts and not found and not self._asking.limits.over():
            kinds = {_kind(cell) for conflict in conflicts for cell in conflict.cells if cell.table != "promises"} | {MONEY}
            take(self._together([cell for cell in self._asking.program.cells if _kind(cell) in kinds], ROUGHLY))
        return _of_many_kinds(found)

    def _together(self, cells: Sequence[Cell], near: float = NEAR) -> Repair | None:
        """Changes of some of ``cells`` alone, as few and small as do: this much more money, and in which places.

        They are those of one column of a table or, where nothing else does, of a conflict's columns with money beside.
        None where shares or promises are among them.
        """
        rulings = {cell: self._rulings.of(cell) for cell in cells}
        if any(cell.table == "promises" or ruling.scaled for cell, ruling in rulings.items()):
            return None
        held = [cell for cell in self._asking.program.cells if cell not in rulings]
        answer = self._asking.least(held, cells, near=near, seconds=OF_ONE_KIND)
        if answer.status != "possible":
            return None
        by = {cell: _steps_up(answer.given[cell], rulings[cell]) for cell in cells if cell in answer.given}
        if not 0 < len(by) <= MOST_CHANGED:
            return None
        given = [rulings[cell] for cell in by]
        proven = {ruling.cell: self._none_below(by, ruling) for ruling in given}
        left = [ruling for ruling in given if by[ruling.cell]]
        return Repair(tuple((ruling, by[ruling.cell]) for ruling in left), all(proven[ruling.cell] for ruling in left))

    def _least(self, cells: tuple[Cell, ...]) -> Repair | None:
        """The least by which ``cells`` must give way, if with them a plan exists."""
        rulings = [self._rulings.of(cell) for cell in cells]
        if any(ruling.cell.table == "promises" for ruling in rulings):
            return None  # which no change of the tables would be
        if any(ruling.scaled for ruling in rulings):
            return self._least_share(rulings[0]) if len(cells) == 1 else None
        held = [cell for cell in self._asking.program.cells if cell not in cells]
        # a plan within a step of the bound is most often proven to be the least in whole steps
        within = STEP / rulings[0].size if len(cells) == 1 else 0.0
        answer = self._asking.least(held, cells, within=within, seconds=OF_ONE)
        if len(cells) == 1 and answer.status == "possible" and not _same_step(answer, rulings[0]):
            answer = self._asking.least(held, cells, seconds=OF_ONE)
        if answer.status != "possible" or not _all_give(cells, answer.given):
            return None
        by = {ruling.cell: _steps_up(answer.given[ruling.cell], ruling) for ruling in rulings}
        if len(cells) == 1:
            (ruling,) = rulings
            return Repair(((ruling, by[ruling.cell]),), _same_step(answer, ruling))
        least = all(self._none_below(by, ruling) for ruling in rulings)
        return Repair(tuple((ruling, by[ruling.cell]) for ruling in rulings), least)

    def _none_below(self, by: dict[Cell, Decimal], ruling: Ruling) -> bool:
        """Whether there is no plan with a step less of one cell; where there is one, it gives way by the least that does."""
        held = [cell for cell in self._asking.program.cells if cell not in by]
        within = STEP / ruling.size
        for _ in range(ATTEMPTS):
            most = {cell: float(amount) for cell, amount in by.items()}
            most[ruling.cell] -= float(ruling.step)
            answer = self._asking.least(held, [ruling.cell], most=most, within=within, seconds=OF_ONE)
            if answer.status != "possible":
                return answer.status == "impossible"
            by[ruling.cell] = _steps_up(answer.given.get(ruling.cell, 0.0), ruling)
            if not by[ruling.cell] or _same_step(answer, ruling):
                return by[ruling.cell] > 0
        return False

    def _least_share(self, ruling: Ruling) -> Repair | None:
        """The least by which a share must give way, in hundredths: the plan is built with one after another, by halving."""
        held = [cell for cell in self._asking.program.cells if cell != ruling.cell]
        if self._asking.least(held, [ruling.cell], near=1.0).status != "possible":
            return None
        room = ruling.value if ruling.way == "less" else 1 - ruling.value
        low, high = 0, ceil(room * WHOLE_SHARE)  # impossible with low, as is known of 0
        if high <= 0 or self._possible_with(ruling, min(high * ruling.step, room)) != "possible":
            return None
        proven = True
        while high - low > 1:
            middle = (low + high) // 2
            status = self._possible_with(ruling, middle * ruling.step)
            low, high = (low, middle) if status == "possible" else (middle, high)
            proven = proven and status != "unknown"
        return Repair(((ruling, min(high * ruling.step, room)),), proven)

    def _possible_with(self, ruling: Ruling, by: Decimal) -> str:
        try:
            plan = repaired(ruling.plan, [ruling.change(by)])
        except InputError:
            return "impossible"
        program = giving_program(plan, self._model, self._reference)
        asking = Asking(program, lambda _: 1.0, self._asking.limits)
        self._asking.asked += 1
        return asking.least(program.cells, []).status


def repaired(plan: Plan, changes: Iterable[Change]) -> Plan:
    """The plan with changes made. Raises :class:`InputError` if it is then no plan."""
    return apply_scenarios(plan, [Scenario(name="repair", title="repair", changes=tuple(changes))])


def _kind(cell: Cell) -> tuple[str, str]:
    return cell.table, cell.column


def _in_all(conflicts: Sequence[Conflict]) -> list[Cell]:
    """The cells that every conflict has: one of them alone may do."""
    if not conflicts:
        return []
    first, *others = conflicts
    return sorted((cell for cell in first.cells if all(cell in other.cells for other in others)), key=rank)


def _of_each(conflicts: Sequence[Conflict]) -> Iterator[tuple[Cell, ...]]:
    """Where one cell does not do for all, a cell of each conflict."""
    if len(conflicts) < 2:
        return
    in_all, tried = set(_in_all(conflicts)), set[frozenset[Cell]]()
    choices = [_of_different_kinds(conflict) for conflict in conflicts]
    for chosen in sorted(product(*(list(enumerate(one)) for one in choices)), key=lambda one: sum(n for n, _ in one)):
        cells = tuple(dict.fromkeys(cell for _, cell in chosen))
        if len(cells) > 1 and not set(cells) & in_all and frozenset(cells) not in tried:
            tried.add(frozenset(cells))
            yield cells
        if len(tried) >= MOST_TRIED:
            return


def _of_different_kinds(conflict: Conflict) -> list[Cell]:
    """Few of its cells, so that there are not too many ways to choose one of each conflict."""
    firsts = {_kind(cell): cell for cell in sorted(conflict.cells, key=rank, reverse=True)}
    return sorted(firsts.values(), key=rank)[:MOST_CHOICES]


def _same_step(answer: Answer, ruling: Ruling) -> bool:
    """Whether the bound proves that no whole step less would do."""
    return _steps_up(answer.bound * ruling.size - ROUNDING, ruling) >= _steps_up(answer.given.get(ruling.cell, 0.0), ruling)


def _all_give(cells: Iterable[Cell], given: Mapping[Cell, float]) -> bool:
    return all(cell in given for cell in cells)


def _steps_up(amount: float, ruling: Ruling) -> Decimal:
    """An amount in whole steps, no less."""
    return max(Decimal(0), Decimal(ceil(amount / float(ruling.step) - ROUNDING)) * ruling.step)


def _of_many_kinds(found: Sequence[Repair]) -> list[Repair]:
    """At most :data:`MOST` repairs: the smallest of each kind, then the next of each."""
    by_kind: dict[object, list[Repair]] = defaultdict(list)
    for repair in found:
        by_kind[repair.kinds].append(repair)
    rounds = [sorted(each, key=lambda repair: repair.size) for each in by_kind.values()]
    picked: list[Repair] = []
    for number in range(max((len(each) for each in rounds), default=0)):
        picked += [each[number] for each in rounds if number < len(each)]
    return picked[:MOST]
