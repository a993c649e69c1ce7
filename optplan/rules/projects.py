"""Projects: started once at most, opened after building, never before their time (model.md §3.2, §3.8)."""

from __future__ import annotations

from typing import Any

from pyomo.core import Binary, Constraint, Var

from optplan.plan import Plan
from optplan.rules.needs import needs
from optplan.rules.rows import between


@needs()
def add_projects(m: Any, plan: Plan) -> None:
    """Variables ``opened[p,y]``: whether p is open by the end of y, for the open years in which that is undecided."""
    undecided = [
        (project.project, year)
        for project in plan.projects.values()
        if project.started is None and project.openings
        for year in plan.years
        if project.openings[0] <= year <= project.openings[-1]
    ]
    m.opened = Var(undecided, domain=Binary)

    # open[p,y] ≥ open[p,y−1]: it opens once and stays open, so Σ_y s[p,y] ≤ 1
    m.stays_open = Constraint(
        undecided,
        rule=lambda m, p, y: between("stays_open", (p, y), 0, is_open(m, plan, p, y) - is_open(m, plan, p, y - 1), None),
    )
    # mandatory: Σ_y s[p,y] = 1
    m.must_open = Constraint(
        [project.project for project in plan.projects.values() if project.mandatory],
        rule=lambda m, p: between("must_open", (p,), 1, is_open(m, plan, p, plan.last_year), 1),
    )


def is_open(m: Any, plan: Plan, p: str, y: int) -> Any:
    """open[p,y] = Σ_{y'≤y} s[p, y' − build_years]: a variable, or 0 or 1 where it is settled."""
    project = plan.projects[p]
    if not project.openings or y < project.openings[0]:
        return 0
    if project.started is not None:
        return 1
    return m.opened[p, min(y, project.openings[-1])]


def opens(m: Any, plan: Plan, p: str, y: int) -> Any:
    """opens[p,y] = s[p, y − build_years] = open[p,y] − open[p,y−1]."""
    return is_open(m, plan, p, y) - is_open(m, plan, p, y - 1)
