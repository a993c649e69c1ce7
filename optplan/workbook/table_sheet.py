"""Where a table stands on its sheet of the input workbook."""

from __future__ import annotations

from dataclasses import dataclass

from optplan.tables.schema import Table
from optplan.workbook.book import Sheet, letter

LABEL_ROW, NAME_ROW, FIRST_ROW = 4, 5, 6
SPARE_ROWS = 200  # prepared for new entries below the last row


@dataclass(frozen=True)
class TableSheet:
    """A table on its sheet: rows ``FIRST_ROW`` to ``last`` are prepared, the first ``filled`` of them hold data."""

    table: Table
    sheet: Sheet
    filled: int

    @property
    def last(self) -> int:
        """The last prepared row."""
        return FIRST_ROW + self.filled + SPARE_ROWS - 1

    def letter(self, column: str) -> str:
        """The letter of a column."""
        return letter(1 + [each.name for each in self.table.columns].index(column))

    def cells(self, column: str) -> str:
        """All prepared cells of a column, as a formula on any sheet names them."""
        at = self.letter(column)
        return f"{self.sheet.quoted}${at}${FIRST_ROW}:${at}${self.last}"

    def cell(self, column: str, number: int) -> str:
        """The cell of a column in the ``number``-th row of the table, counted from 0."""
        return f"{self.sheet.quoted}${self.letter(column)}${FIRST_ROW + number}"
