"""Answers to questions about small random plans, held against a second formulation and solver."""

from __future__ import annotations

from decimal import Decimal

import pytest
from optimum.second_solver import SecondModel, second_optimum
from optimum.test_second_solver import model_of
from plans.random_plans import Size, random_tables
from slow_set import mostly_slow

import optplan
from optplan.answers import interval_from
from optplan.plan import Plan

NAMES = ["target_shortfall", "readiness_gap"]
MODEL = model_of(NAMES)
SIZE = Size(counties=2, years=2, goods=2, teams=1, projects=1, money=0.6)
NEAR = 2e-5  # what two solvers' arithmetic may differ by, over two levels


@pytest.fixture(scope="module", params=mostly_slow(range(8), 1))
def asked(request):
    plan = Plan(random_tables(request.param, SIZE))
    return plan, optplan.solve(plan, MODEL)


def optimum(plan):
    return second_optimum(plan.tables, NAMES, False)


def with_budgets(plan, change):
    """The plan with each appropriation of ``change``'s choosing."""
    return plan.with_changes({"budgets": [{**row.values, "amount": change(row)} for row in plan.tables["budgets"]]})


def with_limit(plan, item, county, year, **bounds):
    more = {"limit": "wished", "group": item, "county": county, "year": year, "kind": "pin", **bounds}
    return plan.with_changes({"limits": [*(dict(row.values) for row in plan.tables["limits"]), more]})


def bought(result):
    """A cell of goods that the schedule has, with its quantity."""
    plan_items = {row["item"]: row["kind"] for row in result.tables()["items"]}
    cells = [each for each in result.document["schedule"] if plan_items[each["item"]] == "goods"]
    return max(cells, key=lambda each: (each["quantity"], each["item"]))


def test_a_step_of_money_is_worth_what_the_other_solver_says(asked):
    plan, result = asked
    before, step = optimum(plan), Decimal(30)
    funds = {row["fund"] for row in plan.tables["funds"] if row["level"] == "county"}
    places = {(row["fund"], row["county"], row["year"]) for row in plan.tables["budgets"] if row["fund"] in funds}
    some = sorted(places)[:3]
    answer = optplan.value(plan, result, step=step, cells=[f"{f}:{c}:{y}" for f, c, y in some])
    assert {entry["lever"] for entry in answer.document["levers"]} == {f"{f}:{c}:{y}" for f, c, y in some}
    for entry in answer.document["levers"]:
        place, moved = tuple(entry["lever"].split(":")), Decimal(entry["step"])
        changed = with_budgets(
            plan,
            lambda row, place=place, moved=moved: (
                max(Decimal(0), row["amount"] + moved)
                if (row["fund"], row["county"], str(row["year"])) == place
                else row["amount"]
            ),
        )
        after = optimum(changed)
        if after is None:
            assert entry["status"] == "infeasible"
            continue
        for told, old, new in zip(entry["criteria"], before, after, strict=True):
            change = interval_from(told["change"])
            assert change.low - NEAR <= new - old <= change.high + NEAR, (entry["lever"], told)


def test_a_wish_costs_what_the_other_solver_says(asked):
    plan, result = asked
    cell = bought(result)
    place = (cell["item"], cell["county"], cell["year"])
    more = int(cell["quantity"]) + 1
    before = optimum(plan)
    for wish, bounds in ((f">={more}", {"min": Decimal(more)}), ("<=0", {"max": Decimal(0)})):
        after = optimum(with_limit(plan, *place, **bounds))
        answer = optplan.why_not(plan, result, f"{cell['item']}:{cell['county']}:{cell['year']}{wish}")
        assert (answer.status == "impossible") == (after is None)
        for told, old, new in zip(answer.document["criteria"], before, after or (), strict=after is not None):
            change = interval_from(told["change"])
            assert change.low - NEAR <= new - old <= change.high + NEAR, (wish, told)


@pytest.mark.slow
def test_what_can_be_cut_is_what_the_other_solver_can_do_without(asked):
    plan, result = asked
    cell = bought(result)
    wish = f"{cell['item']}:{cell['county']}:{cell['year']}>={int(cell['quantity'])}"
    answer = optplan.reach(plan, [wish], "cut", step="0.1")
    for at, can in ((answer.possible, True), (answer.impossible, False)):
        if at is None:
            continue
        left = 1 - Decimal(at)
        cut = with_budgets(plan, lambda row, left=left: (row["amount"] * left).quantize(Decimal("0.0001")))
        held = with_limit(cut, cell["item"], cell["county"], cell["year"], min=Decimal(int(cell["quantity"])))
        assert (second_optimum(held.tables, NAMES[:1], False) is not None) == can, at
    assert answer.possible is not None


@pytest.mark.slow
def test_the_least_money_for_every_target_is_the_other_solvers(asked):
    plan, _ = asked
    answer = optplan.reach(plan, ["targets"])
    truth = second_optimum(plan.tables, ["target_shortfall", "request"], True)
    if truth is None or truth[0] > 1e-6:
        assert answer.status == "impossible"
        return
    assert answer.least.low - 1e-2 <= truth[1] <= answer.least.high + 1e-2


def test_what_is_firm_is_firm_for_the_other_solver(asked):
    plan, result = asked
    answer = optplan.certain(plan, result, items=["g0"])
    best = optimum(plan)
    cells = [each for each in answer.document["cells"] if each["kind"] == "delivery" and each["subject"] == "g0"]
    assert cells
    for cell in cells:
        model = SecondModel(plan.tables, False)
        for name, value in zip(NAMES, best, strict=True):
            model.s.Add(model.criterion(name) + model.s.Sum([]) <= value + 1e-6 * max(1.0, abs(value)))
        x = model.x[cell["subject"], cell["county"], cell["year"]] + model.s.Sum([])
        ends = []
        for sense in (model.s.Minimize, model.s.Maximize):
            sense(x)
            assert model.s.Solve() == model.s.OPTIMAL
            ends.append(round(model.s.Objective().Value()))
        assert (cell["low"], cell["high"]) == tuple(ends), cell
        assert cell["firm"] == (ends[0] == ends[1])
