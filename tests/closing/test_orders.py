"""Goods that are ordered in one year and come in another, when years are closed in between."""

from decimal import Decimal

import pytest
from optimum.test_second_solver import model_of
from plans.random_plans import tables_of

from optplan.closing import close_year
from optplan.plan import Plan
from optplan.search.lexicographic import search
from optplan.search.run import Orders

D = Decimal
NAMES = ["readiness_gap", "cost"]


@pytest.fixture
def plan():
    rows = {
        "plan": [{"key": "title", "value": "t"}, {"key": "first_year", "value": 2021}, {"key": "last_year", "value": 2024}],
        "counties": [{"county": "a", "name": "A"}],
        "items": [{"item": "engine", "name": "engine", "service_life": 3, "lead_years": 2, "spend": (D("0.5"), D("0.2"), D("0.3"))}],
        "costs": [{"item": "engine", "unit_cost": D(10)}],
        "standards": [{"standard": "s", "group": "engine", "county": "a", "from_year": 2021, "required": D(2)}],
        "actuals": [{"item": "engine", "county": "a", "year": 2021, "quantity": D(1)}],
        "funds": [{"fund": "own", "name": "own", "level": "county"}],
        "budgets": [{"fund": "own", "county": "a", "year": y, "amount": D(20)} for y in range(2021, 2025)],
    }  # fmt: skip
    return Plan(tables_of(rows))


def answer(plan):
    found = search(plan, model_of(NAMES), Orders())
    assert found.status == "optimal"
    return found


def test_what_was_ordered_comes_though_years_are_closed(plan):
    """The engine ordered before the plan serves 2021 to 2023; two more can come in 2023 at the earliest, or one and one."""
    adopted = answer(plan).schedule
    assert {key: int(quantity) for key, quantity in adopted.deliveries.items()} == {
        ("engine", "a", 2021): 1,
        ("engine", "a", 2023): 1,
        ("engine", "a", 2024): 1,
    }
    closed = close_year(plan, adopted).plan
    acts = {(row["year"], int(row["quantity"])) for row in closed.tables["actuals"]}
    assert acts == {(2021, 1), (2023, 1)}  # ordered in 2021 and due in 2023
    again = answer(closed)
    assert again.schedule.deliveries == adopted.deliveries
    twice = close_year(closed, again.schedule).plan
    assert {row["year"] for row in twice.tables["actuals"]} == {2021, 2023, 2024}
    assert answer(twice).schedule.deliveries == adopted.deliveries


def test_an_order_that_was_never_given_does_not_come(plan, tmp_path):
    adopted = answer(plan).schedule
    (tmp_path / "actuals.csv").write_text("item,county,year,quantity\nengine,a,2021,1\n", encoding="utf-8")
    closed = close_year(plan, adopted, actuals=tmp_path / "actuals.csv").plan
    assert ("engine", "a", 2023) not in answer(closed).schedule.deliveries
