"""With less money the plan asked about is mended where that loses hardly anything: what is then said, another solver says too."""

from decimal import Decimal
from fractions import Fraction

import pytest
from answers.test_held_as_they_were import MODEL, least
from optimum.test_second_solver import small
from slow_set import mostly_slow

import optplan
from optplan.answers.interval import interval_from
from optplan.audit import audit
from optplan.plan import Plan
from optplan.questions.base import base_of
from optplan.questions.starting_point import richer_plan_of
from optplan.questions.value.levers import levers_of
from optplan.scenarios import Scenario, apply_scenarios
from optplan.search import mended_plan
from optplan.search.lexicographic import search
from optplan.search.run import Orders

NEAR = 2e-5


@pytest.fixture
def mending(monkeypatch):
    """Small plans are mended too; what became of each is told."""
    monkeypatch.setattr(mended_plan, "LEAST_WHOLE", 0)
    told = []
    mended = mended_plan.mended

    def telling(*asked):
        told.append(mended(*asked))
        return told[-1]

    monkeypatch.setattr("optplan.search.lexicographic.mended", telling)
    return told


def poorer(plan, factor):
    rows = [
        {**row.values, "amount": (row["amount"] * Decimal(factor)).quantize(Decimal("0.0001"))} for row in plan.tables["budgets"]
    ]
    return plan.with_changes({"budgets": rows})


@pytest.mark.parametrize("factor", ["0.99", "0.9", "0.5"])
@pytest.mark.parametrize("seed", mostly_slow(range(8), 1))
def test_what_was_proven_with_more_bounds_a_mended_plan_that_keeps_every_rule(seed, factor, mending):
    plan = Plan(small(seed))
    base = base_of(plan, optplan.solve(plan, MODEL))
    less = poorer(plan, factor)
    found = search(less, MODEL, Orders(), known=richer_plan_of(base))
    (mended,) = mending
    if mended is None:  # it was searched as any other
        return
    assert found is mended
    checked = audit(less.tables, found.schedule, requests=False, criteria=[each.name for each in MODEL.criteria])
    assert checked.ok
    held = {}
    for criterion, level in zip(MODEL.criteria, found.levels, strict=True):
        truth = least(less.tables, criterion.name, held)
        assert level.bound <= truth + NEAR * max(1, truth)
        # the plan keeps the level, and as far as it goes the level is shown to be possible
        in_plan = checked.criteria[criterion.name]
        assert in_plan <= level.value + Fraction(criterion.slack)
        assert truth <= float(in_plan) + NEAR * max(1, truth)
        held[criterion.name] = float(level.value + Fraction(criterion.slack))


def test_plans_are_mended(mending):
    mended = 0
    for seed in range(8):
        if mended == 2:
            return
        plan = Plan(small(seed))
        result = optplan.solve(plan, MODEL)
        search(poorer(plan, "0.99"), MODEL, Orders(), known=richer_plan_of(base_of(plan, result)))
        mended += mending[-1] is not None
    assert mended == 2


@pytest.mark.parametrize("seed", mostly_slow(range(8), 2))
def test_a_step_less_is_worth_what_another_solver_says(seed, mending, monkeypatch):
    """Each criterion, as long as those before it can be held as they were."""

    def here(job, **_watching):
        return search(Plan(job.tables), job.model, Orders(), known=job.known)

    monkeypatch.setattr("optplan.search.process.run_search", here)
    plan = Plan(small(seed))
    result = optplan.solve(plan, MODEL)
    base = base_of(plan, result)
    answer = optplan.value(plan, result, step="0.5", jobs=1)
    levers = {lever.lever: lever for lever in levers_of(plan, ["cell", "pool"], [], Decimal("0.5"))}
    less = [entry for entry in answer.document["levers"] if entry["step"].startswith("-")]
    assert less
    for entry in less:
        changes = tuple(levers[entry["lever"]].changes(plan, -1))
        tables = apply_scenarios(plan, [Scenario(name="s", title="s", changes=changes)]).tables
        held = {}
        for criterion, each in zip(MODEL.criteria, entry["criteria"], strict=True):
            after, before = (least(some, criterion.name, held) for some in (tables, plan.tables))
            change, near = interval_from(each["change"]), NEAR * max(1, before)
            assert change.low - near <= after - before <= change.high + near, (entry["lever"], each)
            if change.low > 0 or interval_from(each["after"]).low > base.proven[criterion.name].high:
                break  # what follows cannot be compared with those before it held as they were
            held[criterion.name] = base.proven[criterion.name].high + float(criterion.slack)
        if entry["unchanged"]:
            assert audit(tables, base.schedule, requests=False).ok
