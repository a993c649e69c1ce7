"""Cells on a grid, from a CSV file or a sheet, to typed rows: finding the header, naming what is wrong with a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from optplan.language import LANGUAGES, find
from optplan.tables.content import Row
from optplan.tables.declarations import PLAN_KEYS, TABLES
from optplan.tables.findings import Finding, Place, error
from optplan.tables.schema import Column, Table
from optplan.tables.values import BadValue, parse

MOST_ROWS, MOST_COLUMNS = 100_000, 64
MOST_FINDINGS = 200  # of one table; more of the same help nobody
HEADER_WITHIN = 10  # rows of a sheet; above the header there may be a title


@dataclass(frozen=True)
class Line:
    """A row of cells and its number as people count it."""

    number: int
    cells: Sequence[Any]


@dataclass(frozen=True)
class Source:
    """Where a table is read from. ``letters``: whether columns are known by letters, as in a sheet."""

    file: str
    table: Table
    sheet: str | None = None

    def place(self, number: int | None, position: int | None, column: str | None) -> Place:
        """The place of a cell."""
        cell = f"{letter(position)}{number}" if self.sheet is not None and position is not None and number else None
        return Place(self.file, self.table.name, number, column, self.sheet, cell)


def letter(position: int) -> str:
    """A, B, … Z, AA, … for 0, 1, …"""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(65 + rest) + name
    return name


@cache
def headers_of(table: str) -> dict[str, str]:
    """Every way a column of ``table`` may be headed, to the column's name: its name, or its label in a language."""
    known = {}
    for column in TABLES[table].columns:
        for language in LANGUAGES:
            label = find("tables", f"{table}-{column.name}", language)
            if label:
                known[label.lower()] = column.name
    return known | {column.name: column.name for column in TABLES[table].columns}


def _header_cell(table: Table, cell: Any) -> str | None:
    """The column a header cell names. Labels are looked at only if names do not fit: the catalogue is slow to parse."""
    text = "" if cell is None else " ".join(str(cell).split()).lower()
    if text in table.by_name:
        return text
    return headers_of(table.name).get(text) if text else None


def rows_of(lines: Iterable[Line], source: Source, findings: list[Finding], judge: Callable[[Any], str | None]) -> list[Row]:
    """The typed rows of a table. ``judge`` says of a raw cell what is wrong before it is parsed (a formula), if anything.

    A bad cell is left out of its row and named in ``findings``.
    """
    rows: list[Row] = []
    columns: list[Column | None] | None = None
    letters: dict[str, str] = {}
    told = len(findings)
    for line in lines:
        if line.number > MOST_ROWS:
            findings.append(error("table-too-long", source.place(line.number, 0, None), limit=MOST_ROWS))
            break
        if not any(cell is not None and str(cell).strip() for cell in line.cells):
            continue
        again = None if rows else _header(source, line)
        if columns is None or again:
            if again is None and line.number < HEADER_WITHIN and source.sheet is not None:
                continue  # a title above the header
            del findings[told:]  # of a line of labels above the column names
            columns = _columns(source, line, findings)
            letters = {column.name: letter(position) for position, column in enumerate(columns) if column}
            continue
        if len(findings) - told > MOST_FINDINGS:
            findings.append(error("too-many-findings", source.place(line.number, 0, None)))
            break
        row = _row(line, columns, source, findings, judge, letters)
        if row is not None:
            rows.append(row)
    if columns is None:
        findings.append(error("table-empty", source.place(None, None, None), table=source.table.name))
    return rows


def _header(source: Source, line: Line) -> list[str] | None:
    """The columns that a line heads, if most of its cells are headers; one alone may be a word of a title."""
    given = [cell for cell in line.cells if cell is not None and str(cell).strip()]
    named = [name for cell in given if (name := _header_cell(source.table, cell))]
    return named if len(named) > 1 and 2 * len(named) >= len(given) else None


def _columns(source: Source, line: Line, findings: list[Finding]) -> list[Column | None]:
    found: list[Column | None] = []
    seen: set[str] = set()
    for position, cell in enumerate(line.cells[: MOST_COLUMNS + 1]):
        if cell is None or not str(cell).strip():
            found.append(None)
            continue
        name = _header_cell(source.table, cell)
        place = source.place(line.number, position, str(cell)[:60])
        if position >= MOST_COLUMNS:
            findings.append(error("too-many-columns", place, limit=MOST_COLUMNS))
        elif name is None:
            known = tuple(source.table.by_name)
            findings.append(error("column-unknown", place, column=str(cell)[:60], table=source.table.name, known=known))
        elif name in seen:
            findings.append(error("column-twice", place, column=name))
            name = None
        found.append(source.table.by_name[name] if name else None)
        seen.add(name or "")
    for column in source.table.columns:
        if column.required and column.name not in seen:
            findings.append(
                error("column-missing", source.place(line.number, None, column.name), column=column.name, table=source.table.name)
            )
    return found


def _row(
    line: Line,
    columns: list[Column | None],
    source: Source,
    findings: list[Finding],
    judge: Callable[[Any], str | None],
    letters: dict[str, str],
) -> Row | None:
    values: dict[str, Any] = {}
    bad: set[str] = set()
    for position, cell in _key_first(line.cells, columns):
        column = columns[position] if position < len(columns) else None
        if column is None:
            if cell is not None and str(cell).strip():
                name = letter(position)
                findings.append(error("cell-without-header", source.place(line.number, position, name), column=name))
            continue
        if cell is None:
            continue
        if wrong := judge(cell):
            findings.append(error(wrong, source.place(line.number, position, column.name)))
            bad.add(column.name)
            continue
        try:
            value = parse(cell, _kind_of(source.table, column, values))
        except BadValue as problem:
            place = source.place(line.number, position, column.name)
            findings.append(error(problem.code, place, column=column.name, **problem.values))
            bad.add(column.name)
            continue
        if value is not None:
            values[column.name] = value
    if not values and not bad:
        return None
    for column in source.table.columns:
        if column.required and column.name not in values and column.name not in bad and column.name in letters:
            position = list(letters).index(column.name)
            cell_place = Place(
                source.file, source.table.name, line.number, column.name, source.sheet,
                f"{letters[column.name]}{line.number}" if source.sheet is not None else None,
            )  # fmt: skip
            findings.append(error("cell-blank", cell_place, column=column.name, position=position))
            bad.add(column.name)
    return Row(source.table, values, line.number, source.file, source.sheet, letters)


def _key_first(cells: Sequence[Any], columns: list[Column | None]) -> list[tuple[int, Any]]:
    """The cells in their order, but the ``key`` of the ``plan`` table first: it decides what the value means."""
    keys = {position for position, column in enumerate(columns) if column is not None and column.name == "key"}
    return sorted(enumerate(cells), key=lambda place: place[0] not in keys) if keys else list(enumerate(cells))


def _kind_of(table: Table, column: Column, values: dict[str, Any]) -> Column:
    """In the ``plan`` table the key decides what its value holds."""
    if table.name == "plan" and column.name == "value":
        return PLAN_KEYS.get(values.get("key", ""), PLAN_KEYS["title"])
    return column
