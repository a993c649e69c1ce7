"""The plan as it stood, which answers to what-ifs are held against, and the other plans that can be opened instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from optplan.decision_model import WITH_A_PLAN
from optplan.language import text
from optplan.language.lists import listed
from optplan.office import adopted_for
from optplan.result import Result
from optplan.store import RunRecord, StoreError
from optplan.web.cache.plans import shipped_result
from optplan.web.cache.scenario_titles import scenario_title
from optplan.web.desk import Desk, opened_run, store
from optplan.web.widgets.wording import local_time

MOST = 12  # plans that are offered


@dataclass(frozen=True)
class Opened:
    """A plan that can be opened: what people call it, and what opens it."""

    label: str
    open: Callable[[], Result | None]


def base_of(desk: Desk, result: Result) -> Result | None:
    """The plan as it stood under the same decision model: the adopted one, what ships, or the last one solved; not ``result``."""
    plan = desk.plan
    if plan is None or not result.document["scenario"]:
        return None
    shipped = shipped_result(plan)
    if shipped is not None and shipped.document["model"] == result.document["model"]:
        return shipped
    for record in _runs(desk):
        if not record.scenarios and record.model == result.document["model"] and record.status in WITH_A_PLAN:
            return opened_run(record.id)
    return None


def seconds_of_last(desk: Desk, model: str) -> float | None:
    """How long the plan at the desk took to be solved under a decision model the last time; ``None``: it never was."""
    plan = desk.plan
    shipped = None if plan is None else shipped_result(plan)
    for record in _runs(desk):
        if record.model == model and record.status == "optimal":
            return _seconds(opened_run(record.id))
    return _seconds(shipped) if shipped is not None and shipped.document["model"] == model else None


def _seconds(result: Result) -> float:
    return float(sum(each["seconds"] for each in result.document["criteria"]))


def others(desk: Desk) -> dict[str, Opened]:
    """The plans of the planning task at the desk, by a name of their own: what ships first, then the latest."""
    plan = desk.plan
    if plan is None:
        return {}
    found: dict[str, Opened] = {}
    shipped = shipped_result(plan)
    if shipped is not None:
        found["shipped"] = Opened(text("web", "base-plan"), lambda: _open_shipped(desk, shipped))
    for record in _runs(desk):
        if record.status in WITH_A_PLAN and len(found) < MOST:
            found[record.id] = Opened(_label(record), lambda run=record.id: desk.open_run(run))  # type: ignore[misc]
    return found


def _open_shipped(desk: Desk, shipped: Result) -> Result:
    desk.open_result(shipped)
    return shipped


def _label(record: RunRecord) -> str:
    scenario = listed(map(scenario_title, record.scenarios)) or text("web", "base-case")
    return f"{scenario} · {local_time(record.when)}"


def _runs(desk: Desk) -> list[RunRecord]:
    plan = desk.plan
    try:
        runs = store().runs(plan=plan.sha256, limit=60) if plan is not None else []
        adopted = adopted_for(store(), plan) if plan is not None else None
    except StoreError:
        return []  # which the pages that need the store say
    return ([adopted] if adopted is not None else []) + [each for each in runs if adopted is None or each.id != adopted.id]
