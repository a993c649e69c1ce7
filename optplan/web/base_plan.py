"""The plan as it stood, which answers to what-ifs are held against, and the other plans that can be opened instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from optplan.decision_model import WITH_A_PLAN
from optplan.language import text
from optplan.language.lists import listed
from optplan.office import adopted_for
from optplan.plan import Plan
from optplan.result import Result
from optplan.store import RunRecord, StoreError
from optplan.web.cache.plans import shipped_result
from optplan.web.cache.scenario_titles import scenario_title
from optplan.web.desk import Desk, opened_run, store
from optplan.web.widgets.words import local_time

MOST = 12  # plans that are offered


@dataclass(frozen=True)
class Opened:
    """A plan that can be opened: what people call it, and what opens it."""

    label: str
    open: Callable[[], Result | None]


@dataclass(frozen=True)
class Base:
    """The plan as it stood; ``run``: its run in the store, ``None`` if it ships."""

    result: Result
    run: str | None


def base_for(desk: Desk, model: str) -> Base | None:
    """The answer to the plan at the desk without changes, under a decision model: the adopted one, what ships, or the latest."""
    plan = desk.plan
    if plan is None:
        return None
    shipped = shipped_result(plan)
    fitting = [
        record
        for record in _runs(desk)
        if record.plan == plan.sha256 and not record.scenarios and record.model == model and record.status in WITH_A_PLAN
    ]
    adopted = _adopted(plan)
    if fitting and adopted is not None and fitting[0].id == adopted.id:
        return Base(opened_run(adopted.id), adopted.id)
    if shipped is not None and shipped.document["model"] == model:
        return Base(shipped, None)
    return Base(opened_run(fitting[0].id), fitting[0].id) if fitting else None


def base_of(desk: Desk, result: Result) -> Result | None:
    """The base of a what-if under its own decision model; ``None`` if ``result`` is none."""
    base = base_for(desk, result.document["model"]) if result.document["scenario"] else None
    return None if base is None else base.result


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
    scenario = listed(map(scenario_title, record.scenarios)) or text("web", "run-unchanged")
    return f"{scenario} · {local_time(record.when)}"


def _runs(desk: Desk) -> list[RunRecord]:
    """The adopted run of the planning task, then those of the plan, the latest first."""
    plan = desk.plan
    if plan is None:
        return []
    try:
        runs = store().runs(plan=plan.sha256, limit=60)
    except StoreError:
        return []  # which the pages that need the store say
    adopted = _adopted(plan)
    return runs if adopted is None else [adopted, *(each for each in runs if each.id != adopted.id)]


def _adopted(plan: Plan) -> RunRecord | None:
    try:
        return adopted_for(store(), plan)
    except StoreError:
        return None
