"""Every sound schedule of a tiny plan, with the exact value of every criterion: what answers are held against."""

from fractions import Fraction
from functools import cache

from optimum.test_brute_force import every_schedule, tiny

from optplan.audit import audit
from optplan.plan import Plan

NAMES = ("target_shortfall", "readiness_gap", "cost")


@cache
def plan_of(seed):
    return Plan(tiny(seed))


@cache
def candidates(seed):
    """Schedules as ``every_schedule`` makes them, without those that break a limit or a band whatever the money is."""
    return tuple(schedule for schedule in every_schedule(tiny(seed)) if _within_limits(schedule))


def _within_limits(schedule):
    engines = [schedule.deliveries.get(("engine", "a", year), 0) for year in (2021, 2022)]
    hires = [number for (team, _), number in schedule.hires.items() if team == "t"]
    crew = sum(number for (team, _), number in schedule.hires.items() if team == "n")
    crewed = 1 <= crew <= 2 if schedule.starts else crew == 0
    return engines[0] <= 2 and sum(engines) <= 4 and sum(hires) <= 3 and crewed


@cache
def every_sound(plan, seed):
    """Every sound schedule of a plan, as (schedule, criteria)."""
    return tuple(sound(plan.tables, candidates(seed)))


def sound(tables, schedules):
    """(schedule, criteria) of those that keep every rule of ``tables``."""
    for schedule in schedules:
        checked = audit(tables, schedule, requests=False, criteria=NAMES)
        if checked.ok:
            yield schedule, {name: Fraction(checked.criteria[name]) for name in NAMES}


def optimum(found, slack=None):
    """The lexicographic optimum of (schedule, criteria): its values, or ``None`` if there is none."""
    left, best = list(found), {}
    for name in NAMES:
        if not left:
            return None
        best[name] = min(criteria[name] for _, criteria in left)
        left = [each for each in left if each[1][name] <= best[name] + (slack or {}).get(name, 0)]
    return best
