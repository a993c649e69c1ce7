"""What differs between the inputs of two results, cell by cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from optplan.tables.content import Row, Tables
from optplan.tables.declarations import TABLES
from optplan.tables.values import written


class InputChange(NamedTuple):
    """A cell that differs between the inputs of the first result and of ``result``.

    ``change`` is ``added``, ``removed`` or ``changed``, said of the row with ``key`` (its parts joined by `` / ``, a blank
    one as ``—``); ``before`` and ``after`` are written as in a CSV file, a blank cell as what it means.
    """

    result: str
    table: str
    key: str
    change: str
    column: str
    before: str
    after: str


def input_changes(label: str, before: Tables, after: Tables) -> Iterator[InputChange]:
    """Every cell in which ``after``, the inputs of the result ``label``, differs from ``before``."""
    for name in TABLES:
        yield from _row_changes(label, name, before, after)


def _row_changes(label: str, name: str, before: Tables, after: Tables) -> Iterator[InputChange]:
    old, new = keyed_rows(before[name]), keyed_rows(after[name])
    columns = [column.name for column in TABLES[name].columns if column.name not in TABLES[name].key]
    for key in dict.fromkeys((*old, *new)):
        here, there = old.get(key), new.get(key)
        change = "added" if here is None else "removed" if there is None else "changed"
        shown = " / ".join(written(part) or "—" for part in key[:-1])
        cells = [(column, _cell(here, column), _cell(there, column)) for column in columns]
        differing = [cell for cell in cells if cell[1] != cell[2]]
        if change != "changed" and not differing:
            differing = [("", "", "")]  # a row that is nothing but its key
        for column, was, becomes in differing:
            yield InputChange(label, name, shown, change, column, was, becomes)


def keyed_rows(rows: Sequence[Row]) -> dict[tuple[Any, ...], Row]:
    """Rows by their key; a file that was edited by hand may hold a key twice, hence the count behind it."""
    seen: dict[tuple[Any, ...], int] = defaultdict(int)
    found = {}
    for row in rows:
        found[*row.key, seen[row.key]] = row
        seen[row.key] += 1
    return found


def _cell(row: Row | None, column: str) -> str:
    return "" if row is None else written(row[column])
