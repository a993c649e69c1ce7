"""A known schedule as the point that a search for a plan much like its own starts from."""

from __future__ import annotations

from typing import Any

import numpy as np

from optplan.decision_model import DecisionModel
from optplan.plan import Plan
from optplan.plan.squads import squads
from optplan.rules.program import build_program
from optplan.schedule import Schedule
from optplan.search.solver.aggregates import with_aggregates
from optplan.search.solver.highs import HighsModel
from optplan.search.solver.matrix import Floats, Matrix, compile_program
from optplan.search.warm_start import WarmStart


def program_of(plan: Plan, model: DecisionModel, reference: Schedule | None = None) -> Matrix:
    """The program of a plan, with the whole sums that make its relaxations tight.

    Raises :class:`optplan.rules.rows.Contradiction` if a rule is broken before anything is decided.
    """
    return with_aggregates(plan, compile_program(build_program(plan, model, reference)))


def whole_decisions(plan: Plan, schedule: Schedule) -> dict[tuple[str, Any], float]:
    """The whole decisions of a schedule as columns of the program: deliveries and hires so far, openings, teams that meet."""
    found: dict[tuple[str, Any], float] = {}
    for i, item in plan.items.items():
        if item.kind != "goods":
            continue
        for c in plan.counties:
            so_far = sum(float(plan.delivered(i, c, y)) for y in plan.closed_years)
            for y in plan.open_years:
                so_far += float(schedule.deliveries.get((i, c, y), 0))
                found["goods_so_far", (i, c, y)] = so_far
    for squad in squads(plan):
        hired = dict.fromkeys(squad.teams, 0)
        for y in plan.open_years:
            for team in squad.teams:
                hired[team] += schedule.hires.get((team, y), 0)
            found["hired_so_far", (squad.squad, y)] = float(sum(hired.values()))
            meeting = sum(number >= squad.lacking_in(y) for number in hired.values())
            found["meeting", (squad.squad, y)] = float(meeting)
    for p, project in plan.projects.items():
        start = schedule.starts.get(p)
        for y in plan.years:
            found["opened", (p, y)] = float(start is not None and start + project.build_years <= y)
    return found


def point_of(plan: Plan, matrix: Matrix, schedule: Schedule) -> Floats | None:
    """The schedule as a point of ``matrix``: its whole decisions, and what follows from them. ``None`` if it breaks a rule."""
    known = whole_decisions(plan, schedule)
    (columns,) = np.nonzero([name in known and whole for name, whole in zip(matrix.names, matrix.integer, strict=True)])
    highs = HighsModel(matrix)
    highs.fix(columns, np.array([known[matrix.names[column]] for column in columns]))
    return highs.minimise(next(iter(matrix.criteria.values()))).columns


def warm_start_of(plan: Plan, model: DecisionModel, schedule: Schedule, reference: Schedule | None = None) -> WarmStart:
    """What a search that ended with ``schedule`` would leave for the next; empty where it cannot be told."""
    warm_start = WarmStart()
    matrix = program_of(plan, model, reference)
    point = point_of(plan, matrix, schedule)
    if point is not None:
        for criterion in model.criteria:
            warm_start.keep(criterion.name, matrix, point)
    return warm_start
