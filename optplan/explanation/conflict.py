"""The fewest cells that cannot hold together, proven: none of them can be left out.

Every plan in which some cells give way says that a conflict contains one of those cells. So the smallest set of cells that
meets all plans known so far is asked for: if it cannot hold together, it is a smallest conflict, and for each of its cells a
plan is known in which all its others hold; if it can, there is one more plan. (Smallest minimal unsatisfiable subsets by
implicit hitting sets; Ignatiev, Previti, Liffiton and Marques-Silva 2015.)
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from math import inf

from optplan.explanation.asking import NEAR_ENOUGH, Answer, Asking
from optplan.explanation.hitting_sets import smallest_hitting
from optplan.explanation.linear import Relaxation
from optplan.rules.cells import Cell
from optplan.search.solver.matrix import Floats

MOST_CONFLICTS = 5
# seconds: for a second look at a conflict; for whether one cell more can hold; for a plan in which little gives way
CONFIRMING, TRYING, GIVING_WAY = 2.0, 1.0, 3.0
SHRUNK = 8  # cells of a plan that are tried one by one whether they need to give way
SAME = 2  # of the latest plans: whether their decisions do for the next question is asked first


@dataclass(frozen=True)
class Conflict:
    """Cells that cannot hold together.

    ``irreducible``: for each of them a plan is known in which all its others hold. ``confirmed``: that they cannot hold together
    was found a second time, without the solver's presolve.
    """

    cells: tuple[Cell, ...]
    irreducible: bool
    confirmed: bool


class Conflicts:
    """Looks for the conflicts of a program of which it is known that not all of its cells can hold."""

    def __init__(self, asking: Asking, order: Callable[[Cell], int]) -> None:
        """``order``: which of two cells is named rather than the other, where either would do (the smaller one)."""
        self._asking, self._order = asking, order
        self._every = tuple(sorted(asking.program.cells, key=lambda cell: (order(cell), str(cell))))
        self._relaxation = Relaxation(asking.program, asking.limits.over)
        self.complete = False  # whether no other conflict is left that was not looked at
        self.plans: list[frozenset[Cell]] = []  # which cells give way in the plans that are known
        self._latest: list[Floats] = []  # their columns, the latest first

    def find(self, *, overlapping: bool = True) -> list[Conflict]:
        """The conflicts, those that can be told apart each by itself; empty if time was out before one was proven.

        ``overlapping``: also those that share cells with them, after which it is known whether there are others.
        """
        found: list[Conflict] = []
        free: frozenset[Cell] = frozenset()
        while len(found) < MOST_CONFLICTS and not self._asking.limits.over():
            conflict = self._of_relaxation(free)
            if conflict is None:
                break
            self._add(found, conflict)
            free |= set(conflict.cells)
        if not self._asking.limits.over():
            self._beyond_relaxation(found, free)
        if overlapping:
            self._overlapping(found)
        self.complete = overlapping and not self._asking.limits.over() and len(found) < MOST_CONFLICTS
        return found

    def _of_relaxation(self, free: frozenset[Cell]) -> Conflict | None:
        """A smallest conflict of which no cell is in ``free`` and which even the linear relaxation has, if there is any."""
        over = self._asking.limits.over
        seen = self._relaxation.irreducible([cell for cell in self._every if cell not in free], self._order)
        if seen is None:
            return None
        others = frozenset(self._every) - seen
        for cell in sorted(seen, key=self._order):
            if over():
                break
            self._ask(seen - {cell}, [cell], near=1.0)
        held = smallest_hitting([plan - others for plan in self.plans if plan - others], self._order)
        conflict = self._smallest(others, held)
        if conflict is None and not free:  # better than nothing
            return Conflict(tuple(sorted(seen, key=self._order)), irreducible=False, confirmed=False)
        return conflict

    def _beyond_relaxation(self, found: list[Conflict], free: frozenset[Cell]) -> None:
        """Conflicts that only whole numbers have, told apart: one for each cell that must give way where as few do as can."""
        if self._ask([cell for cell in self._every if cell not in free], [], near=1.0).status != "impossible":
            return
        first = self._least_broken(frozenset(), free)
        if first.status != "possible":
            return
        together = self._fewer(frozenset(first.given), free)
        self.plans.append(together)
        for cell in sorted(together - free, key=self._order):
            self._add(found, self._smallest(free | (together - {cell}), frozenset({cell})))

    def _overlapping(self, found: list[Conflict]) -> None:
        """Conflicts that share cells with those found: where a cell of one gives way and still no plan exists."""
        for conflict in found:  # which grows
            for cell in conflict.cells:
                if self._asking.limits.over():
                    return
                free = frozenset({cell})
                for other in found:  # every conflict that is known must be out of the way
                    if not free & set(other.cells):
                        free |= {min(other.cells, key=lambda each: (sum(each in one.cells for one in found), str(each)))}
                if len(found) >= MOST_CONFLICTS or any(plan <= free for plan in self.plans):
                    continue
                answer = self._ask([each for each in self._every if each not in free], free, near=1.0)
                if answer.status == "impossible":
                    self._add(found, self._of_relaxation(free) or self._smallest(free, frozenset()))

    @staticmethod
    def _add(found: list[Conflict], conflict: Conflict | None) -> None:
        if conflict is not None and all(set(other.cells) != set(conflict.cells) for other in found):
            found.append(conflict)

    def _smallest(self, free: frozenset[Cell], held: frozenset[Cell]) -> Conflict | None:
        """The smallest conflict of which no cell is in ``free``, ``held`` to begin with; ``None`` where time was out."""
        while not self._asking.limits.over():
            answer = self._least_broken(held, free)
            if answer.status == "impossible":
                confirmed = self._asking.confirmed_impossible(sorted(held, key=str), seconds=CONFIRMING)
                needed = all(any(plan & held == {cell} for plan in self.plans) for cell in held)
                return Conflict(tuple(sorted(held, key=self._order)), needed, confirmed)
            if answer.status == "unknown":
                return None
            self.plans.append(self._fewer(frozenset(answer.given), free))
            held = smallest_hitting([plan - free for plan in self.plans if plan - free], self._order)
        return None

    def _least_broken(self, held: Collection[Cell], free: frozenset[Cell]) -> Answer:
        """A plan in which ``held`` hold and the other cells, but for those that are free, give way as little as comes easily."""
        soft = [cell for cell in self._every if cell not in held and cell not in free]
        return self._ask(held, soft, near=NEAR_ENOUGH, seconds=GIVING_WAY)

    def _ask(self, held: Collection[Cell], soft: Collection[Cell], near: float, seconds: float = inf) -> Answer:
        answer = self._like_the_latest(held) if near >= 1.0 else None
        if answer is None:
            answer = self._asking.least(held, soft, near=near, seconds=seconds)
        if answer.status == "possible":
            self.plans.append(frozenset(answer.given))
        if answer.columns is not None:
            self._latest = [answer.columns, *self._latest][:SAME]
        return answer

    def _like_the_latest(self, held: Collection[Cell]) -> Answer | None:
        """Where any plan will do: one that decides as a plan that is known, if there is one."""
        tried = (self._asking.with_the_same_decisions(held, columns) for columns in self._latest)
        return next((answer for answer in tried if answer is not None), None)

    def _fewer(self, broken: frozenset[Cell], free: frozenset[Cell]) -> frozenset[Cell]:
        """What gives way in a plan where no soft cell does needlessly: each of ``broken`` is made to hold if it can."""
        for cell in sorted(broken - free, key=self._order, reverse=True)[:SHRUNK]:
            left = broken - free
            if len(left) == 1 or self._asking.limits.over():
                break
            if cell in left:
                may = (left - {cell}) | free
                answer = self._ask([each for each in self._every if each not in may], left - {cell}, near=1.0, seconds=TRYING)
                broken = frozenset(answer.given) if answer.status == "possible" else broken
        return broken
