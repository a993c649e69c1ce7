"""A workbook's sheets, strings and formats, read from its XML within bounds; the cells by :mod:`optplan.tables.sheet_cells`.

openpyxl, which writes our workbooks, does not say what deceives a reader: superscript runs, what lies under a merged range, which
rows are hidden; it reads no Strict workbooks, walks every row of a sheet that is formatted to its end, and takes minutes and
gigabytes for some files of a few hundred kilobytes. What a number format means is left to it.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from optplan.tables.grid import MOST_COLUMNS
from optplan.tables.sheet_cells import Full, SheetCells, SheetReader, Uncounted, without_empty_cells
from optplan.tables.string_runs import StringRuns
from optplan.tables.workbook_archive import Archive, parse_xml
from optplan.tables.workbook_looks import read_looks
from optplan.tables.xml_values import Broken, truth

MOST_STRINGS = 2_000_000
MOST_SHEETS = 100


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
            self._looks = read_looks(self._archive, self._part("styles"), self._part("theme"))
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
            reader = SheetReader(SheetCells(title, hidden), self._strings, self._looks, self.mac_dates, width)
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

    def _read_strings(self) -> list[str]:
        part = self._part("sharedStrings")
        strings: list[str] = []
        run = StringRuns(self._looks.palette)

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
