"""A plan's tables as a workbook that people fill in, and that reads back as exactly the same plan (model.md §1).

One sheet per table: title, two header rows (labels, then column names), then the rows, as values only. A guide stands first;
the matrices (counties down, years across) and the lists behind the drop-downs stand last and are not read back.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from optplan.language import speaking
from optplan.tables.content import Row, Tables
from optplan.tables.declarations import PLAN_KEYS, TABLES
from optplan.tables.labels import (
    choice_label,
    column_label,
    column_note,
    column_unit,
    setting_label,
    setting_meaning,
    table_label,
    table_meaning,
    yes_no,
)
from optplan.tables.number_formats import is_disguise
from optplan.tables.schema import Column, Kind, Table
from optplan.tables.units import currency_name
from optplan.tables.values import written
from optplan.tables.year_labels import calling_years_of
from optplan.workbook.book import Book, display_width, letter, say
from optplan.workbook.entry import guard_entries
from optplan.workbook.guide import write_guide
from optplan.workbook.lists import write_lists
from optplan.workbook.matrices import write_matrices
from optplan.workbook.sheet_titles import auxiliary_title, sheet_title
from optplan.workbook.styles import (
    AS_TEXT,
    BASIS_FILLS,
    FINE_PERCENT,
    GENERAL,
    HEADER,
    INTEGER,
    NOTE,
    PLAIN_COUNT,
    TEXT,
    TITLE,
    UP_TO_FOUR_DECIMALS,
    Look,
)
from optplan.workbook.table_sheet import FIRST_ROW, LABEL_ROW, NAME_ROW, TableSheet

MOST_DIGITS = 15  # what a cell of Excel keeps of a number
WIDEST = 56.0


def write_template(path: str | Path, language: str | None = None) -> None:
    """Write an empty input workbook, ready to be filled in. ``language``: ``zh`` or ``en``, by default the current one."""
    settings = tuple(Row(TABLES["plan"], {"key": key}) for key in PLAN_KEYS)
    write_inputs(Tables({"plan": settings}), path, language)


def write_inputs(tables: Tables, path: str | Path, language: str | None = None) -> None:
    """Write a plan's tables as a workbook. Reading it gives the same ``sha256``.

    The file replaces an older one as a whole or not at all; ``OSError`` if it cannot be written.
    """
    with speaking(language), calling_years_of(tables):
        book = Book()
        book.years |= {year for key in ("first_year", "last_year") if isinstance(year := tables.setting(key), int)}
        guide = book.add(auxiliary_title("guide"))
        currency = currency_name(tables)
        sheets = {
            table.name: TableSheet(table, book.add(sheet_title(table)), len(tables[table.name])) for table in TABLES.values()
        }
        for number, placed in enumerate(sheets.values(), start=1):
            _write_table(placed, tables[placed.table.name], number, currency)
        write_matrices(book, tables, sheets)
        lists = write_lists(book, tables, sheets)
        for placed in sheets.values():
            guard_entries(placed, lists)
        write_guide(guide, tables, sheets)
        book.save(path, tables.setting("title") or say("template-title"))


def _write_table(placed: TableSheet, rows: tuple[Row, ...], number: int, currency: str) -> None:
    sheet, table = placed.sheet, placed.table
    sheet.put(1, 1, say("input-title", number=number, label=table_label(table)), TITLE.but(align="left", size=14))
    sheet.height(1, 24)
    sheet.put(2, 1, table_meaning(table), NOTE.but(wrap=False))
    sheet.put(3, 1, say("input-unit", currency=currency), NOTE.but(wrap=False))
    back = sheet.put(3, 3, say("back-to-guide"), NOTE.but(wrap=False, colour="1F4E9E"))
    sheet.link(back, sheet.book.sheets[0])
    formats = [_number_format(column, currency) for column in table.columns]
    widths = []
    for at, column in enumerate(table.columns, start=1):
        unit = column_unit(table, column, currency)
        label = column_label(table, column)
        head = sheet.put(LABEL_ROW, at, label, HEADER)
        sheet.note(head, column_note(table, column, currency))
        sheet.put(NAME_ROW, at, column.name, HEADER.but(bold=False, size=9, colour="595959"))
        dimension: Any = sheet.worksheet.column_dimensions[letter(at)]  # the looks of cells not yet filled in
        if column.kind is Kind.YEAR:
            sheet.call_years(f"{letter(at)}{FIRST_ROW}:{letter(at)}{placed.last}", INTEGER)
        dimension._style = sheet.book.styles.of(_look(column, formats[at - 1]).but(border=False))
        widths.append(max(display_width(label), len(column.name), display_width(unit)) + 4.0)
    sheet.height(LABEL_ROW, 22)
    for at_row, row in enumerate(rows, start=FIRST_ROW):
        for at, column in enumerate(table.columns, start=1):
            given = PLAN_KEYS.get(row["key"], column) if column.kind is Kind.ANY else column
            value = _cell_value(row.values.get(column.name), given)
            form = formats[at - 1] if given is column else _number_format(given, currency)
            if (table.name, column.name) == ("plan", "key"):  # a clerk reads the label, the cell holds the key
                form = f'"{setting_label(row["key"])}　"@'
            sheet.put(at_row, at, value, _look(given, form))
            if value is not None:
                widths[at - 1] = max(widths[at - 1], min(WIDEST, display_width(_shown(value)) + 3.0))
    if table.name == "plan":
        widths[0] = max((display_width(setting_label(key)) + len(key) + 4.0 for key in PLAN_KEYS), default=0.0)
        _explain_settings(placed, rows)
    sheet.widths(widths)
    sheet.show_years()  # before the colours: some programs show only the first look that fits a cell
    _colour_by_basis(placed)
    page = sheet.worksheet
    page.freeze_panes = f"{letter(1 + _frozen(table))}{FIRST_ROW}"
    page.auto_filter.ref = f"A{NAME_ROW}:{letter(len(table.columns))}{max(FIRST_ROW, FIRST_ROW + placed.filled - 1)}"
    _print_setup(placed, widths)


def _frozen(table: Table) -> int:
    """Key columns that stay in sight: the first one, or the first two where the name follows."""
    names = [column.name for column in table.columns]
    return 2 if names[1:2] == ["name"] else 1


def _look(column: Column, number_format: str) -> Look:
    if column.kind in {Kind.ID, Kind.TEXT, Kind.SHARES, Kind.CHOICE, Kind.ANY}:
        centred = column.kind is Kind.CHOICE
        words = column.kind is Kind.TEXT
        return TEXT.but(format=number_format, align="center" if centred else "left", wrap=words, indent=int(words))
    return TEXT.but(format=number_format, align="center" if column.kind in {Kind.YEAR, Kind.FLAG} else "right", wrap=False)


def _number_format(column: Column, currency: str) -> str:
    match column.kind:
        case Kind.MONEY:
            unit = currency.replace('"', "")
            form = f'{UP_TO_FOUR_DECIMALS}" {unit}"'
            # a currency with a figure in its words would be read as a scale
            return UP_TO_FOUR_DECIMALS if is_disguise(form) else form
        case Kind.RATE:
            return GENERAL if "weight" in column.name else FINE_PERCENT
        case Kind.YEAR:
            return INTEGER
        case Kind.WHOLE:
            return PLAIN_COUNT
        case Kind.ID | Kind.TEXT | Kind.SHARES:
            return AS_TEXT
        case _:
            return GENERAL


def _cell_value(value: Any, column: Column) -> Any:
    """What a cell holds, so that reading it gives ``value`` again: a number where Excel keeps it whole, else its text."""
    if value is None or isinstance(value, str):
        return choice_label(column, value) if column.choices and value else value
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, (int, Decimal)) and Decimal(format(float(value), f".{MOST_DIGITS}g")) == value:
        return value
    return written(value)


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else written(value) + " 0000"


def _explain_settings(placed: TableSheet, rows: tuple[Row, ...]) -> None:
    """A note beside each key of the ``plan`` table says what it means."""
    for at_row, row in enumerate(rows, start=FIRST_ROW):
        cell: Any = placed.sheet.worksheet.cell(at_row, 1)
        placed.sheet.note(cell, setting_meaning(row["key"]))


def _colour_by_basis(placed: TableSheet) -> None:
    """Each row in the colour of its basis, also as it is edited; a row without one counts as an assumption."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    table = placed.table
    basis, last = placed.letter("basis"), letter(len(table.columns))
    area = f"A{FIRST_ROW}:{last}{placed.last}"
    column = table.column("basis")
    for value, colour in BASIS_FILLS.items():
        ways = {value, choice_label(column, value)}
        tests = [f'${basis}{FIRST_ROW}="{way}"' for way in sorted(ways)]
        if value == column.default:
            tests.append(f"LEN(${basis}{FIRST_ROW})=0")
        formula = f"AND(COUNTA($A{FIRST_ROW}:${last}{FIRST_ROW})>0,OR({','.join(tests)}))"
        look = DifferentialStyle(fill=PatternFill(start_color=colour, end_color=colour, fill_type="solid"))
        placed.sheet.worksheet.conditional_formatting.add(area, Rule(type="expression", dxf=look, formula=[formula]))


def _print_setup(placed: TableSheet, widths: list[float]) -> None:
    from optplan.workbook.page import lies, print_page

    print_page(
        placed.sheet,
        last_column=len(placed.table.columns),
        last_row=FIRST_ROW + max(placed.filled, 20) - 1,
        title_rows=(LABEL_ROW, NAME_ROW),
        landscape=lies(widths),
    )
    placed.sheet.worksheet.sheet_view.showGridLines = True
