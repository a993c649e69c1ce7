"""Cells on a grid, from a CSV file or a sheet, to typed rows: naming what is wrong with a row or a cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from optplan.tables.cells import Formatted
from optplan.tables.content import Row
from optplan.tables.declarations import PLAN_KEYS
from optplan.tables.findings import Finding, Place, error
from optplan.tables.grid import MOST_ROWS, Line, Source, is_blank, letter
from optplan.tables.header import column_named, split_header
from optplan.tables.merged import Merge, filled_down
from optplan.tables.schema import Column, Table
from optplan.tables.shown_figures import ShownFigures
from optplan.tables.totals import is_total
from optplan.tables.values import BadValue, parse

MOST_KNOWN = 50_000  # texts of cells whose meaning is kept
MOST_FINDINGS = 200  # of one table; more of the same help nobody


def rows_of(lines: Iterable[Line], source: Source, findings: list[Finding], merges: Sequence[Merge] = ()) -> list[Row]:
    """The typed rows of a table; ``merges`` are the merged ranges of its sheet.

    A bad cell is left out of its row and named in ``findings``.
    """
    told = len(findings)
    table = split_header(lines, source, findings)
    if table is None:
        return []
    head, columns, body = table
    if merges:
        body = iter(filled_down(list(body), head, columns, merges, source, findings))
    letters = {column.name: letter(position) for position, column in enumerate(columns) if column}
    cells = _Cells(source.table, columns)
    rows: list[Row] = []
    unnamed: set[int] = set()
    shown = ShownFigures()
    for count, line in enumerate(body, start=1):
        if count > MOST_ROWS:
            findings.append(error("table-too-long", source.place(line.number, 0, None), limit=MOST_ROWS))
            break
        if len(findings) - told > MOST_FINDINGS:
            findings.append(error("too-many-findings", source.place(line.number, 0, None)))
            break
        if wrong := _not_a_row(line, cells, source):
            findings.append(wrong)
            continue
        row = _row(line, cells, source, findings, letters, unnamed, shown)
        if row is not None:
            rows.append(row)
    findings += shown.findings()
    return rows


class _Cells:
    """What the texts of a table's cells mean. They repeat by the thousand, so each is looked at once for its column."""

    def __init__(self, table: Table, columns: list[Column | None]) -> None:
        self.table, self.columns = table, columns
        self._values: dict[tuple[int, str], Any] = {}
        self._words: dict[tuple[int, str], tuple[bool, bool]] = {}

    def value(self, position: int, cell: Any, column: Column) -> Any:
        """The typed value of a cell. Raises :class:`BadValue`."""
        if type(cell) is not str or column is not self.columns[position]:
            return parse(cell, column)
        key = (position, cell)
        if key not in self._values:
            value = parse(cell, column)
            if len(self._values) >= MOST_KNOWN:
                return value
            self._values[key] = value
        return self._values[key]

    def words(self, position: int, cell: str, column: Column) -> tuple[bool, bool]:
        """Whether a cell says that its row holds totals, and whether it only says what its column is called."""
        key = (position, cell)
        if key not in self._words:
            said = is_total(cell, column, self.table), column_named(self.table, cell) == column.name
            if len(self._words) >= MOST_KNOWN:
                return said
            self._words[key] = said
        return self._words[key]


def _not_a_row(line: Line, cells: _Cells, source: Source) -> Finding | None:
    """What a line is instead of a row of the table, if it is not one: totals, or the header again."""
    total, same = None, 0
    for position, (column, cell) in enumerate(zip(cells.columns, line.cells, strict=False)):
        if column is not None and isinstance(cell, str):
            says_total, says_name = cells.words(position, cell, column)
            same += says_name
            if says_total and total is None:
                place = source.place(line.number, position, column.name)
                total = error("row-total", place, value=cell.strip()[:40])
    if same > 1 and 2 * same >= sum(not is_blank(cell) for cell in line.cells):
        return error("header-again", source.place(line.number, 0, None))
    return total


def _row(
    line: Line,
    cells: _Cells,
    source: Source,
    findings: list[Finding],
    letters: dict[str, str],
    unnamed: set[int],
    shown: ShownFigures,
) -> Row | None:
    columns = cells.columns
    values: dict[str, Any] = {}
    bad: set[str] = set()
    for position, cell in _key_first(line.cells, columns):
        column = columns[position] if position < len(columns) else None
        if column is None:
            if not is_blank(cell) and position not in unnamed:  # once a column
                unnamed.add(position)
                name = letter(position)
                findings.append(error("cell-without-header", source.place(line.number, position, name), column=name))
            continue
        if cell is None:
            continue
        kind = _kind_of(source.table, column, values)
        try:
            value = cells.value(position, cell, kind)
        except BadValue as problem:
            place = source.place(line.number, position, column.name)
            findings.append(error(problem.code, place, column=column.name, **problem.values))
            bad.add(column.name)
            continue
        if value is not None:
            values[column.name] = value
        if type(cell) is Formatted:
            shown.note(cell, kind, source.place(line.number, position, column.name))
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
