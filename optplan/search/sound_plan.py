"""A schedule that a plan near another came to, made one that can be shown: paid, and passed by the exact check."""

from __future__ import annotations

from optplan.audit import Criteria, audit
from optplan.decision_model import DecisionModel
from optplan.plan import Plan
from optplan.schedule import Schedule
from optplan.search.payments import NoPayment, with_payments


def depends_on_payers(plan: Plan, model: DecisionModel) -> bool:
    """Whether a criterion, or what is requested or owed, depends on who pays, which is settled last."""
    return model.requests or bool(plan.loans) or any(criterion.name == "payer_order" for criterion in model.criteria)


def sound_plan(
    plan: Plan, model: DecisionModel, schedule: Schedule, exact: Criteria, reference: Schedule | None
) -> Schedule | None:
    """The schedule with its payments; ``None`` where nobody can pay it or the exact check refuses it.

    ``exact``: its criteria. For models of which nothing depends on who pays.
    """
    due = {cell: yuan for cell, yuan in exact.money.due.items() if cell[1] in plan.open_years}
    try:
        schedule = with_payments(plan, schedule, due, False, [criterion.name for criterion in model.criteria])
    except NoPayment:
        return None
    return schedule if audit(plan.tables, schedule, requests=False, reference=reference).ok else None
