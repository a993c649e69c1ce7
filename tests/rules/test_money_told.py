"""What lapses, and what is borrowed, is always said, and what the money could have bought."""

from decimal import Decimal

import pytest
from plans.random_plans import tables_of

from optplan.audit import audit
from optplan.decision_model import read_model
from optplan.figures import lapses, loans
from optplan.figures.figures import Figures
from optplan.language import speaking
from optplan.plan import Plan
from optplan.solving.solve import solve

D = Decimal


def test_a_bond_that_lapses_and_a_loan_are_told():
    """95 a year for engines of 10, five of which are wanted in 2022 and may not come before; the bond of 2021 lapses."""
    rows = {
        "plan": [{"key": "title", "value": "t"}, {"key": "first_year", "value": 2021}, {"key": "last_year", "value": 2022}],
        "counties": [{"county": "a", "name": "A"}],
        "items": [{"item": "engine", "name": "Engine"}],
        "costs": [{"item": "engine", "unit_cost": D(10)}],
        "targets": [{"target": "e", "group": "engine", "by_year": 2022, "total": D(5)}],
        "limits": [{"limit": "late", "group": "engine", "year": 2021, "max": D(0)}, {"limit": "few", "group": "engine", "year": 2022, "max": D(4)}],
        "funds": [
            {"fund": "bond", "name": "Bond", "level": "pool", "pays": "capital"},
            {"fund": "loan", "name": "Loan", "level": "county", "pays": "capital", "repay_years": 4},
        ],
        "budgets": [{"fund": "bond", "year": 2021, "amount": D(95)}, {"fund": "loan", "county": "a", "year": 2022, "amount": D(40)}],
    }  # fmt: skip
    result = solve(Plan(tables_of(rows)), "attain", time_limit=20)
    figures = Figures(result)
    assert [(lapse.fund, lapse.year, lapse.amount, lapse.bought) for lapse in lapses.lapses(figures)] == [
        ("bond", 2021, D(95), ("engine", D(1)))  # only one more is missing
    ]
    assert "95.00" in lapses.sentences(figures, 5)[0]
    assert "95.00" in lapses.in_one(figures)[0]
    told = audit(result.tables(), result.to_schedule(), requests=read_model("attain").requests).loans
    assert told == [{"fund": "loan", "county": "a", "year": 2022, "amount": 400_000, "instalment": 100_000, "remaining": 400_000}]
    assert "40.00" in loans.sentences(figures)[0]
    assert [(row["kind"], row["year"], row["amount"]) for row in result.document["commitments"]] == [
        ("loan", year, "10.0000") for year in (2023, 2024, 2025, 2026)
    ]


@pytest.mark.parametrize(
    ("price", "most", "bought", "told"),
    [
        (10, 1, ("engine", D(2)), "two more"),
        (60, 1, None, "nothing they could buy"),
        (10, 3, None, "all is met"),
    ],
)
def test_money_that_lapses_while_a_standard_lacks_something_is_told_so(price, most, bought, told):
    """A target of one engine is met, the standard asks for three; 30 or more of the year's money lapse at its end."""
    rows = {
        "plan": [{"key": "title", "value": "t"}, {"key": "first_year", "value": 2021}, {"key": "last_year", "value": 2021}],
        "counties": [{"county": "a", "name": "A"}],
        "items": [{"item": "engine", "name": "Engine"}],
        "costs": [{"item": "engine", "unit_cost": D(price)}],
        "targets": [{"target": "e", "group": "engine", "by_year": 2021, "total": D(1)}],
        "standards": [{"standard": "s", "county": "a", "group": "engine", "from_year": 2021, "required": D(3)}],
        "limits": [{"limit": "few", "group": "engine", "year": 2021, "max": D(most)}],
        "funds": [{"fund": "own", "name": "Own", "level": "county", "pays": "capital"}],
        "budgets": [{"fund": "own", "county": "a", "year": 2021, "amount": D(100)}],
    }  # fmt: skip
    result = solve(Plan(tables_of(rows)), "attain", time_limit=20)
    with speaking("en"):
        figures = Figures(result)
        [lapse] = lapses.lapses(figures)
        [said] = lapses.sentences(figures, 5)
    assert lapse.bought == bought
    sign = {"two more": "could have bought 2 more of “Engine”", "nothing they could buy": "could buy nothing that those lack"}
    assert sign.get(told, "all targets and all equipment standards are met") in said
