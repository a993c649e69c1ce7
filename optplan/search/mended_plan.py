"""A plan that was the answer where more was allowed, mended where less is: nearly as good as before, it needs no search.

What was proven where more was allowed holds where less is. So a plan that keeps what the levels held, and whose last criterion
comes out no worse than by its tolerance, says as much as a search could: none could prove it to differ by more.
"""

from __future__ import annotations

import time
from fractions import Fraction

import numpy as np

from optplan.audit import criteria_of
from optplan.decision_model import ARITHMETIC, DecisionModel, Level, is_proven
from optplan.plan import Plan
from optplan.schedule import Schedule
from optplan.search.extraction import schedule_of
from optplan.search.known_plan import RicherPlan, whole_decisions
from optplan.search.messages import Search
from optplan.search.run import Orders
from optplan.search.solver.column_classes import column_classes_of
from optplan.search.solver.goal import held
from optplan.search.solver.highs import HighsModel
from optplan.search.solver.matrix import Floats, Matrix
from optplan.search.sound_plan import depends_on_payers, sound_plan

NODES = 5  # of the tree in which cheap goods and hires move
ENOUGH = 0.25  # of the last criterion's tolerance: a plan so near to what it was before is not bettered
LEAST_WHOLE = 400  # whole columns: with fewer a search to the end is as quick, and says more


def mended(
    plan: Plan, model: DecisionModel, matrix: Matrix, richer: RicherPlan, orders: Orders, reference: Schedule | None = None
) -> Search | None:
    """What ``richer`` comes to in ``plan``, which allows less: paid, checked, with the bounds that were proven before.

    Projects, teams and dear goods stay as they were; cheap goods and hires move a little. ``None`` where that comes to no plan,
    or to one that is worse by more than the tolerance; and where a criterion depends on who pays, which is settled last.
    """
    if depends_on_payers(plan, model):
        return None
    began = time.monotonic()
    columns = _near(plan, model, matrix, richer, orders)
    if columns is None:
        return None
    schedule = schedule_of(plan, matrix, columns)
    exact = criteria_of(plan.tables, schedule, requests=False, reference=reference)
    levels = []
    for criterion, before in zip(model.criteria, richer.levels, strict=True):
        value, most = exact.value(criterion.name), before.value + Fraction(criterion.slack)
        last = criterion is model.criteria[-1]
        most += Fraction(_tolerance(model, richer, orders)) if last else 0
        if value > most + ARITHMETIC * abs(most):
            return None
        value = value if last else max(before.value, value - Fraction(criterion.slack))
        levels.append(Level(criterion.name, value, min(before.bound, float(value)), time.monotonic() - began if last else 0.0))
    sound = sound_plan(plan, model, schedule, exact, reference)
    if sound is None:
        return None
    proven = all(is_proven(criterion, level) for criterion, level in zip(model.criteria, levels, strict=True))
    return Search("optimal" if proven else "feasible", sound, tuple(levels))


def _near(plan: Plan, model: DecisionModel, matrix: Matrix, richer: RicherPlan, orders: Orders) -> Floats | None:
    """A point near the schedule as it was, in which all criteria but the last are held."""
    classes = column_classes_of(plan, matrix)
    if len(classes.integer) < LEAST_WHOLE:
        return None
    known = whole_decisions(plan, richer.schedule)
    at = np.array([known.get(name, 0.0) for name in matrix.names])
    highs = HighsModel(matrix, NODES)
    highs.style("finding")
    for criterion, level in zip(model.criteria[:-1], richer.levels, strict=False):
        highs.add_objective_cut(matrix.criteria[criterion.name], held(float(level.value + Fraction(criterion.slack))))
    settled = np.concatenate([classes.openings, classes.meeting, classes.dear])
    highs.fix(settled, at[settled])
    highs.keep_near(classes.cheap, at[classes.cheap])
    last, tolerance = float(richer.levels[-1].value), _tolerance(model, richer, orders)
    return highs.minimise(
        matrix.criteria[model.criteria[-1].name],
        tolerance=ENOUGH * tolerance,
        watch=lambda value, *_: value <= last + ENOUGH * tolerance or orders.stop(),
    ).columns


def _tolerance(model: DecisionModel, richer: RicherPlan, orders: Orders) -> float:
    """What the last criterion is proven to, in its unit."""
    last, value = model.criteria[-1], float(richer.levels[-1].value)
    wide = last.widened() if orders.quick else last
    return max(float(wide.tolerance), max(float(wide.relative_tolerance), orders.gap) * value)
