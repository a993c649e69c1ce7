"""Plans that say more than the common ones, as workbooks: inputs there and back, and the schedule with its formulas."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from plans.random_plans import tables_of
from plans.richer_plans import richer, rows_of

from optplan import read_plan
from optplan.plan import Plan
from optplan.repairs import judge, read_edit
from optplan.result import Result
from optplan.solving.solve import solve
from optplan.tables import read_tables
from optplan.tables.content import Tables
from optplan.tables.csv_folder import write_folder
from optplan.tables.declarations import TABLES
from optplan.workbook import export_schedule, write_inputs

from .test_edits import same
from .test_export import differing

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tables() -> Tables:
    return richer(103)


@pytest.fixture(scope="module")
def solved(tables: Tables) -> Result:
    return solve(Plan(tables), "attain", time_limit=20)


@pytest.fixture(scope="module")
def everything(tables: Tables) -> Tables:
    """The plan with every other column that was added too; what they say need not go together, it is only read and written."""
    rows = rows_of(tables)
    rows["targets"][0]["at_least"] = Decimal(1)
    rows["standards"][0]["hard"] = True
    rows["teams"][0]["meets_by"] = rows["budgets"][0]["year"]
    for table in ("groups", "teams", "projects", "funds"):
        rows[table][0]["name_en"] = f"One of the {table}"
    rows["teams"][0]["class_en"] = "A class of teams"
    rows["indicators"] = [{"indicator": "fires", "class": "fires", "class_en": "A class of indicators", "goal": Decimal(1)}]
    return tables_of(rows)


def test_every_added_column_and_table_says_something(everything: Tables) -> None:
    silent = [
        (name, column.name)
        for name, table in TABLES.items()
        for column in table.columns
        if column.added and not any(row.given(column.name) for row in everything[name])
    ]
    assert silent == []
    assert everything["project_links"]
    assert everything["losses"]


def test_inputs_are_the_same_after_a_workbook_and_after_a_folder(everything: Tables, tmp_path: Path) -> None:
    tables = everything
    write_inputs(tables, tmp_path / "plan.xlsx")
    read, findings = read_tables(tmp_path / "plan.xlsx")
    assert read.canonical == tables.canonical, findings
    write_folder(read, tmp_path / "plan")
    assert read_tables(tmp_path / "plan")[0].sha256 == tables.sha256


def test_every_formula_of_the_schedule_gives_the_sealed_figure(
    solved: Result, tmp_path: Path, office: Callable[..., Path]
) -> None:
    path = tmp_path / "schedule.xlsx"
    export_schedule(solved, path, "en")
    assert differing(path, office(path)) == []


def test_the_schedule_comes_back_from_its_workbook(solved: Result, tables: Tables, tmp_path: Path) -> None:
    export_schedule(solved, tmp_path / "schedule.xlsx", "zh")
    assert same(read_edit(tmp_path / "schedule.xlsx", tables).schedule, solved.to_schedule())
    assert judge(Plan(tables), tmp_path / "schedule.xlsx").ok


@pytest.mark.slow
def test_a_payment_for_something_else_is_marked(tmp_path: Path, office: Callable[..., Path]) -> None:
    """The building fund pays a dollar too much in a year with 20 000 of building work; the rule of its purpose says so."""
    plan = read_plan(ROOT / "inputs" / "bartlett")
    export_schedule(solve(plan, "attain", quick=True), tmp_path / "schedule.xlsx", "en")
    book = load_workbook(tmp_path / "schedule.xlsx")
    sheet = book["Station 1"]
    row = next(row for row in sheet.iter_rows() if str(row[4].value).startswith("Building Fund"))
    cell = next(cell for cell in row if cell.value == 20_000)
    cell.value = 20_001
    book.save(tmp_path / "edited.xlsx")
    marks = [
        row[6]
        for row in load_workbook(office(tmp_path / "edited.xlsx"), data_only=True)["Rules"].iter_rows(values_only=True)
        if str(row[0]).startswith("Building Fund") and row[1] == "Station 1"
    ]
    assert len(marks) == 20
    assert marks.count(marks[-1]) == 19  # all but the one year
