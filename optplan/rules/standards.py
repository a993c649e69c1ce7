"""Standards: what must stand, the gap to it, and what no project may open without (model.md §3.4)."""

from __future__ import annotations

from typing import Any

from pyomo.core import Constraint, NonNegativeReals, Var, quicksum

from optplan.plan import Plan, Requirement
from optplan.rules.cells import gives
from optplan.rules.deliveries import add_deliveries, standing
from optplan.rules.needs import needs
from optplan.rules.projects import add_projects, is_open
from optplan.rules.rows import between


@needs(add_projects, add_deliveries)
def add_standards(m: Any, plan: Plan) -> None:
    """Variables ``gap[σ,c,y]``: d ≥ 0, what county c lacks of standard σ in year y, where the gap can count."""
    counted = {
        (requirement.standard, requirement.county, requirement.year): requirement
        for requirement in plan.requirements
        if requirement.counts
    }
    m.gap = Var(list(counted), domain=NonNegativeReals)

    # stock(g,c,y) + d[σ,c,y] ≥ required(σ,c,y) + Σ_{p in c} quantity(p,σ)·open[p,y]
    m.standard = Constraint(
        list(counted),
        rule=lambda m, s, c, y: between(
            "standard", (s, c, y), 0, stock(m, plan, counted[s, c, y]) + m.gap[s, c, y] - asked(m, plan, counted[s, c, y]), None
        ),
    )
    # d[σ,c,y] = 0 where the row in force is hard, in open years
    hard = {(r.standard, r.county, r.year): r for r in plan.requirements if r.hard and r.year in plan.open_years}
    m.hard_standard = Constraint(
        list(hard),
        rule=lambda m, s, c, y: between(
            "hard_standard",
            (s, c, y),
            0,
            stock(m, plan, hard[s, c, y])
            - asked(m, plan, hard[s, c, y])
            + gives(m, "standards", (s, c, hard[s, c, y].from_year), "hard", y),
            None,
        ),
    )
    # hard needs: stock(g,c,y) ≥ Σ over the county's hard needs of quantity·open[p,y]
    m.hard_need = Constraint(
        [(s, c, y) for s, c in plan.hard_needs for y in plan.years],
        rule=lambda m, s, c, y: between(
            "hard_need",
            (s, c, y),
            0,
            standing(m, plan, plan.standard_items[s], c, y)
            - quicksum(
                float(quantity) * is_open(m, plan, p, y) - need_gives(m, s, p, y) for p, quantity in plan.hard_needs[s, c]
            ),
            None,
        ),
    )


def need_gives(m: Any, s: str, p: str, *year: int, most: float | None = None) -> Any:
    """By how much less a hard need of project p asks; with a year, what that comes to there."""
    return gives(m, "project_needs", (p, s), "quantity", *year, most=most)


def stock(m: Any, plan: Plan, requirement: Requirement) -> Any:
    """stock(g,c,y) of a standard's group."""
    return standing(m, plan, requirement.items, requirement.county, requirement.year)


def asked(m: Any, plan: Plan, requirement: Requirement) -> Any:
    """required(σ,c,y) + what the open projects of the county add."""
    return float(requirement.required) + quicksum(
        float(quantity) * is_open(m, plan, p, requirement.year)
        for p, quantity in plan.project_needs.get((requirement.standard, requirement.county), ())
    )
