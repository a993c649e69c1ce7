"""A grid of cells as it comes out of a CSV file or a sheet, and how its places are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from optplan.tables.characters import without_width
from optplan.tables.findings import Place
from optplan.tables.schema import Table

MOST_ROWS, MOST_COLUMNS = 100_000, 64


@dataclass(frozen=True)
class Line:
    """A row of cells and its number as people count it. ``hidden``: whether the sheet does not show it."""

    number: int
    cells: Sequence[Any]
    hidden: bool = False


@dataclass(frozen=True)
class Source:
    """Where a table is read from; in a ``sheet``, columns are known by letters."""

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


def is_blank(cell: Any) -> bool:
    """Whether a cell holds nothing that anybody could see."""
    return cell is None or (isinstance(cell, str) and not without_width(cell).strip())
