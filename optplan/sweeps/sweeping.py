"""A plan and a sweep in, a table of proven results out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from optplan.decision_model import DecisionModel, read_model
from optplan.solving.effort import Effort
from optplan.solving.terms import Terms
from optplan.sweeps.design import SweepDesign
from optplan.sweeps.executor import Executor, LocalPool
from optplan.sweeps.findings import SweepError, about, refused
from optplan.sweeps.point_work import Answer, Task
from optplan.sweeps.points import Point, points_of
from optplan.sweeps.reading import MOST_FINDINGS, read_sweep
from optplan.sweeps.runs import FAILED, WAITING, SweepRun
from optplan.sweeps.sweep import Sweep
from optplan.sweeps.table import figures_of, proven_of
from optplan.sweeps.task_queue import Stopped, answers
from optplan.tables.findings import Finding, InputError

if TYPE_CHECKING:
    from optplan.plan import Plan
    from optplan.result import Result
    from optplan.scenarios import Scenario
    from optplan.schedule import Schedule
    from optplan.store import Store


@dataclass(frozen=True)
class SweepProgress:
    """Where a sweep stands: ``done`` of ``total`` points, and what has just happened to ``point``.

    ``event``: ``solved``, ``reused`` (the store had it), ``retried`` (its search died, which ``detail`` is about; it is tried
    again) or ``failed`` (for good). ``status`` is that of the result, ``seconds`` what its search took.
    """

    done: int
    total: int
    event: str
    point: Point
    status: str = ""
    seconds: float = 0.0
    detail: str = ""


def sweep(
    plan: Plan,
    sweep: str | Path | SweepDesign,
    executor: Executor | None = None,
    store: Store | None = None,
    progress: Callable[[SweepProgress], None] | None = None,
    *,
    scenarios: Sequence[Scenario] = (),
    model: str | Path | DecisionModel | None = None,
    reference: Result | Schedule | None = None,
    jobs: int | None = None,
    gap: float = 0.0,
    time_limit: float | None = None,
    cancel: threading.Event | None = None,
) -> Sweep:
    """Solve ``plan`` at every point of ``sweep`` (a file or a :class:`SweepDesign`). Blocks until all is done.

    ``executor``: where to solve, Dask's ``Client`` for one; if not said, ``jobs`` points at a time on this machine (as many as
    it has cores). ``store``: where runs are kept and looked up: a point that it has the answer to (same plan after the
    scenarios, same decision model, same options) is not solved again, so a sweep that was cut short goes on where it was.
    ``scenarios`` are applied to the plan before those of the points. ``model``: instead of the one that the sweep names.
    ``reference``: what changes are measured against; every point keeps as near to it as its own change allows.
    ``gap`` and ``time_limit`` (seconds, of each point) are as for :func:`optplan.solve`. ``progress`` is told of each point;
    ``cancel``, once set, stops the sweep: points not yet solved have the status ``waiting``.

    A search or a worker that dies costs another try of its point, three at most; a point that fails for good is a row of the
    table. Raises :class:`InputError` before anything is solved if the sweep, or the plan at one of its points, is not valid;
    and :class:`StoreError` if the store fails, with what was kept before still in it.

    >>> import optplan
    >>> plan = optplan.read_plan("inputs/shuozhou")  # doctest: +SKIP
    >>> swept = optplan.sweep(plan, "inputs/sweeps/shuozhou/city-pool.toml", store=optplan.open_store())  # doctest: +SKIP
    >>> swept.table[["pool", "readiness_gap", "total_cost"]]  # doctest: +SKIP
    """
    design = sweep if isinstance(sweep, SweepDesign) else read_sweep(sweep)
    decision = _model(model, design)
    if decision.needs_reference and reference is None:
        raise SweepError([refused("sweep-needs-reference", design.file, model=decision.name)])
    points, terms = points_of(design), Terms(decision, reference, Effort(gap, time_limit=time_limit))
    tasks = _tasks(plan, scenarios, points, replace(terms, reference=terms.measured_from))
    runs: dict[int, SweepRun] = {}
    tell = progress or (lambda _: None)

    def said(event: str, number: int, run: SweepRun | None = None, *, seconds: float = 0.0, detail: str = "") -> None:
        status = run.status if run else ""
        tell(SweepProgress(len(runs), len(points), event, points[number - 1], status, seconds, detail))

    for number, task in tasks.items():
        if cancel is not None and cancel.is_set():
            break
        if store is not None and (found := _found(store, points[number - 1], task)):
            runs[number] = found
            said("reused", number, found)
    left = {number: task for number, task in tasks.items() if number not in runs}
    stop = cancel.is_set if cancel is not None else lambda: False
    try:
        with nullcontext(executor) if executor is not None else LocalPool(jobs) as where:
            coming = answers(left, where, stop, lambda number, why: said("retried", number, detail=why))
            with closing(coming):
                for number, answer in coming:
                    done = runs[number] = _run(points[number - 1], tasks[number], answer, plan, store)
                    event = "failed" if done.status == FAILED else "solved"
                    said(event, number, done, seconds=_seconds(answer), detail=done.detail)
    except Stopped:
        pass
    for number, task in tasks.items():
        runs.setdefault(number, SweepRun(points[number - 1], WAITING, task.plan_sha256))
    return Sweep(design, plan.tables, decision, tuple(runs[number] for number in tasks))


def _model(model: str | Path | DecisionModel | None, design: SweepDesign) -> DecisionModel:
    """The decision model to use; one that the sweep names by a file is looked for beside the sweep's own."""
    if isinstance(model, DecisionModel):
        return model
    if model is not None:
        return read_model(model)
    return read_model(Path(design.file).parent / design.model if design.model.endswith(".toml") else design.model)


def _tasks(plan: Plan, scenarios: Sequence[Scenario], points: Sequence[Point], terms: Terms) -> dict[int, Task]:
    """The work of each point, by its number. Every point is tried on the plan before any is solved."""
    from optplan.scenarios import apply_scenarios

    tasks, findings = dict[int, Task](), dict[str, Finding]()
    for point in points:
        patches = (*scenarios, *point.scenarios)
        try:
            solved = apply_scenarios(plan, patches) if patches else plan
        except InputError as problem:
            for finding in problem.findings:
                if finding.severity == "error":
                    findings.setdefault(finding.line(), about("at-point", finding, number=point.number, point=point.called))
            if len(findings) >= MOST_FINDINGS:
                break
            continue
        tasks[point.number] = Task(plan.tables, patches, solved.sha256, terms)
    if findings:
        raise SweepError(list(findings.values())[:MOST_FINDINGS])
    return tasks


def _found(store: Store, point: Point, task: Task) -> SweepRun | None:
    """The run of the store that answers a task."""
    from optplan.store.answered import answered

    record = answered(store, task.plan_sha256, task.terms)
    if record is None:
        return None
    document = store.open(record.id).document
    figures, proven = figures_of(document, task.terms.effort.gap), proven_of(document)
    return SweepRun(point, record.status, task.plan_sha256, figures, proven, run=record.id, reused=True)


def _run(point: Point, task: Task, answer: Answer, plan: Plan, store: Store | None) -> SweepRun:
    """The run of an answer, kept in the store if there is one."""
    from optplan.result import Result

    if answer.document is None:
        return SweepRun(point, FAILED, task.plan_sha256, failure=answer.failure, detail=answer.detail)
    result = Result(dict(answer.document))
    kept = ""
    if store is not None:
        asked = {"reference": task.terms.reference, **task.terms.effort.as_dict()}
        kept = store.save_run(result, plan=plan, scenarios=task.scenarios, cancelled=False, **asked).id
    return SweepRun(
        point,
        result.status,
        task.plan_sha256,
        figures_of(answer.document, task.terms.effort.gap),
        proven_of(answer.document),
        failure="note-fault" if answer.fault else "",
        detail=answer.fault,
        run=kept,
        _document=None if store is not None else answer.document,
    )


def _seconds(answer: Answer) -> float:
    """What a search took, without the time to begin and to check."""
    return sum(float(level["seconds"]) for level in (answer.document or {"criteria": []})["criteria"])
