"""A workbook's sheets, strings and formats, read from its XML within bounds; the cells by :mod:`optplan.tables.sheet_cells`.

openpyxl, which writes our workbooks, does not say what deceives a reader: superscript runs, what lies under a merged range, which
rows are hidden; it reads no Strict workbooks, walks every row of a sheet that is formatted to its end, and takes minutes and
gigabytes for some files of a few hundred kilobytes. What a number format means is left to it.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from optplan.tables.grid import MOST_COLUMNS
from optplan.tables.sheet_cells import (
    DATE,
    GENERAL,
    OTHERWISE,
    PERCENT,
    UNSIGNED,
    Broken,
    Full,
    SheetCells,
    SheetReader,
    StringRuns,
    Uncounted,
    truth,
    whole_number,
    without_empty_cells,
)
from optplan.tables.workbook_archive import Archive, parse_xml

MOST_STRINGS = 2_000_000
MOST_SHEETS = 100
_WORDS = re.compile(r'"([^"]*)"|[\\!](.)')  # of a number format
_SECTION = re.compile(r'(?:"[^"]*"|[\\!].|\[[^\]]*\]|[^;"\\!\[])+|(?<=;)(?=;|$)|^(?=;)')
_SIGN = re.compile(r"(\[[^\]]*\])*[\"\\!]?[-−－]")  # before a number above zero
_SCALE = re.compile(r"[0-9%‰‱亿]|万(?!元)|[千百](?![克米瓦伏分])|^\s*[kK]\s*$")


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
            reader = SheetReader(SheetCells(title, hidden), self._strings, self._formats, self.mac_dates, width)
            reader.counts = drop is iter
            try:
                parse_xml(drop(self._archive.chunks(part)), reader.start, reader.end, reader.text)
            except Uncounted:
                continue
            except Full:
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
                self.mac_dates = truth(attributes.get("date1904"))
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

    def _read_styles(self) -> list[tuple[int, bool]]:
        """For each kind of cell as what its numbers are shown, and whether it is struck through."""
        part, own, formats, inside = self._part("styles"), dict[int, int](), list[tuple[int, bool]](), [""]
        struck: list[bool] = []  # of each font

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "numFmt":
                own[whole_number(attributes.get("numFmtId"))] = _shown_as(attributes.get("formatCode", "")[:255])
            elif tag in {"cellXfs", "fonts"}:
                inside[0] = tag
            elif tag == "font" and inside[0] == "fonts":
                struck.append(False)
            elif tag == "strike" and inside[0] == "fonts" and struck:
                struck[-1] = truth(attributes.get("val", "1"))
            elif tag == "xf" and inside[0] == "cellXfs":
                number, font = (whole_number(attributes.get(name, "0")) for name in ("numFmtId", "fontId"))
                shown = own[number] if number in own else _shown_as_builtin(number)
                formats.append((shown, font < len(struck) and struck[font]))

        def end(tag: str) -> None:
            if tag == inside[0]:
                inside[0] = ""

        if part is not None:
            parse_xml(self._archive.chunks(part), start, end)
        return formats

    def _read_strings(self) -> list[str]:
        part = self._part("sharedStrings")
        strings: list[str] = []
        run = StringRuns()

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


def _shown_as(code: str) -> int:
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code)
    if "%" in bare:
        return PERCENT
    if is_date_format(code):
        return DATE
    if is_disguise(code):
        return OTHERWISE
    return UNSIGNED if _hides_signs(code) else GENERAL


def is_disguise(code: str) -> bool:
    """Whether a format shows another number than the cell holds: in thousands, with a figure or a scale in its words, or none."""
    spaced = re.sub(r"_.|\*.", "", code)  # room for a character, and what fills a cell
    sections = _SECTION.findall(spaced)[:3]  # of numbers above, below and at zero; the fourth is of texts
    for number, section in enumerate(sections):
        words = "".join("".join(found) for found in _WORDS.findall(section))
        bare = re.sub(r"\[[^\]]*\]", "", _WORDS.sub("", section)).strip()
        if re.search(r"[0#?],+(?![0#?,.])", bare) or _SCALE.search(words):
            return True
        if number == 0 and _SIGN.match(section.lstrip()):
            return True
        if number == 0 and code.strip() and not re.search(r"[0#?@]|general|g/", bare, re.IGNORECASE) and "[" not in section:
            return True
    return False


def _hides_signs(code: str) -> bool:
    """Whether a number below zero looks as one above: it has a section of its own without a sign, brackets or a colour."""
    sections = _SECTION.findall(re.sub(r"_.|\*.", "", code))
    return len(sections) > 1 and re.search(r"[0#?]", sections[1]) is not None and not re.search(r"[-−－(（[▲△負负]", sections[1])


def _shown_as_builtin(number: int) -> int:
    if 27 <= number <= 36 or 50 <= number <= 58:  # dates of East Asian locales
        return DATE
    return _shown_as(BUILTIN_FORMATS.get(number, ""))
