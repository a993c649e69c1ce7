"""Every changed cell of the inputs, group by group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optplan.comparison.inputs import InputChange
from optplan.comparison.workbook.input_table import write_before_and_after
from optplan.language import text
from optplan.tables.content import Tables
from optplan.tables.labels import column_words
from optplan.tables.names import Names
from optplan.tables.values import written
from optplan.workbook.book import Sheet, letter, say
from optplan.workbook.page import print_page, table_head
from optplan.workbook.schedule.frame import HEADER_ROW
from optplan.workbook.styles import HEADER, TEXT

if TYPE_CHECKING:
    from optplan.attribution.division import Division

HEADS = ("group", "table", "row", "id", "column", "before", "after", "difference")
WIDTHS = [34.0, 13, 32, 30, 16, 17, 17, 14]
BEFORE = 6


def write_inputs(sheet: Sheet, number: int, attribution: Division, title: str) -> None:
    """Write the table, a row for every changed cell; of a row that is added or removed, one that says so."""
    table_head(sheet, number, text("attribution", "book-inputs"), say("made-by-line"), "", 1, len(HEADS))
    heads = [text("attribution" if head == "group" else "compare", f"column-{head}") for head in HEADS]
    sheet.line(HEADER_ROW, 1, heads, HEADER)
    sheet.widths(WIDTHS)
    tables = {change.cell.table for change in attribution.changes}
    names = _row_names(attribution.changed.tables, tables) | _row_names(attribution.base.tables, tables)
    present = {(row.table.name, row.key) for table in tables for row in attribution.base.tables[table]}
    row = HEADER_ROW
    for group in attribution.groups:
        for cell, before, after in (change for change in attribution.changes if change.cell in group.cells):
            row += 1
            said = column_words(cell.table, cell.column)
            if not cell.column:
                said = text("compare", "change-removed" if (cell.table, cell.key[:-1]) in present else "change-added")
            called = names.get((cell.table, cell.row), cell.row)
            sheet.line(row, 1, (group.name, text("tables", cell.table), called, cell.row, said), TEXT)
            change = InputChange("", cell.table, cell.row, "changed", cell.column, before, after)
            write_before_and_after(sheet, row, BEFORE, change)
    sheet.worksheet.auto_filter.ref = f"A{HEADER_ROW}:{letter(len(HEADS))}{row}"
    sheet.worksheet.freeze_panes = f"A{HEADER_ROW + 1}"
    print_page(sheet, last_column=len(HEADS), last_row=row, title_rows=(HEADER_ROW, HEADER_ROW), running_head=title)


def _row_names(tables: Tables, wanted: set[str]) -> dict[tuple[str, str], str]:
    """What people call the rows of the wanted tables, by table and key in words."""
    names = Names(tables)
    return {
        (table, " / ".join(written(part) or "—" for part in row.key)): names.row(row.table, row.values)
        for table in wanted
        for row in tables[table]
    }
