"""Every figure of the input that rests on an assumption, so that no reader takes it for a given one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from optplan.tables.schema import Kind
from optplan.tables.values import written
from optplan.workbook.book import Sheet, say
from optplan.workbook.schedule.figures import Figures
from optplan.workbook.schedule.frame import HEADER_ROW, Table
from optplan.workbook.styles import CENTRED, TEXT
from optplan.workbook.wording import choice_label, column_label, table_label, yes_no

if TYPE_CHECKING:
    from optplan.tables.content import Row
    from optplan.tables.schema import Column

PROVENANCE = {"source", "basis"}
WIDTHS = [7, 16, 30, 58, 50]
NAMES = {"county": "county_names", "item": "item_names", "group": "group_names"}


def write_assumptions(sheet: Sheet, figures: Figures, number: int) -> None:
    """Write the sheet: a line for each row of a table whose basis is an assumption, or is not given."""
    table = Table(
        sheet, figures, number, say("title-assumptions"), 1, len(WIDTHS), say("unit-compliance", currency=figures.currency)
    )
    table.headers(
        HEADER_ROW, [say(head) for head in ("column-number", "column-table", "column-key", "column-content", "column-source")]
    )
    row, count = HEADER_ROW, 0
    for name in figures.tables:
        for entry in figures.tables[name]:
            if name == "plan" or entry["basis"] != "assumption":
                continue
            row, count = row + 1, count + 1
            key, content = _described(entry, figures)
            sheet.put(row, 1, count, CENTRED)
            sheet.line(row, 2, (table_label(entry.table), key, content, figures.words(entry, "source")), TEXT)
    if not count:
        row += 1
        sheet.merged(row, 1, len(WIDTHS), say("no-assumptions"), TEXT)
    sheet.widths(WIDTHS)
    sheet.worksheet.auto_filter.ref = f"A{HEADER_ROW}:E{row}"
    table.finish(row, f"C{HEADER_ROW + 1}")


def _described(entry: Row, figures: Figures) -> tuple[str, str]:
    """What identifies the row, and what it says, in words."""
    table = entry.table
    key = say("key-comma").join(
        _shown(column, entry, figures) for name in table.key if entry.given(name) and (column := table.column(name))
    )
    said = [
        say("field", label=column_label(table, column), value=_shown(column, entry, figures))
        for column in table.columns
        if column.name not in {*table.key, *PROVENANCE} and entry.given(column.name)
    ]
    return key, say("field-separator").join(said)


def _shown(column: Column, entry: Row, figures: Figures) -> str:
    value: Any = entry[column.name]
    if column.name in NAMES:
        return str(getattr(figures, NAMES[column.name]).get(value, value))
    if column.choices:
        return choice_label(column, value)
    if isinstance(value, bool):
        return yes_no(value)
    return f"{value:,.2f}" if column.kind is Kind.MONEY else written(value)
