"""The cells of one sheet of a workbook, read from its XML in one pass and within bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel, from_ISO8601

from optplan.tables.cells import ErrorValue, Formula, Painted, Struck, Unseen
from optplan.tables.characters import struck
from optplan.tables.colours import WHITE, can_be_seen
from optplan.tables.grid import MOST_ROWS, Line, letter
from optplan.tables.header import WITHIN
from optplan.tables.merged import Merge
from optplan.tables.number_formats import GENERAL
from optplan.tables.string_runs import LONGEST_CELL, StringRuns, unescaped
from optplan.tables.workbook_looks import PLAIN, CellLook, Looks
from optplan.tables.xml_values import Broken, is_below, truth, whole_number

MOST_CELLS = 1_500_000  # of a sheet that hold something
MOST_MERGES = 20_000
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_EMPTY_CELL = re.compile(rb'<c r="[A-Z0-9]+"(?: s="[0-9]+")?(?: t="n")?(?:/>|></c>)')
_EMPTY_ROW = re.compile(rb"<row r=\"[0-9]+\"[^<>]*(?:/>|>\s*</row>)")
LONGEST_ROW = 16 * 2**20  # bytes
LONGEST_NUMBER = 400  # characters as stored; Excel writes at most 24
NARROWEST, LOWEST = 0.3, 2.0  # of what still shows something: letters for a column, points for a row


@dataclass
class SheetCells:
    """A sheet: its rows that hold something, its merged ranges, what it does not show.

    ``columns_hidden`` are positions counted from 0. ``cut``: whether it holds more than is read.
    """

    title: str
    hidden: bool = False
    lines: list[Line] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    columns_hidden: set[int] = field(default_factory=set)
    cut: bool = False


class Uncounted(Exception):
    """A row or cell does not say where it stands, so those before it must be counted."""


class Full(Exception):
    """The sheet holds more than is read."""


class SheetReader:
    """Handlers for the XML of one sheet."""

    def __init__(self, sheet: SheetCells, strings: list[str], looks: Looks, mac_dates: bool, width: int) -> None:
        self.sheet, self._strings, self._looks, self._width = sheet, strings, looks.of_cells, width
        self._epoch = CALENDAR_MAC_1904 if mac_dates else CALENDAR_WINDOWS_1900
        self._run = StringRuns(looks.palette)
        self._row = self._column = 0
        self._row_hidden = False
        self.counts = False  # whether every row and cell is seen, so that those without a place can be counted
        self._cells: dict[int, Any] = {}
        self._kind, self._style, self._held = "n", 0, 0
        self._value: list[str] | None = None
        self._formula: list[str] | None = None
        self._into: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag == "c":
            self._begin_cell(attributes)
        elif tag == "v":
            self._into = self._value = []
        elif tag == "f":
            self._into = self._formula = []
        elif tag == "row":
            self._begin_row(attributes)
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif tag == "sheetFormatPr" and is_below(attributes.get("defaultColWidth"), NARROWEST):
            self.sheet.columns_hidden = set(range(self._width))
        elif tag == "col":
            self._columns(attributes)
        else:
            self._run.start(tag, attributes)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "c":
            self._end_cell()
        elif tag in {"v", "f"}:
            self._into = None
        elif tag == "row":
            if self._cells:
                line = [self._cells.get(position) for position in range(max(self._cells) + 1)]
                self.sheet.lines.append(Line(self._row, line, self._row_hidden))
                self._held += len(line)
                if len(self.sheet.lines) > MOST_ROWS + WITHIN or self._held > MOST_CELLS:
                    raise Full
                self._cells = {}
        else:
            self._run.end(tag)

    def text(self, text: str) -> None:
        """Characters inside an element."""
        if self._into is not None:
            if len(self._into) < 64:
                self._into.append(text[:LONGEST_CELL])
        else:
            self._run.text(text)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        if "r" not in attributes and not self.counts:
            raise Uncounted
        row = whole_number(attributes["r"]) if "r" in attributes else self._row + 1
        if not self._row < row <= LAST_ROW:
            raise Broken(f"{self.sheet.title}!A{row}")
        self._row, self._column = row, -1
        self._row_hidden = truth(attributes.get("hidden")) or is_below(attributes.get("ht"), LOWEST)

    def _columns(self, attributes: dict[str, str]) -> None:
        first, last = whole_number(attributes.get("min")), whole_number(attributes.get("max"))
        meant = set(range(max(first, 1) - 1, min(last, self._width)))
        if truth(attributes.get("hidden")) or is_below(attributes.get("width"), NARROWEST):
            self.sheet.columns_hidden |= meant
        else:
            self.sheet.columns_hidden -= meant

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        column = self._column + 1
        if "r" in attributes:
            column, row = position_of(attributes["r"])
            if row != self._row or column <= self._column:
                raise Broken(f"{self.sheet.title}!{attributes['r'][:10]}")
        elif not self.counts:
            raise Uncounted
        self._column = column
        self._kind, self._style = attributes.get("t", "n"), whole_number(attributes.get("s", "0"))
        self._value = self._formula = self._into = None
        self._run.clear()

    def _end_cell(self) -> None:
        value = self._seen(self._cell_value())
        if self._formula is not None:
            value = Formula("=" + "".join(self._formula), value)
        if value is not None and (not isinstance(value, str) or value):
            # what stands beyond the last column that a table may have is only known to be there
            self._cells[min(self._column, self._width)] = value
        self._value = self._formula = None

    def _seen(self, value: Any) -> Any:
        """The value of a cell, as what it is to whoever looks at it."""
        look = self._look
        if value is None or not str(value).strip():
            return value
        if look.struck:
            return Struck(struck(str(value)))
        if look.unseen:
            return Unseen(value)
        return value.on(look.ground) if type(value) is Painted else value

    def _cell_value(self) -> Any:
        text = "".join(self._value) if self._value is not None else ""
        match self._kind:
            case "s":
                if not text:
                    return None
                index = whole_number(text)
                if index >= len(self._strings):
                    raise Broken(f"{self.sheet.title}!{letter(self._column)}{self._row}")
                return self._strings[index]
            case "inlineStr":
                return self._run.value()
            case "str":
                return unescaped(text)
            case "b":
                return truth(text) if text else None
            case "e":
                return ErrorValue(text)
            case "d":
                return _date(text) if text else None
            case _:
                return self._number(text.strip())

    def _number(self, text: str) -> Any:
        if not text:
            return None
        if len(text) > LONGEST_NUMBER:
            raise Broken(f"{self.sheet.title}!{letter(self._column)}{self._row}")
        try:
            number = int(text) if len(text) <= 15 and text.isascii() and text.isdigit() else float(text)
        except ValueError:
            return text
        look = self._look
        if look.format is GENERAL:
            return number
        if look.format.date:
            try:
                return from_excel(number, self._epoch)
            except (ValueError, OverflowError, TypeError):
                return ErrorValue("#NUM!")
        if look.format.is_white(number) and not can_be_seen(WHITE, look.ground):
            return Unseen(number)
        return look.format.of(number)

    @property
    def _look(self) -> CellLook:
        return self._looks[self._style] if self._style < len(self._looks) else PLAIN

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        (left, top), (right, bottom) = position_of(first), position_of(last or first)
        if (right, bottom) != (left, top):
            self.sheet.merges.append(Merge(top, bottom, left, right))
        if len(self.sheet.merges) > MOST_MERGES:
            raise Broken(f"{self.sheet.title}!{ref[:20]}")


def without_empty_cells(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The XML of a sheet without the cells and rows that hold nothing: a column formatted to its end has a million of them."""
    rest = b""
    for chunk in chunks:
        content = rest + chunk
        cut = content.rfind(b"<row") if len(content) < LONGEST_ROW else content.rfind(b">") + 1
        content, rest = content[: max(cut, 0)], content[max(cut, 0) :]
        if b"<!" not in content:  # neither comments nor character data, in which a cell is no cell
            content = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", content))
        yield content
    yield rest


def position_of(ref: str) -> tuple[int, int]:
    """The position, counted from 0, of the column of a cell like ``C5``, and its row."""
    found = _CELL.fullmatch(ref.replace("$", ""))
    if found is None:
        raise Broken(ref[:20])
    column = 0
    for mark in found[1]:
        column = 26 * column + ord(mark) - 64
    if column > LAST_COLUMN or int(found[2]) > LAST_ROW:
        raise Broken(ref)
    return column - 1, int(found[2])


def _date(text: str) -> Any:
    try:
        return from_ISO8601(text)  # type: ignore[no-untyped-call]
    except ValueError:
        return text
