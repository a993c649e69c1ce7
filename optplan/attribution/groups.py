"""The groups of changes that a difference is divided over: by table, by change of a scenario, or by scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from optplan.attribution.cells import Cell, cell_changes
from optplan.language import bilingual, text
from optplan.language.lists import listed
from optplan.scenarios import Scale, Scenario, Set
from optplan.scenarios.findings import Step
from optplan.scenarios.trail import trail
from optplan.tables.declarations import TABLES
from optplan.tables.labels import column_label, table_label
from optplan.tables.names import Names
from optplan.tables.schema import Kind, Table

if TYPE_CHECKING:
    from optplan.plan import Plan

MOST_GROUPS = 6  # 64 sets of groups, each a plan to be solved
LONGEST_NAME = 80


@dataclass(frozen=True)
class Group:
    """Changes that are made or not made together: a name for people, and the cells."""

    name: str
    cells: frozenset[Cell]


@dataclass(frozen=True)
class Source:
    """Where cells were changed: a table, or change ``number`` of ``scenario``. ``title`` is what people call it."""

    title: str
    cells: frozenset[Cell]
    table: str
    scenario: str = ""
    number: int = 0

    @property
    def mark(self) -> str:
        """How :mod:`optplan.attribution.chosen_groups` names it: the table, or ``scenario:number``."""
        return f"{self.scenario}:{self.number}" if self.scenario else self.table


def table_sources(plan: Plan, changed: Plan) -> list[Source]:
    """The changed cells, table by table."""
    found: dict[str, set[Cell]] = {}
    for change in cell_changes(plan.tables, changed.tables):
        found.setdefault(change.cell.table, set()).add(change.cell)
    return [Source(table_label(TABLES[table]), frozenset(cells), table) for table, cells in found.items()]


def scenario_sources(plan: Plan, changed: Plan, scenarios: Sequence[Scenario]) -> list[Source]:
    """The changed cells, change by change; a cell that several changes wrote stands in each of them."""
    left = {change.cell for change in cell_changes(plan.tables, changed.tables)}
    rows: dict[tuple[object, ...], set[Cell]] = {}
    for cell in left:
        rows.setdefault(cell[:2], set()).add(cell)
    found, names = [], Names(changed.tables)
    for step, before, after in trail(plan.tables, scenarios):
        touched: set[Cell] = set()
        for change in cell_changes(before, after):
            of_row = rows.get(change.cell[:2], set())
            whole = not change.cell.column or any(not cell.column for cell in of_row)
            touched |= of_row if whole else {change.cell} & of_row
        if touched:
            found.append(Source(_title(step, names), frozenset(touched), step.change.table, step.scenario.name, step.number))
    return found


def groups_by_table(plan: Plan, changed: Plan) -> list[Group]:
    """A group for each table with changes; the smallest are put together if there are too many."""
    return merged([[source] for source in table_sources(plan, changed)])


def groups_of_changes(
    plan: Plan, changed: Plan, scenarios: Sequence[Scenario], most: int = MOST_GROUPS, *, whole_scenarios: bool = False
) -> list[Group]:
    """A group for each change of the scenarios, or (``whole_scenarios``) for each scenario.

    Changes that write the same cells cannot be told apart and are put together. If there are more groups than ``most``,
    changes of the same table of the same scenario are put together first, small ones before large ones.
    """
    sources = scenario_sources(plan, changed, scenarios)
    if whole_scenarios:
        together = [list(some) for some in _by(sources, lambda source: source.scenario)]
    else:
        together = [[source] for source in sources]
    return merged(_disjoint(together), most)


def merged(together: Sequence[Sequence[Source]], most: int = MOST_GROUPS) -> list[Group]:
    """Groups of the sources that stand together; the nearest are put together until there are at most ``most``."""
    lots = [list(some) for some in together]
    while len(lots) > max(1, most):
        pairs = [(one, other) for other in range(len(lots)) for one in range(other)]
        one, other = min(pairs, key=lambda pair: (-_kinship(lots[pair[0]], lots[pair[1]]), _size(lots, pair), pair))
        lots[one] += lots.pop(other)
    return [Group(name_of(lot), frozenset(cell for source in lot for cell in source.cells)) for lot in lots]


def name_of(sources: Sequence[Source]) -> str:
    """What a group of these sources is called."""
    titles = list(dict.fromkeys(source.title for source in sources))
    name = listed(titles)
    if len(name) > LONGEST_NAME:
        name = text("attribution", "and-others", None, first=titles[0][: LONGEST_NAME - 20], number=len(titles) - 1)
    return name


def _by(sources: Sequence[Source], key: Callable[[Source], object]) -> Iterator[list[Source]]:
    found: dict[object, list[Source]] = {}
    for source in sources:
        found.setdefault(key(source), []).append(source)
    yield from found.values()


def _disjoint(together: Sequence[list[Source]]) -> list[list[Source]]:
    """Lots that share a cell become one."""
    lots: list[tuple[list[Source], set[Cell]]] = []
    for some in together:
        sources, cells = list(some), {cell for source in some for cell in source.cells}
        apart = []
        for before, held in lots:
            if held & cells:
                sources, cells = before + sources, held | cells
            else:
                apart.append((before, held))
        lots = [*apart, (sources, cells)]
    return [sources for sources, _ in lots]


def _kinship(one: Sequence[Source], other: Sequence[Source]) -> int:
    pairs = [(mine, theirs) for mine in one for theirs in other]
    return max(2 * (mine.scenario == theirs.scenario) + (mine.table == theirs.table) for mine, theirs in pairs)


def _size(lots: Sequence[Sequence[Source]], pair: tuple[int, int]) -> int:
    return sum(len(source.cells) for position in pair for source in lots[position])


def _title(step: Step, names: Names) -> str:
    """A scenario's own title; where it makes several changes, what this one is about."""
    scenario = step.scenario
    title = bilingual(scenario.title, scenario.title_en) or Path(scenario.name).stem
    if len(scenario.changes) == 1:
        return title
    change, table = step.change, TABLES[step.change.table]
    columns = [change.column] if isinstance(change, Scale) else [*change.set] if isinstance(change, Set) else []
    labels = [column_label(table, table.column(column)) for column in columns if column in table.by_name]
    picked = [_called(names, table, column, value) for column, values in getattr(change, "where", {}).items() for value in values]
    return text(
        "attribution", "change-title", None,
        scenario=title, number=step.number, table=table_label(table),
        about=listed([*labels, *picked])[:LONGEST_NAME],
    )  # fmt: skip


def _called(names: Names, table: Table, column: str, value: object) -> str:
    """What people call a value that picks rows; settings of the plan and values without a name as they are written."""
    if column == "group":
        return names.by_table["groups"].get(str(value), str(value))
    kind = table.by_name.get(column)
    if kind is None or isinstance(value, (int, float)):
        return str(value)
    return names.of(kind, value) if kind.kind in {Kind.ID, Kind.CHOICE} else str(value)
