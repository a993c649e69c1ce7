"""Ids that somebody sorted without the names beside them: known by what the workbook was written with, or by other names."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from reading.small_plan import grids, to_folder

from optplan.plan.checks import check
from optplan.tables import read_tables
from optplan.tables.content import Tables
from optplan.workbook import write_inputs

FIRST = 6


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    return read_tables(to_folder(grids(), tmp_path / "plan"))[0]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("title", "rows"), [({"zh": "县市区", "en": "Counties"}, (0, 2)), ({"zh": "物品", "en": "Items"}, (1, 3))]
)
def test_ids_sorted_without_their_names_are_named_at_each_name(
    tables: Tables, tmp_path: Path, language: str, title: dict[str, str], rows: tuple[int, int]
) -> None:
    write_inputs(tables, tmp_path / "plan.xlsx", language)
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    sheet = book[title[language]]
    one, other = (sheet.cell(FIRST + row, 1) for row in rows)
    one.value, other.value = other.value, one.value
    book.save(tmp_path / "plan.xlsx")
    _, findings = read_tables(tmp_path / "plan.xlsx")
    named = {finding.place.cell for finding in findings if finding.code == "names-apart"}
    assert named == {f"B{cell.row}" for cell in (one, other)}
    del book[next(name for name in book.sheetnames if book[name].sheet_state == "hidden")]
    book.save(tmp_path / "plan.xlsx")  # they have really changed names
    assert not [finding for finding in read_tables(tmp_path / "plan.xlsx")[1] if finding.code == "names-apart"]


def test_new_names_and_rows_are_welcome(tables: Tables, tmp_path: Path) -> None:
    write_inputs(tables, tmp_path / "plan.xlsx", "zh")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    sheet = book["县市区"]
    whole = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST, max_row=FIRST + 2)]
    for row, cells in enumerate(reversed(whole), start=FIRST):  # sorted as a whole
        for at, value in enumerate(cells, start=1):
            sheet.cell(row, at).value = value
    sheet.cell(FIRST, 2).value = "南山县"
    book.save(tmp_path / "plan.xlsx")
    assert [finding.code for finding in read_tables(tmp_path / "plan.xlsx")[1] if finding.severity == "error"] == []


def test_what_is_called_after_another_county_is_pointed_out(tmp_path: Path) -> None:
    """In a folder, where nothing says what was called how before."""
    plan = grids()
    assert [row[0] for row in plan["counties"][1:]] == ["dong", "xi", "nan"]
    plan["teams"][1][1], plan["teams"][2][1], plan["projects"][1][1] = "东区消防站", "西县二级站", "南县二级站"
    named = [
        finding
        for finding in check(read_tables(to_folder(plan, tmp_path / "right"))[0])
        if finding.code == "name-of-other-county"
    ]
    assert named == []
    plan["counties"][1][0], plan["counties"][3][0] = "nan", "dong"
    named = [
        finding
        for finding in check(read_tables(to_folder(plan, tmp_path / "wrong"))[0])
        if finding.code == "name-of-other-county"
    ]
    assert {(finding.place.table, finding.place.row) for finding in named} >= {("teams", 2), ("projects", 2)}
    assert all(finding.message(language) for finding in named for language in ("zh", "en"))
