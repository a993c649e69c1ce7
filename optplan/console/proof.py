"""What ``optplan verify --proof`` says: the bound of each criterion that was worked out again without a solver."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from optplan.language import text
from optplan.tables.findings import InputError, Place, error

if TYPE_CHECKING:
    from optplan.plan import Plan
    from optplan.proof.checked_bounds import CheckedBound
    from optplan.result import Result
    from optplan.schedule import Schedule
    from optplan.tables.content import Tables


def proven_again(plan: Plan, result: Result, reference: Schedule | None) -> tuple[CheckedBound, ...]:
    """The checked bounds of a result; none without a schedule. Raises :class:`InputError` where a reference is needed."""
    from optplan.decision_model import DecisionModel
    from optplan.result import check_proof

    if not result.has_schedule:
        return ()
    model = DecisionModel.model_validate(result.document["model_content"])
    if model.needs_reference and reference is None:
        raise InputError([error("model-needs-reference", Place("--reference"), model=model.name)])
    return check_proof(plan, result, reference)


def bounds_in_words(bounds: Iterable[CheckedBound], tables: Tables) -> Iterable[str]:
    """A sentence for each criterion: what was checked, what the solver says, and what the difference means."""
    from optplan.figures.criteria import measures_of

    measure_in = measures_of(tables)
    for each in bounds:
        measure = measure_in(each.criterion)
        shown = {"value": measure.figure(each.value), "bound": measure.bound(each.bound), "checked": measure.bound(each.checked)}
        yield text("verify", "checked-bound", None, criterion=measure.name, **shown)
        yield "  " + text("verify", f"checked-{each.standing}")
