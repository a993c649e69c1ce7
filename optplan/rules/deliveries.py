"""Deliveries: what each county has received so far of each item (model.md §3.1, §3.8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from pyomo.core import Constraint, NonNegativeIntegers, NonNegativeReals, Var, quicksum

from optplan.plan import Plan
from optplan.rules.cells import gives
from optplan.rules.needs import needs
from optplan.rules.projects import add_projects, is_open
from optplan.rules.rows import between
from optplan.rules.staffing import add_staffing


@needs(add_projects, add_staffing)
def add_deliveries(m: Any, plan: Plan) -> None:
    """Variables ``goods_so_far[i,c,y] = Σ_{y'≤y} x[i,c,y']`` for goods i, counties c and open years y."""
    goods = [i for i, item in plan.items.items() if item.kind == "goods"]
    m.goods_so_far = Var(
        [(i, c, y) for i in goods for c in plan.counties for y in plan.open_years],
        domain=lambda m, i, c, y: NonNegativeIntegers if plan.items[i].whole else NonNegativeReals,
    )
    m.squads_of = defaultdict(list)
    for k, squad in m.squads.items():
        m.squads_of[squad.item, squad.county].append(k)
    m.projects_of = defaultdict(list)
    for project in plan.projects.values():
        m.projects_of[project.item, project.county].append(project.project)

    # x[i,c,y] ≥ 0
    m.deliveries = Constraint(
        list(m.goods_so_far.keys()),
        rule=lambda m, i, c, y: between("deliveries", (i, c, y), 0, delivered(m, plan, i, c, y), None),
    )
    # x[i,c,y] = what was ordered before the open years, where a new order would come too late
    m.too_early_to_order = Constraint(
        [(i, c, y) for i, c, y in m.goods_so_far if plan.too_early_to_order(i, y)],
        rule=lambda m, i, c, y: between(
            "too_early_to_order",
            (i, c, y),
            float(plan.delivered(i, c, y)),
            delivered(m, plan, i, c, y) - gives(m, "items", (i,), "lead_years", c, y),
            float(plan.delivered(i, c, y)),
        ),
    )


def delivered_so_far(m: Any, plan: Plan, i: str, c: str, y: int) -> Any:
    """Σ_{y'≤y} x[i,c,y'], closed years included.

    For staff items x[i,c,y] = Σ h[k,y] over the teams of that county and item; for project items Σ opens[p,y].
    """
    if y < plan.first_year:
        return 0
    kind = plan.items[i].kind
    if kind == "project":
        return quicksum(is_open(m, plan, p, y) for p in m.projects_of[i, c])
    if kind == "staff":
        hired = sum(
            plan.hired(team, past)
            for k in m.squads_of[i, c]
            for team in m.squads[k].teams
            for past in plan.closed_years
            if past <= y
        )
        if y <= plan.closed_through:
            return hired
        return hired + quicksum(m.hired_so_far[k, y] for k in m.squads_of[i, c])
    if y <= plan.closed_through:
        return sum(float(plan.delivered(i, c, past)) for past in plan.closed_years if past <= y)
    return m.goods_so_far[i, c, y]


def delivered(m: Any, plan: Plan, i: str, c: str, y: int) -> Any:
    """x[i,c,y]."""
    return delivered_so_far(m, plan, i, c, y) - delivered_so_far(m, plan, i, c, y - 1)


def delivered_in(m: Any, plan: Plan, items: Any, counties: Any, years: tuple[int, ...]) -> Any:
    """Σ x over items, counties and consecutive years."""
    return quicksum(
        delivered_so_far(m, plan, i, c, years[-1]) - delivered_so_far(m, plan, i, c, years[0] - 1)
        for i in items
        for c in counties
    )


def standing(m: Any, plan: Plan, items: Iterable[str], county: str, year: int) -> Any:
    """stock(g,c,y) = surviving starting stock + Σ x in service over the group's items in the county."""
    return float(plan.standing(items, county, year)) + quicksum(
        delivered_so_far(m, plan, i, county, year) - retired(m, plan, i, county, year) for i in items
    )


def retired(m: Any, plan: Plan, i: str, c: str, y: int) -> Any:
    """Σ_{y' ≤ y − service_life} x[i,c,y']: what has been delivered and no longer stands."""
    life = plan.items[i].service_life
    return 0 if life is None else delivered_so_far(m, plan, i, c, y - life)
