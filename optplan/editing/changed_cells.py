"""What differs between a table of the base plan and the same table in the draft, cell by cell, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from optplan.editing.edited_rows import Record
from optplan.language import text
from optplan.tables.declarations import column_of
from optplan.tables.labels import column_label
from optplan.tables.names import Names
from optplan.tables.schema import Table
from optplan.tables.values import BadValue, parse


@dataclass(frozen=True)
class Difference:
    """A cell that differs: what people call its row and column, what the plan has there and what the draft has.

    ``column`` is empty for a row that only one of them has.
    """

    row: str
    column: str
    was: str
    now: str


def differences(table: Table, planned: Sequence[Record], drafted: Sequence[Record], names: Names) -> Iterator[Difference]:
    """The cells in which ``drafted`` differs from ``planned``, then rows that are new and rows that are gone."""
    before = {record.key: record for record in planned}
    after = {record.key for record in drafted}
    for record in drafted:
        if record.key in before:
            was = before[record.key].cells
            for column in table.columns:
                if record.cells.get(column.name, "") != was.get(column.name, ""):
                    label = column_label(table, column)
                    yield Difference(
                        _row(table, was, names),
                        label,
                        _cell(table, column.name, was, names),
                        _cell(table, column.name, record.cells, names),
                    )
    for record in drafted:
        if record.key not in before and any(record.cells.values()):
            yield Difference(_row(table, record.cells, names), "", "", text("editing", "row-added", names.language))
    for record in planned:
        if record.key not in after:
            yield Difference(_row(table, record.cells, names), "", text("editing", "row-removed", names.language), "")


def _row(table: Table, cells: Mapping[str, str], names: Names) -> str:
    return names.row(table, {name: _typed(table, name, cells) for name in cells})


def _cell(table: Table, name: str, cells: Mapping[str, str], names: Names) -> str:
    return names.of(column_of(table, name, cells), _typed(table, name, cells))


def _typed(table: Table, name: str, cells: Mapping[str, str]) -> Any:
    """The value of a cell; what was typed where it has none."""
    try:
        return parse(cells.get(name, ""), column_of(table, name, cells))
    except BadValue:
        return cells[name]
