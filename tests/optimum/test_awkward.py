"""Tiny plans with awkward decimals, shares, pins, weights and totals: an answer that passes the exact check, or a clear no."""

import random
from decimal import Decimal

import pytest
from plans.random_plans import tables_of
from slow_set import mostly_slow

from optplan.audit import audit
from optplan.decision_model import read_model
from optplan.plan import Plan
from optplan.plan.checks import check
from optplan.search.lexicographic import search
from optplan.search.run import Orders

YEARS = (2021, 2022)


def awkward(seed):
    """One or two counties, three kinds of goods, one of them whole, with limits and shares that hardly round."""
    rng = random.Random(seed)
    counties = ["a", "b"][: rng.randint(1, 2)]

    def number(low, high):
        return Decimal(rng.randint(low * 10**9, high * 10**9)).scaleb(-9).quantize(Decimal(1).scaleb(-rng.randint(0, 9)))

    share = rng.choice(["0.3333", "0.333333", "0.333333333", "0.1", "0.142857"])
    limits = [{"limit": "l1", "group": rng.choice(["pipe", "hedge", "any"]), "year": 2021, "min": number(0, 2)}]
    if rng.random() < 0.5:
        pin = number(0, 2)
        limits.append(
            {
                "limit": "l2",
                "group": rng.choice(["pipe", "hedge", "truck"]),
                "county": "a",
                "year": 2022,
                "min": pin,
                "max": pin,
                "kind": "pin",
            }
        )
    return tables_of(
        {
            "plan": [
                {"key": "title", "value": "t"}, {"key": "first_year", "value": 2021}, {"key": "last_year", "value": 2022},
                {"key": "discount_rate", "value": Decimal("0.03")},
            ],
            "counties": [{"county": c, "name": c, "risk_weight": Decimal(1)} for c in counties],
            "items": [
                {"item": "truck", "name": "truck"}, {"item": "pipe", "name": "pipe", "whole": False}, {"item": "hedge", "name": "hedge", "whole": False},
            ],
            "groups": [{"group": "any", "item": i} for i in ("pipe", "hedge")],
            "costs": [
                {"item": i, "unit_cost": Decimal(rng.randint(1, 999_999)).scaleb(-4), "annual_cost": Decimal(rng.randint(0, 9999)).scaleb(-4)}
                for i in ("truck", "pipe", "hedge")
            ],
            "targets": [
                {"target": "t1", "group": "truck", "by_year": 2022, "total": Decimal(rng.randint(1, 5)), "sense": rng.choice(["min", "exact"]), "weight": Decimal(10) ** rng.randint(-3, 3)},
                {"target": "t2", "group": "any", "by_year": 2022, "total": number(1, 40), "sense": rng.choice(["min", "exact"]), "weight": Decimal(10) ** rng.randint(-3, 3)},
            ],
            "mix": [{"mix": "m", "part": "pipe", "whole": "any", "min_share": Decimal(share), "max_share": rng.choice([None, Decimal(share), Decimal("0.5")])}],
            "limits": limits,
            "standards": [{"standard": "s", "group": "truck", "county": "a", "from_year": 2021, "required": Decimal(3)}],
            "funds": [{"fund": "own", "name": "own", "level": "county", "carry_share": Decimal("0.3")}],
            "budgets": [{"fund": "own", "county": c, "year": y, "amount": number(50, 600).quantize(Decimal("0.0001"))} for c in counties for y in YEARS],
        }
    )  # fmt: skip


@pytest.mark.parametrize("model", ["attain", "price", "thrift"])
@pytest.mark.parametrize("seed", mostly_slow([47, *range(47), *range(48, 60)], 11))  # 47: rounding its shares once had no end
def test_every_answer_passes_the_exact_check_and_keeps_what_it_held(seed, model):
    tables, decision = awkward(seed), read_model(model)
    if any(finding.severity == "error" for finding in check(tables)):
        return
    found = search(Plan(tables), decision, Orders(seconds=30))
    same_share = any(row["min_share"] == row["max_share"] for row in tables["mix"])  # hardly any quantities have exactly a share
    assert found.status in {"optimal", "feasible", "infeasible"} or (same_share and found.status == "unknown")
    if found.schedule is None:
        return
    names = [criterion.name for criterion in decision.criteria]
    checked = audit(tables, found.schedule, requests=decision.requests, criteria=names)
    assert checked.ok, checked.violations
    for level, criterion in zip(found.levels, decision.criteria, strict=True):
        in_plan, most = float(checked.criteria[level.name]), float(level.value) + float(criterion.slack)
        assert in_plan <= most + 1e-9 * max(1.0, most)
        assert level.bound <= float(level.value)


def test_where_rounding_leaves_no_money_the_plan_with_room_for_it_is_as_good_and_as_proven():
    """Budgets that go out to the last yuan: not the plan of a level before, which buys twice the hose that anybody asked for."""
    prices = {"hose": ("3.3333", "0.1111"), "foam": ("1.7777", "0.0101"), "engine": ("60.0001", "1.1")}
    totals = {"hose": "17.37", "foam": "9.111", "engine": "6"}
    years = range(2021, 2026)
    plan = Plan(
        tables_of(
            {
                "plan": [
                    {"key": "title", "value": "t"},
                    {"key": "first_year", "value": 2021},
                    {"key": "last_year", "value": 2025},
                    {"key": "capital_price_growth", "value": "0.0317"},
                ],
                "counties": [{"county": "x"}],
                "items": [{"item": i, "category": "equipment", "whole": int(i == "engine")} for i in prices],
                "costs": [{"item": i, "unit_cost": Decimal(u), "annual_cost": Decimal(a)} for i, (u, a) in prices.items()],
                "targets": [
                    {"target": i, "group": i, "county": "x", "by_year": 2025, "total": Decimal(t)} for i, t in totals.items()
                ],
                "funds": [{"fund": "f", "level": "county", "pays": "both", "carry_share": Decimal(1)}],
                "budgets": [{"fund": "f", "county": "x", "year": y, "amount": Decimal(110)} for y in years],
            }
        )
    )
    found = search(plan, read_model("attain"), Orders())
    assert found.status == "optimal"
    assert audit(plan.tables, found.schedule, requests=False).violations == ()
    hose = sum(quantity for (item, *_), quantity in found.schedule.deliveries.items() if item == "hose")
    assert abs(hose - Decimal("17.37")) < Decimal("0.001")
