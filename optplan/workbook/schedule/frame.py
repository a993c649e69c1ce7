"""What all sheets of an exported schedule share: numbering, heads, year headers, and looks of figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from optplan.figures.figures import Figures
from optplan.workbook.book import Book, Formula, Sheet, letter, say
from optplan.workbook.page import lies, print_page, table_head
from optplan.workbook.styles import (
    BAD_FILL,
    BAD_INK,
    CENTRED,
    CLOSED,
    COUNT,
    FRACTIONAL,
    GOOD_FILL,
    GOOD_INK,
    HEADER,
    INPUT,
    SECTION,
    TEXT,
    Look,
)  # fmt: skip

HEADER_ROW = 4


class Table:
    """A numbered table on a sheet of its own: columns ``first`` to ``last``, the head in rows 1 to 3, headers in row 4 on."""

    def __init__(self, sheet: Sheet, figures: Figures, number: int | None, title: str, first: int, last: int, unit: str) -> None:
        self.sheet, self.figures, self.number, self.title = sheet, figures, number, title
        self.first, self.last = first, last
        table_head(sheet, number, title, say("made-by-line"), unit, first, last)

    def headers(self, row: int, labels: Sequence[str], at: int | None = None) -> None:
        """A row of column headers."""
        self.sheet.line(row, at or self.first, labels, HEADER)

    def year_headers(self, row: int, at: int, years: Iterable[int]) -> None:
        """Years as numbers, shown as the language writes them; years already carried out say so."""
        for column, year in enumerate(years, start=at):
            form = say("format-closed-year") if year <= self.figures.closed else say("format-year")
            self.sheet.put(row, column, year, HEADER.but(format=form, year=True))

    def finish(
        self,
        last_row: int,
        frozen: str,
        title_rows: tuple[int, int] | None = (HEADER_ROW, HEADER_ROW),
    ) -> None:
        """Freeze the headers and set up the printed page; the widths of the columns must be set before."""
        columns = self.sheet.worksheet.column_dimensions
        self.sheet.worksheet.freeze_panes = frozen
        print_page(
            self.sheet,
            last_column=self.last,
            last_row=last_row,
            first_column=self.first,
            title_rows=title_rows,
            landscape=lies([columns[letter(at)].width for at in range(self.first, self.last + 1)]),
            running_head=self.figures.title,
            rounded=True,
        )


def quantity_look(whole: bool) -> Look:
    """Counts without decimals; what comes in parts with two."""
    return Look(COUNT if whole else FRACTIONAL, "right")


def group_look(figures: Figures, group: str, *given: Decimal | None) -> Look:
    """The look of quantities of a group: without decimals where its items are whole, and the ``given`` figures beside them."""
    items = [item for item in figures.items if item["item"] in figures.members[group]]
    integral = all(each is None or each == each.to_integral_value() for each in given)
    return quantity_look(all(item["whole"] for item in items) and integral)


def editable(look: Look, closed: bool) -> Look:
    """Yellow where a person may change the figure, grey where the year is over."""
    return look.but(**(CLOSED if closed else INPUT))


def total_of(cells: Sequence[str], values: Iterable[Decimal | int | str]) -> Formula:
    """The sum of single cells."""
    value = sum((Decimal(each) for each in values), Decimal(0))
    return Formula("+".join(cells) if cells else "0", value)


def row_sum(row: int, first: int, last: int, values: Iterable[Decimal | int | str]) -> Formula:
    """The sum of neighbouring cells of a row."""
    text = f"SUM({letter(first)}{row}:{letter(last)}{row})" if first <= last else "0"
    return Formula(text, sum((Decimal(each) for each in values), Decimal(0)))


def column_sum(column: int, first: int, last: int, values: Iterable[Decimal | int | str]) -> Formula:
    """The sum of neighbouring cells of a column."""
    at = letter(column)
    text = f"SUM({at}{first}:{at}{last})" if first <= last else "0"
    return Formula(text, sum((Decimal(each) for each in values), Decimal(0)))


def warn_if(sheet: Sheet, area: str, wrong: str) -> None:
    """Red where the formula ``wrong``, about the area's first cell, holds."""
    _colour(sheet, area, wrong, BAD_FILL, BAD_INK)


def warn_unless_zero(sheet: Sheet, area: str, first: str) -> None:
    """Red where a figure that must be zero is not."""
    warn_if(sheet, area, f"AND(ISNUMBER({first}),ROUND({first},4)<>0)")


def mark(sheet: Sheet, area: str, good: str, bad: str) -> None:
    """Green where the formula ``good`` holds, red where ``bad`` does; both are about the area's first cell."""
    _colour(sheet, area, good, GOOD_FILL, GOOD_INK)
    _colour(sheet, area, bad, BAD_FILL, BAD_INK)


def _colour(sheet: Sheet, area: str, formula: str, fill: str, ink: str) -> None:
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Font, PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    look = DifferentialStyle(font=Font(color=ink), fill=PatternFill(start_color=fill, end_color=fill, fill_type="solid"))
    sheet.worksheet.conditional_formatting.add(area, Rule(type="expression", dxf=look, formula=[formula]))


class Numbering:
    """附表1, 附表2, …: the numbered tables in the order of their sheets, for the contents on the cover."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.entries: list[tuple[int, Sheet, str]] = []

    def add(self, name: str, title: str) -> tuple[Sheet, int]:
        """A new sheet and its table number; ``title`` stands in the contents."""
        sheet = self.book.add(name)
        number = len(self.entries) + 1
        self.entries.append((number, sheet, title))
        return sheet, number

    def write_contents(self, sheet: Sheet, row: int, last: int) -> int:
        """Write the tables' numbers, titles and links from ``row`` on, under a head up to column ``last``; the row it ends in."""
        sheet.merged(row, 1, last, say("cover-contents"), SECTION)
        row += 1
        sheet.line(row, 1, [say("column-table-number"), say("column-table-title"), say("column-sheet")], HEADER)
        for number, target, heading in self.entries:
            row += 1
            sheet.put(row, 1, say("table-number", number=number), CENTRED)
            sheet.put(row, 2, heading, TEXT)
            sheet.link(sheet.put(row, 3, target.name, TEXT.but(colour="1F4E9E")), target)
        return row
