"""What must open against what is allowed: found without a solver, at the cell, and right: the solver finds no plan either."""

from __future__ import annotations

import pytest
from checks.test_checks import base, findings_of
from explanation.relaxing import feasible
from plans.richer_plans import rows_of

from optplan.plan import Plan
from optplan.tables import tables_from


def _must(plan, **cells):
    plan["projects"][0] |= {"mandatory": 1, **cells}


def target(plan):
    _must(plan)
    plan["targets"].append({"target": "few", "group": "man", "county": "b", "by_year": 2023, "total": 4, "sense": "exact"})


def limit_of_the_years_in_which_it_may_open(plan):
    _must(plan)
    plan["limits"] += [{"limit": f"few-{y}", "group": "man", "county": "b", "year": y, "max": 4} for y in (2022, 2023)]
    plan["projects"][0]["latest_opening"] = 2022


def hard_need(plan):
    _must(plan)
    plan["standards"].append({"standard": "engines", "group": "engine", "county": "b", "from_year": 2021, "required": 1})
    plan["project_needs"] = [{"project": "p", "standard": "engines", "quantity": 5, "hard": 1}]


def no_money(plan):
    _must(plan)
    for row in plan["budgets"]:
        row["amount"] = 9


CASES = {
    target: ("must-open-beyond-target", "targets", 5, "error"),
    limit_of_the_years_in_which_it_may_open: ("must-open-beyond-limit", "limits", 3, "error"),
    hard_need: ("must-open-beyond-target", "targets", 2, "error"),
    no_money: ("must-open-without-money", "projects", 2, "warning"),
}


@pytest.mark.parametrize("change", CASES, ids=lambda change: change.__name__)
def test_what_excludes_a_project_that_must_open_is_found_at_its_cell(change):
    code, table, row, severity = CASES[change]
    plan = base()
    change(plan)
    found = [finding for finding in findings_of(plan) if finding.code == code]
    assert [(finding.place.table, finding.place.row, finding.severity) for finding in found][:1] == [(table, row, severity)]
    for finding in found:
        assert finding.message("zh")
        assert finding.message("en")
    tables, _ = tables_from(plan)
    assert not feasible(rows_of(tables))


def test_a_plan_whose_rules_exclude_each_other_can_be_read_all_the_same():
    plan = base()
    target(plan)
    tables, findings = tables_from(plan)
    read = Plan(tables, findings).with_changes({})
    assert [finding.code for finding in read.findings if finding.severity == "error"] == ["must-open-beyond-target"]


@pytest.mark.parametrize("change", [target, limit_of_the_years_in_which_it_may_open, hard_need])
def test_one_more_is_enough_and_then_nothing_is_said(change):
    plan = base()
    change(plan)
    for row in [*plan["targets"], *plan["limits"]]:
        row["total" if "total" in row else "max"] += 1
    assert not [finding for finding in findings_of(plan) if finding.code.startswith("must-open")]
