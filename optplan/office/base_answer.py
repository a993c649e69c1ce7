"""The answer that a what-if starts from: what is asked again with changes is held against it."""

from __future__ import annotations

from optplan.decision_model import WITH_A_PLAN, DecisionModel
from optplan.plan import Plan
from optplan.store import RunRecord, Store


def base_for(store: Store, plan: Plan, model: DecisionModel) -> RunRecord | None:
    """The newest run of ``plan`` as it is, under ``model``, that ended with a schedule."""
    fitting = [
        record
        for record in store.runs(plan=plan.sha256, model=model.name)
        if record.plan == plan.sha256 and record.model == model.name and not record.scenario_shas and record.status in WITH_A_PLAN
    ]
    return max(fitting, key=lambda record: record.when, default=None)
