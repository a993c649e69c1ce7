"""What a level reached is kept by the levels after it, whatever its tolerance, and no money is left that could buy what is missing."""

from decimal import Decimal

import pytest
from plans.random_plans import Size, random_tables, tables_of
from slow_set import mostly_slow

from optplan.decision_model import read_model
from optplan.plan import Plan
from optplan.search.lexicographic import search
from optplan.search.run import Orders
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
