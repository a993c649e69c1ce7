"""Budgets, standards and stock as people expect them: counties down, years across, live from the table sheets.

Everything here is a formula over the tables, names and years included, so a row added there shows up here. Reading a workbook
back leaves these sheets aside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from optplan.language import current_language
from optplan.language.lists import clauses
from optplan.tables.units import currency_name
from optplan.workbook.book import Book, Formula, Sheet, letter, say
from optplan.workbook.page import lies, print_page
from optplan.workbook.sheet_titles import auxiliary_title
from optplan.workbook.styles import COUNT, HEADER, MONEY, NOTE, NOTE_RIGHT, SECTION, TEXT, TITLE, TOTAL, YEAR, Look
from optplan.workbook.table_sheet import TableSheet

if TYPE_CHECKING:
    from optplan.tables.content import Row, Tables

YEARS_IN_TEMPLATE = 5
BLOCKS_IN_TEMPLATE, COUNTIES_IN_TEMPLATE = 3, 10
ID, NAME, FIRST_YEAR = 1, 2, 3
TOP = 4


@dataclass(frozen=True)
class Block:
    """One fund, standard or item: its ``key`` and ``title`` as formulas, and the figure of a county and a year.

    ``figure(key cell, county cell, year cell)`` is the formula text; ``value(county, year)`` its present value. ``whole`` is
    the same without a county, for what is given for the whole plan: such a block has no rows of counties.
    """

    key: Formula
    title: Formula
    figure: Callable[[str, str, str], str]
    value: Callable[[str | None, int], Decimal]
    sources: str
    whole: Callable[[str, str], str] | None = None


def write_matrices(book: Book, tables: Tables, sheets: dict[str, TableSheet]) -> None:
    """Write the three matrix sheets."""
    money = TEXT.but(format=MONEY, align="right")
    count = TEXT.but(format=COUNT, align="right")
    matrix = _Matrix(book, tables, sheets)
    matrix.write("matrix-budgets", _budgets(tables, sheets), money, say("input-unit", currency=currency_name(tables)))
    matrix.write("matrix-standards", _standards(tables, sheets), count, say("matrix-standards-note"))
    matrix.write("matrix-stock", _stock(tables, sheets), count, say("matrix-stock-note"))


class _Matrix:
    def __init__(self, book: Book, tables: Tables, sheets: dict[str, TableSheet]) -> None:
        self.book, self.tables, self.sheets = book, tables, sheets
        first, last = tables.setting("first_year"), tables.setting("last_year")
        self.first_year: int | None = first
        self.years = last - first + 1 if first and last else YEARS_IN_TEMPLATE
        self.counties = [row["county"] for row in tables["counties"]]
        self.rows = len(self.counties) or COUNTIES_IN_TEMPLATE

    def write(self, name: str, blocks: Sequence[Block], look: Look, unit: str) -> None:
        title = auxiliary_title(name)
        sheet = self.book.add(title)
        last = FIRST_YEAR + self.years - 1
        sheet.merged(1, ID, last, title, TITLE)
        sheet.height(1, 28)
        sheet.merged(2, ID, max(ID, last - 2), say("matrix-note"), NOTE.but(wrap=False))
        if last - 1 > ID:
            sheet.merged(2, last - 1, last, unit, NOTE_RIGHT)
        self._head(sheet)
        widths = [18, 44, *[13] * self.years]
        sheet.widths(widths)
        row = TOP
        for block in blocks:
            top, row = row, self._block(sheet, row, block, look)
            sheet.joined |= {*range(top + 1, row)}
        sheet.worksheet.freeze_panes = sheet.worksheet.cell(TOP, FIRST_YEAR).coordinate
        print_page(sheet, last_column=last, last_row=max(TOP, row - 1), title_rows=(3, 3), landscape=lies(widths))

    def _head(self, sheet: Sheet) -> None:
        settings = self.sheets["plan"]
        first = f'INDEX({settings.cells("value")},MATCH("first_year",{settings.cells("key")},0))'
        sheet.line(3, ID, [say("matrix-id"), say("matrix-county")], HEADER)
        for index in range(self.years):
            value: int | str = self.first_year + index if self.first_year else ""
            formula = f'IF(N({first})=0,"",{first}+{index})'
            sheet.put(3, FIRST_YEAR + index, Formula(formula, value), HEADER.but(format=YEAR.format, year=True))

    def _block(self, sheet: Sheet, row: int, block: Block, look: Look) -> int:
        key = sheet.put(row, ID, block.key, SECTION.but(border=True))
        title = sheet.put(row, NAME, block.title, SECTION.but(border=True))
        if block.sources:
            sheet.note(title, say("note-source", source=block.sources))
        totals = row
        if block.whole:
            for step in range(self.years):
                year = f"{letter(FIRST_YEAR + step)}$3"
                text = f'IF({year}="",0,{block.whole(f"$A${totals}", year)})'
                value = block.value(None, self.first_year + step) if self.first_year else Decimal(0)
                sheet.put(totals, FIRST_YEAR + step, Formula(text, value), look.but(**TOTAL))
            return row + 1
        for index in range(self.rows):
            row += 1
            county = self.counties[index] if self.counties else ""
            sheet.put(row, ID, _live(self.sheets["counties"].cell("county", index), county), TEXT.but(colour="7F7F7F"))
            named = self.tables["counties"][index] if self.counties else None
            sheet.put(row, NAME, _name(self.sheets["counties"], index, named), TEXT)
            for step in range(self.years):
                at = letter(FIRST_YEAR + step)
                year, where = f"{at}$3", f"$A{row}"
                text = (
                    f'IF(OR({year}="",{where}="",{key.column_letter}${totals}=""),0,{block.figure(f"$A${totals}", where, year)})'
                )
                value = block.value(county, self.first_year + step) if self.first_year and county else Decimal(0)
                sheet.put(row, FIRST_YEAR + step, Formula(text, value), look)
        for step in range(self.years):
            at = letter(FIRST_YEAR + step)
            total = sum(
                (block.value(county, self.first_year + step) for county in self.counties) if self.first_year else (), Decimal(0)
            )
            formula = Formula(f"SUM({at}{totals + 1}:{at}{row})", total)
            sheet.put(totals, FIRST_YEAR + step, formula, look.but(**TOTAL))
        return row + 1


def _live(cell: str, value: str) -> Formula:
    return Formula(f'IF({cell}="","",{cell})', value)


def _name(placed: TableSheet, index: int, row: Row | None) -> Formula:
    """The name of a county or an item, the English one in English where it has one."""
    name = placed.cell("name", index)
    shown = (row["name"] or "") if row else ""
    if current_language() != "en":
        return _live(name, shown)
    english = placed.cell("name_en", index)
    return Formula(f'IF({english}="",IF({name}="","",{name}),{english})', (row["name_en"] if row else None) or shown)


def _sources(rows: Sequence[Row]) -> str:
    return clauses(dict.fromkeys(row["source"] for row in rows if row["source"]))[:500]


def _budgets(tables: Tables, sheets: dict[str, TableSheet]) -> list[Block]:
    """A block a fund. What a pool has is nobody's alone: its block is one row."""
    budgets, funds = sheets["budgets"], sheets["funds"]
    amounts, by_fund = budgets.cells("amount"), budgets.cells("fund")
    by_county, by_year = budgets.cells("county"), budgets.cells("year")
    planned = {(row["fund"], row["county"], row["year"]): row["amount"] for row in tables["budgets"]}

    def figure(key: str, county: str, year: str) -> str:
        return f"SUMIFS({amounts},{by_fund},{key},{by_county},{county},{by_year},{year})"

    def whole(key: str, year: str) -> str:
        return f"SUMIFS({amounts},{by_fund},{key},{by_year},{year})"

    blocks = []
    for index in range(len(tables["funds"]) or BLOCKS_IN_TEMPLATE):
        row = tables["funds"][index] if tables["funds"] else None
        fund, pool = (row["fund"], row["level"] == "pool") if row else ("", False)

        def value(county: str | None, year: int, fund: str = fund) -> Decimal:
            return Decimal(planned.get((fund, county, year), 0))

        named, shared = funds.cell("name", index), say("matrix-shared").replace('"', '""')
        title = (
            Formula(f'IF({named}="","",{named}&"{shared}")', row["name"] + say("matrix-shared") if row["name"] else "")
            if row and pool
            else _live(named, row["name"] if row else "")
        )
        own = [each for each in tables["budgets"] if each["fund"] == fund]
        key = _live(funds.cell("fund", index), fund)
        blocks.append(Block(key, title, figure, value, _sources(own), whole if pool else None))
    return blocks


def _standards(tables: Tables, sheets: dict[str, TableSheet]) -> list[Block]:
    """A block a standard: the figure of the row in force, the last one that starts no later than the year."""
    placed = sheets["standards"]
    by_id, by_county = placed.cells("standard"), placed.cells("county")
    starts, required = placed.cells("from_year"), placed.cells("required")

    def figure(key: str, county: str, year: str) -> str:
        begin = f"SUMPRODUCT(MAX(({by_id}={key})*({by_county}={county})*({starts}<={year})*{starts}))"
        return f"SUMIFS({required},{by_id},{key},{by_county},{county},{starts},{begin})"

    rows = tables["standards"]
    first_at = {row["standard"]: index for index, row in reversed(list(enumerate(rows)))}
    order = sorted(first_at, key=lambda standard: first_at[standard])
    blocks = []
    for index, standard in enumerate(order or [""] * BLOCKS_IN_TEMPLATE):
        own = [row for row in rows if row["standard"] == standard]

        def value(county: str | None, year: int, own: list[Row] = own) -> Decimal:
            begun = [row for row in own if row["county"] == county and row["from_year"] <= year]
            return Decimal(max(begun, key=lambda row: row["from_year"])["required"]) if begun else Decimal(0)

        at = first_at[standard] if order else index
        title = _group_title(placed.cell("group", at), own[0]["group"] if own else "", tables, sheets)
        blocks.append(Block(_live(placed.cell("standard", at), standard), title, figure, value, _sources(own)))
    return blocks


def _group_title(cell: str, group: str, tables: Tables, sheets: dict[str, TableSheet]) -> Formula:
    """What people call the group of a standard: its name, that of the item it is, or else its id."""
    groups, items = sheets["groups"], sheets["items"]
    of_groups = f"INDEX({groups.cells('name')},MATCH({cell},{groups.cells('group')},0))"
    called = "name_en" if current_language() == "en" else "name"
    of_items = f"INDEX({items.cells(called)},MATCH({cell},{items.cells('item')},0))"
    named = f'IFERROR({of_groups}&"",IFERROR({of_items}&"",""))'
    first = {row["group"]: row["name"] or "" for row in reversed(tables["groups"])}
    names = {row["item"]: row[called] or "" for row in tables["items"]} | first
    return Formula(f'IF({cell}="","",IF({named}="",{cell},{named}))', names.get(group) or group)


def _stock(tables: Tables, sheets: dict[str, TableSheet]) -> list[Block]:
    """A block an item with stock: what still counts, without what retired before the year."""
    placed, items = sheets["stock"], sheets["items"]
    quantity, by_item = placed.cells("quantity"), placed.cells("item")
    by_county, retires = placed.cells("county"), placed.cells("retires_after")

    def figure(key: str, county: str, year: str) -> str:
        of_both = f"{quantity},{by_item},{key},{by_county},{county}"
        return f'SUMIFS({of_both})-SUMIFS({of_both},{retires},"<"&{year})'

    stocked = {row["item"] for row in tables["stock"]}
    shown = [(index, row) for index, row in enumerate(tables["items"]) if row["item"] in stocked]
    blocks = []
    for index, row in shown or _nothing(tables, BLOCKS_IN_TEMPLATE):
        item = row["item"] if row else ""
        own = [each for each in tables["stock"] if each["item"] == item]

        def value(county: str | None, year: int, own: list[Row] = own) -> Decimal:
            return sum(
                (
                    Decimal(each["quantity"])
                    for each in own
                    if each["county"] == county and (each["retires_after"] is None or year <= each["retires_after"])
                ),
                Decimal(0),
            )

        title = _name(items, index, row)
        blocks.append(Block(_live(items.cell("item", index), item), title, figure, value, _sources(own)))
    return blocks


def _nothing(tables: Tables, number: int) -> list[tuple[int, Any]]:
    return [] if tables["items"] else [(index, None) for index in range(number)]
