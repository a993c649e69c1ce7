"""A table as people edit it: rows of text, those of the plan with the key they had when editing began."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from optplan.editing.draft import Draft, Key, applied
from optplan.tables.content import Row, Tables
from optplan.tables.values import written


@dataclass(frozen=True)
class Record:
    """A row of text, cells written as in a CSV file. ``key``: that of the row as it stands; ``None``: a row being added."""

    key: Key | None
    cells: Mapping[str, str]

    def with_cell(self, column: str, cell: str) -> Record:
        """The record with another text in ``column``."""
        return Record(self.key, {**self.cells, column: cell})


def record_of(row: Row) -> Record:
    """A row as it is written; cells without a value are empty."""
    return Record(row.key, {column.name: written(row.values.get(column.name)) for column in row.table.columns})


def records_of(base: Tables, draft: Draft, table: str, title: str = "draft") -> tuple[Record, ...]:
    """The rows of ``table`` with the draft written into them, what could not be read as it was typed, unfinished rows last."""
    patch, _ = applied(base, draft.changes, title)
    typed = {entry.key: entry.cells for entry in draft.unread if entry.table == table and entry.key is not None}
    records = [record_of(drafted.row) for drafted in patch[table]]
    return (
        *(Record(each.key, {**each.cells, **typed[each.key]}) if each.key in typed else each for each in records),
        *(Record(None, entry.cells) for entry in draft.unread if entry.table == table and entry.key is None),
    )
