"""The cells of a schedule workbook by the ids of their rows.

A hidden word in row 1 says what a sheet is (``result``, ``county``, ``summary``, ``accounts``, ``rules``), and its column is
where the ids of the rows below begin. What carries no such word is a sheet that somebody added, and is left alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from optplan.tables.findings import Finding, InputError, Place, error
from optplan.tables.grid import letter
from optplan.tables.workbook_archive import UNREADABLE, inspect_workbook
from optplan.tables.workbook_cells import SheetCells, WorkbookCells

KINDS = {"result", "county", "summary", "accounts", "rules"}
MOST_ROWS, MOST_COLUMNS = 20_000, 80


@dataclass
class IdSheet:
    """A sheet of one of the ``KINDS``: its rows as lists of cells, and the row of each (kind, key)."""

    path: str
    name: str
    kind: str
    first: int  # the position of the column in which ids stand
    cells: list[tuple[Any, ...]]  # a formula is a ``Formula``, which knows what it last came to
    rows: dict[tuple[str, str], int] = field(default_factory=dict)
    repeated: list[tuple[int, str]] = field(default_factory=list)

    @property
    def holder(self) -> str:
        """The id that stands beside the kind of the sheet: of a county, or the hash of a plan."""
        return _word(self.at(0, self.first + 1))

    def at(self, row: int, column: int) -> Any:
        """What stands in a cell, both counted from 0; ``None`` outside of what is written."""
        if not (0 <= row < len(self.cells) and 0 <= column < len(self.cells[row])):
            return None
        return self.cells[row][column]

    def place(self, row: int | None = None, column: int | None = None) -> Place:
        """Where a cell stands, for a finding."""
        where = None if row is None or column is None else f"{letter(column)}{row + 1}"
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
                cell: column for column, cell in enumerate(self.cells[number]) if isinstance(cell, int) and 1900 <= cell <= 2200
            }
            if years and _neighbours(sorted(years)):
                return years
        return {}


def read_sheets(path: Path) -> list[IdSheet]:
    """The sheets of an exported schedule.

    Raises :class:`InputError` for a file that may not be opened, or that is no exported schedule.
    """
    problem = inspect_workbook(path)
    if problem is not None:
        raise InputError([problem])
    try:
        with WorkbookCells(path) as book:
            pages = (book.sheet(number, MOST_COLUMNS) for number in range(len(book.titles)))
            found = [sheet for page in pages if (sheet := _read(path, page)) is not None]
    except UNREADABLE as fault:
        raise InputError([error("workbook-damaged", Place(str(path)), reason=str(fault)[:60])]) from None
    if not any(sheet.kind == "result" for sheet in found):
        raise InputError([_not_a_schedule(path)])
    return found


def _not_a_schedule(path: Path) -> Finding:
    return error("edit-not-a-schedule", Place(str(path)))


def _read(path: Path, page: SheetCells) -> IdSheet | None:
    rows: list[tuple[Any, ...]] = []
    for line in page.lines:
        if line.number > MOST_ROWS:
            break
        rows += [()] * (line.number - 1 - len(rows))
        rows.append(tuple(line.cells))
    first = rows[0] if rows else ()
    mark = next((column for column, cell in enumerate(first) if _word(cell) in KINDS), None)
    if mark is None:
        return None
    sheet = IdSheet(str(path), page.title, _word(first[mark]), mark, rows)
    sheet.index()
    return sheet


def _word(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _neighbours(years: list[int]) -> bool:
    return years == list(range(years[0], years[-1] + 1))
