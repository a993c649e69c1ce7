"""A workbook under construction: cells with looks, live formulas with their present values, and one atomic write.

Every formula is given together with the value it has in the sealed plan. The value is stored beside the formula, so that
previews and readers that do not calculate show the same figures, and so that a recalculation can be compared with it.
"""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from xml.sax.saxutils import escape

from optplan.language import sentences_of
from optplan.language.numbers import decimal_of
from optplan.language.years import current_year_names
from optplan.workbook.styles import GENERAL, Look, Styles

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

say = sentences_of("workbook")
FIRST_FORMAT = 500  # the number of the first number format that only conditional looks have
LONGEST_NAME = 31  # characters of a sheet's name that Excel takes
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FORMULA_CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)><f>(.*?)</f><v ?(?:/>|></v>)</c>', re.DOTALL)


@dataclass(frozen=True)
class Formula:
    """A live formula, written without its ``=``, and the value it has in the sealed plan."""

    text: str
    value: Decimal | int | str


def in_cell(value: Fraction) -> Decimal:
    """A fraction as exact as a cell keeps it."""
    return decimal_of(value).quantize(Decimal("1e-12"))


@cache
def letter(column: int) -> str:
    """The letters of a column counted from 1."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))


class Sheet:
    """A worksheet to write on."""

    def __init__(self, book: Book, worksheet: Worksheet) -> None:
        self.book, self.worksheet = book, worksheet
        self.values: dict[str, Decimal | int | str] = {}
        self._year_cells: dict[str, list[str]] = defaultdict(list)  # by their number format
        self.entries: set[tuple[int, int]] = set()  # row and column of what a person may change
        self.joined: set[int] = set()  # rows that a printed page should not part from the one above
        self.whole: set[int] = set()  # rows that it must not: a chart lies over them and the one above
        self._wrapped: list[tuple[int, int, int, str, float]] = []  # row, first and last column, words, points

    @property
    def name(self) -> str:
        """The sheet's name as it stands on its tab."""
        return str(self.worksheet.title)

    @property
    def quoted(self) -> str:
        """The name as formulas write it, with its quotes and exclamation mark."""
        return "'" + self.name.replace("'", "''") + "'!"

    def put(self, row: int, column: int, value: Any, look: Look) -> Cell:
        """Write a value, a text (which stays a text whatever it starts with) or a :class:`Formula`."""
        cell: Any = self.worksheet.cell(row, column)
        if isinstance(value, Formula):
            cell.value = f"={value.text}"
            self.values[cell.coordinate] = value.value
        elif isinstance(value, str):
            cell.value = _CONTROL.sub("", value)
            cell.data_type = "s"
            if value.startswith(_LOOKS_LIKE_FORMULA):
                look = look.but(quoted=True)
        else:
            cell.value = value
        cell._style = self.book.styles.of(look)  # one shared array instead of seven setters
        if look.year:
            self.call_years(cell.coordinate, look.format, value.value if isinstance(value, Formula) else value)
        if look.wrap and isinstance(value, str):
            self._wrapped.append((row, column, column, value, look.size))
        return cast("Cell", cell)

    def call_years(self, cells: str, number_format: str, value: Any = None) -> None:
        """Show years in ``cells`` as the plan calls them; ``value``: one that stands there. The numbers stay what they are."""
        if self.book.year_names is not None:
            self._year_cells[number_format].append(cells)
            self.book.years |= {value} if isinstance(value, int) else set()

    def show_years(self) -> None:
        """Write the formats that show years as the plan calls them, one for each year that the workbook speaks of."""
        from openpyxl.formatting.rule import Rule
        from openpyxl.styles.differential import DifferentialStyle
        from openpyxl.styles.numbers import NumberFormat

        names = self.book.year_names
        if names is None or not self.book.years:
            return
        shown, self._year_cells = self._year_cells, defaultdict(list)
        for number_format, cells in shown.items():
            for year in range(min(self.book.years), max(self.book.years) + 1):
                called = '"' + names.name(year).replace('"', "") + '"'
                form = called if number_format == GENERAL else number_format.replace("0", called, 1)
                look = DifferentialStyle(numFmt=NumberFormat(numFmtId=self.book.format_number(form), formatCode=form))
                rule = Rule(type="cellIs", operator="equal", formula=[str(year)], dxf=look)
                self.worksheet.conditional_formatting.add(" ".join(cells), rule)

    def line(self, row: int, first: int, values: Iterable[Any], look: Look) -> None:
        """Write values side by side, all with one look."""
        for column, value in enumerate(values, start=first):
            self.put(row, column, value, look)

    def merged(self, row: int, first: int, last: int, value: Any, look: Look, last_row: int | None = None) -> Cell:
        """Write a value across columns ``first`` to ``last``."""
        from openpyxl.worksheet.cell_range import CellRange

        for at in range(row, (last_row or row) + 1):
            for column in range(first, last + 1):
                if (at, column) != (row, first):
                    self.put(at, column, None, look)
        cell = self.put(row, first, value, look)
        if look.wrap and isinstance(value, str):
            self._wrapped[-1] = (row, first, last, value, look.size)
        if first != last or last_row:
            # every cell has its look already; Worksheet.merge_cells would make each again and work out its border
            self.worksheet.merged_cells.add(CellRange(min_col=first, min_row=row, max_col=last, max_row=last_row or row))
        return cell

    def widths(self, widths: Sequence[float], first: int = 1) -> None:
        """Set the widths of neighbouring columns, in characters; 0 hides one."""
        for column, width in enumerate(widths, start=first):
            dimension = self.worksheet.column_dimensions[letter(column)]
            if width:
                dimension.width = width
            else:
                dimension.hidden = True

    def height(self, row: int, points: float) -> None:
        """Set the height of a row."""
        self.worksheet.row_dimensions[row].height = points

    def fit_rows(self, least: float) -> None:
        """Make every row ``least`` points high, or enough for the wrapped texts in it; column widths must be set before."""
        page = self.worksheet
        page.sheet_format.defaultRowHeight, page.sheet_format.customHeight = least, True
        heights: dict[int, float] = {}
        for row, first, last, words, points in self._wrapped:
            width = sum(page.column_dimensions[letter(column)].width for column in range(first, last + 1))
            lines = sum(max(1, ceil(display_width(line) / max(1.0, width * 10 / points - 0.5))) for line in words.split("\n"))
            if lines > 1:
                heights[row] = max(heights.get(row, least), lines * points * 1.38 + 5)
        for row, height in heights.items():
            if page.row_dimensions[row].height is None:
                self.height(row, height)

    def link(self, cell: Cell, target: Sheet) -> None:
        """Let a click on the cell lead to another sheet of the workbook."""
        from openpyxl.worksheet.hyperlink import Hyperlink

        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{target.quoted}A1")

    def note(self, cell: Cell, words: str) -> None:
        """Attach a cell note."""
        from openpyxl.comments import Comment

        lines = sum(1 + int(display_width(line) / 44) for line in words.split("\n"))
        cell.comment = Comment(words, "optplan", height=24 + 18 * lines, width=300)


class Book:
    """A workbook to fill. Sheets stand in the order in which they are added."""

    def __init__(self) -> None:
        from openpyxl import Workbook

        self.workbook: Workbook = Workbook()
        first = cast("Worksheet", self.workbook.active)
        self._blank: Worksheet | None = first
        self.styles = Styles(first)
        self.sheets: list[Sheet] = []
        self.year_names, self.years = current_year_names(), set[int]()
        self._formats: dict[str, int] = {}

    def add(self, name: str) -> Sheet:
        """A new sheet at the end; its name is made fit for Excel, and unique."""
        worksheet = self.workbook.create_sheet(self._free_name(name))
        if self._blank is not None:
            self.workbook.remove(self._blank)
            self._blank = None
        sheet = Sheet(self, worksheet)
        self.sheets.append(sheet)
        return sheet

    def format_number(self, code: str) -> int:
        """The number under which a conditional look of the workbook knows a number format."""
        return self._formats.setdefault(code, FIRST_FORMAT + len(self._formats))

    def _free_name(self, name: str) -> str:
        taken = {sheet.name.casefold() for sheet in self.sheets}
        base = _CONTROL.sub("", _FORBIDDEN.sub(" ", name)).strip().strip("'") or "-"
        candidate, number = base[:LONGEST_NAME].strip(), 1
        while candidate.casefold() in taken or candidate.casefold() == "history":  # a name Excel keeps for itself
            number += 1
            ending = f" {number}"
            candidate = base[: LONGEST_NAME - len(ending)].strip() + ending
        return candidate

    def content(self, title: str) -> bytes:
        """The file's bytes. ``title`` goes into the document's properties."""
        from openpyxl.writer.excel import ExcelWriter

        for sheet in self.sheets:
            sheet.show_years()
        properties = self.workbook.properties
        properties.title, properties.creator = title, "optplan"
        properties.modified = datetime.now(UTC).replace(tzinfo=None)
        self.workbook.calculation.fullCalcOnLoad = True
        raw = io.BytesIO()
        with _Archive(raw, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
            ExcelWriter(self.workbook, archive).write_data()
        return self._with_values(raw)

    def _with_values(self, raw: io.BytesIO) -> bytes:
        """The same file with the value of each formula stored beside it, which openpyxl leaves out."""
        parts = {f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(self.sheets, start=1)}
        out = io.BytesIO()
        with zipfile.ZipFile(raw) as source, _Archive(out, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as target:
            for entry in source.infolist():
                content = source.read(entry)
                sheet = parts.get(entry.filename)
                if sheet is not None and sheet.values:
                    content = _FORMULA_CELL.sub(_stored(sheet.values), content)
                target.writestr(entry.filename, content)
        return out.getvalue()

    def save(self, path: str | Path, title: str) -> None:
        """Write the file as a whole or not at all."""
        from optplan.files import write_atomically

        write_atomically(Path(path), self.content(title))


FIRST_DATE, LAST_DATE = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)  # of an archive


class _Archive(zipfile.ZipFile):
    """An archive that can be written whatever the clock says; its dates begin in 1980 and end in 2107."""

    def writestr(self, name: Any, data: Any, compress_type: int | None = None, compresslevel: int | None = None) -> None:
        """Write a part; its date is the present, or the nearest that can be written."""
        if isinstance(name, str):
            name = zipfile.ZipInfo(name, min(max(time.localtime()[:6], FIRST_DATE), LAST_DATE))
            name.external_attr = 0o600 << 16
        super().writestr(
            name,
            data,
            self.compression if compress_type is None else compress_type,
            self.compresslevel if compresslevel is None else compresslevel,
        )


def _stored(values: dict[str, Decimal | int | str]) -> Callable[[re.Match[bytes]], bytes]:
    def fill(match: re.Match[bytes]) -> bytes:
        coordinate, attributes, formula = match.groups()
        value = values[coordinate.decode()]
        if isinstance(value, str):
            attributes += b' t="str"'
            shown = escape(value)
        else:
            shown = format(value, "f") if isinstance(value, Decimal) else str(int(value))
        return b'<c r="%b"%b><f>%b</f><v>%b</v></c>' % (coordinate, attributes, formula, shown.encode("utf-8"))

    return fill


def display_width(words: str) -> float:
    """The width of a text in characters of a column, Chinese ones counted twice; letters are narrower than digits."""
    return sum(2 if ord(character) > 0x2E7F else 0.9 if character.isalpha() else 1 for character in words)
