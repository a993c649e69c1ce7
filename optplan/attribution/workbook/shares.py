"""Each figure in both plans, its change, and the parts of the groups, which add up to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from optplan.attribution.figures import FigureKey
from optplan.attribution.workbook.looks import look_of
from optplan.attribution.workbook.solves import Solves
from optplan.language import text
from optplan.language.numbers import decimal_of
from optplan.tables.units import currency_name
from optplan.workbook.book import Formula, Sheet, letter, say
from optplan.workbook.page import print_page, table_head
from optplan.workbook.schedule.frame import HEADER_ROW, warn_unless_zero
from optplan.workbook.styles import HEADER, NOTE, TEXT, TOTAL

if TYPE_CHECKING:
    from optplan.attribution.division import Division

BASE, CHANGED, CHANGE, FIRST_GROUP = 2, 3, 4, 5


class Shares:
    """The sheet. ``rows`` gives the row of each figure."""

    def __init__(
        self,
        sheet: Sheet,
        number: int,
        attribution: Division,
        names: Mapping[FigureKey, str],
        solves: Solves,
        title: str,
    ) -> None:
        self.sheet, self.attribution, self.solves = sheet, attribution, solves
        self.rows: dict[FigureKey, int] = {}
        self.rest = FIRST_GROUP + len(attribution.groups)
        currency = say("currency-unit", currency=currency_name(attribution.base.tables))
        table_head(sheet, number, text("attribution", "book-shares"), say("made-by-line"), currency, 1, self.rest)
        heads = [text("attribution", f"column-{name}") for name in ("figure", "base", "changed", "change")]
        heads += [f"{position}  {group.name}" for position, group in enumerate(attribution.groups, start=1)]
        sheet.line(HEADER_ROW, 1, [*heads, text("attribution", "column-rest")], HEADER)
        sheet.widths([34, 13, 13, 13, *[17.0] * len(attribution.groups), 11])
        row = HEADER_ROW
        for figure in attribution.figures:
            row += 1
            self.rows[figure] = row
            self._line(row, figure, names[figure])
        warn_unless_zero(
            sheet, f"{letter(self.rest)}{HEADER_ROW + 1}:{letter(self.rest)}{row}", f"{letter(self.rest)}{HEADER_ROW + 1}"
        )
        row += 1
        sheet.merged(row, 1, self.rest, text("attribution", "shares-note"), NOTE)
        sheet.worksheet.freeze_panes = f"B{HEADER_ROW + 1}"
        print_page(sheet, last_column=self.rest, last_row=row, title_rows=(HEADER_ROW, HEADER_ROW), running_head=title)

    def cell(self, figure: FigureKey, column: int) -> str:
        """A cell of a figure's row, as other sheets name it."""
        return f"{self.sheet.quoted}{letter(column)}{self.rows[figure]}"

    def part(self, figure: FigureKey, group: int) -> str:
        """The cell of a group's part."""
        return self.cell(figure, FIRST_GROUP + group)

    def _line(self, row: int, figure: FigureKey, name: str) -> None:
        values, put = self.attribution.values[figure], self.sheet.put
        look, signed = look_of(self.attribution, figure), look_of(self.attribution, figure, sign=True)
        full, change = self.attribution.full, self.attribution.change(figure)
        put(row, 1, name, TEXT)
        put(row, BASE, Formula(self.solves.cell(figure, 0), decimal_of(values[0])), look)
        put(row, CHANGED, Formula(self.solves.cell(figure, full), decimal_of(values[full])), look)
        difference = Formula(f"{letter(CHANGED)}{row}-{letter(BASE)}{row}", decimal_of(change))
        put(row, CHANGE, difference, signed.but(**TOTAL))
        for group, part in enumerate(self.attribution.parts[figure]):
            put(row, FIRST_GROUP + group, Formula(self.solves.part(figure, group), decimal_of(part.part)), signed)
        parts = f"SUM({letter(FIRST_GROUP)}{row}:{letter(self.rest - 1)}{row})"
        put(row, self.rest, Formula(f"ROUND({letter(CHANGE)}{row}-{parts},6)", 0), look)
