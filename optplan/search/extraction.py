"""From the values of a matrix' columns to a schedule in integers, with the facts of closed years put back."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from optplan.plan import Plan
from optplan.plan.squads import hires_of_teams
from optplan.schedule import Schedule
from optplan.search.finest_parts import on_the_grid
from optplan.search.solver.matrix import Floats, Matrix

FINEST_QUANTITY = Decimal("0.00000001")  # of items that are not integer


def schedule_of(plan: Plan, matrix: Matrix, columns: Floats) -> Schedule:
    """What the point ``columns`` delivers, hires and starts; who pays is settled by :mod:`optplan.search.payments`."""
    columns = on_the_grid(plan, matrix, columns)
    values: dict[str, dict[Any, float]] = defaultdict(dict)
    for (variable, index), value in zip(matrix.names, columns, strict=True):
        values[variable][index] = float(value)
    starts = _starts(plan, values["opened"])
    hired_so_far = {key: round(value) for key, value in values["hired_so_far"].items()}
    hires = hires_of_teams(plan, hired_so_far)
    deliveries: dict[tuple[str, str, int], Decimal] = defaultdict(Decimal)
    _goods(plan, values["goods_so_far"], deliveries)
    for (team, year), number in hires.items():
        deliveries[plan.teams[team].item, plan.teams[team].county, year] += number
    for name, year in starts.items():
        project = plan.projects[name]
        deliveries[project.item, project.county, year + project.build_years] += 1
    return Schedule({key: quantity for key, quantity in sorted(deliveries.items()) if quantity}, hires, starts)


def _starts(plan: Plan, opened: dict[tuple[str, int], float]) -> dict[str, int]:
    starts = {}
    for name, project in plan.projects.items():
        if project.started is not None:
            starts[name] = project.started
            continue
        years = [year for year in project.openings if round(opened.get((name, year), 0))]
        if years:
            starts[name] = min(years) - project.build_years
    return starts


def _goods(plan: Plan, so_far: dict[tuple[str, str, int], float], deliveries: dict[tuple[str, str, int], Decimal]) -> None:
    for item in (item for item in plan.items.values() if item.kind == "goods"):
        for county in plan.counties:
            before = Decimal(0)
            for year in plan.closed_years:
                deliveries[item.item, county, year] += plan.delivered(item.item, county, year)
                before += plan.delivered(item.item, county, year)
            for year in plan.open_years:
                now = Decimal(repr(so_far[item.item, county, year]))
                now = now.quantize(Decimal(1) if item.whole else FINEST_QUANTITY, ROUND_HALF_UP)
                deliveries[item.item, county, year] += max(now - before, Decimal(0))
                before = max(now, before)
