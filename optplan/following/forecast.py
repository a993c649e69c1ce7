"""Whether the rest of the plan can still reach what is asked, with the money that is left: proven, never drawn as a line.

``reached``: it is there. ``together``: the re-plan of all that is left reaches it. ``alone``: the re-plan does not, but a
schedule does in which the others give way. ``lost``: no schedule under the rules reaches it. ``open``: not settled in time.
"""

from __future__ import annotations

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
    return _of_share(together, answer, answer.value is not None and answer.value <= NEGLIGIBLE, answer.least)


def teams_forecast(team_class: str, replan: Measured | None, questions: Questions) -> Forecast:
    """Whether every team of a class can meet its staffing standard in the last year; shares as for standards."""
    plan = questions.plan
    meet, number = replan.teams(team_class, plan.last_year) if replan else (0, 1)
    together = Fraction(meet, number) if number else Fraction(1)
    if settled := _settled(together, questions):
        return settled
    answer = questions.teams(team_class)
    meets = False
    if answer.result is not None:
        own = {row["team"] for row in plan.tables["teams"] if row["class"] == team_class}
        teams = answer.result.document["teams"]
        meets = all(entry["meets"] for entry in teams if entry["team"] in own and entry["year"] == plan.last_year)
    least = Fraction(0) if meets or not answer.feasible else questions.teams(team_class, relaxed=True).least
    return _of_share(together, answer, meets, least)


def _settled(together: Fraction, questions: Questions) -> Forecast | None:
    """What needs no question: all stands in the re-plan, or no year is left."""
    if not questions.plan.open_years:
        return done_is("reached" if together >= 1 else "lost", together)
    return Forecast("together", together, together, Fraction(1)) if together >= 1 else None


def _of_share(together: Fraction, answer: Answer, reached: bool, least: Fraction) -> Forecast:
    if not answer.feasible:
        return Forecast("lost", together, None, together)
    if answer.value is None:
        return Forecast("open", together, None, Fraction(1))
    if reached:
        return Forecast("alone", together, Fraction(1), Fraction(1), answer.result)
    return Forecast("lost" if least > NEGLIGIBLE else "open", together, 1 - answer.value, 1 - least, answer.result)


def _whole(plan: Plan, items: Collection[str]) -> bool:
    return all(plan.items[item].whole for item in items)
