"""When a run had a plan that is good in every criterion at once, and what its plan was worth after so many seconds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.measures import Time
from benchmarks.records import Run
from optplan.decision_model import Criterion, DecisionModel

NOISE = 1e-6  # relative: what values in floating point may differ by
MOMENTS = (2.0, 5.0, 15.0, 60.0)  # seconds


def best_known(runs: Iterable[Run], model: DecisionModel) -> list[float]:
    """The best value of each criterion among all plans of ``runs``, those before it kept to tolerance and slack; empty if none.

    A criterion is read off plans that are as good in the criteria before it as a proof asks, and no looser: else the least cost
    known would be that of a plan that had given up readiness for it.
    """
    plans = [plan for run in runs for _, plan in run.plans]
    best: list[float] = []
    for number, criterion in enumerate(model.criteria):
        if not plans:
            return []
        best.append(min(plan[number] for plan in plans))
        plans = [plan for plan in plans if plan[number] <= best[-1] + _proven(criterion, best[-1])]
    return best


def time_to_good(run: Run, best: Sequence[float], model: DecisionModel) -> Time:
    """When the first plan was there that is within ``good`` of the best values known in every criterion."""
    for at, plan in run.plans:
        if best and all(
            value <= least + _good(criterion, least) for value, least, criterion in zip(plan, best, model.criteria, strict=True)
        ):
            return Time(at)
    return Time(run.limit, True)


def plan_after(run: Run, seconds: float) -> list[float] | None:
    """What every criterion came to in the plan that was in hand after so many seconds; ``None`` if there was none."""
    return next((plan for at, plan in reversed(run.plans) if at <= seconds), None)


def _proven(criterion: Criterion, value: float) -> float:
    """What a plan that is held at ``value`` may exceed it by."""
    tolerance = max(float(criterion.tolerance), float(criterion.relative_tolerance) * value)
    return tolerance + float(criterion.slack) + NOISE * max(1.0, abs(value))


def _good(criterion: Criterion, value: float) -> float:
    return max(float(criterion.good), float(criterion.relative_good) * value, _proven(criterion, value))
