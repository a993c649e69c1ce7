"""A schedule as a point of a program, and a plan that a search knows before it begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from optplan.decision_model import Level
from optplan.plan import Plan
from optplan.plan.squads import squads
from optplan.schedule import Schedule
from optplan.search.solver.highs import HighsModel
from optplan.search.solver.matrix import Floats, Matrix


@dataclass(frozen=True)
class KnownPlan:
    """The answer to a question that allowed less, so that its plans are all plans of this one: its schedule and its levels.

    A criterion that is not proven to get better is held at the value that it had there: then the next can be compared.
    ``relaxed``: what the first relaxation of each level came to there. Where it comes to nearly the same here, no plan could be
    told apart from the known one, and none is looked for.
    """

    schedule: Schedule
    levels: tuple[Level, ...]
    relaxed: tuple[float, ...]


@dataclass(frozen=True)
class RicherPlan:
    """The answer to a question that allowed more, so that plans of this one are all plans of that: its schedule and its levels.

    What was proven of its levels holds here too, whether its schedule still keeps every rule or not.
    """

    schedule: Schedule
    levels: tuple[Level, ...]


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
