"""The figures under every set of groups, and what each set counts in the part of each group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from optplan.attribution.figures import FigureKey
from optplan.attribution.workbook.looks import look_of
from optplan.figures.proven import outcome
from optplan.language import text
from optplan.language.numbers import decimal_of
from optplan.tables.units import currency_name
from optplan.workbook.book import Formula, Sheet, letter, say
from optplan.workbook.page import print_page, table_head
from optplan.workbook.schedule.frame import HEADER_ROW
from optplan.workbook.styles import CENTRED, HEADER, NOTE, TEXT, TOTAL, Look

if TYPE_CHECKING:
    from optplan.attribution.division import Division

WEIGHT = Look("+# ?/??;-# ?/??;–", "center")
FIRST = 2


class Solves:
    """The sheet: a column for each set, first the weights of each group, then the figures."""

    def __init__(self, sheet: Sheet, number: int, attribution: Division, names: Mapping[FigureKey, str], title: str) -> None:
        self.sheet, self.attribution = sheet, attribution
        subsets = sorted(attribution.answers, key=lambda subset: (subset.bit_count(), subset))
        self.columns = {subset: column for column, subset in enumerate(subsets, start=FIRST)}
        self.last = FIRST + len(subsets) - 1
        self.weight_rows: dict[int, int] = {}
        self.rows: dict[FigureKey, int] = {}
        currency = say("currency-unit", currency=currency_name(attribution.base.tables))
        table_head(sheet, number, text("attribution", "book-solves"), say("made-by-line"), currency, 1, max(self.last, 5))
        row = self._heads()
        row = self._weights(row)
        row = self._figures(row, names)
        row += 1
        sheet.merged(row, 1, max(self.last, 5), text("attribution", "solves-note"), NOTE)
        sheet.widths([36, *[12.0] * len(subsets)])
        sheet.worksheet.freeze_panes = f"B{HEADER_ROW + 2}"
        print_page(
            sheet, last_column=max(self.last, 5), last_row=row, title_rows=(HEADER_ROW, HEADER_ROW + 1), running_head=title
        )

    def cell(self, figure: FigureKey, subset: int) -> str:
        """A figure under a set, as other sheets name the cell."""
        return f"{self.sheet.quoted}{letter(self.columns[subset])}{self.rows[figure]}"

    def part(self, figure: FigureKey, group: int) -> str:
        """The formula of a group's part of a figure's change."""
        spans = [self._span(self.weight_rows[group]), self._span(self.rows[figure])]
        return f"SUMPRODUCT({spans[0]},{spans[1]})"

    def _span(self, row: int) -> str:
        return f"{self.sheet.quoted}${letter(FIRST)}${row}:${letter(self.last)}${row}"

    def _heads(self) -> int:
        """Which groups are in each set, by number, and what came out."""
        self.sheet.put(HEADER_ROW, 1, text("attribution", "column-groups"), HEADER)
        self.sheet.put(HEADER_ROW + 1, 1, text("attribution", "column-status"), TEXT)
        for subset, column in self.columns.items():
            members = [str(n + 1) for n in range(len(self.attribution.groups)) if subset >> n & 1]
            self.sheet.put(HEADER_ROW, column, "+".join(members) or "0", HEADER)
            status = outcome(self.attribution.answers[subset].status)
            self.sheet.put(HEADER_ROW + 1, column, status, CENTRED.but(wrap=True))
        return HEADER_ROW + 1

    def _weights(self, row: int) -> int:
        for number, group in enumerate(self.attribution.groups):
            row += 1
            self.weight_rows[number] = row
            label = text("attribution", "row-weight", None, number=number + 1, group=group.name)
            self.sheet.put(row, 1, label, TEXT.but(**TOTAL))
            weights = self.attribution.orders.weights(number)
            for subset, column in self.columns.items():
                weight = weights.get(subset)
                value = None if not weight else Formula(f"{weight.numerator}/{weight.denominator}", decimal_of(weight))
                self.sheet.put(row, column, value, WEIGHT.but(fill=TOTAL["fill"]))
        return row

    def _figures(self, row: int, names: Mapping[FigureKey, str]) -> int:
        for figure, values in self.attribution.values.items():
            row += 1
            self.rows[figure] = row
            self.sheet.put(row, 1, names[figure], TEXT)
            for subset, column in self.columns.items():
                value = decimal_of(values[subset]) if subset in values else None
                self.sheet.put(row, column, value, look_of(self.attribution, figure))
        return row
