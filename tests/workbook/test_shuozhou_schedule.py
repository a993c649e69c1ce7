"""The schedule of Shuozhou as a workbook, the one that will be handed in: every formula, every word, every printed page."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries

from optplan.plan import read_plan
from optplan.repairs import judge, read_edit
from optplan.result import Result, read_result
from optplan.workbook import export_schedule

from .test_edits import same
from .test_export import differing

ROOT = Path(__file__).resolve().parents[2]
MOST_PAGES = 85


@pytest.fixture(scope="module")
def sample() -> Result:
    return read_result(ROOT / "reports" / "sample" / "shuozhou-attain.json")


@pytest.fixture(scope="module")
def exported(sample: Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shuozhou") / "schedule.xlsx"
    export_schedule(sample, path, "zh")
    return path


@pytest.fixture(scope="module")
def saved(exported: Path, office: Callable[..., Path]) -> Path:
    return office(exported)


@pytest.fixture(scope="module")
def book(exported: Path) -> Any:
    return openpyxl.load_workbook(exported, data_only=True)


def test_every_formula_gives_the_sealed_figure_after_libreoffice_calculated_it(exported: Path, saved: Path) -> None:
    assert differing(exported, saved) == []


def test_the_sample_survives_a_save_by_libreoffice_and_is_judged_in_twice_the_time_of_reading_it(
    sample: Result, saved: Path
) -> None:
    """Reading is what openpyxl takes for the formulas and for what they came to; a city's takes two seconds to judge."""
    plan = read_plan(ROOT / "inputs" / "shuozhou")
    start = time.process_time()
    for values in (False, True):
        openpyxl.load_workbook(saved, data_only=values)
    read = time.process_time()
    verdict = judge(plan, saved)
    assert time.process_time() - read < 2 * (read - start)
    assert verdict.ok, verdict.messages("en")
    assert same(read_edit(saved, plan.tables).schedule, sample.to_schedule())


def test_an_english_workbook_is_chinese_only_where_grounds_are_quoted(sample: Result, tmp_path: Path) -> None:
    export_schedule(sample, tmp_path / "schedule.xlsx", "en")
    for sheet in openpyxl.load_workbook(tmp_path / "schedule.xlsx", read_only=True).worksheets:
        if sheet.title not in {"Cover", "Assumptions"}:  # the cover holds the record of the result, out of sight
            cells = (str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)
            assert not [cell for cell in cells if re.search("[\u3400-\u9fff]", cell)], sheet.title


def test_people_read_names_and_no_ids(sample: Result, book: Any) -> None:
    tables = sample.tables()
    columns = [
        ("counties", "county"), ("items", "item"), ("groups", "group"), ("targets", "target"), ("standards", "standard"),
        ("limits", "limit"), ("mix", "mix"), ("teams", "team"), ("projects", "project"), ("funds", "fund"),
    ]  # fmt: skip
    ids = {str(row[column]) for table, column in columns for row in tables[table]}
    for sheet in book.worksheets:
        shown = [
            cell
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, str) and not sheet.column_dimensions[get_column_letter(cell.column)].hidden
        ]
        found = {
            (cell.coordinate, word) for cell in shown for word in re.findall(r"[A-Za-z][A-Za-z0-9_]*", cell.value) if word in ids
        }
        assert not found, sheet.title


def test_the_rules_that_bind_are_printed_and_all_are_counted(sample: Result, book: Any) -> None:
    sheet = book["合规检查"]
    _, _, _, last_printed = range_boundaries(sheet.print_area.split("!")[-1])
    rules = [(row[5], row[3], row[4], row[6], at) for at, row in enumerate(sheet.values, start=1) if row[7] and row[8]]
    assert len([row for row in sheet.values if row[7] == "limit"]) == len(sample.tables()["limits"])
    counted = [row[1:4] for row in sheet.iter_rows(min_row=5, max_row=9, values_only=True)]
    assert sum(row[0] for row in counted) == sum(row[1] for row in counted) == len(rules)
    assert sum(row[2] for row in counted) == 0
    for actual, least, most, _, at in rules:
        assert (bool(actual) and actual in (least, most)) == (at <= last_printed)
    assert last_printed < 200 < sheet.max_row


def test_it_prints_on_few_pages_with_nothing_cut(exported: Path, office: Callable[..., Path]) -> None:
    pdf = office(exported, kind="pdf")
    pages = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout.split("\f")[:-1]
    assert len(pages) <= MOST_PAGES
    assert all(len(page.split()) > 30 for page in pages if "图表" not in page)
    assert not [page for page in pages if "###" in page or "#REF" in page or "Err:" in page]
