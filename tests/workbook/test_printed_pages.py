"""Printed pages: few, reasonably full, none fuller than paper, and no table of a county split that could stay whole."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.cell import range_boundaries
from plans.greedy import greedy_schedule
from plans.random_plans import Size, random_tables

from optplan.language import LANGUAGES
from optplan.result import Result, read_result
from optplan.workbook import export_schedule
from optplan.workbook.page import CHARACTER, HIGH, ROW_HEIGHT, WIDE

from .conftest import sealed

SAMPLE = Path(__file__).resolve().parents[2] / "reports" / "sample" / "shuozhou-attain.json"
FEWEST = 6  # rows beside the heads, so that a page is worth turning to
LEAST = 0.3  # of a page that is one of several


def pages_of(sheet: Any) -> list[tuple[int, float]]:
    """Of each printed page that a sheet breaks into by itself how many rows it shows, and which share of the paper they fill.

    Without the heads that later pages repeat.
    """
    first, _, last, bottom = range_boundaries(sheet.print_area.split("!")[-1].replace("$", ""))
    shown = [dimension for at in range(first, last + 1) if not (dimension := sheet.column_dimensions[_letter(at)]).hidden]
    across, down = (WIDE, HIGH) if sheet.page_setup.orientation == "landscape" else (HIGH, WIDE)
    full = down / min(1.0, across / (sum(dimension.width for dimension in shown) * CHARACTER))
    ends = [*sorted(each.id for each in sheet.row_breaks.brk), bottom]
    found, begins = [], 1
    for end in ends:
        heights = [_height(sheet, row) for row in range(begins, end + 1)]
        found.append((sum(height > 0 for height in heights), sum(heights) / full))
        begins = end + 1
    return found


def _letter(column: int) -> str:
    return openpyxl.utils.get_column_letter(column)


def _height(sheet: Any, row: int) -> float:
    known = sheet.row_dimensions[row]
    return 0 if known.hidden else known.height or ROW_HEIGHT


def repeated(sheet: Any) -> float:
    """The share of a page that its repeated heads take, reckoned as if nothing had to be made smaller."""
    first, last = map(int, sheet.print_title_rows.replace("$", "").split(":")) if sheet.print_title_rows else (1, 0)
    return sum(_height(sheet, row) for row in range(first, last + 1)) / HIGH


def headings(sheet: Any, last: int) -> set[int]:
    """The rows in which a section begins."""
    return {row for row in range(1, last + 1) if any(cell.font.b and cell.font.sz == 11 for cell in sheet[row])}


def county_plan(seed: int) -> Result:
    """Counties with some teams and projects, as a letter of responsibility names them: a section fills no page."""
    tables = random_tables(seed, Size(counties=5, years=5, goods=8, teams=3 + seed, projects=3, money=9))
    return sealed(tables, greedy_schedule(tables))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("plan", ["sample", 1, 2, 3])
def test_pages_are_few_and_reasonably_full(tmp_path: Path, plan: Any, language: str) -> None:
    result = read_result(SAMPLE) if plan == "sample" else county_plan(plan)
    export_schedule(result, tmp_path / "s.xlsx", language)
    checked = 0
    for sheet in openpyxl.load_workbook(tmp_path / "s.xlsx").worksheets:
        if sheet.page_setup.fitToHeight:  # all on one page
            continue
        pages = pages_of(sheet)
        checked += len(pages)
        assert all(fills <= 1 for _, fills in pages), (sheet.title, pages)
        assert len(pages) == 1 or all(rows >= FEWEST or fills > 0.5 for rows, fills in pages), (sheet.title, pages)
        assert len(pages) == 1 or all(fills >= LEAST for _, fills in pages), (sheet.title, pages)
        for (_, above), (_, below) in pairwise(pages):
            assert above + below + repeated(sheet) > 1, (sheet.title, pages, "two pages that could be one")
    assert checked > (70 if plan == "sample" else 20)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_section_of_a_county_is_split_that_a_page_can_hold(tmp_path: Path, seed: int) -> None:
    result = county_plan(seed)
    export_schedule(result, tmp_path / "s.xlsx", "zh")
    book, breaks = openpyxl.load_workbook(tmp_path / "s.xlsx"), 0
    for county in result.tables()["counties"]:
        sheet = book[county["name"]]
        begin = headings(sheet, sheet.max_row) | {  # each standard and each fund's account is a table of its own
            row[0].row
            for row in sheet.iter_rows(max_col=2)
            if row[0].value == "required" or (row[0].value == "account" and row[1].value.endswith("|carried_in"))
        }
        for each in sheet.row_breaks.brk:
            breaks += 1
            assert each.id + 1 in begin, (sheet.title, each.id)
    assert breaks


@pytest.mark.parametrize("years", [1, 4, 6, 9])
def test_no_chart_is_cut_by_a_page(tmp_path: Path, years: int) -> None:
    tables = random_tables(1, Size(counties=4, years=years, goods=8, teams=3, projects=3, money=9))
    export_schedule(sealed(tables, greedy_schedule(tables)), tmp_path / "s.xlsx", "en")
    sheet = next(each for each in openpyxl.load_workbook(tmp_path / "s.xlsx").worksheets if each._charts)  # type: ignore[attr-defined]
    for chart in sheet._charts:  # type: ignore[attr-defined]
        top, bottom = chart.anchor._from.row + 1, chart.anchor.to.row
        assert not [each.id for each in sheet.row_breaks.brk if top <= each.id < bottom], years


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_is_as_it_was_laid_out(tmp_path: Path, language: str, office: Callable[..., Path]) -> None:
    """LibreOffice prints as many pages as the sheets break into, each with something on it."""
    export_schedule(read_result(SAMPLE), tmp_path / "s.xlsx", language)
    book = openpyxl.load_workbook(tmp_path / "s.xlsx")
    due = sum(1 if sheet.page_setup.fitToHeight else len(pages_of(sheet)) for sheet in book.worksheets)
    printed = office(tmp_path / "s.xlsx", kind="pdf")
    text = subprocess.run(["pdftotext", "-layout", printed, "-"], check=True, capture_output=True).stdout.decode()
    pages = [re.findall(r"\S.*", page) for page in text.split("\f")[:-1]]
    assert len(pages) == due
    assert min(map(len, pages)) >= FEWEST + 3  # the running head, the header row and the foot


def test_small_sheets_are_not_broken(attained: Result, tmp_path: Path) -> None:
    export_schedule(attained, tmp_path / "s.xlsx", "zh")
    for sheet in openpyxl.load_workbook(tmp_path / "s.xlsx").worksheets[1:]:
        pages = pages_of(sheet)
        assert len(pages) == 1 or sum(fills for _, fills in pages) > 0.8, (sheet.title, pages)
