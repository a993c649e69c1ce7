"""A plan as an ``.xlsx`` workbook, one sheet a table. A workbook is untrusted: its archive is inspected before it is opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path

from optplan.language import LANGUAGES, find
from optplan.tables.cells import Formula
from optplan.tables.characters import plain
from optplan.tables.content import Row, Tables
from optplan.tables.declarations import TABLES
from optplan.tables.findings import Finding, Place, error, warning
from optplan.tables.grid import MOST_ROWS, Line, Source, is_blank, letter
from optplan.tables.names_as_written import names_apart
from optplan.tables.sheet_cells import MOST_CELLS, SheetCells
from optplan.tables.sheets import rows_of
from optplan.tables.workbook_archive import UNREADABLE, inspect_workbook
from optplan.tables.workbook_cells import WorkbookCells
from optplan.tables.xml_values import Broken

MOST_TYPED_OVER = 20  # cells of a matrix; more of the same help nobody
MOST_NAMED = 12  # hidden rows in one message
LISTS = "sheet-lists"
AUXILIARY = ("sheet-guide", LISTS)
MATRICES = {"sheet-matrix-budgets": "budgets", "sheet-matrix-standards": "standards", "sheet-matrix-stock": "stock"}


def read_workbook(path: Path, findings: list[Finding]) -> Tables:
    """The tables in a workbook; empty, with a finding, if it is not one that may be opened."""
    problem = inspect_workbook(path)
    if problem is not None:
        findings.append(problem)
        return Tables({}, str(path))
    rows: dict[str, tuple[Row, ...]] = {}
    try:
        with WorkbookCells(path) as book:
            titles = [title_of(title) for title in book.titles]
            if _is_another(titles):
                findings.append(error("workbook-without-tables", Place(str(path))))
                return Tables({}, str(path))
            for number, title in enumerate(titles):
                if title not in _titles_of(AUXILIARY):
                    _read_sheet(book.sheet(number), title, path, rows, findings)
            for number, title in enumerate(titles):
                if title in _titles_of((LISTS,)):
                    findings += names_apart(book.sheet(number).lines, rows, book.titles[number])
    except Broken as fault:
        findings.append(error("workbook-damaged", Place(str(path)), reason=str(fault)))
    except UNREADABLE as fault:
        findings.append(error("workbook-damaged", Place(str(path)), reason=type(fault).__name__))
    return Tables(rows, str(path))


def title_of(sheet: str) -> str:
    """The name of a sheet without spaces around and what has no width."""
    return " ".join(plain(sheet).split())


def _is_another(titles: Sequence[str]) -> bool:
    """Whether the workbook is no plan at all: it has neither of the tables that a plan must have, and mostly other sheets."""
    tables = {_table_titles().get(title.lower()) for title in titles} - {None}
    others = [
        title for title in titles if title.lower() not in _table_titles() and title not in _titles_of((*AUXILIARY, *MATRICES))
    ]
    return not any(table.required for name, table in TABLES.items() if name in tables) and len(others) > max(1, len(tables))


def _read_sheet(sheet: SheetCells, title: str, path: Path, rows: dict[str, tuple[Row, ...]], findings: list[Finding]) -> None:
    for matrix, table in MATRICES.items():
        if title in _titles_of((matrix,)):
            findings += islice(_typed_over(sheet.lines, Place(str(path), table, sheet=sheet.title)), MOST_TYPED_OVER)
            return
    name = _table_titles().get(title.lower())
    place = Place(str(path), "", sheet=sheet.title)
    if name is None and all(is_blank(cell) for line in sheet.lines for cell in line.cells):
        return  # Excel adds empty sheets unasked
    if name is None:
        code = "sheet-copy" if (copied := _copied(title)) else "sheet-unknown"
        findings.append(error(code, place, sheet=title, table=copied or "", known=tuple(TABLES)))
    elif name in rows:
        findings.append(error("table-twice", place, table=name))
    else:
        source = Source(str(path), TABLES[name], sheet.title)
        rows[name] = tuple(rows_of(sheet.lines, source, findings, sheet.merges))
        findings += _not_shown(sheet, rows[name], source)
        if sheet.cut and len(rows[name]) < MOST_ROWS:
            findings.append(error("sheet-too-large", place, limit=MOST_CELLS))


def _copied(title: str) -> str | None:
    """The table of which a sheet is called a copy, as Excel and people call it: ``预算 (2)``, ``budgets_old``."""
    lowered = title.lower()
    for label, name in sorted(_table_titles().items(), key=lambda known: -len(known[0])):
        rest = lowered.removeprefix(label)
        if rest != lowered and rest[:1] in {" ", "(", "_", "-", "副", "备", "旧", "原", "新", "2"}:
            return name
    return None


def _not_shown(sheet: SheetCells, rows: Sequence[Row], source: Source) -> Iterator[Finding]:
    """Warnings on what is read although the sheet does not show it."""
    if sheet.hidden and rows:
        yield warning("sheet-hidden", source.place(None, None, None), sheet=sheet.title)
    dark = {line.number for line in sheet.lines if line.hidden}
    unseen = [row.number for row in rows if row.number in dark]
    if unseen and unseen[0] is not None:
        named = tuple(str(number) for number in unseen[:MOST_NAMED])
        yield warning("rows-hidden", source.place(unseen[0], 0, None), rows=named, count=len(unseen))
    for column, at in rows[0].letters.items() if rows else ():
        position = next(place for place in range(len(at) * 26 + 26) if letter(place) == at)
        first = next((row for row in rows if row.given(column)), None)
        if position in sheet.columns_hidden and first is not None:
            yield warning("column-hidden", source.place(first.number, position, column), column=column)


@cache
def _table_titles() -> dict[str, str]:
    labels = {
        title_of(label).lower(): name for name in TABLES for language in LANGUAGES if (label := find("tables", name, language))
    }
    return labels | {name: name for name in TABLES}


@cache
def _titles_of(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(title_of(label) for name in names for language in LANGUAGES if (label := find("tables", name, language)))


def _typed_over(lines: Sequence[Line], place: Place) -> Iterator[Finding]:
    """Figures of a matrix that were typed over its formulas: nobody reads them, and the table has others."""
    years: list[int] = []
    for line in lines:
        formulas = [at for at, cell in enumerate(line.cells) if isinstance(cell, Formula)]
        years = years or formulas
        for at, cell in enumerate(line.cells):
            under_years = years and years[0] <= at <= years[-1] and not is_blank(cell)
            if at not in formulas and (under_years or isinstance(cell, (int, float))):
                where = replace(place, row=line.number, cell=f"{letter(at)}{line.number}")
                yield warning("matrix-typed-over", where, value=str(cell)[:40], table=place.table)
