"""A plan that was the answer before more was asked, changed as little as that takes: good in every criterion within seconds.

Every plan that does what is asked now is also one of the question before. So what was proven there holds as long as the criteria
before it are held no worse; beside that stand the relaxations of what is asked now.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction

import numpy as np

from optplan.audit import criteria_of
from optplan.decision_model import ARITHMETIC, Criterion, DecisionModel, Level, is_proven
from optplan.plan import Plan
from optplan.schedule import Schedule
from optplan.search.extraction import schedule_of
from optplan.search.known_plan import RicherPlan
from optplan.search.messages import Search
from optplan.search.near_plans import ENOUGH, NearPlans
from optplan.search.solver.column_classes import column_classes_of
from optplan.search.solver.goal import LEAST, held
from optplan.search.solver.matrix import Floats, Matrix
from optplan.search.sound_plan import depends_on_payers, sound_plan

SECONDS = 5.0  # of processor time in all, but for what has begun: more is better spent on a search among all plans
# of what is good enough: criteria before the last are held, and the nearer to what is proven, the more the last says
NEARER = 0.4


def least_changed(
    plan: Plan,
    model: DecisionModel,
    matrix: Matrix,
    richer: RicherPlan,
    stop: Callable[[], bool],
    reference: Schedule | None = None,
) -> Search | None:
    """What ``richer`` comes to in ``plan``, which asks for more: paid, checked, with what is proven of each criterion.

    ``matrix``: the program of ``plan`` with its aggregates. ``None`` where no such plan is soon found, where there are so many
    whole decisions that relaxations take minutes, and where a criterion depends on who pays, which is settled last.
    """
    classes = column_classes_of(plan, matrix)
    if depends_on_payers(plan, model) or classes.vast:
        return None
    ends = time.thread_time() + SECONDS
    changing = _Changing(plan, model, matrix, richer, reference)

    def over() -> bool:
        return stop() or time.thread_time() >= ends

    for trusting in (True, False):  # what was proven exactly mostly stays; else it is sought like all else
        columns, levels = changing.levels(NearPlans(plan, matrix, classes, richer.schedule, over), over, trusting=trusting)
        if columns is not None:
            return changing.settled(columns, levels)
    return None


class _Changing:
    """The levels of one question."""

    def __init__(self, plan: Plan, model: DecisionModel, matrix: Matrix, richer: RicherPlan, reference: Schedule | None) -> None:
        self._plan, self._model, self._matrix, self._reference = plan, model, matrix, reference
        self._before = richer.levels

    def levels(self, plans: NearPlans, over: Callable[[], bool], *, trusting: bool) -> tuple[Floats | None, list[Level]]:
        """The plan, and each criterion as its level left it; no plan where one of them comes to none.

        ``trusting``: that criteria before the last whose value was proven exactly can keep it, until a plan says so.
        """
        found: Floats | None = None
        levels: list[Level] = []
        as_before = True  # whether all that is held so far is no worse than it was
        for criterion, before in zip(self._model.criteria, self._before, strict=True):
            began, last = time.monotonic(), criterion is self._model.criteria[-1]
            if trusting and found is None and not last and _certain(criterion, before):
                levels.append(before)
            else:
                tolerance = max(float(criterion.tolerance), float(criterion.relative_tolerance) * float(before.value))
                bound = max(before.bound if as_before else LEAST, plans.bound(criterion.name, tolerance), LEAST)
                if np.isfinite(bound):
                    found = plans.best(criterion.name, bound, _good_at(criterion, bound), ENOUGH if last else NEARER, found)
                if not np.isfinite(bound) or found is None:
                    return None, levels
                value = self._exact(found, criterion)
                as_before = as_before and value <= before.value
                if as_before and not last:  # held as it was, so that what follows can be compared
                    value = before.value
                levels.append(Level(criterion.name, value, min(bound, float(value)), time.monotonic() - began))
            plans.hold(criterion.name, held(float(levels[-1].value + Fraction(criterion.slack))))
        return found, levels

    def settled(self, columns: Floats, levels: list[Level]) -> Search | None:
        """The plan with its payments; ``None`` if rounding left none that keeps what the levels hold."""
        schedule = schedule_of(self._plan, self._matrix, columns)
        exact = criteria_of(self._plan.tables, schedule, requests=False, reference=self._reference)
        for criterion, level in zip(self._model.criteria, levels, strict=True):
            most = level.value + Fraction(criterion.slack)
            if exact.value(criterion.name) > most + ARITHMETIC * abs(most):
                return None
        sound = sound_plan(self._plan, self._model, schedule, exact, self._reference)
        proven = all(is_proven(criterion, level) for criterion, level in zip(self._model.criteria, levels, strict=True))
        return None if sound is None else Search("optimal" if proven else "feasible", sound, tuple(levels))

    def _exact(self, columns: Floats, criterion: Criterion) -> Fraction:
        schedule = schedule_of(self._plan, self._matrix, columns)
        return criteria_of(self._plan.tables, schedule, requests=False, reference=self._reference).value(criterion.name)


def _certain(criterion: Criterion, level: Level) -> bool:
    """Whether it is proven to be what it is, and every plan that holds it comes to no more."""
    return not criterion.slack and level.value - Fraction(level.bound) <= ARITHMETIC * abs(level.value)


def _good_at(criterion: Criterion, bound: float) -> float:
    wide = criterion.widened()
    return max(float(wide.tolerance), float(wide.relative_tolerance) * bound)
