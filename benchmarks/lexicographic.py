"""Criterion after criterion with a rival: each minimised with those before it held, to the tolerances of the model."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.program import Program
from benchmarks.rivals.rival import Rival, Told
from benchmarks.telling import Teller
from optplan.decision_model import DecisionModel

HELD = 1e-9  # what a held criterion may exceed its value by, relative: the noise of one addition


def solve_in_order(program: Program, model: DecisionModel, rival: Rival, seconds: float, teller: Teller) -> None:
    """Tells how every level goes, and at the end by how much the last point breaks a row once it is rounded."""
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
            told=_told(teller, number),
        )
        if answer.point is None:
            teller.say(end="infeasible" if answer.verdict == "infeasible" and point is None else "stopped")
            return
        point = program.rounded(answer.point)
        value = objective.at(point)
        teller.moved(number, value, answer.bound)
        teller.say(
            done=criterion.name,
            value=value,
            bound=max(min(answer.bound, value), 0.0),  # every criterion is a sum of things that are never negative
            seconds=round(teller.seconds() - began, 3),
            proven=answer.verdict == "optimal",
        )
        if answer.verdict != "optimal":
            break
        most = value + float(criterion.slack)
        rival.hold(objective, most + HELD * max(1.0, abs(most)))
    assert point is not None
    proven = answer.verdict == "optimal"
    teller.say(end="optimal" if proven else "feasible", violation=program.violation(point))


def _told(teller: Teller, number: int) -> Told:
    def told(value: float, bound: float, ago: float = 0.0, /) -> None:
        teller.moved(number, value, bound, ago)

    return told
