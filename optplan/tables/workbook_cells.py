"""The cells of a workbook's sheets, read from its XML in one pass and within bounds.

openpyxl, which writes our workbooks, does not say what deceives a reader: superscript runs, what lies under a merged range, which
rows are hidden; it reads no Strict workbooks, walks every row of a sheet that is formatted to its end, and takes minutes and
gigabytes for some files of a few hundred kilobytes. What a number format means is left to it.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel, from_ISO8601

from optplan.tables.cells import ErrorValue, Formula, Marked, Percentage
from optplan.tables.characters import lowered, raised
from optplan.tables.grid import MOST_COLUMNS, MOST_ROWS, Line, letter
from optplan.tables.header import WITHIN
from optplan.tables.merged import Merge
from optplan.tables.workbook_archive import Archive, parse_xml

MOST_CELLS = 1_500_000  # of a sheet that hold something
MOST_STRINGS = 2_000_000
MOST_MERGES = 20_000
MOST_SHEETS = 100
LONGEST_CELL = 32_767  # characters, of Excel
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_EMPTY_CELL = re.compile(rb'<c r="[A-Z0-9]+"(?: s="[0-9]+")?(?: t="n")?(?:/>|></c>)')
_EMPTY_ROW = re.compile(rb"<row r=\"[0-9]+\"[^<>]*(?:/>|>\s*</row>)")
LONGEST_ROW = 16 * 2**20  # bytes
_GENERAL, _DATE, _PERCENT = 0, 1, 2


class Broken(ValueError):
    """What is wrong with the inside of a workbook, and in which part."""


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


class _Uncounted(Exception):
    """A row or cell does not say where it stands, so those before it must be counted."""


class _Full(Exception):
    """The sheet holds more than is read."""


class WorkbookCells:
    """An inspected workbook; its sheets are read one at a time, in their order. To be used in a ``with``."""

    def __init__(self, path: Path) -> None:
        self._file = zipfile.ZipFile(path)
        try:
            self._archive = Archive(self._file)
            self._book = self._workbook_part()
            self._related = self._archive.related(self._book)
            self.mac_dates = False
            self._sheets: list[tuple[str, bool, str]] = []
            self._read_book()
            self._formats = self._read_styles()
            self._strings = self._read_strings()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> WorkbookCells:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    @property
    def titles(self) -> list[str]:
        """The names of the sheets with cells, the first ``MOST_SHEETS`` of them."""
        return [title for title, _, _ in self._sheets]

    def sheet(self, number: int, width: int = MOST_COLUMNS) -> SheetCells:
        """The cells of a sheet, counted from 0; all beyond ``width`` columns are in the one after.

        Raises ``ValueError`` or what a damaged archive raises.
        """
        title, hidden, part = self._sheets[number]
        for drop in (without_empty_cells, iter):
            reader = _SheetReader(SheetCells(title, hidden), self._strings, self._formats, self.mac_dates, width)
            reader.counts = drop is iter
            try:
                parse_xml(drop(self._archive.chunks(part)), reader.start, reader.end, reader.text)
            except _Uncounted:
                continue
            except _Full:
                reader.sheet.cut = True
            break
        return reader.sheet

    def _workbook_part(self) -> str:
        for kind, path in self._archive.related("").values():
            if kind == "officeDocument" and path in self._archive:
                return path
        if "xl/workbook.xml" in self._archive:
            return "xl/workbook.xml"
        raise Broken("xl/workbook.xml")

    def _part(self, kind: str) -> str | None:
        return next((path for some, path in self._related.values() if some == kind and path in self._archive), None)

    def _read_book(self) -> None:
        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "workbookPr":
                self.mac_dates = _truth(attributes.get("date1904"))
            if tag != "sheet":
                return
            relation = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            kind, path = self._related.get(relation, ("", ""))
            if kind in {"chartsheet", "dialogsheet"}:
                return
            title = attributes.get("name", "")
            if kind != "worksheet" or path not in self._archive:
                raise Broken(title[:31] or self._book)
            if len(self._sheets) < MOST_SHEETS:
                self._sheets.append((title, attributes.get("state", "visible") != "visible", path))

        parse_xml(self._archive.chunks(self._book), start)

    def _read_styles(self) -> list[int]:
        """For each kind of cell whether its numbers are shown as dates or as percentages."""
        part, own, formats, inside = self._part("styles"), dict[int, int](), list[int](), [False]

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "numFmt":
                own[_whole(attributes.get("numFmtId"))] = _shown_as(attributes.get("formatCode", "")[:255])
            elif tag == "cellXfs":
                inside[0] = True
            elif tag == "xf" and inside[0]:
                number = _whole(attributes.get("numFmtId", "0"))
                formats.append(own[number] if number in own else _shown_as_builtin(number))

        def end(tag: str) -> None:
            if tag == "cellXfs":
                inside[0] = False

        if part is not None:
            parse_xml(self._archive.chunks(part), start, end)
        return formats

    def _read_strings(self) -> list[str]:
        part = self._part("sharedStrings")
        strings: list[str] = []
        run = _Text()

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "si":
                run.clear()
            run.start(tag, attributes)

        def end(tag: str) -> None:
            run.end(tag)
            if tag == "si":
                if len(strings) >= MOST_STRINGS:
                    raise Broken("xl/sharedStrings.xml")
                strings.append(run.value())

        if part is not None:
            parse_xml(self._archive.chunks(part), start, end, run.text)
        return strings


class _Text:
    """A string made of runs, as it is being read. How Chinese is pronounced (``rPh``) is no part of it."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self.parts: list[str] = []
        self.raised = self.marked = self.in_text = self.spoken = False
        self.lowered, self.length = False, 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "t":
            self.in_text = True
        elif tag == "r":
            self.raised = self.lowered = False
        elif tag == "vertAlign":
            self.raised = attributes.get("val") == "superscript"
            self.lowered = attributes.get("val") == "subscript"
        elif tag == "rPh":
            self.spoken = True

    def end(self, tag: str) -> None:
        if tag == "t":
            self.in_text = False
        elif tag == "rPh":
            self.spoken = False

    def text(self, text: str) -> None:
        if self.in_text and not self.spoken and self.length <= LONGEST_CELL:
            self.length += len(text)
            if (self.raised or self.lowered) and text.strip():
                self.marked = True
                text = raised(text) if self.raised else lowered(text)
            self.parts.append(text)

    def value(self) -> str:
        text = _ESCAPE.sub(_unescaped, "".join(self.parts)) if self.parts else ""
        return Marked(text) if self.marked else text


class _SheetReader:
    """Handlers for the XML of one sheet."""

    def __init__(self, sheet: SheetCells, strings: list[str], formats: list[int], mac_dates: bool, width: int) -> None:
        self.sheet, self._strings, self._formats, self._width = sheet, strings, formats, width
        self._epoch = CALENDAR_MAC_1904 if mac_dates else CALENDAR_WINDOWS_1900
        self._run = _Text()
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
        elif tag == "col" and _truth(attributes.get("hidden")):
            first, last = _whole(attributes.get("min")), _whole(attributes.get("max"))
            self.sheet.columns_hidden |= set(range(max(first, 1) - 1, min(last, self._width)))
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
                    raise _Full
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
            raise _Uncounted
        row = _whole(attributes["r"]) if "r" in attributes else self._row + 1
        if not self._row < row <= LAST_ROW:
            raise Broken(f"{self.sheet.title}!A{row}")
        self._row, self._column = row, -1
        self._row_hidden = _truth(attributes.get("hidden"))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        column = self._column + 1
        if "r" in attributes:
            column, row = position_of(attributes["r"])
            if row != self._row or column <= self._column:
                raise Broken(f"{self.sheet.title}!{attributes['r'][:10]}")
        elif not self.counts:
            raise _Uncounted
        self._column = column
        self._kind, self._style = attributes.get("t", "n"), _whole(attributes.get("s", "0"))
        self._value = self._formula = self._into = None
        self._run.clear()

    def _end_cell(self) -> None:
        value = self._cell_value()
        if self._formula is not None:
            value = Formula("=" + "".join(self._formula), value)
        if value is not None and (not isinstance(value, str) or value):
            # what stands beyond the last column that a table may have is only known to be there
            self._cells[min(self._column, self._width)] = value
        self._value = self._formula = None

    def _cell_value(self) -> Any:
        text = "".join(self._value) if self._value is not None else ""
        match self._kind:
            case "s":
                if not text:
                    return None
                index = _whole(text)
                if index >= len(self._strings):
                    raise Broken(f"{self.sheet.title}!{letter(self._column)}{self._row}")
                return self._strings[index]
            case "inlineStr":
                return self._run.value()
            case "str":
                return _ESCAPE.sub(_unescaped, text)
            case "b":
                return _truth(text) if text else None
            case "e":
                return ErrorValue(text)
            case "d":
                return _date(text) if text else None
            case _:
                return self._number(text.strip())

    def _number(self, text: str) -> Any:
        if not text:
            return None
        try:
            number = int(text) if len(text) <= 15 and text.isascii() and text.isdigit() else float(text)
        except ValueError:
            return text
        shown = self._formats[self._style] if self._style < len(self._formats) else _GENERAL
        if shown == _PERCENT:
            return Percentage(number)
        if shown == _DATE:
            try:
                return from_excel(number, self._epoch)
            except (ValueError, OverflowError, TypeError):
                return ErrorValue("#NUM!")
        return number

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


def _shown_as(code: str) -> int:
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code)
    if "%" in bare:
        return _PERCENT
    return _DATE if is_date_format(code) else _GENERAL


def _shown_as_builtin(number: int) -> int:
    if 27 <= number <= 36 or 50 <= number <= 58:  # dates of East Asian locales
        return _DATE
    return _shown_as(BUILTIN_FORMATS.get(number, ""))


def _date(text: str) -> Any:
    try:
        return from_ISO8601(text)  # type: ignore[no-untyped-call]
    except ValueError:
        return text


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)


def _truth(text: str | None) -> bool:
    return (text or "").strip().lower() in {"1", "true", "on"}


def _whole(text: str | None) -> int:
    if text is None or not re.fullmatch(r"\s*[0-9]{1,9}\s*", text):
        raise Broken((text or "")[:20])
    return int(text)
