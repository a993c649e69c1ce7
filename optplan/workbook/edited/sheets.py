"""The sheets of a schedule workbook as plain cells, and what each of them is.

A hidden word says what a sheet is (one of ``KINDS``), and its column is where the ids of the rows below begin. It stands in the
first row of the sheet as exported, lower where rows were inserted above. What carries no such word is a sheet without ids, or one
that somebody added.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from optplan.tables.cells import Formula
from optplan.tables.characters import plain
from optplan.tables.findings import InputError, Place, error
from optplan.tables.grid import letter
from optplan.tables.merged import Merge
from optplan.tables.sheet_cells import SheetCells
from optplan.tables.workbook_archive import UNREADABLE, inspect_workbook
from optplan.tables.workbook_cells import WorkbookCells

KINDS = {"result", "county", "summary", "accounts", "rules", "programme"}
HOLDERS = {"result", "county", "programme"}  # beside which an id stands
MOST_ROWS, MOST_COLUMNS = 20_000, 80
MOST_ABOVE = 60  # rows that somebody may have inserted above the hidden word


@dataclass
class IdSheet:
    """A sheet: its rows as lists of cells, and the row of each (kind, key). All positions are counted from 0.

    ``kind``: one of ``KINDS``, or nothing. ``top``: the row of the hidden word. ``first``: the column in which ids stand.
    ``years``: the column of each year, once its headers were found to be in order.
    """

    path: str
    name: str
    kind: str
    top: int
    first: int
    cells: list[tuple[Any, ...]]  # a formula is a ``Formula``, which knows what it last came to
    merges: Sequence[Merge] = ()
    rows: dict[tuple[str, str], int] = field(default_factory=dict)
    repeated: list[tuple[int, str]] = field(default_factory=list)
    years: dict[int, int] = field(default_factory=dict)

    @property
    def holder(self) -> str:
        """The id that stands beside the kind of the sheet: of a county, or the hash of a plan."""
        return word(self.at(self.top, self.first + 1))

    def at(self, row: int, column: int) -> Any:
        """What stands in a cell; ``None`` outside of what is written."""
        if not (0 <= row < len(self.cells) and 0 <= column < len(self.cells[row])):
            return None
        return self.cells[row][column]

    def place(self, row: int | None = None, column: int | None = None) -> Place:
        """Where a cell stands, for a finding."""
        where = None if row is None or column is None else f"{letter(column)}{row + 1}"
        return Place(self.path, sheet=self.name, cell=where)

    def index(self) -> None:
        """Note the row of each (kind, key)."""
        for number in range(self.top + 1, len(self.cells)):
            kind, key = word(self.at(number, self.first)), word(self.at(number, self.first + 1))
            if self.kind == "summary":
                kind, key = "target", kind
            if not kind or (not key and self.kind == "summary"):
                continue
            if (kind, key) in self.rows and self.kind != "result":
                self.repeated.append((number, key))
            self.rows.setdefault((kind, key), number)

    def year_columns(self) -> dict[int, int]:
        """The column of each year, by the first row that shows years side by side."""
        if self.years:
            return self.years
        for number in range(min(len(self.cells), self.top + 40)):
            years = {
                cell: column for column, cell in enumerate(self.cells[number]) if isinstance(cell, int) and 1900 <= cell <= 2200
            }
            if years and _neighbours(sorted(years)):
                return years
        return {}


def read_sheets(path: Path) -> list[IdSheet]:
    """The sheets of an exported schedule, in their order, also those without ids.

    Raises :class:`InputError` for a file that may not be opened, or that is no exported schedule.
    """
    problem = inspect_workbook(path)
    if problem is not None:
        raise InputError([problem])
    try:
        with WorkbookCells(path) as book:
            found = [_read(path, book.sheet(number, MOST_COLUMNS)) for number in range(len(book.titles))]
    except UNREADABLE as fault:
        raise InputError([error("workbook-damaged", Place(str(path)), reason=str(fault)[:60])]) from None
    if not any(sheet.kind == "result" for sheet in found):
        raise InputError([error("edit-not-a-schedule", Place(str(path)))])
    return found


def _read(path: Path, page: SheetCells) -> IdSheet:
    rows: list[tuple[Any, ...]] = []
    for line in page.lines:
        if line.number > MOST_ROWS:
            break
        rows += [()] * (line.number - 1 - len(rows))
        rows.append(tuple(line.cells))
    top, first = _mark(rows, page.columns_hidden)
    kind = word(rows[top][first]) if first >= 0 else ""
    sheet = IdSheet(str(path), page.title, kind, top, first, rows, tuple(page.merges))
    if kind:
        sheet.index()
    return sheet


def _mark(rows: Sequence[Sequence[Any]], hidden: Collection[int]) -> tuple[int, int]:
    """The row and column of the hidden word: in the first row, or below it in a hidden column, since names may read alike."""
    for row, cells in enumerate(rows[:MOST_ABOVE]):
        for column, cell in enumerate(cells):
            kind = word(cell) if isinstance(cell, str) else ""
            beside = word(cells[column + 1]) if column + 1 < len(cells) else ""
            if kind in KINDS and (row == 0 or column in hidden) and (kind not in HOLDERS or beside):
                return row, column
    return 0, -1


def word(value: Any) -> str:
    """What a cell says, without spaces around and what has no width; nothing for a formula."""
    if value is None or isinstance(value, Formula):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(plain(str(value)).split())


def _neighbours(years: list[int]) -> bool:
    return years == list(range(years[0], years[-1] + 1))
