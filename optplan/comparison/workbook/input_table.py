"""The inputs that differ from those of the first result, cell by cell; what a figure rose or fell by is a formula."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from optplan.comparison.inputs import InputChange
from optplan.comparison.words import told_changes
from optplan.language import text
from optplan.tables.declarations import PLAN_KEYS, TABLES
from optplan.tables.labels import column_words
from optplan.tables.schema import Kind
from optplan.tables.values import written
from optplan.workbook.book import Formula, Sheet, letter, say
from optplan.workbook.page import print_page, table_head
from optplan.workbook.schedule.frame import HEADER_ROW
from optplan.workbook.styles import CENTRED, HEADER, TEXT, Look, with_decimals

if TYPE_CHECKING:
    from optplan.comparison.sides import Sides

HEADS = ("result", "table", "row", "id", "change", "column", "before", "after", "difference")
WIDTHS = [7.0, 13, 34, 30, 8, 16, 18, 18, 15]
BEFORE = 7
NUMBERS = {Kind.WHOLE, Kind.QUANTITY, Kind.RATE, Kind.MONEY, Kind.YEAR}
YEAR = Look("0", "right", year=True)


def write_inputs(sheet: Sheet, number: int, comparison: Sides, title: str) -> None:
    """Write the table, a row for every cell that differs."""
    table_head(sheet, number, text("compare", "table-inputs"), say("made-by-line"), "", 1, len(HEADS))
    sheet.line(HEADER_ROW, 1, [text("compare", f"column-{head}") for head in HEADS], HEADER)
    sheet.widths(WIDTHS)
    names = _row_names(comparison)
    row = HEADER_ROW
    for change in told_changes(comparison):
        row += 1
        column = column_words(change.table, change.column) or ""
        said = names.get((change.table, change.key), change.key)
        words = (text("tables", change.table), said, change.key, text("compare", f"change-{change.change}"), column)
        sheet.put(row, 1, change.result, CENTRED)
        sheet.line(row, 2, words, TEXT)
        write_before_and_after(sheet, row, BEFORE, change)
    if row == HEADER_ROW:
        row += 1
        sheet.merged(row, 1, len(HEADS), text("compare", "nothing-differs"), TEXT)
    else:
        sheet.worksheet.auto_filter.ref = f"A{HEADER_ROW}:{letter(len(HEADS))}{row}"
    sheet.worksheet.freeze_panes = f"A{HEADER_ROW + 1}"
    print_page(sheet, last_column=len(HEADS), last_row=row, title_rows=(HEADER_ROW, HEADER_ROW), running_head=title)


def write_before_and_after(sheet: Sheet, row: int, at: int, change: InputChange) -> None:
    """From column ``at``: before and after as numbers where they are, else as text; the difference of two numbers."""
    kind = _kind(change)
    numbers = [Decimal(cell) if kind in NUMBERS and cell else None for cell in (change.before, change.after)]
    look = YEAR if kind is Kind.YEAR else as_written([value for value in numbers if value is not None])
    for column, cell, value in zip((at, at + 1), (change.before, change.after), numbers, strict=True):
        sheet.put(row, column, cell if value is None else value, TEXT if value is None else look)
    before, after = numbers
    if before is None or after is None:
        sheet.put(row, at + 2, "", TEXT)
    else:
        formula = Formula(f"{letter(at + 1)}{row}-{letter(at)}{row}", after - before)
        form = look.format
        sheet.put(row, at + 2, formula, look.but(format=f"+{form};-{form}"))


def as_written(numbers: Sequence[Decimal]) -> Look:
    """A look with as many decimals as the numbers have."""
    decimals = max((-int(number.normalize().as_tuple().exponent) for number in numbers), default=0)
    return Look(with_decimals(decimals), "right")


def _kind(change: InputChange) -> Kind | None:
    """What the cell holds; in the ``plan`` table the key of the row decides."""
    if not change.column:
        return None
    if change.table == "plan" and change.column == "value":
        return PLAN_KEYS[change.key].kind if change.key in PLAN_KEYS else Kind.TEXT
    return TABLES[change.table].column(change.column).kind


def _row_names(comparison: Sides) -> dict[tuple[str, str], str]:
    """What people call the rows that differ, by table and key; the first result that has a row names it."""
    from optplan.tables.names import Names

    wanted = {(change.table, change.key) for change in comparison.input_changes}
    found: dict[tuple[str, str], str] = {}
    for side in comparison.sides:
        names = Names(side.tables)
        for table in {table for table, _ in wanted}:
            for row in side.tables[table]:
                key = (table, " / ".join(written(part) or "—" for part in row.key))
                if key in wanted and key not in found:
                    found[key] = names.row(row.table, row.values)
    return found
