"""The first sheet of an input workbook: how to fill it in, what the colours mean, and where each table is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optplan.tables.declarations import TABLES
from optplan.tables.labels import choice_label, table_meaning
from optplan.workbook.book import Sheet, say
from optplan.workbook.page import print_page
from optplan.workbook.sheet_titles import auxiliary_title, sheet_title
from optplan.workbook.styles import BASIS_FILLS, CENTRED, HEADER, NOTE, NUMBER, PLAIN, SECTION, TEXT, TITLE
from optplan.workbook.table_sheet import TableSheet

if TYPE_CHECKING:
    from optplan.tables.content import Tables

STEPS = 7
RULES = 7
WIDTHS = [6, 24, 12, 12, 62]
LAST = len(WIDTHS)


def write_guide(sheet: Sheet, tables: Tables, sheets: dict[str, TableSheet]) -> None:
    """Write the guide of a workbook whose tables stand on ``sheets``."""
    sheet.widths(WIDTHS)
    sheet.merged(1, 1, LAST, say("guide-title"), TITLE)
    sheet.height(1, 32)
    title, currency = tables.setting("title"), tables.setting("currency")
    sheet.merged(2, 1, LAST, say("guide-plan", title=title) if title else say("guide-empty"), NOTE.but(align="center", size=11))
    row = _paragraphs(sheet, 4, "guide-steps", [say(f"guide-step-{number}") for number in range(1, STEPS + 1)])
    row = _colours(sheet, row + 1)
    row = _contents(sheet, row + 1, tables, sheets)
    row = _paragraphs(
        sheet, row + 1, "guide-rules", [say(f"guide-rule-{number}", currency=currency) for number in range(1, RULES + 1)]
    )
    print_page(sheet, last_column=LAST, last_row=row, title_rows=None, landscape=False)


def _paragraphs(sheet: Sheet, row: int, heading: str, paragraphs: list[str]) -> int:
    sheet.merged(row, 1, LAST, say(heading), SECTION)
    for number, words in enumerate(paragraphs, start=1):
        row += 1
        sheet.put(row, 1, number, PLAIN.but(align="center", vertical="top"))
        sheet.merged(row, 2, LAST, words, PLAIN.but(wrap=True, vertical="top"))
    return row + 1


def _colours(sheet: Sheet, row: int) -> int:
    sheet.merged(row, 1, LAST, say("guide-colours"), SECTION)
    basis = TABLES["budgets"].column("basis")
    for value, colour in BASIS_FILLS.items():
        row += 1
        sheet.merged(row, 1, 2, choice_label(basis, value), CENTRED.but(fill=colour))
        sheet.merged(row, 3, LAST, say(f"guide-basis-{value}"), TEXT)
    return row + 1


def _contents(sheet: Sheet, row: int, tables: Tables, sheets: dict[str, TableSheet]) -> int:
    sheet.merged(row, 1, LAST, say("guide-contents"), SECTION)
    row += 1
    heads = ("column-number", "column-sheet", "column-required", "column-rows", "column-purpose")
    sheet.line(row, 1, [say(head) for head in heads], HEADER)
    for number, placed in enumerate(sheets.values(), start=1):
        row += 1
        table = placed.table
        sheet.put(row, 1, number, CENTRED)
        _link(sheet, row, sheet_title(table), placed.sheet)
        sheet.put(row, 3, say("guide-required") if table.required else say("guide-optional"), CENTRED)
        sheet.put(row, 4, len(tables[table.name]), NUMBER)
        sheet.put(row, 5, table_meaning(table), TEXT.but(indent=1))
    for name in ("matrix-budgets", "matrix-standards", "matrix-stock"):
        row += 1
        target = next(each for each in sheet.book.sheets if each.name.startswith(auxiliary_title(name)[:20]))
        sheet.put(row, 1, "", CENTRED)
        _link(sheet, row, target.name, target)
        sheet.put(row, 3, say("guide-view"), CENTRED)
        sheet.put(row, 4, "", CENTRED)
        sheet.put(row, 5, say("guide-matrix"), TEXT.but(indent=1))
    return row + 1


def _link(sheet: Sheet, row: int, label: str, target: Sheet) -> None:
    cell = sheet.put(row, 2, label, TEXT.but(colour="1F4E9E"))
    sheet.link(cell, target)
