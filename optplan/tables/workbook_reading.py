"""A plan as an ``.xlsx`` workbook, one sheet a table. A workbook is untrusted: its archive is inspected before it is opened."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from optplan.language import LANGUAGES, find
from optplan.tables.content import Row, Tables
from optplan.tables.declarations import TABLES
from optplan.tables.findings import Finding, Place, error, warning
from optplan.tables.sheets import MOST_COLUMNS, MOST_ROWS, Line, Source, letter, rows_of

LARGEST_FILE = 64 * 2**20  # bytes as stored
LARGEST_CONTENT = 256 * 2**20  # bytes unpacked
MOST_PARTS = 2_000
MOST_SHEETS = 100
MOST_TYPED_OVER = 20  # cells of a matrix; more of the same help nobody
AUXILIARY = ("sheet-guide", "sheet-lists")
MATRICES = {"sheet-matrix-budgets": "budgets", "sheet-matrix-standards": "standards", "sheet-matrix-stock": "stock"}
OLE, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"


def read_workbook(path: Path, findings: list[Finding]) -> Tables:
    """The tables in a workbook; empty, with a finding, if it is not one that may be opened."""
    problem = inspect_workbook(path)
    if problem is not None:
        findings.append(problem)
        return Tables({}, str(path))
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
    except Exception as fault:
        findings.append(error("workbook-damaged", Place(str(path)), reason=type(fault).__name__))
        return Tables({}, str(path))
    rows: dict[str, tuple[Row, ...]] = {}
    try:
        if _is_another(book):
            findings.append(error("workbook-without-tables", Place(str(path))))
            return Tables({}, str(path))
        for sheet in book.worksheets[:MOST_SHEETS]:
            _read_sheet(sheet, path, rows, findings)
    except Exception as fault:
        findings.append(error("workbook-damaged", Place(str(path)), reason=type(fault).__name__))
    finally:
        book.close()
    return Tables(rows, str(path))


def _is_another(book: Any) -> bool:
    """Whether the workbook is no plan at all: it has neither of the tables that a plan must have, and mostly other sheets."""
    titles = [" ".join(str(sheet.title).split()) for sheet in book.worksheets[:MOST_SHEETS]]
    tables = {_table_titles().get(title.lower()) for title in titles} - {None}
    others = [
        title for title in titles if title.lower() not in _table_titles() and title not in _titles_of((*AUXILIARY, *MATRICES))
    ]
    return not any(table.required for name, table in TABLES.items() if name in tables) and len(others) > max(1, len(tables))


def _read_sheet(sheet: Any, path: Path, rows: dict[str, tuple[Row, ...]], findings: list[Finding]) -> None:
    title = " ".join(str(sheet.title).split())
    if title in _titles_of(AUXILIARY) or not hasattr(sheet, "iter_rows"):
        return
    for matrix, table in MATRICES.items():
        if title in _titles_of((matrix,)):
            findings += islice(_typed_over(sheet, Place(str(path), table, sheet=title)), MOST_TYPED_OVER)
            return
    name = _table_titles().get(title.lower())
    place = Place(str(path), "", sheet=title)
    if name is None and not any(cell is not None and str(cell).strip() for line in _lines(sheet) for cell in line.cells):
        return  # Excel adds empty sheets unasked
    if name is None:
        findings.append(error("sheet-unknown", place, sheet=title, known=tuple(TABLES)))
    elif name in rows:
        findings.append(error("table-twice", place, table=name))
    else:
        source = Source(str(path), TABLES[name], title)
        rows[name] = tuple(rows_of(_lines(sheet), source, findings, _wrong))


@cache
def _table_titles() -> dict[str, str]:
    labels = {label.lower(): name for name in TABLES for language in LANGUAGES if (label := find("tables", name, language))}
    return labels | {name: name for name in TABLES}


@cache
def _titles_of(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(label for name in names for language in LANGUAGES if (label := find("tables", name, language)))


def _typed_over(sheet: Any, place: Place) -> Iterator[Finding]:
    """Figures of a matrix that were typed over its formulas: nobody reads them, and the table has others."""
    years: list[int] = []
    for line in _lines(sheet):
        formulas = [at for at, cell in enumerate(line.cells) if isinstance(cell, _Formula)]
        years = years or formulas
        for at, cell in enumerate(line.cells):
            under_years = years and years[0] <= at <= years[-1] and cell is not None and str(cell).strip()
            if at not in formulas and (under_years or isinstance(cell, (int, float))):
                where = replace(place, row=line.number, cell=f"{letter(at)}{line.number}")
                yield warning("matrix-typed-over", where, value=str(cell)[:40], table=place.table)


class _Formula(str):
    """A cell that holds a formula instead of a value."""

    __slots__ = ()


class _Error(str):
    """A cell that holds what a formula could not find out."""

    __slots__ = ()


def _wrong(cell: Any) -> str | None:
    if isinstance(cell, _Formula):
        return "cell-formula"
    if isinstance(cell, _Error):
        return "cell-error"
    return (
        "cell-error"
        if isinstance(cell, str) and cell in {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"}
        else None
    )


_MARKS = {"f": _Formula, "e": _Error}  # openpyxl's kinds of cell


def _lines(sheet: Any) -> Iterator[Line]:
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1, max_row=MOST_ROWS + 1), start=1):
        yield Line(number, [_MARKS[cell.data_type](cell.value) if cell.data_type in _MARKS else cell.value for cell in cells])


def inspect_workbook(path: Path) -> Finding | None:
    """What makes the file one that must not be opened, if anything."""
    place = Place(str(path))
    try:
        with path.open("rb") as stream:
            start = stream.read(8)
        if path.stat().st_size > LARGEST_FILE:
            return error("file-too-large", place, limit=LARGEST_FILE)
        if not start:
            return error("file-empty", place)
        if start.startswith(OLE):
            return error("workbook-old-or-locked", place)
        if not start.startswith(ZIP):
            return error("workbook-not-xlsx", place)
        with zipfile.ZipFile(path) as archive:
            return _inspect_parts(archive, place)
    except (OSError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error) as fault:
        return error("workbook-damaged", place, reason=type(fault).__name__)


def _inspect_parts(archive: zipfile.ZipFile, place: Place) -> Finding | None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_CONTENT:
        return error("workbook-bomb", place, limit=LARGEST_CONTENT)
    names = [part.filename.lower() for part in parts]
    if any("vbaproject" in name or "externallink" in name for name in names):
        return error("workbook-active", place)
    if "[content_types].xml" not in names:
        return error("workbook-not-xlsx", place)
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            fault = _inspect_xml(archive, part, place)
            if fault is not None:
                return fault
    return None


def _inspect_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo, place: Place) -> Finding | None:
    """No document type, so no entities; and no more content than the archive's list admits to."""
    read, tail = 0, b""
    with archive.open(part) as stream:
        while chunk := stream.read(2**20):
            read += len(chunk)
            if read > part.file_size:
                return error("workbook-bomb", place, limit=LARGEST_CONTENT)
            window = (tail + chunk).upper().replace(b"\0", b"")
            if b"<!DOCTYPE" in window or b"<!ENTITY" in window:
                return error("workbook-entities", place)
            tail = chunk[-20:]
    return None
