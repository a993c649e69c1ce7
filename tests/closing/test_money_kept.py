"""Closing a year: money that may be kept for years, money with a purpose, and loans that are still paid back."""

from decimal import Decimal

import pytest
from optimum.test_second_solver import model_of
from plans.random_plans import tables_of

from optplan.audit import audit
from optplan.closing import close_year
from optplan.plan import Plan
from optplan.schedule import Schedule, in_yuan
from optplan.search.lexicographic import search
from optplan.search.run import Orders

D = Decimal
NAMES = ["target_shortfall", "cost"]


@pytest.fixture
def plan():
    rows = {
        "plan": [{"key": "title", "value": "t"}, {"key": "first_year", "value": 2021}, {"key": "last_year", "value": 2024}],
        "counties": [{"county": "a", "name": "A"}],
        "items": [{"item": "engine", "name": "engine"}, {"item": "hose", "name": "hose"}],
        "costs": [{"item": "engine", "unit_cost": D(100)}, {"item": "hose", "unit_cost": D(10)}],
        "targets": [{"target": "e", "group": "engine", "by_year": 2024, "total": D(2)}, {"target": "h", "group": "hose", "by_year": 2024, "total": D(4)}],
        "funds": [
            {"fund": "bond", "name": "bond", "level": "county", "carry_share": D(1), "carry_years": "all"},
            {"fund": "loan", "name": "loan", "level": "county", "pays": "capital", "repay_years": 2, "interest": D("0.5")},
            {"fund": "own", "name": "own", "level": "county", "carry_share": D(1), "carry_years": "2"},
        ],
        "fund_uses": [{"fund": "bond", "group": "engine"}],
        "budgets": [
            {"fund": "bond", "county": "a", "year": 2021, "amount": D(110)},
            {"fund": "loan", "county": "a", "year": 2021, "amount": D(100)},
            *({"fund": "own", "county": "a", "year": y, "amount": D(90)} for y in (2022, 2023)),
        ],
    }  # fmt: skip
    return Plan(tables_of(rows))


def pays(amounts):
    found = {(fund, "a", year, kind): in_yuan(D(yuan)) for (fund, year, kind, _), yuan in amounts.items()}
    return found, {(fund, "a", year, kind, why): in_yuan(D(yuan)) for (fund, year, kind, why), yuan in amounts.items()}


def test_what_was_kept_serves_its_purpose_and_what_was_borrowed_is_paid_back(plan):
    """An engine is bought of the loan in 2021 (2 × 90 to be paid back), and the bond is kept for another one in 2024."""
    payments, purposes = pays(
        {("loan", 2021, "capital", "engine"): 100, ("own", 2022, "recurrent", ""): 90, ("own", 2023, "recurrent", ""): 90}
    )
    adopted = Schedule({("engine", "a", 2021): D(1)}, {}, {}, payments, {}, purposes)
    checked = audit(plan.tables, adopted, requests=False)
    assert checked.violations == ()
    assert checked.loans == [
        {"fund": "loan", "county": "a", "year": 2021, "amount": 1_000_000, "instalment": 900_000, "remaining": 0}
    ]

    closed = close_year(plan, adopted).plan
    assert [finding.line("en") for finding in closed.findings if finding.severity == "error"] == []
    found = search(closed, model_of(NAMES), Orders())
    assert found.status == "optimal"
    again = audit(closed.tables, found.schedule, requests=False)
    assert again.violations == ()
    assert [again.costs["a", y][1] for y in (2022, 2023, 2024)] == [900_000, 900_000, 0]  # the instalments, and no more
    # the bond buys the second engine in some year and never hoses, for which nothing is left
    assert sum(q for (i, _, y), q in found.schedule.deliveries.items() if i == "engine") == 2
    assert float(found.levels[0].value) == 1

    later = close_year(close_year(closed, Schedule({}, {}, {}, payments, {}, purposes)).plan, Schedule())
    kept = [row for row in later.plan.tables["budgets"] if row["year"] == 2024]
    assert [(row["fund"].startswith("bond"), row["amount"]) for row in kept if row["fund"].startswith("bond")] == [(True, D(110))]
    assert {row["fund"] for row in later.plan.tables["fund_uses"]} > {"bond"}


@pytest.mark.parametrize(
    ("key", "amount"),
    [
        (("own", "a", 2022, "recurrent"), "90.0001"),
        (("own", "a", 2022, "recurrent"), "89.9999"),
        (("bond", "a", 2022, "recurrent"), "90"),
    ],
)
def test_an_instalment_off_by_a_yuan_or_of_earmarked_money_is_refused(plan, key, amount):
    payments, purposes = pays(
        {("loan", 2021, "capital", "engine"): 100, ("own", 2022, "recurrent", ""): 90, ("own", 2023, "recurrent", ""): 90}
    )
    if key[0] == "bond":
        payments.pop(("own", *key[1:]))
        purposes.pop(("own", *key[1:], ""))
    changed = Schedule(
        {("engine", "a", 2021): D(1)},
        {},
        {},
        {**payments, key: in_yuan(D(amount))},
        {},
        {**purposes, (*key, ""): in_yuan(D(amount))},
    )
    rules = {violation.rule for violation in audit(plan.tables, changed, requests=False).violations}
    assert rules & ({"fund-not-for"} if key[0] == "bond" else {"not-paid"})
