"""With more money a criterion that cannot be told apart is held as it was: what the next then comes to, another solver says too."""

from decimal import Decimal
from fractions import Fraction

import pytest
from optimum.second_solver import SecondModel
from optimum.test_second_solver import small
from slow_set import mostly_slow

import optplan
from optplan.decision_model import DecisionModel
from optplan.plan import Plan
from optplan.questions.base import base_of
from optplan.questions.starting_point import known_plan_of
from optplan.search import lexicographic
from optplan.search.run import Orders

NEAR = 2e-5
MODEL = DecisionModel.model_validate({
    "name": "x", "title": "x",
    "criteria": [
        {"name": "target_shortfall", "tolerance": "0.0001"},
        {"name": "readiness_gap", "slack": "0.02", "tolerance": "0.02"},
        {"name": "cost", "relative_tolerance": "0.02"},
    ],
})  # fmt: skip


def least(tables, name, held):
    """The least value of a criterion with others held, by the second formulation and solver."""
    model = SecondModel(tables, False)
    for other, most in held.items():
        model.s.Add(model.criterion(other) + model.s.Sum([]) <= most + 1e-6 * max(1.0, abs(most)))
    model.s.Minimize(model.criterion(name) + model.s.Sum([]))
    assert model.s.Solve() == model.s.OPTIMAL
    return model.s.Objective().Value()


@pytest.mark.parametrize("at_least", [0, 10_000], ids=["as-a-large-plan", "as-a-small-plan"])
@pytest.mark.parametrize("factor", ["1.01", "1.5"])
@pytest.mark.parametrize("seed", mostly_slow(range(6), 2))
def test_what_follows_is_compared_with_those_before_it_held_as_they_were(seed, factor, at_least, monkeypatch):
    plan = Plan(small(seed))
    base = base_of(plan, optplan.solve(plan, MODEL))
    rows = [
        {**row.values, "amount": (row["amount"] * Decimal(factor)).quantize(Decimal("0.0001"))} for row in plan.tables["budgets"]
    ]
    richer = plan.with_changes({"budgets": rows})
    monkeypatch.setattr(lexicographic, "WORTHWHILE", at_least)  # whole columns from which relaxations come first
    found = lexicographic.search(richer, MODEL, Orders(), known=known_plan_of(base))
    held, as_it_was = {}, True  # until a criterion is proven to get better
    for criterion, level in zip(MODEL.criteria, found.levels, strict=True):
        truth, before = least(richer.tables, criterion.name, held), base.proven[criterion.name]
        assert level.bound - NEAR * max(1, truth) <= truth <= float(level.value) + NEAR * max(1, truth)
        if as_it_was:
            assert float(level.value) <= before.high + NEAR  # the plan of before is one of these
            as_it_was = float(level.value) == before.high
            assert as_it_was or criterion is MODEL.criteria[-1] or level.value < before.low
        held[criterion.name] = float(level.value + Fraction(criterion.slack))
