"""What people and programs do to an input workbook without meaning to change the plan."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from optplan.language import LANGUAGES, find
from optplan.tables.declarations import PLAN_KEYS, TABLES
from optplan.tables.schema import Column, Kind, Table

NUMBERS = {Kind.WHOLE, Kind.YEAR, Kind.QUANTITY, Kind.RATE, Kind.MONEY, Kind.DEGREES}
FULL_WIDTH = {ord(mark): ord(mark) + 0xFEE0 for mark in "0123456789.,-"}

Damage = Callable[[Any, random.Random], None]


def table_sheets(book: Any) -> Iterator[tuple[Table, Any, int]]:
    """Each table with its sheet and the row of its column names."""
    titles = {find("tables", name, language): table for name, table in TABLES.items() for language in LANGUAGES}
    for sheet in list(book.worksheets):
        table = titles.get(sheet.title.strip())
        if table is not None:
            yield table, sheet, header_row(sheet, table)


def header_row(sheet: Any, table: Table) -> int:
    names = set(table.by_name)
    return next(row[0].row for row in sheet.iter_rows(max_row=20) if names <= {cell.value for cell in row})


def columns_at(sheet: Any, table: Table, header: int) -> dict[int, Column]:
    return {cell.column: table.by_name[cell.value] for cell in sheet[header] if cell.value}


def data_cells(book: Any) -> Iterator[tuple[Table, Column, Any]]:
    """Every cell of every table that holds something; the kind of a setting is that of its key."""
    for table, sheet, header in table_sheets(book):
        columns = columns_at(sheet, table, header)
        key = next((at for at, column in columns.items() if column.name == "key"), None)
        for row in sheet.iter_rows(min_row=header + 1):
            for cell in row:
                column = columns.get(cell.column)
                if column is None or not str("" if cell.value is None else cell.value).strip():
                    continue
                if column.kind is Kind.ANY:
                    column = PLAN_KEYS[str(sheet.cell(cell.row, key).value).strip()]
                yield table, column, cell


def number_cells(book: Any, *kinds: Kind) -> Iterator[Any]:
    for _, column, cell in data_cells(book):
        if column.kind in (kinds or NUMBERS) and isinstance(cell.value, (int, float)):
            yield cell


def text_of(value: float | str) -> str:
    return value if isinstance(value, str) else format(Decimal(repr(value)), "f")


def blank_rows(book: Any, rng: random.Random) -> None:
    for _, sheet, header in table_sheets(book):
        for _ in range(3):
            sheet.insert_rows(rng.randint(header + 1, max(header + 1, sheet.max_row)), rng.randint(1, 2))
        sheet.cell(sheet.max_row + 2, 1).value = "  "
        sheet.cell(sheet.max_row + 1, 2).value = "　"


def spaces_around(book: Any, rng: random.Random) -> None:
    for _, _, cell in data_cells(book):
        if isinstance(cell.value, (str, int, float)) and rng.random() < 0.5:
            before, after = (rng.choice(["", " ", "  ", "　", "\u00a0", "\n"]) for _ in range(2))
            cell.value = before + text_of(cell.value) + after
            cell.data_type = "s"


def full_width(book: Any, rng: random.Random) -> None:
    for cell in number_cells(book):
        if rng.random() < 0.5:
            shown = f"{cell.value:,}" if abs(cell.value) >= 1000 else text_of(cell.value)
            cell.value = shown.translate(FULL_WIDTH)


def thousands_separators(book: Any, _: random.Random) -> None:
    for cell in number_cells(book):
        if abs(cell.value) >= 1000:
            cell.value = f"{cell.value:,}"


def numbers_as_text(book: Any, rng: random.Random) -> None:
    for cell in number_cells(book):
        if rng.random() < 0.7:
            cell.value = text_of(cell.value)
            cell.number_format = "@"


def rates_as_percentages(book: Any, rng: random.Random) -> None:
    for cell in number_cells(book, Kind.RATE):
        sign = rng.choice(["%", " %", "％", ""])
        if sign:
            cell.value = f"{100 * Decimal(repr(cell.value)):f}{sign}"


def years_as_dates(book: Any, rng: random.Random) -> None:
    """A year in a cell that Excel has formatted as a date, or that it read as the first day of that year."""
    for cell in number_cells(book, Kind.YEAR):
        way = rng.randrange(3)
        if way:
            year = int(cell.value)
            cell.value = datetime.datetime(year, 1, 1) if way == 1 else year
            cell.number_format = "yyyy-mm-dd"


def hidden_rows_and_columns(book: Any, rng: random.Random) -> None:
    for table, sheet, header in table_sheets(book):
        for row in range(header + 1, sheet.max_row + 1):
            sheet.row_dimensions[row].hidden = rng.random() < 0.4
        for at in columns_at(sheet, table, header):
            sheet.column_dimensions[sheet.cell(header, at).column_letter].hidden = rng.random() < 0.4


def sheets_reordered(book: Any, rng: random.Random) -> None:
    rng.shuffle(book._sheets)
    rng.choice(list(table_sheets(book)))[1].sheet_state = "hidden"
    book.active = next(at for at, sheet in enumerate(book.worksheets) if sheet.sheet_state == "visible")


def sheets_added_and_renamed(book: Any, rng: random.Random) -> None:
    """An empty sheet as Excel adds them, and blanks behind a sheet's name."""
    book.create_sheet("Sheet1", rng.randrange(3)).sheet_view.showGridLines = False
    for _, sheet, _ in table_sheets(book):
        sheet.title = f"{sheet.title.strip()}{rng.choice(['', ' ', '  '])}"


def filters_active(book: Any, rng: random.Random) -> None:
    for _, sheet, header in table_sheets(book):
        shown = str(sheet.cell(header + 1, 1).value)
        sheet.auto_filter.add_filter_column(0, [shown])
        for row in range(header + 1, sheet.max_row + 1):
            sheet.row_dimensions[row].hidden = sheet.cell(row, 1).value != shown


def merged_title(book: Any, rng: random.Random) -> None:
    for _, sheet, _ in table_sheets(book):
        sheet.insert_rows(1)
        sheet["A1"] = rng.choice(["朔州市“十四五”规划数据", "2021—2025", "来源"])
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=4)


def columns_reordered(book: Any, rng: random.Random) -> None:
    for table, sheet, header in table_sheets(book):
        places = sorted(columns_at(sheet, table, header))
        order = rng.sample(places, len(places))
        for row in range(header - 1, sheet.max_row + 1):
            held = [(sheet.cell(row, at).value, sheet.cell(row, at).data_type, sheet.cell(row, at).number_format) for at in order]
            for at, (value, kind, form) in zip(places, held, strict=True):
                cell = sheet.cell(row, at)
                cell.value, cell.number_format = value, form
                cell.data_type = kind


def own_labels(book: Any, _: random.Random) -> None:
    """The line of labels above the column names in the words of the office that fills it in."""
    for table, sheet, header in table_sheets(book):
        for at in list(columns_at(sheet, table, header))[::2]:
            sheet.cell(header - 1, at).value = f"{sheet.cell(header - 1, at).value}（必填）"


DAMAGES: dict[str, Damage] = {
    damage.__name__: damage
    for damage in (
        blank_rows,
        spaces_around,
        full_width,
        thousands_separators,
        numbers_as_text,
        rates_as_percentages,
        years_as_dates,
        hidden_rows_and_columns,
        sheets_reordered,
        sheets_added_and_renamed,
        filters_active,
        merged_title,
        columns_reordered,
        own_labels,
    )
}
