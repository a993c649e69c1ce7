"""The plans that solvers are measured on: the same for a seed, in order, and always possible."""

import pytest

from benchmarks.plans import Size, realistic_plan, realistic_tables
from benchmarks.subjects import Shipped, plan_of, scenarios_of
from benchmarks.versions import code_version
from optplan.decision_model import DecisionModel
from optplan.rules.program import build_program
from optplan.search.lexicographic import search
from optplan.search.run import Orders
from optplan.search.solver.matrix import compile_program

TARGETS = DecisionModel.model_validate(
    {"name": "x", "title": "x", "criteria": [{"name": "target_shortfall", "tolerance": "1000"}]}  # any plan will do
)
SIZES = [
    Size(counties=1, years=1, money=0.7), Size(counties=2, years=2, money=1.1), Size(counties=3, years=4, closed=2, money=0.6),
    Size(counties=7, years=5, closed=4, money=0.7), Size(counties=2, years=8, closed=3),
]  # fmt: skip


def test_a_seed_always_makes_the_same_plan():
    assert realistic_tables(3, Size()).sha256 == realistic_tables(3, Size()).sha256
    assert realistic_tables(3, Size()).sha256 != realistic_tables(4, Size()).sha256


@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
def test_a_plan_passes_the_checks_and_can_be_carried_out(size):
    plan = realistic_plan(1, size, checked=True)
    assert not [finding for finding in plan.findings if finding.severity == "error"]
    assert search(plan, TARGETS, Orders(seconds=60)).schedule is not None


def test_a_plan_of_seven_counties_is_as_large_as_shuozhou():
    matrix = compile_program(build_program(realistic_plan(1), TARGETS))
    assert 2000 < matrix.columns < 3000
    assert 2400 < len(matrix.rows) < 3600


def test_a_plan_that_ships_is_measured_under_its_scenarios_too():
    plain, scenario = Shipped("shuozhou"), Shipped("shuozhou", "own-funds-all-down-10")
    money = [sum(row["amount"] for row in plan_of(subject, 0).tables["budgets"]) for subject in (plain, scenario)]
    assert 0.88 < money[1] / money[0] < 1
    assert plain.name != scenario.name
    assert code_version("optplan", "attain", plain) != code_version("optplan", "attain", scenario)
    assert "own-funds-all-down-10" in scenarios_of("shuozhou")
