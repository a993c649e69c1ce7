"""Many plans much like one, solved on the machine's cores or on a cluster, each from where that one ended."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from optplan.plan import Plan
from optplan.questions.base import Base
from optplan.questions.starting_point import known_plan_of, levels_of, richer_plan_of, warm_start_of
from optplan.result import Unsealed
from optplan.scenarios import Change, Scenario, apply_scenarios, names_of
from optplan.search.standby import dismiss
from optplan.solving.effort import Effort
from optplan.solving.solve import result_of, versions
from optplan.solving.terms import Terms
from optplan.sweeps.executor import Executor, LocalPool
from optplan.sweeps.point_work import Task
from optplan.sweeps.task_queue import Stopped, answers
from optplan.tables.findings import PlanError

if TYPE_CHECKING:
    from optplan.store import Store

# plans that are made ready before the first of them is solved, at first and then; making one takes a sixth of a second
FIRST, AT_ONCE = 4, 24


# the number of a variant, the hash of its plan, which may not make one, and its answer where that is known already
_Prepared = tuple[int, str | None, Mapping[str, Any] | None]


@dataclass(frozen=True)
class Variant:
    """A plan that differs from the base by ``changes``, under the name that its scenario has.

    ``less``: it only takes away, so that whatever keeps its rules keeps those of the base; ``more``: the other way round.
    """

    name: str
    title: str
    changes: tuple[Change, ...]
    less: bool = False
    more: bool = False

    @property
    def scenario(self) -> Scenario:
        """The changes as a scenario."""
        return Scenario(name=self.name[:100], title=self.title[:200], changes=self.changes)


def solved(
    base: Base,
    variants: Sequence[Variant],
    effort: Effort,
    executor: Executor | None,
    jobs: int | None,
    store: Store | None,
    cancel: threading.Event | None,
) -> Generator[tuple[int, Mapping[str, Any] | None], None, None]:
    """(number of the variant, the document of its result, or ``None`` where there is none), as they come, in their order.

    What ``store`` has the answer to is not solved again, and every answer is kept there, so that what was stopped goes on. Where
    less is to be had and the schedule of the base still keeps every rule, it is the answer, and nothing is searched; nor where it
    can be mended at hardly any loss. Where there is more, the search begins with that schedule, and holds what cannot be told
    apart as it is there.
    """
    stop = cancel.is_set if cancel is not None else lambda: False
    # a plan that is only good enough is soon found from the base; the proof that there is none better begins sooner without
    first = warm_start_of(base.plan, base.model, base.schedule, base.reference) if effort.quick else None
    terms = Terms(base.model.unpolished(), base.reference, effort)
    known, richer = known_plan_of(base) if any(variant.more for variant in variants) else None, richer_plan_of(base)
    try:
        with (
            nullcontext(executor) if executor is not None else LocalPool(jobs) as where,
            _ahead(base, variants, stop) as prepared,
        ):
            for some in prepared:
                tasks: dict[int, Task] = {}
                for number, sha256, same in some:
                    variant, kept = variants[number], None
                    if stop():
                        return
                    if store is not None and sha256 is not None:
                        kept = _kept(store, sha256, terms)
                    if sha256 is None or (kept or same) is not None:
                        yield number, kept or same
                        continue
                    near = known if variant.more else richer if variant.less else None
                    tasks[number] = Task(base.plan.tables, (variant.scenario,), sha256, terms, first, near)
                with closing(answers(tasks, where, stop, lambda number, why: None)) as coming:
                    for number, answer in coming:
                        if store is not None and answer.document is not None:
                            _keep(store, answer.document, base, tasks[number], effort)
                        yield number, answer.document
    except Stopped:
        return
    finally:
        dismiss()


@contextmanager
def _ahead(base: Base, variants: Sequence[Variant], stop: Callable[[], bool]) -> Iterator[Iterator[Sequence[_Prepared]]]:
    """The variants made ready some at a time, in a thread: while some are solved, those after them are prepared."""
    closed = threading.Event()

    def prepare(begin: int, end: int) -> list[_Prepared]:
        numbers = range(begin, end)
        return [_prepared(base, number, variants[number]) for number in numbers if not (stop() or closed.is_set())]

    def one_after_another(thread: ThreadPoolExecutor) -> Iterator[Sequence[_Prepared]]:
        parts = list(pairwise([0, *range(FIRST, len(variants), AT_ONCE), len(variants)]))
        coming = thread.submit(prepare, *parts[0])
        for part in parts[1:]:
            some = coming.result()
            coming = thread.submit(prepare, *part)
            yield some
        yield coming.result()

    with ThreadPoolExecutor(1, thread_name_prefix="optplan-steps") as thread:
        try:
            yield one_after_another(thread)
        finally:
            closed.set()


def _prepared(base: Base, number: int, variant: Variant) -> _Prepared:
    try:
        plan = apply_scenarios(base.plan, [variant.scenario])
    except PlanError:
        return number, None, None
    return number, plan.sha256, _as_it_is(base, plan, (variant.scenario,)) if variant.less else None


def _as_it_is(base: Base, plan: Plan, scenarios: Sequence[Scenario]) -> Mapping[str, Any] | None:
    """The schedule of the base as a sealed result of ``plan``, which asks more; ``None`` if it breaks a rule of it.

    What was proven of the base holds: no plan of ``plan`` is better than those of the base, of which it is one.
    """
    try:
        return result_of(
            plan, base.model, base.schedule, levels_of(base), names_of(scenarios), base.reference, versions()
        ).document
    except Unsealed:
        return None


def _kept(store: Store, plan_sha256: str, terms: Terms) -> Mapping[str, Any] | None:
    from optplan.store.answered import answered

    record = answered(store, plan_sha256, terms)
    return None if record is None else store.open(record.id).document


def _keep(store: Store, document: Mapping[str, Any], base: Base, task: Task, effort: Effort) -> None:
    from optplan.result import Result

    store.save_run(
        Result(dict(document)), plan=base.plan, scenarios=task.scenarios, reference=base.reference, cancelled=False,
        **effort.as_dict(),
    )  # fmt: skip
