"""The row of a grid that names the columns: where it is, what stands above it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Any

from optplan.language import LANGUAGES
from optplan.tables.characters import plain
from optplan.tables.findings import Finding, error
from optplan.tables.grid import MOST_COLUMNS, Line, Source, is_blank
from optplan.tables.labels import column_words
from optplan.tables.schema import Column, Table
from optplan.tables.title_units import units_said

WITHIN = 10  # rows; above the header there may be a title


@cache
def headers_of(table: Table) -> dict[str, str]:
    """Every way a column of ``table`` may be headed, to the column's name: its name, or its label in a language."""
    known = {}
    for column in table.columns:
        for language in LANGUAGES:
            label = column_words(table.name, column.name, language)
            if label:
                known[_as_header(label)] = column.name
    return known | {column.name: column.name for column in table.columns}


def _as_header(cell: Any) -> str:
    return "" if cell is None else " ".join(plain(str(cell)).split()).lower()


def column_named(table: Table, cell: Any) -> str | None:
    """The column a header cell names. Labels are looked at only if names do not fit: the catalogue is slow to parse."""
    text = _as_header(cell)
    if text in table.by_name:
        return text
    return headers_of(table).get(text) if text else None


def is_header(table: Table, cells: Iterable[Any]) -> bool:
    """Whether cells head a table: most of them name its columns; one alone may be a word of a title."""
    given = [cell for cell in cells if not is_blank(cell)]
    named = [cell for cell in given if column_named(table, cell)]
    return len(named) > 1 and 2 * len(named) >= len(given)


def split_header(
    lines: Iterable[Line], source: Source, findings: list[Finding]
) -> tuple[int, list[Column | None], Iterator[Line]] | None:
    """The number of the header's row, what its cells head, and the lines below it; ``None``, with a finding, if there is none.

    Lines that are wholly blank are left out.
    """
    rest: Iterator[Line] = (line for line in lines if not all(is_blank(cell) for cell in line.cells))
    opening: list[Line] = []
    for line in rest:
        opening.append(line)
        if is_header(source.table, line.cells) or line.number >= WITHIN:
            break
    if not opening:
        findings.append(error("table-empty", source.place(None, None, None), table=source.table.name))
        return None
    head = next((line for line in opening if is_header(source.table, line.cells)), None)
    if head is None:
        head = next((line for line in opening if any(column_named(source.table, cell) for cell in line.cells)), None)
        if (head is None and source.sheet is not None) or _lies_on_its_side(opening, source.table):
            findings.append(_without_header(opening, source))
            return None
        head = head or opening[0]
        rest = chain((line for line in opening if line.number > head.number), rest)
    for line in rest:  # of several rows that head the table, labels above names, the last counts
        if not is_header(source.table, line.cells):
            rest = chain([line], rest)
            break
        head = line
    findings += units_said((line for line in opening if line.number < head.number), source)
    return head.number, _columns(head, source, findings), rest


def _lies_on_its_side(opening: list[Line], table: Table) -> bool:
    first = [line.cells[0] for line in opening if line.cells]
    return is_header(table, first)


def _without_header(opening: list[Line], source: Source) -> Finding:
    code = "table-transposed" if _lies_on_its_side(opening, source.table) else "header-missing"
    place = source.place(opening[0].number, 0, None)
    return error(code, place, table=source.table.name, known=tuple(source.table.by_name))


def _columns(line: Line, source: Source, findings: list[Finding]) -> list[Column | None]:
    found: list[Column | None] = []
    seen: set[str] = set()
    for position, cell in enumerate(line.cells):
        if is_blank(cell):
            found.append(None)
            continue
        name = column_named(source.table, cell)
        place = source.place(line.number, position, str(cell)[:60])
        if position >= MOST_COLUMNS:
            findings.append(error("too-many-columns", place, limit=MOST_COLUMNS))
            break
        if name is None:
            known = tuple(source.table.by_name)
            findings.append(error("column-unknown", place, column=str(cell)[:60], table=source.table.name, known=known))
        elif name in seen:
            findings.append(error("column-twice", place, column=name))
            name = None
        found.append(source.table.by_name[name] if name else None)
        seen.add(name or "")
    for column in source.table.columns:
        if column.required and column.name not in seen:
            place = source.place(line.number, None, column.name)
            findings.append(error("column-missing", place, column=column.name, table=source.table.name))
    return found
