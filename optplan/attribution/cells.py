"""The cells in which two plans differ, and plans in which only some of them are changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from optplan.comparison.inputs import keyed_rows
from optplan.tables.content import Row, Tables
from optplan.tables.declarations import PROVENANCE, TABLES
from optplan.tables.values import written

if TYPE_CHECKING:
    from optplan.plan import Plan

_PROVENANCE = tuple(column.name for column in PROVENANCE)


class Cell(NamedTuple):
    """A cell of a plan; with a blank ``column`` the whole row, where it is added or removed.

    ``key`` is the row's key and, behind it, which of the rows with that key it is.
    """

    table: str
    key: tuple[Any, ...]
    column: str

    @property
    def row(self) -> str:
        """The key in words, its parts joined by `` / ``, a blank one as ``—``."""
        return " / ".join(written(part) or "—" for part in self.key[:-1])


class CellChange(NamedTuple):
    """What a cell was and becomes, written as in a CSV file; both blank for a whole row."""

    cell: Cell
    before: str
    after: str


def cell_changes(before: Tables, after: Tables) -> Iterator[CellChange]:
    """Every cell that differs, in the order of the tables. Remarks on where a figure is from are no figures: left out."""
    for name, table in TABLES.items():
        old, new = keyed_rows(before[name]), keyed_rows(after[name])
        columns = [column.name for column in table.columns if column.name not in {*table.key, *_PROVENANCE}]
        for key in dict.fromkeys((*old, *new)):
            if key not in old or key not in new:
                yield CellChange(Cell(name, key, ""), "", "")
                continue
            for column in columns:
                was, becomes = written(old[key][column]), written(new[key][column])
                if was != becomes:
                    yield CellChange(Cell(name, key, column), was, becomes)


def with_cells(plan: Plan, changed: Plan, cells: Collection[Cell]) -> Plan:
    """``plan`` with ``cells`` as they are in ``changed``, read and checked as a plan is.

    The remarks on where a figure is from follow the figures of their row. Raises :class:`PlanError` if the plan does not
    hold together with just these cells changed.
    """
    wanted: dict[str, dict[tuple[Any, ...], set[str]]] = {}
    for cell in cells:
        wanted.setdefault(cell.table, {}).setdefault(cell.key, set()).add(cell.column)
    return plan.with_changes(
        {table: list(_patched(plan.tables[table], changed.tables[table], keys)) for table, keys in wanted.items()}
    )


def _patched(
    before: tuple[Row, ...], after: tuple[Row, ...], wanted: dict[tuple[Any, ...], set[str]]
) -> Iterator[dict[str, str]]:
    old, new = keyed_rows(before), keyed_rows(after)
    for key in dict.fromkeys((*old, *new)):
        columns = wanted.get(key, set())
        here, there = old.get(key), new.get(key)
        if "" in columns:
            here = there
        elif columns and here is not None and there is not None:
            values = dict(here.values)
            for column in (*columns, *_PROVENANCE):
                values[column] = there.values.get(column)
            here = Row(here.table, values)
        if here is not None:
            yield {column: written(value) for column, value in here.values.items() if value is not None}
