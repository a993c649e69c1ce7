"""Beside each part: what the group does alone, what it does last, and what the proven bounds leave open of it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from optplan.attribution.figures import FigureKey
from optplan.attribution.words import settled_name
from optplan.attribution.workbook.looks import look_of
from optplan.attribution.workbook.shares import Shares
from optplan.attribution.workbook.solves import Solves
from optplan.language import current_language, text
from optplan.language.numbers import decimal_of
from optplan.tables.units import currency_name
from optplan.workbook.book import Formula, Sheet, letter, say
from optplan.workbook.page import print_page, table_head
from optplan.workbook.schedule.frame import HEADER_ROW
from optplan.workbook.styles import CENTRED, HEADER, NOTE, TEXT, TOTAL

if TYPE_CHECKING:
    from optplan.attribution.division import Division

HEADS = ("figure", "group", "part", "alone", "last", "low", "high", "settled")
WIDTHS = [34.0, 40, 14, 14, 14, 14, 14, 16]
PART, ALONE, LAST, LOW, HIGH, SETTLED = range(3, 9)


def write_details(
    sheet: Sheet,
    number: int,
    attribution: Division,
    names: Mapping[FigureKey, str],
    shares: Shares,
    solves: Solves,
    title: str,
) -> None:
    """Write the table: a row for each group of each figure, and what the groups do together beyond alone."""
    currency = say("currency-unit", currency=currency_name(attribution.base.tables))
    table_head(sheet, number, text("attribution", "book-details"), say("made-by-line"), currency, 1, len(HEADS))
    sheet.line(HEADER_ROW, 1, [text("attribution", f"column-{head}") for head in HEADS], HEADER)
    sheet.widths(WIDTHS)
    row, full = HEADER_ROW, attribution.full
    for figure in attribution.figures:
        first, signed = row + 1, look_of(attribution, figure, sign=True)
        for group, part in enumerate(attribution.parts[figure]):
            row += 1
            bit = 1 << group
            sheet.put(row, 1, names[figure] if row == first else "", TEXT)
            sheet.put(row, 2, attribution.groups[group].name, TEXT)
            sheet.put(row, PART, Formula(shares.part(figure, group), decimal_of(part.part)), signed)
            for column, value, here, there in ((ALONE, part.alone, bit, 0), (LAST, part.last, full, full ^ bit)):
                formula = None if value is None else _less(solves.cell(figure, here), solves.cell(figure, there), value)
                sheet.put(row, column, formula or "—", signed if formula else CENTRED)
            for column, limit in ((LOW, part.low), (HIGH, part.high)):
                sheet.put(row, column, "—" if limit is None else decimal_of(limit), CENTRED if limit is None else signed)
            sheet.put(row, SETTLED, settled_name(part, current_language()), CENTRED)
        together = attribution.together(figure)
        row += 1
        sheet.merged(row, 1, 2, text("attribution", "column-together"), TEXT.but(**TOTAL))
        sheet.put(row, PART, None, TEXT.but(**TOTAL))
        words = None
        if together is not None:
            words = Formula(
                f"SUM({letter(PART)}{first}:{letter(PART)}{row - 1})-SUM({letter(ALONE)}{first}:{letter(ALONE)}{row - 1})",
                decimal_of(together),
            )
        sheet.put(row, ALONE, words or "—", signed.but(**TOTAL) if words else CENTRED.but(**TOTAL))
        for column in range(LAST, len(HEADS) + 1):
            sheet.put(row, column, None, TEXT.but(**TOTAL))
    row += 1
    sheet.merged(row, 1, len(HEADS), text("attribution", "details-note"), NOTE)
    row += 1
    sheet.merged(row, 1, len(HEADS), text("attribution", "not-bounded"), NOTE)
    sheet.worksheet.freeze_panes = f"C{HEADER_ROW + 1}"
    print_page(sheet, last_column=len(HEADS), last_row=row, title_rows=(HEADER_ROW, HEADER_ROW), running_head=title)


def _less(here: str, there: str, value: Fraction) -> Formula:
    return Formula(f"{here}-{there}", decimal_of(value))
