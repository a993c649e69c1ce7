"""Criterion after criterion with a rival: each minimised with those before it held, to the tolerances of the model."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.program import Program
from benchmarks.rivals.rival import Rival, Told
from benchmarks.telling import Teller
from optplan.decision_model import Criterion, DecisionModel

HELD = 1e-9  # what a held criterion may exceed its value by, relative: the noise of one addition


def solve_in_order(program: Program, model: DecisionModel, rival: Rival, seconds: float, teller: Teller) -> None:
    """Tells how every level goes, every plan found, and at the end by how much the last breaks a row once it is rounded."""
    point: Sequence[float] | None = None
    for number, criterion in enumerate(model.criteria):
        objective, began = program.objectives[criterion.name], teller.seconds()
        absolute, relative = float(criterion.tolerance), float(criterion.relative_tolerance)
        answer = rival.minimise(
            objective,
            absolute=absolute,
            relative=relative,
            start=point,
            seconds=seconds - began,
            told=_told(teller, number, program, model),
        )
        if answer.point is None:
            teller.say(end="infeasible" if answer.verdict == "infeasible" and point is None else "stopped")
            return
        point = program.rounded(answer.point)
        value = objective.at(point)
        teller.moved(number, value, answer.bound)
        _say_plan(teller, program, model, point)
        bound = max(min(answer.bound, value), 0.0)  # every criterion is a sum of things that are never negative
        teller.say(
            done=criterion.name,
            value=value,
            bound=bound,
            seconds=round(teller.seconds() - began, 3),
            proven=answer.verdict == "optimal",
        )
        if answer.verdict != "optimal":
            break
        most = value + float(criterion.slack) + _room(criterion, value, bound)
        rival.hold(objective, most + HELD * max(1.0, abs(most)))
    assert point is not None
    proven = answer.verdict == "optimal"
    teller.say(end="optimal" if proven else "feasible", violation=program.violation(point))


def _room(criterion: Criterion, value: float, bound: float) -> float:
    """What a shortfall that is not nil may use up of its tolerance later, as it may in optplan (docs/models.md)."""
    if criterion.name != "target_shortfall" or criterion.slack or value <= float(criterion.tolerance):
        return 0.0
    return max(0.0, max(float(criterion.tolerance), float(criterion.relative_tolerance) * value) - (value - bound))


def _told(teller: Teller, number: int, program: Program, model: DecisionModel) -> Told:
    def told(value: float, bound: float, ago: float = 0.0, /, point: Sequence[float] | None = None) -> None:
        teller.moved(number, value, bound, ago)
        if point is not None:
            _say_plan(teller, program, model, point)

    return told


def _say_plan(teller: Teller, program: Program, model: DecisionModel, point: Sequence[float]) -> None:
    """What every criterion comes to at a plan."""
    teller.say(plan=[program.objectives[criterion.name].at(point) for criterion in model.criteria])
