"""Teams: hires within their bands, and when they count as meeting their staffing standard (model.md §3.6).

Teams that are alike are decided together, as squads (see :mod:`optplan.plan.squads`).
"""

from __future__ import annotations

from typing import Any

from pyomo.core import Constraint, NonNegativeIntegers, Var, quicksum

from optplan.plan import Plan
from optplan.plan.squads import meets, squads
from optplan.rules.cells import gives, may_give
from optplan.rules.needs import needs
from optplan.rules.projects import add_projects, is_open
from optplan.rules.rows import between

MANY = 10_000  # people, by which a team's band gives way at most


@needs(add_projects)
def add_staffing(m: Any, plan: Plan) -> None:
    """Variables ``hired_so_far[k,y]`` and ``meeting[k,y]``, for squads k (by their first team) and open years y.

    ``hired_so_far``: Σ_{y'≤y} h over the squad's teams since the open years began; ``meeting``: Σ u over them.
    """
    m.squads = {squad.squad: squad for squad in squads(plan)}
    every = [(k, y) for k in m.squads for y in plan.open_years]
    lacking = [(k, y) for k, y in every if m.squads[k].project is None and m.squads[k].lacking]
    bands_give = may_give(m)
    m.hired_so_far = Var(
        every,
        domain=NonNegativeIntegers,
        bounds=lambda m, k, y: (0, None if bands_give else m.squads[k].places_in(y)),
    )
    m.meeting = Var(lacking, domain=NonNegativeIntegers, bounds=lambda m, k, y: (0, m.squads[k].size))

    # h[k,y] ≥ 0
    m.hires = Constraint(
        every,
        rule=lambda m, k, y: between("hires", (k, y), 0, m.hired_so_far[k, y] - _hired_before(m, plan, k, y), None),
    )
    # staff[k,y] ≥ 0, where more may leave than are there
    m.somebody_to_leave = Constraint(
        [(k, y) for k, y in every if m.squads[k].losses],
        rule=lambda m, k, y: between(
            "somebody_to_leave",
            (k, y),
            0,
            m.squads[k].staff - m.squads[k].lost(y) + m.hired_so_far[k, y] + _leaving_gives(m, k, y),
            None,
        ),
    )
    # min_staff·open[p,y] ≤ staff[k,y] ≤ max_staff·open[p,y] for a project's team
    of_projects = [(k, y) for k, y in every if m.squads[k].project is not None]
    m.min_staff = Constraint(
        of_projects,
        rule=lambda m, k, y: between(
            "min_staff",
            (k, y),
            0,
            m.hired_so_far[k, y]
            - m.squads[k].lost(y)
            - m.squads[k].size * (m.squads[k].lacking_in(y) - m.squads[k].lost(y)) * is_open(m, plan, m.squads[k].project, y)
            + quicksum(gives(m, "teams", (team,), "min_staff", most=m.squads[k].min_staff) for team in m.squads[k].teams),
            None,
        ),
    )
    m.max_staff = Constraint(
        of_projects,
        rule=lambda m, k, y: between(
            "max_staff",
            (k, y),
            None,
            m.hired_so_far[k, y]
            - m.squads[k].lost(y)
            - (m.squads[k].places_in(y) - m.squads[k].lost(y)) * is_open(m, plan, m.squads[k].project, y)
            - places_give(m, k, y),
            0,
        ),
    )
    # staff[k,y] ≥ min_staff·u[k,y], less the staff that already stands: (min_staff − staff)·u ≤ hires so far
    m.staffing_standard = Constraint(
        lacking,
        rule=lambda m, k, y: between(
            "staffing_standard", (k, y), 0, m.hired_so_far[k, y] - m.squads[k].lacking_in(y) * m.meeting[k, y], None
        ),
    )
    # u[k,y] ≥ u[k,y−1], but for teams that people leave
    m.keeps_meeting = Constraint(
        [(k, y) for k, y in lacking if y > plan.open_years[0] and not plan.teams[k].losses],
        rule=lambda m, k, y: m.meeting[k, y] >= m.meeting[k, y - 1],
    )
    # u[k,y] = 1 from meets_by on, in open years
    m.must_meet = Constraint(
        [(k, y) for k, y in every if m.squads[k].meets_by is not None and y >= m.squads[k].meets_by],
        rule=lambda m, k, y: between(
            "must_meet",
            (k, y),
            m.squads[k].size,
            teams_meeting(m, plan, k, y) + gives(m, "teams", (k,), "meets_by", y, most=m.squads[k].size),
            None,
        ),
    )


def places_give(m: Any, k: str, *year: int) -> Any:
    """By how much more people the teams of a squad may have; with a year, what that comes to there."""
    return quicksum(gives(m, "teams", (team,), "max_staff", *year, most=MANY) for team in m.squads[k].teams)


def _leaving_gives(m: Any, k: str, y: int) -> Any:
    """By how many fewer people leave the squad by ``y``: of what can be known of them, only that they must be there counts."""
    return quicksum(
        gives(m, "losses", (team, at), "quantity", most=number)
        for team in m.squads[k].teams
        for at, number in m.squads[k].losses
        if at <= y
    )


def _hired_before(m: Any, plan: Plan, k: str, y: int) -> Any:
    return m.hired_so_far[k, y - 1] if y > plan.open_years[0] else 0


def teams_meeting(m: Any, plan: Plan, k: str, y: int) -> Any:
    """Σ u[k,y] over the teams of squad k; for a project's team u = open, because an open one has its minimum staff."""
    squad = m.squads[k]
    if y <= plan.closed_through:
        return sum(meets(plan, team, y) for team in squad.teams)
    if squad.project is not None:
        return squad.size * is_open(m, plan, squad.project, y)
    return m.meeting[k, y] if squad.lacking else squad.size
