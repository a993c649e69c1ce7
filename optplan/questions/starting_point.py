"""What a search for a plan much like the base's starts from."""

from __future__ import annotations

from fractions import Fraction
from math import inf

from optplan.decision_model import DecisionModel, Level
from optplan.plan import Plan
from optplan.questions.base import Base
from optplan.rules.program import build_program
from optplan.schedule import Schedule
from optplan.search.known_plan import KnownPlan, RicherPlan, point_of
from optplan.search.lexicographic import search
from optplan.search.run import Orders
from optplan.search.solver.aggregates import with_aggregates
from optplan.search.solver.matrix import Matrix, compile_program
from optplan.search.warm_start import WarmStart


def program_of(plan: Plan, model: DecisionModel, reference: Schedule | None = None) -> Matrix:
    """The program of a plan, with the whole sums that make its relaxations tight.

    Raises :class:`optplan.rules.rows.Contradiction` if a rule is broken before anything is decided.
    """
    return with_aggregates(plan, compile_program(build_program(plan, model, reference)))


def warm_start_of(plan: Plan, model: DecisionModel, schedule: Schedule, reference: Schedule | None = None) -> WarmStart:
    """What a search that ended with ``schedule`` would leave for the next; empty where it cannot be told."""
    warm_start = WarmStart()
    matrix = program_of(plan, model, reference)
    point = point_of(plan, matrix, schedule)
    if point is not None:
        for criterion in model.criteria:
            warm_start.keep(criterion.name, matrix, point)
    return warm_start


def levels_of(base: Base) -> tuple[Level, ...]:
    """What is known of each criterion of the result that a question starts from."""
    return tuple(Level(each["name"], Fraction(each["value"]), each["bound"], 0.0) for each in base.result.document["criteria"])


def richer_plan_of(base: Base) -> RicherPlan:
    """The result that a question starts from, for searches in which nothing is allowed that it was not."""
    return RicherPlan(base.schedule, levels_of(base))


def known_plan_of(base: Base) -> KnownPlan:
    """The result that a question starts from, for searches in which everything that it does is allowed."""
    levels = levels_of(base)
    alone = KnownPlan(base.schedule, levels, (-inf,) * len(levels))  # so that each level ends with its first relaxation
    found = search(base.plan, base.model.unpolished(), Orders(), base.reference, known=alone)
    return KnownPlan(base.schedule, levels, tuple(level.bound for level in found.levels))
