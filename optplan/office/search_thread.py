"""What the thread of one solve does: search, keep the time line and the best plan, save what came out."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from optplan.document.good_enough import nearness
from optplan.office.findings import finding
from optplan.office.journal import Journal, keys_of
from optplan.office.question import Question
from optplan.office.solve import Solve, State
from optplan.office.timeline import moment_of, moment_of_plan
from optplan.result import Result, Unsealed
from optplan.search.messages import Progress
from optplan.search.process import SearchFailed
from optplan.store import Store
from optplan.tables.findings import Finding, InputError

Note = Callable[[Callable[[Journal], None]], None]
log = logging.getLogger("optplan.office")


def search(solve: Solve, open_store: Callable[[], Store], news: threading.Condition, note: Note) -> None:
    """Search ``solve``, which is running, to its end. ``news`` is held for every change of it, and told of a better plan."""
    question = solve.question
    assert question is not None
    # beside the search, whose first plan waits for it
    writing_down = threading.Thread(
        target=_write_down, args=(solve, question, open_store, note), name=f"write down {solve.id}", daemon=True
    )
    writing_down.start()
    began = time.monotonic() if solve.started is None else solve.started

    def progress(now: Progress) -> None:
        with news:
            solve.timeline.add(moment_of(now, time.monotonic() - began))
            if solve.best is not None:
                solve.near = nearness(solve.best.document, solve.timeline.bounds)
            if now.good and solve.good_after is None:
                solve.good_after = time.monotonic() - began
                news.notify_all()

    def plan_found(result: Result) -> None:
        with news:
            solve.best, solve.near = result, nearness(result.document, solve.timeline.bounds)
            solve.timeline.add(moment_of_plan(result, solve.timeline.last, time.monotonic() - began))
            news.notify_all()
        writing_down.join()
        note(lambda journal: journal.better(solve, result))

    try:
        result = question.terms.solve(
            question.asked_plan, question.scenario_names, progress=progress, plan_found=plan_found, cancel=solve.cancel
        )
    except Exception as problem:
        # InputError too: the question was checked, so it is as much a fault of the program as the others
        log.exception("the search of solve %s", solve.id)
        with news:
            solve.findings = tuple(_said(problem))
            if solve.best is None:
                solve.state = State.FAILED
                return
        result = solve.best.with_fault(type(problem).__name__)
    finally:
        writing_down.join()
    _finish(solve, question, result, open_store, news)


def _write_down(solve: Solve, question: Question, open_store: Callable[[], Store], note: Note) -> None:
    """What is searched, so that its best plan can be saved even if this server is killed."""
    try:
        store, who = open_store(), solve.person.signature
        keys = keys_of(
            store.save_plan(question.plan, who=who),
            [store.save_scenario(scenario, who=who) for scenario in question.scenarios],
            question.reference_run,
            question.effort,
        )
    except Exception:
        log.exception("solve %s is not written down", solve.id)  # saving the result will say the same to the person
        return
    note(lambda journal: journal.begin(solve, keys))


def _finish(solve: Solve, question: Question, result: Result, open_store: Callable[[], Store], news: threading.Condition) -> None:
    with news:
        solve.status, solve.has_schedule = result.status, result.has_schedule
        solve.near = nearness(result.document)
        if result.status == "unknown" and solve.interrupted:
            solve.state = State.LOST
            return
    run, problems = None, list[Finding]()
    try:
        run = open_store().save_run(
            result,
            plan=question.plan,
            scenarios=question.scenarios,
            reference=question.reference_run or question.reference,
            **question.effort.as_dict(),
            cancelled=solve.stopped_by_user or solve.interrupted,
            who=solve.person.signature,
        )
    except InputError as problem:
        problems = [finding("not-saved"), *problem.findings]
    with news:
        solve.run, solve.result = (run.id, None) if run else (None, result)
        solve.findings = (*solve.findings, *problems)
        solve.state = State.DONE


def _said(problem: Exception) -> list[Finding]:
    match problem:
        case InputError():
            return problem.findings
        case SearchFailed():
            return [finding("search-died", reason=(problem.log.splitlines() or ["?"])[-1])]
        case Unsealed():
            return [finding("search-unsealed")]
    return [finding("solve-fault")]
