"""Figures on paper: no decimal point without decimals, no part of a unit lost, and a word on how sums are rounded."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from optplan.comparison.workbook.input_table import as_written
from optplan.figures.figures import Figures
from optplan.language import LANGUAGES, text
from optplan.result import Result
from optplan.workbook import export_schedule
from optplan.workbook.schedule.frame import group_look

BARE_POINT = re.compile(r"\.#")  # shows 40 as "40."


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_figure_can_end_in_a_point_and_every_sheet_says_how_sums_are_rounded(
    attained: Result, tmp_path: Path, language: str
) -> None:
    export_schedule(attained, tmp_path / "s.xlsx", language)
    book = openpyxl.load_workbook(tmp_path / "s.xlsx")
    formats = {cell.number_format for page in book.worksheets for row in page.iter_rows() for cell in row}
    assert not [form for form in formats if BARE_POINT.search(form)]
    for page in book.worksheets[1:]:
        assert page.oddFooter.left.text == text("workbook", "rounding-note", language)


def test_parts_of_units_are_shown_where_there_are_some(attained: Result) -> None:
    figures = Figures(attained)
    whole = next(item["item"] for item in figures.items if item["whole"])
    assert "." not in group_look(figures, whole, Decimal(40)).format
    assert "0.00" in group_look(figures, whole, Decimal("39.8")).format


def test_inputs_are_compared_with_the_decimals_that_they_have() -> None:
    assert as_written([Decimal(40), Decimal("41.0")]).format == "#,##0"
    assert as_written([Decimal("39.80"), Decimal(40)]).format == "#,##0.0"
