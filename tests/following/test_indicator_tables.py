"""Indicators and observations: content of a plan like any other table, which no search reads; errors name their cell."""

from pathlib import Path

import pytest

import optplan
from optplan.tables import write_folder
from optplan.tables.content import Tables
from optplan.workbook import write_inputs

PLAN = optplan.read_plan(Path(__file__).resolve().parents[2] / "inputs" / "shuozhou-2023")


def without(*names):
    return Tables({name: rows for name, rows in PLAN.tables.rows.items() if name not in names})


def test_a_plan_without_them_has_the_hash_it_always_had_and_with_them_they_are_content():
    bare = without("indicators", "observations")
    assert set(bare.canonical) == set(PLAN.tables.canonical) - {"indicators", "observations"}
    assert bare.sha256 != PLAN.sha256
    assert Tables({**bare.rows, "indicators": (), "observations": ()}).sha256 == bare.sha256


@pytest.mark.parametrize(
    ("duty", "code", "column"),
    [
        ("d,,", "duty-of-one-thing", "target"),
        ("d,vehicles_109,fire_death_rate", "duty-of-one-thing", "target"),
        ("d,no-such,", "reference-missing", "target"),
        ("d,,no-such", "reference-missing", "indicator"),
        ("e,vehicles_109,", "reference-missing", "department"),
    ],
)
def test_a_duty_is_one_target_or_one_indicator_of_a_known_department(tmp_path, duty, code, column):
    write_folder(without("departments", "duties"), tmp_path)
    (tmp_path / "departments.csv").write_text("department,name\nd,部门\n", encoding="utf-8")
    (tmp_path / "duties.csv").write_text(f"department,target,indicator\n{duty}\n", encoding="utf-8")
    with pytest.raises(optplan.PlanError) as raised:
        optplan.read_plan(tmp_path)
    errors = [(f.code, f.place.table, f.place.column) for f in raised.value.findings if f.severity == "error"]
    assert errors == [(code, "duties", column)]


def test_a_department_without_duties_is_said_to_have_no_score(tmp_path):
    write_folder(without("departments", "duties"), tmp_path)
    (tmp_path / "departments.csv").write_text("department,name\nd,部门\n", encoding="utf-8")
    plan = optplan.read_plan(tmp_path)
    assert [(f.code, f.place.table) for f in plan.findings if f.place and f.place.table == "departments"] == [
        ("department-without-duties", "departments")
    ]


@pytest.mark.parametrize("form", ["folder", "workbook"])
def test_they_come_back_as_they_were(tmp_path, form):
    path = tmp_path / ("plan" if form == "folder" else "plan.xlsx")
    (write_folder if form == "folder" else write_inputs)(PLAN.tables, path)
    assert optplan.read_plan(path).sha256 == PLAN.sha256


def test_shuozhou_has_all_nineteen_each_with_its_place_in_the_plan():
    rows = PLAN.tables["indicators"]
    assert len(rows) == 19
    assert [f"专栏1第{number}项" in row["source"] for number, row in enumerate(rows, start=1)] == [True] * 19
    assert [row["indicator"] for row in rows if row["kind"] == "binding"] == ["fire_death_rate", "hazard_closed"]
    observed = {row["indicator"] for row in rows if row["measure"] == "observation"}
    assert {row["indicator"] for row in PLAN.tables["observations"]} <= observed
    assert {row["basis"] for row in PLAN.tables["observations"]} == {"assumption"}


INDICATOR = {"indicator": "i", "unit": "%", "goal": "90"}


@pytest.mark.parametrize(
    ("indicator", "observation", "code", "cell"),
    [
        ({"measure": "target"}, None, "indicator-unmeasured", ("indicators", "target")),
        ({"target": "vehicles_109"}, None, "indicator-measured-otherwise", ("indicators", "target")),
        ({"measure": "target", "target": "no-such"}, None, "reference-missing", ("indicators", "target")),
        ({"measure": "teams", "team_class": "乡镇志愿消防对"}, None, "indicator-class-unknown", ("indicators", "team_class")),
        ({"measure": "guess"}, None, "cell-choice", ("indicators", "measure")),
        ({"goal": "190"}, None, "indicator-above-whole", ("indicators", "goal")),
        ({}, {"year": "2022", "value": "101"}, "indicator-above-whole", ("observations", "value")),
        ({}, {"year": "2026", "value": "80"}, "observation-after-plan", ("observations", "year")),
        ({}, {"year": "2022", "quarter": "5", "value": "80"}, "cell-choice", ("observations", "quarter")),
        ({}, {"year": "2022", "value": "-1"}, "cell-too-small", ("observations", "value")),
        ({}, {"indicator": "unknown", "year": "2022", "value": "80"}, "reference-missing", ("observations", "indicator")),
        ({}, {"year": "2022", "county": "nowhere", "value": "1"}, "reference-missing", ("observations", "county")),
        (
            {"measure": "target", "target": "vehicles_109"},
            {"year": "2022", "value": "80"},
            "observation-of-formula",
            ("observations", "indicator"),
        ),
    ],
)
def test_what_is_wrong_is_named_at_its_cell(tmp_path, indicator, observation, code, cell):
    write_folder(without("indicators", "observations", "departments", "duties"), tmp_path)
    given = {**INDICATOR, **indicator}
    (tmp_path / "indicators.csv").write_text(f"{','.join(given)}\n{','.join(given.values())}\n", encoding="utf-8")
    if observation:
        seen = {"indicator": "i", **observation}
        (tmp_path / "observations.csv").write_text(f"{','.join(seen)}\n{','.join(seen.values())}\n", encoding="utf-8")
    with pytest.raises(optplan.PlanError) as raised:
        optplan.read_plan(tmp_path)
    assert [(f.code, f.place.table, f.place.column, f.place.row) for f in raised.value.findings if f.severity == "error"] == [
        (code, *cell, 2)
    ]
