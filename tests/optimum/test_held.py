"""What a level reached is kept by the levels after it, whatever its tolerance, and no money is left that could buy what is missing."""

from decimal import Decimal
from types import SimpleNamespace

import numpy as np
import pytest
from plans.random_plans import Size, random_tables, tables_of
from slow_set import mostly_slow

from benchmarks.plans import Size as RealisticSize
from benchmarks.plans import realistic_plan
from optplan.decision_model import Criterion, read_model
from optplan.plan import Plan
from optplan.search.heuristics.sub_mip import NONE, Aim
from optplan.search.level.jobs import Jobs
from optplan.search.lexicographic import search
from optplan.search.run import Orders
from optplan.search.solver.goal import Goal
from optplan.search.solver.matrix import Objective
from optplan.solving.solve import answer_of, versions


def shortfalls(result):
    return {row["target"]: Decimal(str(row["shortfall"])) for row in result.targets.to_dict("records")}


def solved(tables, model):
    plan, decision = Plan(tables), read_model(model)
    return answer_of(plan, decision, search(plan, decision, Orders()), (), None, versions())


def rich(heavy="500"):
    """A station that nobody can open weighs so much that a thousandth of it is six trucks; the money buys all else."""
    years = (2021, 2022)
    return tables_of(
        {
            "plan": [{"key": "title", "value": "t"}, {"key": "first_year", "value": 2021}, {"key": "last_year", "value": 2022}],
            "counties": [{"county": c, "name": c, "risk_weight": Decimal(1)} for c in "ab"],
            "items": [
                {"item": "truck", "name": "truck"}, {"item": "hose", "name": "hose"},
                {"item": "break", "name": "break", "whole": False}, {"item": "post", "name": "post", "kind": "project"},
            ],
            "costs": [
                {"item": "truck", "unit_cost": Decimal(60)}, {"item": "hose", "unit_cost": Decimal("0.37")}, {"item": "break", "unit_cost": Decimal("2.5")},
            ],
            "targets": [
                {"target": "trucks", "group": "truck", "by_year": 2022, "total": Decimal(12), "sense": "exact", "weight": Decimal(1)},
                {"target": "hoses", "group": "hose", "by_year": 2022, "total": Decimal(900), "weight": Decimal(1)},
                {"target": "breaks", "group": "break", "county": "a", "by_year": 2022, "total": Decimal(40), "weight": Decimal(1)},
                {"target": "posts", "group": "post", "by_year": 2022, "total": Decimal(1), "weight": Decimal(heavy)},
            ],
            "standards": [{"standard": "s", "group": "truck", "county": "b", "from_year": 2021, "required": Decimal(4)}],
            "funds": [{"fund": "own", "name": "own", "level": "county"}],
            "budgets": [{"fund": "own", "county": c, "year": y, "amount": Decimal(450)} for c in "ab" for y in years],
        }
    )  # fmt: skip


@pytest.mark.parametrize("model", ["thrift", "attain", "fair", "price"])
def test_a_heavy_target_that_cannot_be_met_costs_the_others_nothing(model):
    result = solved(rich(), model)
    assert shortfalls(result) == {"trucks": 0, "hoses": 0, "breaks": 0, "posts": 1}
    assert result.status == "optimal"


@pytest.mark.parametrize("seed", mostly_slow(range(4), 2))
@pytest.mark.parametrize("model", ["thrift", "attain"])
def test_what_is_in_the_plan_is_no_more_than_value_and_slack(seed, model):
    tables = random_tables(seed, Size(counties=2, years=3, goods=3, teams=2, projects=1, money=0.7))
    result = solved(tables, model)
    for row in result.criteria.to_dict("records"):
        assert float(row["in_plan"]) <= float(row["value"]) + float(row["slack"]) + 1e-9 * max(1.0, float(row["value"]))


class Between:
    """A weighted sum that finds nothing on the way from one plan to another."""

    def relinked(self, aim, objective, incumbent, other):
        return incumbent


@pytest.mark.parametrize(
    ("over", "missed", "goes_on_from"), [(False, 10.01, "best"), (True, 10.01, "other"), (True, 10.5, "best")]
)
def test_where_the_time_of_a_level_is_over_it_goes_on_from_a_plan_that_is_good_in_all(over, missed, goes_on_from):
    """The best plan of the first criterion lacks half of the second; the other is good enough in the first and has it all."""
    first, second = Objective(0.0, np.array([1.0, 0.0])), Objective(0.0, np.array([0.0, 1.0]))
    criteria = [
        Criterion(name="target_shortfall", relative_tolerance=Decimal("0.001"), relative_good=Decimal("0.002")),
        Criterion(name="readiness_gap", tolerance=Decimal("0.001"), good=Decimal("0.005")),
    ]
    tools = SimpleNamespace(
        weighted_sum=Between(),
        matrix=SimpleNamespace(columns=2, criteria={"target_shortfall": first, "readiness_gap": second}),
    )
    plans = {"best": np.array([10.0, 0.5]), "other": np.array([missed, 0.1])}
    aim = Aim(first, 9.995, 0.01, lambda: over, NONE, None)
    jobs = Jobs(tools, Goal(first, 0.0, 0.001), criteria, None, near=True)
    assert jobs.relinked(aim, plans["best"], plans["other"]) is plans[goes_on_from]


@pytest.mark.parametrize("seed", mostly_slow([2, 1, 3, 4, 5], 1))
def test_the_answer_is_no_worse_than_what_was_shown(seed):
    """Where money is short and time too: the first criterion in which they differ by more than is good enough says it."""
    plan, model, shown = realistic_plan(seed, RealisticSize(counties=4, money=0.75)), read_model("attain"), []
    found = search(plan, model, Orders(seconds=5, plan_found=lambda one: shown.append([level.value for level in one.levels])))
    for criterion, level, before in zip(model.criteria, found.levels, shown[-1], strict=True):
        wide = criterion.widened()
        alike = max(float(wide.tolerance), float(wide.relative_tolerance) * float(before))
        assert float(level.value) <= float(before) + alike
        if float(level.value) < float(before) - alike:
            break
