"""Cells that name a row of another table: those that name none, and the keys that were probably meant."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from optplan.tables.content import Row, Tables
from optplan.tables.declarations import TABLES
from optplan.tables.findings import Finding, error
from optplan.tables.schema import Column

NOTHING = "—"  # where no name is close


def check_references(tables: Tables) -> Iterator[Finding]:
    """An error on each key that was written wrong where it is declared, then on each cell that names no row."""
    wanting = list(_wanting(tables))
    yield from _misspelt(tables, wanting)
    for row, column, value, known in wanting:
        place = row.place(column.name)
        named = _named(tables, column, value)
        meant = named or near(value, known)
        hint = "name" if named else "none" if meant == NOTHING else "near"
        yield error("reference-missing", place, value=value, table=column.refers_to[0], near=meant, hint=hint)


def near(value: str, known: Iterable[Any]) -> str:
    """The closest of the names that are known, for a message."""
    close = difflib.get_close_matches(value, [str(each) for each in known], n=1, cutoff=0.5)
    return close[0] if close else NOTHING


def _named(tables: Tables, column: Column, value: str) -> str | None:
    """The key of the row whose name was written instead of it."""
    rows = (row for target in column.refers_to for row in tables[target])
    return next(
        (str(row[row.table.key[0]]) for row in rows if value in {row.values.get(name) for name in ("name", "name_en")}), None
    )


def _references(tables: Tables) -> Iterator[tuple[Row, Column, str]]:
    for name, table in TABLES.items():
        for column in table.columns:
            if column.refers_to:
                for row in tables[name]:
                    value = row.values.get(column.name)
                    if value is not None:
                        yield row, column, value


def _keys(tables: Tables, name: str) -> set[Any]:
    return {row[TABLES[name].key[0]] for row in tables[name]}


def _wanting(tables: Tables) -> Iterator[tuple[Row, Column, str, set[Any]]]:
    known: dict[tuple[str, ...], set[Any]] = {}
    for row, column, value in _references(tables):
        targets = column.refers_to
        if targets not in known:
            known[targets] = set().union(*(_keys(tables, target) for target in targets))
        if value not in known[targets]:
            yield row, column, value, known[targets]


def _misspelt(tables: Tables, wanting: list[tuple[Row, Column, str, set[Any]]]) -> Iterator[Finding]:
    """Keys that nothing refers to while several cells refer to a name much like them that is not there."""
    if not wanting:
        return
    used = {value for _, _, value in _references(tables)}
    for target in dict.fromkeys(target for _, column, _, _ in wanting for target in column.refers_to):
        times = Counter(value for _, column, value, _ in wanting if target in column.refers_to)
        idle = {str(key) for key in _keys(tables, target) - used}
        for value, often in times.items():
            meant = difflib.get_close_matches(value, idle, n=1, cutoff=0.7)
            for row in tables[target]:
                key = row[row.table.key[0]]
                if meant and key == meant[0]:
                    yield error("key-misspelt", row.place(row.table.key[0]), key=key, other=value, times=often)
