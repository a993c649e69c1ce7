"""The cells of a schedule workbook by the ids of their rows.

A hidden word in row 1 says what a sheet is (``result``, ``county``, ``summary``, ``accounts``, ``rules``), and its column is
where the ids of the rows below begin. What carries no such word is a sheet that somebody added, and is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from optplan.tables.findings import Finding, InputError, Place, error
from optplan.tables.workbook_reading import inspect_workbook

KINDS = {"result", "county", "summary", "accounts", "rules"}
MOST_ROWS, MOST_COLUMNS = 20_000, 80


@dataclass
class IdSheet:
    """A sheet of one of the ``KINDS``: its rows as lists of cells, and the row of each (kind, key)."""

    path: str
    name: str
    kind: str
    first: int  # the position of the column in which ids stand
    cells: list[tuple[Any, ...]]
    rows: dict[tuple[str, str], int] = field(default_factory=dict)
    repeated: list[tuple[int, str]] = field(default_factory=list)

    @property
    def holder(self) -> str:
        """The id that stands beside the kind of the sheet: of a county, or the hash of a plan."""
        return _word(self.at(0, self.first + 1))

    def at(self, row: int, column: int) -> Any:
        """The value of a cell, both counted from 0; ``None`` outside of what is written."""
        cell = self.cell(row, column)
        return None if cell is None else cell.value

    def cell(self, row: int, column: int) -> Any:
        """A cell, both counted from 0; ``None`` outside of what is written."""
        if not (0 <= row < len(self.cells) and 0 <= column < len(self.cells[row])):
            return None
        return self.cells[row][column]

    def place(self, row: int | None = None, column: int | None = None) -> Place:
        """Where a cell stands, for a finding."""
        from openpyxl.utils import get_column_letter

        where = None if row is None or column is None else f"{get_column_letter(column + 1)}{row + 1}"
        return Place(self.path, sheet=self.name, cell=where)

    def index(self) -> None:
        """Note the row of each (kind, key)."""
        for number in range(1, len(self.cells)):
            kind, key = _word(self.at(number, self.first)), _word(self.at(number, self.first + 1))
            if self.kind == "summary":
                kind, key = "target", kind
            if not kind or (not key and self.kind == "summary"):
                continue
            if (kind, key) in self.rows and self.kind != "result":
                self.repeated.append((number, key))
            self.rows.setdefault((kind, key), number)

    def year_columns(self) -> dict[int, int]:
        """The column of each year, by the first row that shows years side by side."""
        for number in range(min(len(self.cells), 40)):
            years = {
                cell.value: column
                for column, cell in enumerate(self.cells[number])
                if isinstance(cell.value, int) and 1900 <= cell.value <= 2200
            }
            if years and _neighbours(sorted(years)):
                return years
        return {}


def read_sheets(path: Path, *, values: bool = False) -> list[IdSheet]:
    """The sheets of an exported schedule. ``values``: what formulas last came to, instead of the formulas.

    Raises :class:`InputError` for a file that may not be opened, or that is no exported schedule.
    """
    problem = inspect_workbook(path)
    if problem is not None:
        raise InputError([problem])
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=values, keep_links=False)
        try:
            found = [sheet for page in book.worksheets if (sheet := _read(path, page)) is not None]
        finally:
            book.close()
    except Exception as fault:
        raise InputError([error("workbook-damaged", Place(str(path)), reason=type(fault).__name__)]) from None
    if not any(sheet.kind == "result" for sheet in found):
        raise InputError([_not_a_schedule(path)])
    return found


def _not_a_schedule(path: Path) -> Finding:
    return error("edit-not-a-schedule", Place(str(path)))


def _read(path: Path, page: Any) -> IdSheet | None:
    if not hasattr(page, "iter_rows"):
        return None
    page.reset_dimensions()
    rows: Iterator[tuple[Any, ...]] = page.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)
    first = next(rows, ())
    mark = next((column for column, cell in enumerate(first) if cell.value in KINDS), None)
    if mark is None:
        return None
    sheet = IdSheet(str(path), str(page.title), str(first[mark].value), mark, [first, *rows])
    sheet.index()
    return sheet


def _word(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _neighbours(years: list[int]) -> bool:
    return years == list(range(years[0], years[-1] + 1))
