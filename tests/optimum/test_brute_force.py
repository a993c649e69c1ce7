"""On plans small enough to try every schedule, the search finds the best one."""

import random
from decimal import Decimal
from itertools import product

import pytest
from optimum.test_second_solver import model_of
from plans.random_plans import tables_of
from slow_set import mostly_slow

from optplan.audit import audit
from optplan.plan import Plan
from optplan.schedule import Schedule
from optplan.search.lexicographic import search
from optplan.search.run import Orders

YEARS = (2021, 2022)
LISTS = [
    ["target_shortfall", "readiness_gap", "cost"],
    ["team_gap", "cost"],
    ["worst_county", "target_shortfall"],
    ["unevenness", "readiness_gap"],
]


def tiny(seed):
    rng = random.Random(seed)
    rows = {
        "plan": [{"key": "title", "value": "t"}, {"key": "first_year", "value": 2021}, {"key": "last_year", "value": 2022}, {"key": "discount_rate", "value": Decimal("0.05")}],
        "counties": [{"county": "a", "name": "A", "risk_weight": Decimal(1)}],
        "items": [{"item": "engine", "name": "e"}, {"item": "man", "name": "m", "kind": "staff"}, {"item": "post", "name": "p", "kind": "project"}],
        "costs": [
            {"item": "engine", "unit_cost": Decimal(rng.randint(5, 15)), "annual_cost": Decimal(rng.randint(0, 3)), "first_year_share": Decimal("0.5")},
            {"item": "man", "unit_cost": Decimal(1), "annual_cost": Decimal(rng.randint(1, 4))},
        ],
        "targets": [
            {"target": "e", "group": "engine", "by_year": 2022, "total": Decimal(rng.randint(1, 4)), "sense": rng.choice(["min", "exact"])},
            {"target": "m", "group": "man", "by_year": 2022, "total": Decimal(rng.randint(1, 4)), "weight": Decimal(2)},
        ],
        "stock": [{"item": "engine", "county": "a", "quantity": Decimal(1), "retires_after": 2021}],
        "standards": [{"standard": "s", "group": "engine", "county": "a", "from_year": y, "required": Decimal(rng.randint(1, 4))} for y in YEARS],
        "limits": [{"limit": "l", "group": "engine", "year": 2021, "max": Decimal(2)}, {"limit": "m", "group": "engine", "max": Decimal(4)}],
        "teams": [
            {"team": "t", "name": "t", "county": "a", "item": "man", "staff": 1, "min_staff": 3, "max_staff": 4},
            {"team": "n", "name": "n", "county": "a", "item": "man", "min_staff": 1, "max_staff": 2, "project": "p"},
        ],
        "projects": [{"project": "p", "name": "p", "county": "a", "item": "post", "capital_cost": Decimal(20), "build_years": 1, "spend": (Decimal("0.25"), Decimal("0.75"))}],
        "project_needs": [{"project": "p", "standard": "s", "quantity": Decimal(1)}],
        "funds": [{"fund": "own", "name": "own", "level": "county"}],
        "budgets": [{"fund": "own", "county": "a", "year": y, "amount": Decimal(rng.randint(5, 50))} for y in YEARS],
    }  # fmt: skip
    return tables_of(rows)


def every_schedule(tables):
    """Every schedule with at most four engines and three hires a team and year, paid from the county's only fund."""
    for engines, first, new, start in product(product(range(5), repeat=2), product(range(4), repeat=2), range(3), (None, 2021)):
        deliveries = {("engine", "a", y): Decimal(n) for y, n in zip(YEARS, engines, strict=True) if n}
        hires = {("t", y): n for y, n in zip(YEARS, first, strict=True) if n} | ({("n", 2022): new} if new else {})
        for (_, y), n in hires.items():
            deliveries["man", "a", y] = deliveries.get(("man", "a", y), Decimal(0)) + n
        if start:
            deliveries["post", "a", 2022] = Decimal(1)
        bare = Schedule(deliveries, hires, {"p": start} if start else {})
        costs = audit(tables, bare, requests=False).costs
        payments = {
            ("own", "a", y, kind): yuan
            for y in YEARS
            for kind, yuan in zip(("capital", "recurrent"), costs["a", y], strict=True)
            if yuan
        }
        yield Schedule(bare.deliveries, bare.hires, bare.starts, payments)


@pytest.mark.parametrize("seed", mostly_slow(range(8), 2))
def test_no_schedule_is_better(seed):
    tables, names = tiny(seed), LISTS[seed % len(LISTS)]
    best = None
    for schedule in every_schedule(tables):
        checked = audit(tables, schedule, requests=False, criteria=names)
        if checked.ok:
            values = [checked.criteria[name] for name in names]
            best = values if best is None or values < best else best
    found = search(Plan(tables), model_of(names), Orders())
    assert best is not None
    assert found.status == "optimal"
    assert [float(level.value) for level in found.levels] == pytest.approx([float(value) for value in best], abs=1e-6)
