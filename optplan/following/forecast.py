"""Whether the rest of the plan can still reach what is asked, with the money that is left: proven, never drawn as a line.

``reached``: it is there. ``together``: the re-plan of all that is left reaches it. ``alone``: the re-plan does not, but a
schedule does in which the others give way. ``lost``: no schedule under the rules reaches it. ``open``: not settled in time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Literal

from optplan.following.questions import Answer, Questions
from optplan.plan import Plan
from optplan.plan.parts import Target

if TYPE_CHECKING:
    from optplan.following.measures import Measured
    from optplan.result import Result

Status = Literal["reached", "together", "alone", "lost", "open"]
NEGLIGIBLE = Fraction(1, 10**6)  # of a share: what arithmetic may leave


@dataclass(frozen=True)
class Forecast:
    """``together``: what the re-plan reaches; ``best``: what the sealed ``result`` reaches, which bends all to this one thing;
    ``most``: what no schedule can exceed. In units of a target; of standards and teams shares of one.
    """

    status: Status
    together: Fraction
    best: Fraction | None
    most: Fraction
    result: Result | None = None


def done_is(status: Status, value: Fraction) -> Forecast:
    """The forecast of what no later year changes."""
    return Forecast(status, value, value, value)


def target_forecast(target: Target, done: Fraction, replan: Measured | None, questions: Questions) -> Forecast:
    """What can still come of a target of which ``done`` has been delivered through the last closed year."""
    plan = questions.plan
    if done >= target.total or target.by_year <= plan.closed_through:
        return done_is("reached" if done >= target.total else "lost", done)
    together = replan.delivered(target.target, plan.last_year) if replan else done
    if together >= target.total:
        return Forecast("together", together, together, target.total)
    return _target_alone(target, together, questions.target(target.target), _whole(plan, target.items))


def _target_alone(target: Target, together: Fraction, answer: Answer, whole: bool) -> Forecast:
    if not answer.feasible:
        return Forecast("lost", together, None, together)
    short = ceil(answer.least) if whole else answer.least
    most = target.total - short
    if answer.value is None:
        return Forecast("open", together, None, most)
    best = target.total - answer.value
    if best >= target.total - NEGLIGIBLE * target.total:
        return Forecast("alone", together, best, most, answer.result)
    status: Status = "lost" if most < target.total else "open"
    return Forecast(status, together, best, most, answer.result)


def standard_forecast(standard: str, replan: Measured | None, questions: Questions) -> Forecast:
    """Whether every county can have what a standard requires in the last year.

    ``together`` is a share of all that is required; ``best`` and ``most`` are shares of the county that is worst off.
    """
    stands, required = replan.standing(standard, questions.plan.last_year) if replan else (Fraction(0), Fraction(1))
    together = stands / required if required else Fraction(1)
    if settled := _settled(together, questions):
        return settled
    answer = questions.standard(standard)
    if not answer.feasible:
        return Forecast("lost", together, None, together)
    if answer.value is None:
        return Forecast("open", together, None, Fraction(1))
    if answer.value <= NEGLIGIBLE:
        return Forecast("alone", together, Fraction(1), Fraction(1), answer.result)
    status: Status = "lost" if answer.least > NEGLIGIBLE else "open"
    return Forecast(status, together, 1 - answer.value, 1 - answer.least, answer.result)


def teams_forecast(team_class: str, replan: Measured | None, questions: Questions) -> Forecast:
    """Whether every team of a class can meet its staffing standard in the last year; shares of the teams of the class."""
    plan = questions.plan
    own = {row["team"]: row["county"] for row in plan.tables["teams"] if row["class"] == team_class}
    meet, number = replan.teams(team_class, plan.last_year) if replan else (0, 1)
    together = Fraction(meet, number) if number else Fraction(1)
    if settled := _settled(together, questions):
        return settled
    answer = questions.teams(team_class)
    if not answer.feasible:
        return Forecast("lost", together, None, together)
    best = together
    if answer.result is not None:
        teams = [entry for entry in answer.result.document["teams"] if entry["year"] == plan.last_year and entry["team"] in own]
        best = max(together, Fraction(sum(entry["meets"] for entry in teams), len(own)))
        if best == 1:
            return Forecast("alone", together, best, Fraction(1), answer.result)
    missing = _least_missing(plan, own.values(), questions.teams(team_class, relaxed=True).least)
    status: Status = "lost" if missing else "open"
    return Forecast(status, together, None if answer.result is None else best, 1 - Fraction(missing, len(own)), answer.result)


def _least_missing(plan: Plan, counties: Collection[str], least: Fraction) -> int:
    """How many teams of a class are below their standard at least, if in the county that is worst off a share of ``least`` of
    all its teams is; which county that is is not known."""
    if least <= NEGLIGIBLE:
        return 0
    teams = Counter(row["county"] for row in plan.tables["teams"])
    return min(ceil((least - NEGLIGIBLE) * teams[county]) for county in set(counties))


def _settled(together: Fraction, questions: Questions) -> Forecast | None:
    """What needs no question: all stands in the re-plan, or no year is left."""
    if not questions.plan.open_years:
        return done_is("reached" if together >= 1 else "lost", together)
    return Forecast("together", together, together, Fraction(1)) if together >= 1 else None


def _whole(plan: Plan, items: Collection[str]) -> bool:
    return all(plan.items[item].whole for item in items)
