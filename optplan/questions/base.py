"""The plan and the result that a question starts from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from optplan.answers.answer import proven
from optplan.answers.findings import refused
from optplan.decision_model import DecisionModel
from optplan.plan import Plan
from optplan.schedule import Schedule

if TYPE_CHECKING:
    from optplan.answers.interval import Interval
    from optplan.result import Result


@dataclass(frozen=True)
class Base:
    """A sealed result of ``plan``, the decision model it was solved under, its schedule, what it proves of each criterion.

    ``reference``: the schedule that the criterion ``change`` is measured against, where the model has it.
    """

    plan: Plan
    result: Result
    model: DecisionModel
    schedule: Schedule
    proven: dict[str, Interval]
    reference: Schedule | None = None


def base_of(plan: Plan, result: Result | str | Path, reference: Result | Schedule | None = None) -> Base:
    """What a question about ``result`` starts from.

    Raises :class:`InputError` if it has no schedule, is of another plan, is no longer what was sealed, or if its model needs a
    reference and none is given.
    """
    from optplan.document.sealed import sealed
    from optplan.result import Result, read_result
    from optplan.solving.solve import question

    held = result if isinstance(result, Result) else read_result(result)
    name = str(result) if isinstance(result, (str, Path)) else "RESULT"
    if not held.has_schedule:
        raise refused("result-without-schedule", name)
    if held.plan_sha256 != plan.sha256:
        raise refused("result-of-other-plan", name, title=held.document["plan"]["title"])
    sealed(held, name)
    model = DecisionModel.model_validate(held.document["model_content"])
    _, measured = question(model, reference)
    return Base(plan, held, model, held.to_schedule(), proven(held), measured)
