"""The lists behind the drop-downs. They are live: a county added to its table is on offer in every other one.

Where the key of a table is unique, the list is that column itself. Names of groups and standards repeat from row to row, so
each is taken once, where it first stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from optplan.tables.declarations import PLAN_KEYS, TABLES
from optplan.tables.labels import setting_meaning
from optplan.tables.names_as_written import HEADER as AS_WRITTEN
from optplan.tables.names_as_written import names_written
from optplan.tables.schema import Column
from optplan.workbook.book import Book, Formula, Sheet, say
from optplan.workbook.sheet_titles import auxiliary_title
from optplan.workbook.styles import AS_TEXT, HEADER, NOTE, TEXT
from optplan.workbook.table_sheet import SPARE_ROWS, TableSheet

if TYPE_CHECKING:
    from optplan.tables.content import Tables

TOP = 3  # the first row of the lists
SETTINGS_COLUMN = 1


def reference_list(column: Column) -> str | None:
    """The name of the list that a column's entries are picked from, if they refer to another table."""
    return "list_" + "_or_".join(column.refers_to) if column.refers_to else None


SETTINGS_LIST = "list_settings"


def write_lists(book: Book, tables: Tables, sheets: dict[str, TableSheet]) -> set[str]:
    """Write the sheet of lists and name every list; returns the names."""
    sheet = book.add(auxiliary_title("lists"))
    sheet.put(1, 1, say("lists-note"), NOTE.but(wrap=False))
    _settings(book, sheet)
    wanted = {column.refers_to for table in TABLES.values() for column in table.columns if column.refers_to}
    names, at = {SETTINGS_LIST}, SETTINGS_COLUMN + 3
    for refers_to in sorted(wanted):
        name = "list_" + "_or_".join(refers_to)
        names.add(name)
        if len(refers_to) == 1 and TABLES[refers_to[0]].key == (TABLES[refers_to[0]].columns[0].name,):
            placed = sheets[refers_to[0]]
            key = placed.table.columns[0].name
            _name(book, name, f"{placed.cell(key, 0)}:INDEX({placed.cells(key)},MAX(1,COUNTA({placed.cells(key)})))")
        else:
            _distinct(book, sheet, at, name, [sheets[table] for table in reversed(refers_to)], tables)
            at += 3
    sheet.line(TOP - 1, at, AS_WRITTEN, HEADER)
    for row, (table, key, name_of) in enumerate(names_written(tables), start=TOP):
        sheet.line(row, at, [table, key, name_of], TEXT.but(format=AS_TEXT, wrap=False))
    sheet.worksheet.sheet_state = "hidden"
    return names


def _settings(book: Book, sheet: Sheet) -> None:
    sheet.line(TOP - 1, SETTINGS_COLUMN, [TABLES["plan"].columns[0].name, say("lists-meaning")], HEADER)
    for row, key in enumerate(PLAN_KEYS, start=TOP):
        sheet.line(row, SETTINGS_COLUMN, [key, setting_meaning(key)], TEXT.but(wrap=False))
    sheet.widths([26, 30])
    _name(book, SETTINGS_LIST, f"{sheet.quoted}$A${TOP}:$A${TOP + len(PLAN_KEYS) - 1}")


def _distinct(book: Book, sheet: Sheet, at: int, name: str, sources: list[TableSheet], tables: Tables) -> None:
    """First the unique keys of the tables that have them, then each name of the last table once.

    Column ``at`` holds the list, ``at + 1`` counts the names met so far in the last table.
    """
    from openpyxl.utils import get_column_letter

    *unique, repeating = sources
    key = repeating.table.columns[0].name
    shown, counter = get_column_letter(at), get_column_letter(at + 1)
    sheet.line(TOP - 1, at, [name.removeprefix("list_"), "№"], HEADER)
    sheet.widths([26, 6], at)
    length = max([placed.filled for placed in sources]) + SPARE_ROWS
    ids = [[row[placed.table.columns[0].name] for row in tables[placed.table.name]] for placed in sources]
    offered = [entry for some in ids[:-1] for entry in some] + list(dict.fromkeys(ids[-1]))
    ahead = "+".join(f"COUNTA({placed.cells(placed.table.columns[0].name)})" for placed in unique) or "0"
    met: set[str] = set()
    numbers = f"${counter}${TOP}:${counter}${TOP + length - 1}"
    for index in range(length):
        row, source = TOP + index, repeating.cell(key, index)
        if index < len(ids[-1]):
            met.add(ids[-1][index])
        before = f"{counter}{row - 1}" if index else "0"
        first_time = f'AND({source}<>"",MATCH({source},{repeating.cells(key)},0)={index + 1})'
        sheet.put(row, at + 1, Formula(f"{before}+IFERROR({first_time}*1,0)", len(met)), NOTE)
        position = f"{index + 1}-({ahead})"
        repeated = f'IFERROR(INDEX({repeating.cells(key)},MATCH({position},{numbers},0)),"")'
        formula = repeated
        for placed in unique:
            column = placed.cells(placed.table.columns[0].name)
            formula = f"IF({index + 1}<=COUNTA({column}),INDEX({column},{index + 1}),{repeated})"
        sheet.put(row, at, Formula(formula, offered[index] if index < len(offered) else ""), TEXT.but(wrap=False))
    size = f"MAX(1,{ahead}+MAX({sheet.quoted}{numbers}))"
    cells = f"{sheet.quoted}${shown}${TOP}:${shown}${TOP + length - 1}"
    _name(book, name, f"{sheet.quoted}${shown}${TOP}:INDEX({cells},{size})")


def _name(book: Book, name: str, formula: str) -> None:
    from openpyxl.workbook.defined_name import DefinedName

    book.workbook.defined_names[name] = DefinedName(name, attr_text=formula)
