"""The plans in which some groups of changes are made and the others are not: each one solved once, several at a time."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from optplan.attribution.figures import Headline, headline
from optplan.questions.starting_point import warm_start_of
from optplan.schedule import Schedule
from optplan.search.warm_start import WarmStart
from optplan.solving.solve import versions
from optplan.solving.terms import Terms
from optplan.sweeps.executor import cores
from optplan.tables.findings import Finding, InputError, PlanError

if TYPE_CHECKING:
    from optplan.decision_model import DecisionModel
    from optplan.plan import Plan
    from optplan.result import Result

INVALID, FAILED = "invalid", "failed"  # beside the statuses of a result
KEPT_STATUSES = {"optimal", "feasible", "infeasible"}
POLL = 0.2  # seconds between looks at the caller's wish to stop


class Stopped(Exception):
    """The caller asked to stop before every plan was solved. What was solved is in the cache, if there is one."""


@dataclass(frozen=True)
class Answer:
    """What came out of the plan with one set of groups.

    ``status``: that of the result; or ``invalid``: the plan does not hold together with only these changes (``findings``);
    or ``failed``: the search died (``log``). ``headline`` is ``None`` where there is no schedule. ``seconds``: of the search.
    ``cached``: taken from an earlier search, or known already.
    """

    status: str
    plan_sha256: str = ""
    headline: Headline | None = None
    seconds: float = 0.0
    cached: bool = False
    result: Result | None = None
    findings: tuple[Finding, ...] = ()
    broken_rule: tuple[str, ...] = ()
    log: str = ""


class Solved(NamedTuple):
    """News for who watches: ``done`` of ``total`` sets of groups are answered, the last one was ``subset``."""

    done: int
    total: int
    subset: int
    answer: Answer


def _file_name(terms: Terms, plan_sha256: str) -> str:
    """Where the answer for a plan is kept; other terms, or another version of optplan, keeps its own."""
    made_with = versions()
    asked = [
        plan_sha256, terms.model.model_dump(mode="json"), repr(terms.reference), terms.effort.as_dict(),
        made_with["optplan"], made_with["highspy"],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode("utf-8")).hexdigest()[:32] + ".json"


class Answers:
    """Solves plans and remembers the answers by the hash of the plan; in the folder ``cache`` too, if there is one."""

    def __init__(self, terms: Terms, cache: Path | None, workers: int | None, known: Sequence[Result] = ()) -> None:
        self.terms, self.cache = terms, cache
        self._known = {
            each.plan_sha256: each
            for each in known
            if each.has_schedule and each.document["model_content"] == _content(terms.model)
        }
        self.workers = workers or cores()
        self._stop = threading.Event()
        self._first = WarmStart()
        self._first_answered = threading.Event()

    def of(
        self,
        makers: Sequence[Callable[[], Plan]],
        whole: Sequence[int],
        progress: Callable[[Solved], None],
        cancel: threading.Event | None,
    ) -> dict[int, Answer]:
        """The answer of every plan, by its position. ``progress`` is told, in this thread.

        The plans at ``whole``, of which position 0 is one, are solved first, from the beginning, and keep their result. The
        others go on from where that of position 0 ended, and only their headline figures stay.

        Raises :class:`Stopped` once ``cancel`` is set; :class:`InputError` for a model that cannot be used.
        """
        answers: dict[int, Answer] = {}
        waiting: dict[str, list[int]] = {}
        running: dict[Future[Answer], list[int]] = {}

        def told(subset: int, answer: Answer) -> None:
            answers[subset] = answer if subset in whole else replace(answer, result=None)
            progress(Solved(len(answers), len(makers), subset, answer))

        with ThreadPoolExecutor(self.workers, thread_name_prefix="attribution") as pool:
            try:
                for subset in sorted(range(len(makers)), key=lambda subset: (subset not in whole, subset)):
                    try:
                        plan = makers[subset]()
                    except PlanError as wrong:
                        told(subset, Answer(INVALID, findings=tuple(wrong.findings)))
                        if subset == 0:
                            self._first_answered.set()
                        continue
                    if plan.sha256 in waiting:
                        waiting[plan.sha256].append(subset)
                        continue
                    waiting[plan.sha256] = [subset]
                    warm_start = self._first if subset == 0 else WarmStart() if subset in whole else None
                    running[pool.submit(self._answer, plan, warm_start)] = waiting[plan.sha256]
                while running:
                    done, _ = wait(running, timeout=POLL, return_when=FIRST_COMPLETED)
                    _go_on(cancel)
                    for future in done:
                        for subset in running.pop(future):
                            told(subset, future.result())
            except BaseException:
                self._stop.set()
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return answers

    def _answer(self, plan: Plan, warm_start: WarmStart | None) -> Answer:
        try:
            return self._solve(plan, self._warm_start_of_first() if warm_start is None else warm_start)
        finally:
            if warm_start is self._first:
                self._first_answered.set()

    def _warm_start_of_first(self) -> WarmStart:
        while not self._first_answered.wait(POLL) and not self._stop.is_set():
            pass
        return self._first.copy()

    def _solve(self, plan: Plan, warm_start: WarmStart) -> Answer:
        from optplan.search.process import SearchFailed

        if (known := self._known.get(plan.sha256)) is not None:
            if warm_start is self._first:
                reference = self.terms.reference
                measured = reference if reference is None or isinstance(reference, Schedule) else reference.to_schedule()
                warm_start.take(warm_start_of(plan, self.terms.model, known.to_schedule(), measured))
            return _answer_of(known, cached=True)
        file = self.cache / _file_name(self.terms, plan.sha256) if self.cache is not None else None
        if file is not None and (kept := _kept(file, plan, self.terms.model)) is not None:
            return _answer_of(kept, cached=True)
        try:
            result = self.terms.solve(plan, cancel=self._stop, warm_start=warm_start)
        except SearchFailed as died:
            return Answer(FAILED, plan.sha256, log=died.log)
        if file is not None and result.status in KEPT_STATUSES and not self._stop.is_set() and not _fault(result):
            result.to_json(file)
        return _answer_of(result, cached=False)


def _content(model: DecisionModel) -> object:
    """A decision model as results hold it."""
    return json.loads(json.dumps(model.model_dump(mode="json")))


def _go_on(cancel: threading.Event | None) -> None:
    if cancel is not None and cancel.is_set():
        raise Stopped


def _fault(result: Result) -> str:
    return str(result.document["made_with"].get("fault", ""))


def _answer_of(result: Result, *, cached: bool) -> Answer:
    document = result.document
    return Answer(
        result.status,
        result.plan_sha256,
        headline(result) if result.has_schedule else None,
        sum(level["seconds"] for level in document["criteria"]),
        cached,
        result,
        broken_rule=tuple(document.get("broken_rule") or ()),
    )


def _kept(file: Path, plan: Plan, model: DecisionModel) -> Result | None:
    """The kept result, if it is one of this plan under this model and its seal holds; anything else is solved anew."""
    from optplan.document.sealed import sealed
    from optplan.result import read_result

    if not file.is_file():
        return None
    try:
        result = read_result(file)
        sound = (
            result.plan_sha256 == plan.sha256
            and result.tables().sha256 == plan.sha256
            and result.document["model_content"] == _content(model)
            and result.status in KEPT_STATUSES
            and (result.has_schedule or result.status == "infeasible")
        )
        if sound:
            sealed(result, file)
    except InputError:
        return None
    return result if sound else None
