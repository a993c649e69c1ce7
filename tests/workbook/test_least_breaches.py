"""A schedule workbook in which somebody broke one rule by the least: ``verify`` names that rule, and the cell, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from plans.richer_plans import richer
from plans.strict_plan import Breach, least_breaches, strict_tables
from slow_set import mostly_slow

from optplan.plan import Plan
from optplan.repairs import judge
from optplan.result import Result
from optplan.schedule import Schedule
from optplan.solving.solve import solve
from optplan.workbook import export_schedule

from .test_edits import Desk

TABLES = strict_tables()
# What a workbook does not say is what a fund pays for: a yuan too many of the grant may as well be for engines.
REFUSED = {"fund-not-for": {"use-too-much"}}


@pytest.fixture(scope="module")
def strict() -> Result:
    return solve(Plan(TABLES), "attain", time_limit=60)


def one_of_each(schedule: Schedule) -> list[Breach]:
    """The first breach of each rule."""
    every = list(least_breaches(TABLES, schedule))
    return list({rule: (what, rule, each) for what, rule, each in reversed(every)}.values())


def typed(desk: Desk, before: Schedule, after: Schedule) -> None:
    """Every cell that differs, as a person would put it in."""
    for item, county, year in {*before.deliveries, *after.deliveries}:
        units = after.deliveries.get((item, county, year), 0)
        if item != "post" and before.deliveries.get((item, county, year), 0) != units:
            desk.put(county, "item", item, year, int(units))
    for project, start in after.starts.items():
        if before.starts[project] != start:
            desk.put(project[1:], "capital", project, None, start)
    for fund, county, year, kind in {*before.payments, *after.payments}:
        yuan = after.payments.get((fund, county, year, kind), 0)
        if before.payments.get((fund, county, year, kind), 0) != yuan:
            desk.put(county, "payment", f"{fund}|{kind}", year, yuan / 10_000)


def test_each_is_refused_for_the_rule_that_it_breaks_at_its_cell(strict: Result, tmp_path: Path) -> None:
    schedule = strict.to_schedule()
    for number, (what, rule, breach) in enumerate(one_of_each(schedule)):
        desk = Desk(strict, tmp_path / f"{number}.xlsx")
        typed(desk, schedule, breach)
        verdict = judge(Plan(TABLES), desk.save())
        assert {violation.rule for violation in verdict.violations} == REFUSED.get(rule, {rule}), what
        assert all(place.cell for place in verdict.places), what


@pytest.mark.slow
def test_the_workbook_itself_marks_each(strict: Result, tmp_path: Path, office: Callable[..., Path]) -> None:
    """Whoever only opens it sees that something is wrong: the row of checks on the summary, or a mark beside the rule."""
    schedule = strict.to_schedule()
    for number, (what, rule, breach) in enumerate(one_of_each(schedule)):
        desk = Desk(strict, tmp_path / f"{number}.xlsx")
        typed(desk, schedule, breach)
        shown = openpyxl.load_workbook(office(desk.save()), data_only=True)
        place = judge(Plan(TABLES), desk.path).places[0]
        value, mark = (shown[place.sheet][place.cell].offset(0, step).value for step in (0, 1))
        match rule:
            case "overspent":
                assert value < 0, what
            case "not-paid":
                assert abs(value) > 0, what
            case "use-too-much" | "fund-not-for":
                assert mark == "不符", what


@pytest.mark.parametrize("seed", mostly_slow([101, 108], 1))
def test_payments_that_use_the_part_of_a_yuan_that_a_share_may_be_off_are_accepted(seed: int, tmp_path: Path) -> None:
    tables = richer(seed, *(["purposes"] if seed > 101 else []))
    result = solve(Plan(tables), "attain", time_limit=60)
    assert result.document["seal"] is not None
    export_schedule(result, tmp_path / "schedule.xlsx")
    assert judge(Plan(tables), tmp_path / "schedule.xlsx").violations == ()


def test_a_workbook_nobody_touched_is_accepted_where_shares_are_kept_to_the_yuan(strict: Result, tmp_path: Path) -> None:
    export_schedule(strict, tmp_path / "schedule.xlsx")
    assert judge(Plan(TABLES), tmp_path / "schedule.xlsx").ok
