"""A first answer to a wish: the best plan near the one asked about that grants it, beside what relaxations prove."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from optplan.answers.wishes import Wish
from optplan.audit import criteria_of
from optplan.decision_model import DecisionModel, Level
from optplan.explanation.standing import Standing, places_around, standing_far_from
from optplan.plan import Plan
from optplan.questions.base import Base
from optplan.questions.starting_point import program_of
from optplan.result import Unsealed
from optplan.rules.rows import Contradiction
from optplan.search.extraction import schedule_of
from optplan.search.payments import NoPayment, with_payments
from optplan.search.solver.goal import LEAST, held
from optplan.search.solver.highs import HighsModel
from optplan.search.solver.matrix import Floats, Matrix
from optplan.solving.solve import result_of, versions

if TYPE_CHECKING:
    from optplan.result import Result

EACH = 1.5  # seconds for each criterion: more is better spent on a search among all plans


def granted_nearby(
    base: Base, wished: Plan, wishes: Sequence[Wish], scenario: Sequence[str], stop: Callable[[], bool]
) -> Result | None:
    """A plan of ``wished`` in which all that is far from ``wishes`` is decided as in the base; ``None`` if none is soon found.

    None where a criterion depends on who pays, which is settled last.
    """
    model = base.model.unpolished()
    if model.requests or wished.loans or any(criterion.name == "payer_order" for criterion in model.criteria):
        return None
    try:
        matrix = program_of(wished, model, base.reference)
    except Contradiction:
        return None
    around = places_around(wished, *_subjects(wished, wishes))
    for standing in standing_far_from(wished, matrix, base.schedule, around):
        found = _best(matrix, model, standing, stop)
        if found is not None:
            return _sealed(base, wished, model, matrix, *found, scenario)
    return None


def _best(
    matrix: Matrix, model: DecisionModel, standing: Standing, stop: Callable[[], bool]
) -> tuple[Floats, Sequence[float]] | None:
    """The best plan in which ``standing`` stands, criterion by criterion, and what the relaxation proves of each."""
    highs = HighsModel(matrix)
    highs.style("finding")
    found: Floats | None = None
    bounds: list[float] = []
    for criterion in model.criteria:
        objective = matrix.criteria[criterion.name]
        relaxed = highs.relaxed(objective)
        if relaxed.verdict != "optimal" or stop():
            return None
        highs.fix(standing.columns, standing.values)
        ends = time.monotonic() + EACH
        near = highs.minimise(
            objective,
            tolerance=float(criterion.tolerance),
            relative_tolerance=float(criterion.relative_tolerance),
            start=found,
            watch=lambda *_, at=ends: time.monotonic() >= at or stop(),
        )
        highs.release()
        if near.columns is None:
            return None
        found = near.columns
        bounds.append(max(relaxed.bound, LEAST))
        highs.add_objective_cut(objective, held(near.value + float(criterion.slack)))
    return None if found is None else (found, bounds)


def _sealed(
    base: Base,
    wished: Plan,
    model: DecisionModel,
    matrix: Matrix,
    found: Floats,
    bounds: Sequence[float],
    scenario: Sequence[str],
) -> Result | None:
    """A point as a result, paid and checked; ``None`` where rounding left none."""
    schedule = schedule_of(wished, matrix, found)
    exact = criteria_of(wished.tables, schedule, requests=False, reference=base.reference)
    expenses = {cell: yuan for cell, yuan in exact.money.due.items() if cell[1] in wished.open_years}
    levels = []
    for criterion, least in zip(model.criteria, bounds, strict=True):
        value = exact.value(criterion.name)
        levels.append(Level(criterion.name, value, min(least, float(value)), 0.0))
    try:
        schedule = with_payments(wished, schedule, expenses, requests=False, criteria=[each.name for each in model.criteria])
        return result_of(wished, model, schedule, levels, scenario, base.reference or base.schedule, versions())
    except (NoPayment, Unsealed):
        return None


def _subjects(plan: Plan, wishes: Sequence[Wish]) -> tuple[set[str], set[str]]:
    """The items and the counties that wishes are about."""
    items: set[str] = set()
    counties = {wish.county for wish in wishes if wish.county}
    for wish in wishes:
        match wish.kind:
            case "item":
                items.update(plan.groups[wish.subject])
            case "standard":
                items.update(plan.standard_items[wish.subject])
            case "target":
                items.update(next(target.items for target in plan.targets if target.target == wish.subject))
            case "team":
                items.add(plan.teams[wish.subject].item)
                counties.add(plan.teams[wish.subject].county)
            case "project":
                items.add(plan.projects[wish.subject].item)
                counties.add(plan.projects[wish.subject].county)
    return items, counties
