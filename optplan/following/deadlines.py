"""The last moment: when what is still missing must be ordered or begun, or its target is lost.

For each target that can still be reached, the latest year L is sought of which this holds: with nothing delivered before L a
schedule still reaches it, with nothing delivered before L + 1 none does (proven by limits alone, or by a solved question). Goods
are ordered ``lead_years`` before, projects begun ``build_years`` before they open. Within its year the quarter follows from how
much must come in it at least: where that is a share of what the year can take, it must begin while so much of the year is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any, Literal

from optplan.following.forecast import NEGLIGIBLE, Forecast
from optplan.following.questions import Answer, Questions
from optplan.plan import Plan
from optplan.plan.checks.reach import reach_of
from optplan.plan.parts import Target

if TYPE_CHECKING:
    from optplan.plan.checks.reach import Reach

QUARTERS = 4


@dataclass(frozen=True)
class Deadline:
    """By the end of ``quarter`` of ``year``, ``what`` must be done (``deliver``, ``order``, ``start``) or ``target`` is lost.

    ``first_delivery``: the year in which deliveries must begin. ``least``: what must come in that year at least.
    ``capacity``: the most that can come in it; ``None``: nothing limits it. ``proof``: ``limits`` (no later schedule fits them),
    ``solver`` (a bound), or ``time`` (the target's own year is the last). ``late``: that moment is over.
    """

    target: str
    what: Literal["deliver", "order", "start"]
    subject: str
    year: int
    quarter: int
    first_delivery: int
    least: Fraction
    capacity: Fraction | None
    proof: Literal["limits", "solver", "time"]
    late: bool = False


def deadlines(forecasts: Mapping[str, Forecast], done: Mapping[str, Fraction], questions: Questions) -> list[Deadline]:
    """The deadline of each target that can still be reached, the soonest first."""
    plan = questions.plan
    reach = reach_of(plan.tables)
    found: list[Deadline] = []
    for target in plan.targets:
        forecast = forecasts.get(target.target)
        if forecast is not None and forecast.status in {"together", "alone"}:
            of_projects = all(plan.items[item].kind == "project" for item in target.items)
            search = _projects(target, questions) if of_projects else _goods(target, done[target.target], questions, reach)
            found += search
    return sorted(found, key=lambda each: (each.year, each.quarter, each.target, each.subject))


def _goods(target: Target, done: Fraction, questions: Questions, reach: Reach) -> Iterator[Deadline]:
    plan = questions.plan
    missing = target.total - done
    years = [year for year in plan.open_years if target.from_year <= year <= target.by_year]
    items, counties = frozenset(target.items), frozenset(target.counties)
    least: tuple[Fraction, Any] = (missing, "time")  # what must come in the year at hand, were nothing of it left for later
    for place in range(len(years) - 1, -1, -1):
        year, later = years[place], years[place:]
        most = reach.highest(items, counties, later)
        if most < missing:  # limits alone say that it is too late by then
            least = (missing - Fraction(most), "limits")
            continue
        answer = None if place == 0 else questions.target(target.target, {"limits": _nothing_before(plan, target, year)})
        if answer is None or _reached(answer, target):
            yield from _deadline(target, year, least, plan)
            return
        least = (answer.least if answer.feasible else least[0], "solver")
    if years:
        yield from _deadline(target, years[0], least, plan)


def _reached(answer: Answer, target: Target) -> bool:
    return answer.value is not None and answer.value <= NEGLIGIBLE * target.total


def _nothing_before(plan: Plan, target: Target, year: int) -> list[dict[str, Any]]:
    """Limits that let nothing more of a target's items come before ``year`` than what was ordered already."""
    return [
        {"limit": f"wait.{item}.{county}.{past}", "group": item, "county": county, "year": past,
         "max": str(plan.delivered(item, county, past))}
        for item in target.items
        for county in target.counties
        for past in plan.open_years
        if past < year
    ]  # fmt: skip


def _deadline(target: Target, year: int, least: tuple[Fraction, Any], plan: Plan) -> Iterator[Deadline]:
    capacity = _capacity(plan, target, year)
    quarter = _quarter(least[0], capacity)
    for lead in sorted({plan.items[item].lead_years for item in target.items}):
        names = [item for item in target.items if plan.items[item].lead_years == lead]
        subject = "" if len(names) == len(target.items) else names[0]
        when, late = year - lead, year - lead <= plan.closed_through
        yield Deadline(
            target.target, "order" if lead else "deliver", subject, when, quarter, year, least[0], capacity, least[1], late
        )


def _capacity(plan: Plan, target: Target, year: int) -> Fraction | None:
    """What a year can take of all that a target counts, by the rows of ``limits`` that say so for that year."""
    kinds = {row["limit"]: row["kind"] for row in plan.tables["limits"]}
    found = [
        limit.maximum
        for limit in plan.limits
        if kinds[limit.limit] == "capacity"
        and limit.maximum is not None
        and limit.years == (year,)
        and set(target.items) <= set(limit.items)
        and set(target.counties) <= set(limit.counties)
    ]
    return min(found, default=None)


def _quarter(least: Fraction, capacity: Fraction | None) -> int:
    """The last quarter in which ``least`` can begin to come, if a year's ``capacity`` is spread evenly over it.

    A single unit can come on the last day.
    """
    if capacity is None or capacity <= 0 or least <= 1:
        return QUARTERS
    return min(QUARTERS, max(1, QUARTERS + 1 - ceil(QUARTERS * min(Fraction(1), least / capacity))))


def _projects(target: Target, questions: Questions) -> Iterator[Deadline]:
    """For each project that is not begun, the last year to begin it with which the target is still reached."""
    plan = questions.plan
    last = min(target.by_year, plan.last_year)
    for name, project in plan.projects.items():
        if project.item not in target.items or project.county not in target.counties or project.started is not None:
            continue
        openings = [year for year in project.openings if year <= last]
        if not openings:
            continue
        row = next(row for row in plan.tables["projects"] if row["project"] == name)
        proof: Any = "time"
        for opening in reversed(openings):
            start = opening - project.build_years
            if opening == openings[0]:
                break
            answer = questions.target(target.target, {"projects": [{**row.values, "earliest_start": start}]})
            if _reached(answer, target):
                break
            proof = "solver"
        yield Deadline(target.target, "start", name, start, QUARTERS, opening, Fraction(1), None, proof)
