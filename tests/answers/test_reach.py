"""How far one can go: a plan shows the one side, trying every schedule the other."""

from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from answers.enumerated import candidates, plan_of, sound
from answers.test_wishes import RICH

import optplan
from optplan.audit import audit
from optplan.audit.delivery import Deliveries
from optplan.audit.facts import Facts
from optplan.questions.conflicts import conflict_of
from optplan.questions.reach.frontier import Frontier
from optplan.scenarios import Scale, Scenario, apply_scenarios
from optplan.tables.findings import InputError

ROOT = Path(__file__).resolve().parents[2]


def scaled(plan, factor, *columns):
    changes = [Scale(table=table, column=column, factor=factor) for table, column in columns]
    return apply_scenarios(plan, [Scenario(name="s", title="s", changes=changes)])


def can(plan, engines, seed=0):
    facts = Facts(plan.tables)
    return any(
        Deliveries(facts, s).total({"engine"}, ["a"], [2021, 2022]) >= engines for s, _ in sound(plan.tables, paid(plan, seed))
    )


def paid(plan, seed):
    """The candidates, paid for at the prices of ``plan``."""
    for schedule in candidates(seed):
        costs = audit(plan.tables, schedule, requests=False).costs
        payments = {
            ("own", "a", y, kind): yuan
            for y in (2021, 2022)
            for kind, yuan in zip(("capital", "recurrent"), costs["a", y], strict=True)
            if yuan
        }
        yield type(schedule)(schedule.deliveries, schedule.hires, schedule.starts, payments)


BUDGETS = (("budgets", "amount"),)
PRICES = (("costs", "unit_cost"), ("costs", "annual_cost"), ("projects", "capital_cost"))


@pytest.mark.parametrize(
    ("by", "columns", "sign"),
    [pytest.param("cut", BUDGETS, -1, marks=pytest.mark.slow), pytest.param("price", PRICES, 1, marks=pytest.mark.slow)],
)
def test_the_last_step_that_holds_is_shown_and_the_next_is_impossible(by, columns, sign):
    budgets = [{"fund": "own", "county": "a", "year": year, "amount": 40} for year in (2021, 2022)]
    plan = plan_of(0).with_changes(RICH | {"budgets": budgets})
    answer = optplan.reach(plan, ["engine:a:>=3"], by, step="0.1")
    possible, impossible = Decimal(answer.possible), Decimal(answer.impossible)
    assert answer.status == "answered"
    assert impossible - possible == Decimal("0.1")
    assert can(scaled(plan, 1 + sign * possible, *columns), 3)
    assert not can(scaled(plan, 1 + sign * impossible, *columns), 3)
    changed = apply_scenarios(plan, [Scenario(name="reach", title="reach", changes=answer.document["solves"][-1]["changes"])])
    assert answer.result.has_schedule
    assert changed.sha256 != plan.sha256


@pytest.mark.slow
@pytest.mark.parametrize(("by", "columns", "sign"), [("cut", BUDGETS, -1), ("price", PRICES, 1)])
def test_every_target_in_full_is_possible_just_as_far_as_a_schedule_misses_none(by, columns, sign):
    plan = plan_of(0).with_changes(
        {"budgets": [{"fund": "own", "county": "a", "year": year, "amount": 60} for year in (2021, 2022)]}
    )
    answer = optplan.reach(plan, ["targets"], by, step="0.1")

    def missed(share):
        changed = scaled(plan, 1 + sign * Decimal(share), *columns)
        return min(criteria["target_shortfall"] for _, criteria in sound(changed.tables, paid(changed, 0)))

    assert answer.status == "answered"
    assert missed(answer.possible) == 0
    assert missed(answer.impossible) > 0
    bounds = {solve["what"]: solve["criteria"][0]["interval"][0] for solve in answer.document["solves"] if solve["criteria"]}
    assert 0 < bounds[str(Decimal(answer.impossible).normalize())] <= float(missed(answer.impossible)) + 1e-6


def test_the_least_money_is_what_the_cheapest_schedule_lacks():
    plan = plan_of(0)
    facts = Facts(plan.tables)
    amounts = {row["year"]: row["amount"] * 10_000 for row in plan.tables["budgets"]}
    least = None
    for schedule in candidates(0):
        found = Deliveries(facts, schedule)
        found.check()
        if found.violations or found.total({"engine"}, ["a"], [2021, 2022]) < 3 or not found.is_open("p", 2022):
            continue
        costs = audit(plan.tables, schedule, requests=False).costs
        lacking = sum(max(0, sum(costs["a", y]) - amounts[y]) for y in (2021, 2022))
        least = lacking if least is None else min(least, lacking)
    answer = optplan.reach(plan, ["engine:a:>=3", "project:p:2022"])
    assert least > 0
    assert answer.least.low - 1e-3 <= float(least) / 10_000 <= answer.least.high + 1e-3
    assert float(answer.tables()["requests"]["amount"].sum()) == pytest.approx(answer.least.high, abs=1e-3)
    for language in ("zh", "en"):
        assert not any("reach-" in said for said in answer.sentences(language))


def test_the_earliest_year_is_the_first_in_which_a_schedule_meets_every_standard(tmp_path):
    plan = plan_of(0).with_changes(RICH)
    answer = optplan.reach(plan, by="years")
    assert answer.possible == "2021"
    bare = plan.with_changes({"limits": [{"limit": "l", "group": "engine", "year": 2021, "max": 0}]})
    late = optplan.reach(bare, by="years")
    assert (late.possible, late.status) == ("2022", "answered")
    late.to_excel(tmp_path / "reach.xlsx", "zh")
    never = optplan.reach(plan.with_changes({"limits": [{"limit": "l", "group": "engine", "max": 0}]}), by="years")
    assert (never.possible, never.status) == (None, "impossible")


@pytest.mark.parametrize("unknown", [set(), {6}, {5, 6, 7}, {0}, set(range(1, 10))])
def test_what_is_not_known_lies_between_what_is(unknown):
    frontier = Frontier(10, lambda step: "unknown" if step in unknown else "possible" if step <= 6 else "impossible")
    frontier.find(lambda: False)
    if 0 in unknown:
        assert (frontier.possible, frontier.impossible) == (None, None)
        return
    assert frontier.possible == max(step for step in range(7) if step not in unknown)
    assert frontier.impossible == min(step for step in range(7, 11) if step not in unknown)


@pytest.mark.parametrize(("asked", "code"), [({"by": "luck"}, "reach-by"), ({"fund": "x"}, "fund-unknown"), ({"step": "a"}, "reach-step"), ({"step": 2}, "reach-step")])  # fmt: skip
def test_what_cannot_be_asked_is_refused(asked, code):
    with pytest.raises(InputError) as problem:
        optplan.reach(plan_of(0), ["targets"], **{"by": "cut", **asked})
    assert problem.value.findings[0].code == code
    assert code not in problem.value.findings[0].message("zh")


def test_conflicts_are_told_in_the_order_of_the_counties(monkeypatch):
    plan = optplan.read_plan(ROOT / "inputs" / "shuozhou")
    youyu = ("standards", ("station_engines", "youyu", 2021))
    stations = [("projects", (row["project"],)) for row in plan.tables["projects"] if row["county"] == "pinglu"]
    nobody = ("plan", ("title",))
    found = [
        {"cells": [{"table": table, "key": list(key)}], "lines": [], "irreducible": True}
        for table, key in (youyu, stations[0], nobody)
    ]
    document = {"conflicts": found}
    explained = SimpleNamespace(document=document, status="infeasible", irreducible=True)
    monkeypatch.setattr("optplan.questions.conflicts.explain", lambda *given, **wishes: explained)
    nothing = Scenario(name="s", title="s", changes=[Scale(table="budgets", column="amount", factor=1)])
    told = conflict_of(plan, nothing, None, None, None)
    assert told["conflicts"] == [found[2], found[1], found[0]]
