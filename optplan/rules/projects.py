"""Projects: started once at most, opened after building, never before their time, tied to each other (model.md §3.2, §3.8)."""

from __future__ import annotations

from typing import Any

from pyomo.core import Binary, Constraint, Var

from optplan.plan import Plan
from optplan.rules.cells import gives
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
        rule=lambda m, p: between(
            "must_open", (p,), 1, is_open(m, plan, p, plan.last_year) + gives(m, "projects", (p,), "mandatory", most=1), 1
        ),
    )
    _add_links(m, plan)


def _add_links(m: Any, plan: Plan) -> None:
    after = {(link.project, link.other): link.lag for link in plan.links if link.kind == "after"}
    # after: open[p,y] ≤ open[other, y − lag]
    m.opens_after = Constraint(
        [(p, other, y) for p, other in after for y in plan.years],
        rule=lambda m, p, other, y: between(
            "opens_after",
            (p, other, y),
            None,
            is_open(m, plan, p, y) - is_open(m, plan, other, y - after[p, other]) - _link_gives(m, p, other, "after"),
            0,
        ),
    )
    # together: Σ_y s[p,y] = Σ_y s[other,y]
    m.both_or_neither = Constraint(
        [(link.project, link.other) for link in plan.links if link.kind == "together"],
        rule=lambda m, p, other: between(
            "both_or_neither",
            (p, other),
            0,
            started(m, plan, p)
            - started(m, plan, other)
            + _link_gives(m, p, other, "together", "less")
            - _link_gives(m, p, other, "together", "more"),
            0,
        ),
    )
    # exclusive: Σ_y s[p,y] + Σ_y s[other,y] ≤ 1
    m.not_both = Constraint(
        [(link.project, link.other) for link in plan.links if link.kind == "exclusive"],
        rule=lambda m, p, other: between(
            "not_both",
            (p, other),
            None,
            started(m, plan, p) + started(m, plan, other) - _link_gives(m, p, other, "exclusive"),
            1,
        ),
    )


def _link_gives(m: Any, p: str, other: str, kind: str, *part: str) -> Any:
    return gives(m, "project_links", (p, other), kind, *part, most=1)


def is_open(m: Any, plan: Plan, p: str, y: int) -> Any:
    """open[p,y] = Σ_{y'≤y} s[p, y' − build_years]: a variable, or 0 or 1 where it is settled."""
    project = plan.projects[p]
    if not project.openings or y < project.openings[0]:
        return 0
    if project.started is not None:
        return 1
    return m.opened[p, min(y, project.openings[-1])]


def started(m: Any, plan: Plan, p: str) -> Any:
    """Σ_y s[p,y]: whether p is ever started, in a closed year or so that it opens inside the plan."""
    return 1 if plan.projects[p].started is not None else is_open(m, plan, p, plan.last_year)


def opens(m: Any, plan: Plan, p: str, y: int) -> Any:
    """opens[p,y] = s[p, y − build_years] = open[p,y] − open[p,y−1]."""
    return is_open(m, plan, p, y) - is_open(m, plan, p, y - 1)
