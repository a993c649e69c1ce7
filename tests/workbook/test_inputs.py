"""A plan goes into a workbook, through the hands of Excel or LibreOffice, and comes back as exactly the same plan."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from plans.random_plans import tables_of

from optplan.tables import read_tables
from optplan.tables.content import Tables
from optplan.tables.declarations import PLAN_KEYS, TABLES
from optplan.workbook import write_inputs, write_template

LANGUAGES = ("zh", "en")
SHUOZHOU = Path(__file__).resolve().parents[2] / "inputs" / "shuozhou"


def formula_cells(path: Path) -> list[tuple[str, str]]:
    book = openpyxl.load_workbook(path)
    return [
        (sheet.title, cell.coordinate) for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_comes_back_the_same(tables: Tables, tmp_path: Path, language: str) -> None:
    write_inputs(tables, tmp_path / "plan.xlsx", language)
    read, findings = read_tables(tmp_path / "plan.xlsx")
    assert findings == []
    assert read.sha256 == tables.sha256


def test_a_plan_comes_back_the_same_after_libreoffice_saved_it(
    tables: Tables, tmp_path: Path, office: Callable[..., Path]
) -> None:
    write_inputs(tables, tmp_path / "plan.xlsx")
    read, findings = read_tables(office(tmp_path / "plan.xlsx"))
    assert findings == []
    assert read.sha256 == tables.sha256


_text = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20)
_amount = st.decimals(min_value=0, max_value=10**11, places=4)


@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    name=st.one_of(_text, st.sampled_from(["=1+1", "+86", "-x", "@SUM(A1)", "0012", "1e5", "是", "TRUE", "2021-01-01", "a\nb"])),
    amount=_amount,
    rate=st.decimals(min_value=Decimal("-0.9"), max_value=5, places=12),
    spend=st.sampled_from([(Decimal(1),), (Decimal("0.4"), Decimal("0.6")), (Decimal("0.3333"), Decimal("0.6667"))]),
)
def test_odd_texts_and_long_numbers_come_back_the_same(
    tmp_path: Path, name: str, amount: Decimal, rate: Decimal, spend: tuple[Decimal, ...]
) -> None:
    name = name.strip() or "x"
    tables = tables_of(
        {
            "plan": [{"key": "title", "value": name}, {"key": "first_year", "value": 2021}, {"key": "last_year", "value": 2022}],
            "counties": [{"county": "0012", "name": name, "source": name, "supported": True}],
            "items": [{"item": "post", "name": name, "kind": "project", "category": "station"}],
            "projects": [
                {"project": "p", "name": name, "county": "0012", "item": "post", "capital_cost": amount, "spend": spend}
            ],
            "growth": [{"county": "0012", "year": 2022, "rate": rate, "basis": "standard"}],
        }
    )
    write_inputs(tables, tmp_path / "plan.xlsx")
    read, _ = read_tables(tmp_path / "plan.xlsx")
    assert read.setting("title") == tables.setting("title")
    assert read["growth"][0]["rate"] == rate
    assert read.sha256 == tables.sha256


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_has_a_sheet_with_labels_and_column_names(tables: Tables, tmp_path: Path, language: str) -> None:
    write_inputs(tables, tmp_path / "plan.xlsx", language)
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    names = {
        tuple(str(cell.value) for cell in row if cell.value is not None) for sheet in book for row in sheet.iter_rows(max_row=8)
    }
    for table in TABLES.values():
        assert tuple(column.name for column in table.columns) in names


def test_headers_are_frozen_filtered_and_explained(tables: Tables, tmp_path: Path) -> None:
    write_inputs(tables, tmp_path / "plan.xlsx", "zh")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    guide, *sheets = book.worksheets
    assert "填报" in str(guide["A1"].value)
    for sheet in sheets[: len(TABLES)]:
        assert sheet.freeze_panes is not None
        assert sheet.auto_filter.ref
        assert any(cell.comment for row in sheet.iter_rows(max_row=8) for cell in row)


def test_references_and_choices_are_picked_from_lists(tables: Tables, tmp_path: Path) -> None:
    write_inputs(tables, tmp_path / "plan.xlsx", "zh")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    for sheet, table in zip(book.worksheets[1:], TABLES.values(), strict=False):
        listed = {
            str(area).split(":")[0].rstrip("0123456789")
            for check in sheet.data_validations.dataValidation
            if check.type == "list" and check.errorStyle == "stop"
            for area in check.sqref.ranges
        }
        for at, column in enumerate(table.columns, start=1):
            if column.refers_to or column.choices:
                assert openpyxl.utils.get_column_letter(at) in listed, (table.name, column.name)


def test_tables_hold_values_only_and_matrices_are_live(tables: Tables, tmp_path: Path, office: Callable[..., Path]) -> None:
    path = tmp_path / "plan.xlsx"
    write_inputs(tables, path, "zh")
    places = formula_cells(path)
    book = openpyxl.load_workbook(path)
    table_sheets = {sheet.title for sheet in book.worksheets[1 : 1 + len(TABLES)]}
    assert places
    assert not table_sheets & {sheet for sheet, _ in places}
    stored = openpyxl.load_workbook(path, data_only=True)
    calculated = openpyxl.load_workbook(office(path), data_only=True)
    for sheet, cell in places:
        before, after = stored[sheet][cell].value, calculated[sheet][cell].value
        assert before == pytest.approx(after) if isinstance(before, (int, float)) and before else (before or 0) == (after or 0)


def test_the_matrix_of_budgets_shows_every_appropriation(tables: Tables, tmp_path: Path) -> None:
    write_inputs(tables, tmp_path / "plan.xlsx", "zh")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx", data_only=True)
    shown = [value for sheet in book.worksheets[1 + len(TABLES) :] for row in sheet.values for value in row]
    for row in tables["budgets"]:
        assert any(isinstance(value, (int, float)) and value == pytest.approx(float(row["amount"])) for value in shown)


def test_the_matrices_call_things_by_their_names_and_give_no_county_what_all_share(tmp_path: Path) -> None:
    tables = read_tables(SHUOZHOU)[0]
    write_inputs(tables, tmp_path / "plan.xlsx", "zh")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx", data_only=True)
    rows = {name: [row[:3] for row in book[name].iter_rows(min_row=4, values_only=True)] for name in ("预算一览", "标准一览")}
    heads = {first: (name, amount) for first, name, amount in rows["预算一览"]}
    for pool in (fund for fund in tables["funds"] if fund["level"] == "pool"):
        given = next(row["amount"] for row in tables["budgets"] if row["fund"] == pool["fund"])
        assert heads[pool["fund"]] == (pool["name"] + "（统筹，不分县）", given)
    counties = {row["county"] for row in tables["counties"]}
    own = [fund for fund in tables["funds"] if fund["level"] == "county"]
    assert len([first for first, *_ in rows["预算一览"] if first in counties]) == len(own) * len(counties)
    titles = {first: name for first, name, _ in rows["标准一览"]}
    assert (titles["station_engines"], titles["town_engines"]) == ("队站消防车", "乡镇小型水罐消防车")
    ids = {row[key] for table, key in (("groups", "group"), ("items", "item")) for row in tables[table]}
    assert not ids & set(titles.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_is_empty_and_read_without_a_complaint_but_what_is_missing(tmp_path: Path, language: str) -> None:
    write_template(tmp_path / "empty.xlsx", language)
    read, findings = read_tables(tmp_path / "empty.xlsx")
    assert all(not read[name] for name in TABLES if name != "plan")
    assert {row["key"] for row in read["plan"]} == set(PLAN_KEYS)
    assert not [finding for finding in findings if finding.place.table not in {"plan", "counties", ""}]


def test_the_settings_show_what_they_are_called_beside_their_keys(tmp_path: Path) -> None:
    write_template(tmp_path / "empty.xlsx", "zh")
    sheet = openpyxl.load_workbook(tmp_path / "empty.xlsx")["规划设置"]
    cells = [row[0] for row in sheet.iter_rows(min_row=6, max_row=5 + len(PLAN_KEYS))]
    assert [cell.value for cell in cells] == list(PLAN_KEYS)
    assert cells[list(PLAN_KEYS).index("first_year")].number_format == '"首年　"@'
    assert all(cell.comment is not None for cell in cells)


def test_a_workbook_holds_no_macros_and_no_external_links(tables: Tables, tmp_path: Path) -> None:
    write_inputs(tables, tmp_path / "plan.xlsx")
    with zipfile.ZipFile(tmp_path / "plan.xlsx") as archive:
        assert not [name for name in archive.namelist() if "vba" in name.lower() or "external" in name.lower()]
        assert not [name for name in archive.namelist() if b'TargetMode="External"' in archive.read(name)]
