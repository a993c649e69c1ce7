"""A first answer to a wish: the plan asked about, changed as little as the wish takes, beside what is proven by then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from optplan.plan import Plan
from optplan.questions.base import Base
from optplan.questions.starting_point import program_of, richer_plan_of
from optplan.result import Unsealed
from optplan.rules.rows import Contradiction
from optplan.search.least_changed import least_changed
from optplan.solving.solve import result_of, versions

if TYPE_CHECKING:
    from optplan.result import Result


def granted_nearby(base: Base, wished: Plan, scenario: Sequence[str], stop: Callable[[], bool]) -> Result | None:
    """A sealed plan of ``wished`` that decides as little otherwise than the base as it can; ``None`` if none is soon found."""
    model = base.model.unpolished()
    try:
        matrix = program_of(wished, model, base.reference)
    except Contradiction:
        return None
    found = least_changed(wished, model, matrix, richer_plan_of(base), stop, base.reference)
    if found is None or found.schedule is None:
        return None
    measured = base.reference or base.schedule
    try:
        return result_of(wished, model, found.schedule, found.levels, scenario, measured, versions())
    except Unsealed:
        return None
