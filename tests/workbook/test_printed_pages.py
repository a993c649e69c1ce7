"""Printed pages: none holds a few rows left over, none holds nothing, and none is fuller than paper."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.cell import range_boundaries

from optplan.language import LANGUAGES
from optplan.result import Result, read_result
from optplan.workbook import export_schedule
from optplan.workbook.page import CHARACTER, HIGH, ROW_HEIGHT, WIDE

SAMPLE = Path(__file__).resolve().parents[2] / "reports" / "sample" / "shuozhou-attain.json"
FEWEST = 6  # rows beside the heads, so that a page is worth turning to


def pages_of(sheet: Any) -> list[tuple[int, float]]:
    """Of each printed page that a sheet breaks into by itself how many rows it shows, and which share of the paper they fill."""
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_holds_rows_left_over(tmp_path: Path, language: str) -> None:
    export_schedule(read_result(SAMPLE), tmp_path / "s.xlsx", language)
    book, checked = openpyxl.load_workbook(tmp_path / "s.xlsx"), 0
    for sheet in book.worksheets:
        if sheet.page_setup.fitToHeight:  # all on one page
            continue
        pages = pages_of(sheet)
        checked += len(pages)
        assert all(rows >= FEWEST or fills > 0.5 for rows, fills in pages), (sheet.title, pages)
        assert all(fills <= 1 for _, fills in pages), (sheet.title, pages)
    assert checked > 70


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
