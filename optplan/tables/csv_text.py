"""A CSV file as lines of cells: its encoding, its separator, its quotes, and what is wrong with them."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice

from optplan.tables.findings import Finding, Place, error, warning
from optplan.tables.grid import Line
from optplan.tables.header import WITHIN, is_header
from optplan.tables.schema import Table

LARGEST_CELL = 100_000  # characters; more is not a table
LARGEST_LINE = 500_000
MOST_LINES = 1_048_576  # the rows of a sheet, blank ones among them
SEPARATORS = ";\t|；，"
MARK = "\ufeff"
RARE_AT_MOST = 0.2  # of the Chinese characters of a file that is GB18030; of another encoding read as that, most are rare


def text_of(raw: bytes, place: Place, findings: list[Finding]) -> str | None:
    """The text of a CSV file: UTF-8 with or without marks, UTF-16 with one, or wholly GB18030, as Excel in Chinese writes."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and not raw.startswith(codecs.BOM_UTF32_LE):
        return _utf16(raw, place, findings)
    if b"\0" in raw:
        findings.append(error("file-binary", place))
        return None
    try:
        return raw.decode("utf-8").lstrip(MARK)
    except UnicodeDecodeError as problem:
        row = raw.count(b"\n", 0, problem.start) + 1
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        text = None
    if text is None or any("\ue000" <= mark <= "\uf8ff" for mark in text) or _has_utf8_chinese(raw) or _mostly_rare(text):
        findings.append(error("file-encoding", Place(place.file, place.table, row)))
        return None
    findings.append(warning("file-gb18030", place))
    return text.lstrip(MARK)


def _utf16(raw: bytes, place: Place, findings: list[Finding]) -> str | None:
    try:
        text = raw.decode("utf-16")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        findings.append(error("file-encoding", Place(place.file, place.table, 1)))
        return None
    findings.append(warning("file-utf16", place))
    return text.lstrip(MARK)


def _has_utf8_chinese(raw: bytes) -> bool:
    """Whether some line that is not plain ASCII is UTF-8: with GB18030 lines beside it, the file is a mixture."""
    for line in raw.split(b"\n"):
        if not line.isascii():
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                continue
            return True
    return False


def _mostly_rare(text: str) -> bool:
    """Whether most of the characters are ones that hardly anybody writes, as when Big5 is read as GB18030."""
    foreign = [letter for letter in text if not letter.isascii()]
    rare = sum(not _is_common(letter) for letter in foreign)
    return rare > RARE_AT_MOST * len(foreign)


def _is_common(letter: str) -> bool:
    try:
        return bool(letter.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def separated_otherwise(text: str, table: Table) -> tuple[int, str] | None:
    """The row of the header and the mark between its columns, if that is not the comma. A title above it proves nothing."""
    opening = text[:LARGEST_CELL].splitlines()[:WITHIN]
    if any(is_header(table, _split(line, ",")) for line in opening):
        return None
    for row, line in enumerate(opening, start=1):
        for mark in SEPARATORS:
            if mark in line and is_header(table, _split(line, mark)):
                return row, mark
    first = next((line for line in opening if line.strip()), "")
    found = next((mark for mark in SEPARATORS[:3] if mark in first), None)
    return (1, found) if found and "," not in "".join(opening) else None


def _split(line: str, mark: str) -> Sequence[str]:
    try:
        return next(csv.reader([line], delimiter=mark), [])
    except csv.Error:
        return line.split(mark)


def lines_of(text: str, table: Table, place: Place, findings: list[Finding]) -> Iterator[Line]:
    """The rows of cells; a quote that is never closed, or that is closed rows further down, becomes a finding."""
    csv.field_size_limit(LARGEST_CELL)
    reader = csv.reader(_bounded(text), strict=True)
    began = 1
    try:
        for cells in reader:
            if began > MOST_LINES:
                findings.append(error("table-too-long", Place(place.file, place.table, began), limit=MOST_LINES))
                return
            if reader.line_num > began and any(_swallowed(cell, table) for cell in cells):
                findings.append(error("csv-swallowed", Place(place.file, place.table, began), last_row=reader.line_num))
            else:
                yield Line(began, cells)
            began = reader.line_num + 1
    except csv.Error as problem:
        findings.append(error("csv-broken", Place(place.file, place.table, began), reason=problem))


def _bounded(text: str) -> Iterator[str]:
    for line in io.StringIO(text, newline=""):
        if len(line) > LARGEST_LINE:
            raise csv.Error(f"> {LARGEST_LINE}")
        yield line


def _swallowed(cell: str, table: Table) -> bool:
    """Whether a cell over several lines holds what looks like rows of the table: between them two quotes are missing."""
    pieces = islice(cell.splitlines(), 1, None)
    return any(piece.count(",") >= max(2, len([column for column in table.columns if column.required])) for piece in pieces)
