"""A small plan whose every figure is worked out by hand in the comments."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from plans.random_plans import tables_of

from optplan.audit import audit, criteria_of
from optplan.schedule import Schedule, in_yuan

D = Decimal


@pytest.fixture
def tables():
    return tables_of(
        {
            "plan": [
                {"key": "title", "value": "by hand"},
                {"key": "first_year", "value": 2021},
                {"key": "last_year", "value": 2022},
                {"key": "capital_price_growth", "value": D("0.1")},
                {"key": "recurrent_price_growth", "value": D("0.05")},
                {"key": "discount_rate", "value": D("0.25")},
            ],
            "counties": [{"county": "a", "name": "A", "risk_weight": D(2), "supported": True}, {"county": "b", "name": "B", "risk_weight": D(1)}],
            "items": [{"item": "engine", "name": "engine"}, {"item": "post", "name": "post", "kind": "project"}],
            "costs": [
                {"item": "engine", "unit_cost": D(10), "annual_cost": D("1.5"), "first_year_share": D("0.5")},
                {"item": "engine", "county": "b", "year": 2022, "unit_cost": D(20), "annual_cost": D(3)},
            ],
            "targets": [{"target": "t", "group": "engine", "by_year": 2022, "total": D(4), "weight": D(2)}],
            "standards": [
                {"standard": "s", "group": "engine", "county": "a", "from_year": 2021, "required": D(4)},
                {"standard": "s", "group": "engine", "county": "b", "from_year": 2022, "required": D(1)},
            ],
            "stock": [{"item": "engine", "county": "a", "quantity": D(1), "retires_after": 2021}],
            "projects": [
                {"project": "p", "name": "p", "county": "a", "item": "post", "capital_cost": D(100), "build_years": 0,
                 "spend": (D("0.4"), D("0.6")), "annual_cost": D(8), "first_year_share": D("0.5")}
            ],
            "funds": [
                {"fund": "own", "name": "own", "level": "county", "carry_share": D("0.5")},
                {"fund": "pool", "name": "pool", "level": "pool", "support_floor": D("0.5"), "county_cap_share": D("0.6"), "match_rate": D("0.5")},
            ],
            "budgets": [
                {"fund": "own", "county": "a", "year": 2021, "amount": D(20)},
                {"fund": "own", "county": "a", "year": 2022, "amount": D(60)},
                {"fund": "own", "county": "b", "year": 2022, "amount": D(15)},
                {"fund": "pool", "year": 2022, "amount": D(20)},
            ],
        }
    )  # fmt: skip


def yuan(amounts):
    return {key: in_yuan(D(amount)) for key, amount in amounts.items()}


# a gets an engine in 2021; b one in 2022; the post is started and opened in 2022.
# 2021, a: capital 10; recurrent 1.5 × 0.5 = 0.75.
# 2022, a: capital 100 × 0.4 × 1.1 = 44; recurrent 1.5 × 1.05 = 1.575 for the engine and 8 × 1.05 × 0.5 = 4.2 for the post.
# 2022, b: capital 20 and recurrent 3 as written: a row with a year does not grow, and its first-year share is 1.
SCHEDULE = Schedule(
    {("engine", "a", 2021): D(1), ("engine", "b", 2022): D(1), ("post", "a", 2022): D(1)},
    {},
    {"p": 2022},
    yuan(
        {
            ("own", "a", 2021, "capital"): "10", ("own", "a", 2021, "recurrent"): "0.75",
            ("own", "a", 2022, "capital"): "34", ("own", "a", 2022, "recurrent"): "5.775", ("pool", "a", 2022, "capital"): "10",
            ("own", "b", 2022, "capital"): "12", ("own", "b", 2022, "recurrent"): "3", ("pool", "b", 2022, "capital"): "8",
        }
    ),
)  # fmt: skip


def test_every_figure(tables):
    checked = audit(
        tables,
        SCHEDULE,
        requests=False,
        criteria=["target_shortfall", "readiness_gap", "worst_county", "cost", "project_delay", "unevenness"],
    )
    assert checked.violations == ()
    assert checked.costs == {
        ("a", 2021): (100_000, 7_500),
        ("a", 2022): (440_000, 57_750),
        ("b", 2021): (0, 0),
        ("b", 2022): (200_000, 30_000),
    }
    assert checked.targets == {"t": (2, 4, 2)}
    # a: 2021 stands 1 + 1 of 4; 2022 the old one has retired: 1 of 4. b is not asked before 2022.
    assert {key: gap for key, (_, _, gap, _) in checked.gaps.items()} == {
        ("s", "a", 2021): 2,
        ("s", "a", 2022): 3,
        ("s", "b", 2022): 0,
    }
    assert checked.criteria == {
        "target_shortfall": 1,  # 2 × 2 / 4
        "readiness_gap": (Fraction(2, 4) * 2 + Fraction(3, 4) * 2 + 0) / 5,
        "worst_county": Fraction(3, 4),
        "cost": Fraction("10.75") + (Fraction("49.775") + 23) / Fraction("1.25"),
        "project_delay": Fraction(1, 2),
        "unevenness": Fraction(0),  # one a year
    }
    # own money of a: 20 − 10.75 = 9.25 is left and may be carried, being less than half of 20; 2022 closes with the rest lapsed.
    balances = {(row["fund"], row["county"], row["year"]): row for row in checked.balances}
    assert balances["own", "a", 2021]["carried_out"] == in_yuan(D("9.25"))
    assert balances["own", "a", 2022]["lapsed"] == in_yuan(D("9.25") + 60 - D("39.775"))
    assert balances["pool", "", 2022]["lapsed"] == in_yuan(D(2))
    # after the plan: 60 of the post in 2023 at 1.21, and a year of running two engines (1.575, 3) and the post (8.4)
    assert [(row["kind"], row["county"], row["amount"]) for row in checked.commitments] == [
        ("project", "a", 726_000),
        ("running", "a", 99_750),
        ("running", "b", 30_000),
    ]


@pytest.mark.parametrize(
    ("key", "amount", "rule"),
    [
        (("pool", "a", 2022, "capital"), "12.1", "county-cap"),
        (("pool", "b", 2022, "capital"), "11", "support-floor"),
        (("own", "a", 2021, "capital"), "20", "overspent"),
        (("own", "b", 2021, "capital"), "1", "overspent"),
        (("own", "a", 2022, "capital"), "33", "not-paid"),
    ],
)
def test_a_broken_money_rule_is_named(tables, key, amount, rule):
    changed = replace(SCHEDULE, payments={**SCHEDULE.payments, **yuan({key: amount})})
    assert rule in {violation.rule for violation in audit(tables, changed, requests=False).violations}


def test_matching_is_asked_of_own_money(tables):
    payments = {key: value for key, value in SCHEDULE.payments.items() if key[:2] != ("own", "b")}
    assert "matching" in {
        violation.rule for violation in audit(tables, replace(SCHEDULE, payments=payments), requests=False).violations
    }


def test_every_violation_speaks_both_languages(tables):
    nonsense = Schedule(
        {("engine", "a", 2021): D("-0.5"), ("x", "y", 1): D(1)},
        {("k", 2021): -1},
        {"z": 2021},
        {("f", "c", 1, "k"): -1},
        {("a", 2021, "capital"): 5},
    )
    for violation in audit(tables, nonsense, requests=False).violations:
        for language in ("zh", "en"):
            assert violation.message(language) != violation.rule
            assert "{" not in violation.message(language)


def test_what_the_tables_say_is_never_taken_from_other_tables(tables):
    """Schedules of two plans in turn: each is checked against its own, though what tables say is kept."""
    dearer = [replace(row, values={**row.values, "unit_cost": D(30)}) if row["county"] else row for row in tables["costs"]]
    changed = replace(tables, rows={**tables.rows, "costs": tuple(dearer)})
    costs = [audit(each, SCHEDULE, requests=False).costs["b", 2022] for each in (tables, changed, tables)]
    assert costs == [(200_000, 30_000), (300_000, 30_000), (200_000, 30_000)]


def test_a_criterion_asked_for_alone_is_what_the_whole_check_says(tables):
    names = ["target_shortfall", "readiness_gap", "worst_county", "cost", "team_gap", "project_delay", "unevenness"]
    checked = audit(tables, SCHEDULE, requests=False, criteria=names)
    for name in names:
        assert criteria_of(tables, SCHEDULE, requests=False).value(name) == checked.criteria[name], name
    assert criteria_of(tables, SCHEDULE, requests=False).money.costs == checked.costs
