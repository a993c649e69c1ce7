"""How a sheet is laid out for people: its head (附表 number, title, unit), panes, and the printed page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf
from typing import Any

from optplan.workbook.book import Sheet, letter, say
from optplan.workbook.styles import HEADER, NOTE, NOTE_RIGHT, SECTION, TABLE_NUMBER, TITLE

A4 = 9
WIDE, HIGH = 770.0, 510.0  # points that margins leave of an A4 page lying down; of an upright one the other way round
HEAD = 4  # rows that a sheet begins with: its title, and the headers of columns
ROW_HEIGHT = 14.4  # points
CHARACTER = 5.25  # points of a column a character wide, at the least

MOST_UPRIGHT = 132.0  # characters of columns that an upright page shows in letters still easy to read


def table_head(sheet: Sheet, number: int | None, title: str, made_by: str, unit: str, first: int, last: int) -> None:
    """Rows 1 to 3 of a table: 附表N, the title, and a line with who made it at the left and the unit at the right."""
    sheet.put(1, first, say("table-number", number=number) if number else "", TABLE_NUMBER)
    sheet.merged(2, first, last, title, TITLE)
    sheet.height(2, 28)
    middle = max(first, (first + last) // 2)
    sheet.merged(3, first, middle, made_by, NOTE.but(wrap=False))
    if middle < last:
        sheet.merged(3, middle + 1, last, unit, NOTE_RIGHT)


def print_page(
    sheet: Sheet,
    *,
    last_column: int,
    last_row: int,
    title_rows: tuple[int, int] | None,
    first_column: int = 1,
    landscape: bool = True,
    one_page: bool = False,
    running_head: str = "",
    rounded: bool = False,
) -> None:
    """A4, one page wide (``one_page``: and one high), heads repeated, pages numbered, ``running_head`` on top of each.

    ``rounded``: say at the foot that sums are of figures before they were rounded for print.
    """
    sheet.fit_rows(ROW_HEIGHT)
    page: Any = sheet.worksheet
    page.page_setup.paperSize = A4
    page.page_setup.orientation = "landscape" if landscape else "portrait"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, int(one_page)
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_options.horizontalCentered = True
    margins = page.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.65, 0.3, 0.3
    page.oddFooter.center.text = say("page-number")
    page.oddFooter.center.size = 9
    if rounded:
        page.oddFooter.left.text = say("rounding-note")
        page.oddFooter.left.size = 8
    if running_head:
        page.oddHeader.left.text = running_head.replace("&", "&&")
        page.oddHeader.left.size = 8
    page.print_area = f"{letter(first_column)}1:{letter(last_column)}{last_row}"
    if title_rows:
        page.print_title_rows = f"{title_rows[0]}:{title_rows[1]}"
    page.sheet_view.showGridLines = False
    if not one_page:
        _Layout(sheet, first_column, last_column, last_row, title_rows).breaks(landscape=landscape)


def lies(widths: Sequence[float]) -> bool:
    """Whether a page with columns of these widths lies: it stands where its letters are then still easy to read."""
    return sum(widths) > MOST_UPRIGHT


def break_before(sheet: Sheet, row: int) -> None:
    """Start a new printed page at ``row``."""
    from openpyxl.worksheet.pagebreak import Break

    sheet.worksheet.row_breaks.append(Break(id=row - 1))


class _Layout:
    """Breaks what takes several printed pages where that costs a reader least, so that pages are few, about equally full, and
    split no table that could stay whole.

    What lies between the breaks that a sheet has already is broken further where paper cannot hold it. A break falls before a
    heading where it can, and never between a heading and what it heads.
    """

    ROW, JOINED = 0.15, 1.6  # what a break before a row of a table costs, in pages; before one that belongs to the row above

    def __init__(
        self, sheet: Sheet, first_column: int, last_column: int, last_row: int, title_rows: tuple[int, int] | None
    ) -> None:
        self.sheet, self.columns, self.last_row = sheet, range(first_column, last_column + 1), last_row
        page: Any = sheet.worksheet
        rows, columns = page.row_dimensions, page.column_dimensions
        self.heights = [0.0] * (last_row + 2)  # by row, from 1 on
        for row in range(1, last_row + 1):
            known = rows.get(row)
            self.heights[row] = 0 if known is not None and known.hidden else (known and known.height) or ROW_HEIGHT
        shown = (columns[letter(column)] for column in self.columns)
        self.across = sum(each.width for each in shown if not each.hidden) * CHARACTER
        self.repeated = sum(self.heights[title_rows[0] : title_rows[1] + 1]) if title_rows else 0.0

    def breaks(self, *, landscape: bool) -> None:
        """Put them in."""
        across, down = (WIDE, HIGH) if landscape else (HIGH, WIDE)
        full = down / min(1.0, across / self.across)
        begins = 1
        for broken in [*sorted(each.id for each in self.sheet.worksheet.row_breaks.brk), self.last_row]:
            for row in self._between(begins, broken, full):
                break_before(self.sheet, row)
            begins = broken + 1

    def _between(self, begins: int, end: int, full: float) -> list[int]:
        """The rows before which the rows ``begins`` to ``end`` are broken: of all ways the one that costs least."""
        if sum(self.heights[begins : end + 1]) + (self.repeated if begins > 1 else 0) <= full:
            return []
        starts = [(begins, 0.0), *self._possible(begins, end), (end + 1, 0.0)]  # of pages, with what a break there costs
        least, before = [0.0], [0]  # for the pages above each start
        for at in range(1, len(starts)):
            height, best, best_from = self.repeated, inf, at - 1
            for above in range(at - 1, -1, -1):
                height += sum(self.heights[starts[above][0] : starts[above + 1][0]])
                filled = (height - (self.repeated if starts[above][0] == 1 else 0)) / full
                if filled > 1 and above < at - 1:
                    break
                price = least[above] + 1 + (1 - filled) ** 2  # a page, and how far it is from full
                if price < best:
                    best, best_from = price, above
            least.append(best + starts[at][1])
            before.append(best_from)
        found, at = [], before[-1]
        while at:
            found.append(starts[at][0])
            at = before[at]
        return found

    def _possible(self, begins: int, end: int) -> Iterator[tuple[int, float]]:
        """The rows before which a page may end, with what that costs."""
        for row in range(max(begins, HEAD) + 1, end + 1):
            if self.heights[row] and not self._heads(row - 1) and row not in self.sheet.whole:
                yield row, 0.0 if self._heads(row) else self.JOINED if row in self.sheet.joined else self.ROW

    def _heads(self, row: int) -> bool:
        """Whether a row is a heading, or the headers of columns."""
        styles = self.sheet.book.styles
        heads = styles.of(SECTION), styles.of(HEADER)
        cells: Any = self.sheet.worksheet._cells
        return any((row, column) in cells and cells[row, column]._style in heads for column in self.columns)
