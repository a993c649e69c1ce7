"""Results that tests change, sealed anew as whoever made them would have."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from optplan.audit import audit
from optplan.decision_model import DecisionModel
from optplan.document.seal import seal
from optplan.result import Result


def resealed(result: Result, change: Callable[[dict[str, Any]], object]) -> Result:
    """``result`` after ``change`` of its document."""
    document = copy.deepcopy(result.document)
    change(document)
    model = DecisionModel.model_validate(document["model_content"])
    names = [criterion.name for criterion in model.criteria]
    checked = audit(result.tables(), Result(document).to_schedule(), requests=model.requests, criteria=names)
    document["seal"] = seal(document, checked)
    return Result(document)


def took(result: Result, seconds: float) -> Result:
    """The same answer of a search that took another time."""
    return resealed(result, lambda document: document["criteria"][0].update(seconds=seconds))


def unproven(result: Result, **made_with: str) -> Result:
    """The same answer of a search that was stopped before it had proven the last criterion."""

    def stopped(document: dict[str, Any]) -> None:
        last = document["criteria"][-1]
        last.update(bound=0.0, gap=last["value"], proven=False)
        document["status"] = "feasible"
        document["made_with"].update(made_with)

    return resealed(result, stopped)
