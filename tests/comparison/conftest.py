"""Results to compare, and LibreOffice as the second program that opens what optplan writes."""

from __future__ import annotations

import pytest
from plans.random_plans import Size, random_tables
from workbook.conftest import office

from optplan.plan import Plan
from optplan.result import Result
from optplan.scenarios import Scenario, apply_scenarios
from optplan.solving.solve import solve

__all__ = ["office"]


@pytest.fixture(scope="session")
def two() -> list[Result]:
    """A small plan, and the same with a fifth less money and dearer goods."""
    plan = Plan(random_tables(4, Size(counties=3, years=3, goods=2, teams=2, projects=1, money=0.8)))
    cut = Scenario(
        name="cut",
        title="=资金减少",
        changes=[
            {"table": "budgets", "action": "scale", "column": "amount", "factor": "0.8"},
            {"table": "costs", "action": "scale", "column": "unit_cost", "factor": "1.1"},
        ],
    )
    return [
        solve(plan, "attain", gap=0.05),
        solve(apply_scenarios(plan, [cut]), "attain", gap=0.05, scenario=["cut"]),
    ]
