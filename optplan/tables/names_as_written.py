"""The ids and names that a workbook of inputs was written with, kept on its hidden sheet of lists.

Whoever sorts a column of ids without the names gives each name to another row, and nothing else in a plan could tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from optplan.tables.content import Row, Tables
from optplan.tables.findings import Finding, error
from optplan.tables.grid import Line

HEADER = ("as_written", "id", "name")
_TABLES = ("counties", "items", "funds", "teams", "projects", "indicators", "departments")


def names_written(tables: Tables) -> Iterator[tuple[str, str, str]]:
    """For each row with a name of its own: its table, its id and its name."""
    for table in _TABLES:
        for row in tables[table]:
            if row.given("name"):
                yield table, row.key[0], row["name"]


def names_apart(lines: Iterable[Line], rows: Mapping[str, Iterable[Row]], sheet: str) -> Iterator[Finding]:
    """The rows that have the name which another row of their table had when the workbook was written.

    ``lines``: the sheet of lists, which is called ``sheet``.
    """
    written = _read(lines)
    for table in _TABLES:
        first = {name: key for (of, key), name in reversed(written.items()) if of == table}
        for row in rows.get(table, ()):
            key, name = str(row.values.get(row.table.key[0])), row.values.get("name")
            other = first.get(name) if name else None
            if other is not None and other != key and written.get((table, key), name) != name:
                yield error("names-apart", row.place("name"), name=name, id=key, other=other, sheet=sheet)


def _read(lines: Iterable[Line]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    at: int | None = None
    for line in lines:
        if at is None:
            at = next((place for place in range(len(line.cells)) if _cells(line, place) == HEADER), None)
            continue
        table, key, name = _cells(line, at)
        if table and key:
            found[table, key] = name
    return found


def _cells(line: Line, at: int) -> tuple[Any, ...]:
    cells = [str(cell).strip() if isinstance(cell, (str, int, float)) else "" for cell in line.cells[at : at + len(HEADER)]]
    return tuple(cells + [""] * (len(HEADER) - len(cells)))
