"""The plans that are unlike Shuozhou: each kind has what it is called after, the same for a seed, and can be carried out."""

import pytest

from benchmarks.unlike import KINDS, Unlike, unlike_plan, unlike_tables
from optplan.decision_model import DecisionModel
from optplan.plan.checks import check
from optplan.search.lexicographic import search
from optplan.search.run import Orders

ANY_PLAN = DecisionModel.model_validate(
    {"name": "x", "title": "x", "criteria": [{"name": "target_shortfall", "tolerance": "1000"}]}
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_passes_the_checks_and_is_the_same_for_a_seed(kind):
    tables = unlike_tables(1, Unlike(kind))
    assert not [finding for finding in check(tables) if finding.severity == "error"]
    assert tables.sha256 == unlike_tables(1, Unlike(kind)).sha256 != unlike_tables(2, Unlike(kind)).sha256


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_can_be_carried_out(kind, seed):
    assert search(unlike_plan(seed, Unlike(kind)), ANY_PLAN, Orders(seconds=60)).schedule is not None


def share_of_pools(plan):
    pools = {row["fund"] for row in plan.tables["funds"] if row["level"] == "pool"}
    amounts = [(row["fund"] in pools, row["amount"]) for row in plan.tables["budgets"]]
    return float(sum(amount for pooled, amount in amounts if pooled) / sum(amount for _, amount in amounts))


def test_every_kind_has_what_it_is_called_after():
    plans = {kind: unlike_plan(1, Unlike(kind)) for kind in KINDS}
    assert len(plans["few-items"].items) <= 4
    lacking = [row["required"] for row in plans["few-units"].tables["standards"]]
    assert max(lacking) <= 10
    assert share_of_pools(plans["pools-pay"]) > 0.85
    own = {}
    for row in plans["one-rich-six-poor"].tables["budgets"]:
        if row["fund"] == "own":
            own[row["county"]] = own.get(row["county"], 0) + row["amount"]
    assert own["k1"] > 4 * max(own[f"k{number}"] for number in range(2, 8))
    assert len(plans["twenty-years"].years) == 20
    assert len(plans["one-year"].years) == 1
    assert len(plans["closed-years"].closed_years) == 3
    assert plans["closed-years"].tables["actuals"]
    classes = [(row["county"], row["class"]) for row in plans["many-teams"].tables["teams"]]
    assert max(classes.count(each) for each in classes) >= 5
