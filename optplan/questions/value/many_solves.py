"""Many plans much like one, solved on the machine's cores or on a cluster, each from where that one ended."""

from __future__ import annotations

import threading
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from optplan.plan import Plan
from optplan.questions.base import Base
from optplan.questions.starting_point import known_plan_of, levels_of, warm_start_of
from optplan.result import Unsealed
from optplan.scenarios import Change, Scenario, apply_scenarios, names_of
from optplan.solving.effort import Effort
from optplan.solving.solve import result_of, versions
from optplan.solving.terms import Terms
from optplan.sweeps.executor import Executor, LocalPool
from optplan.sweeps.point_work import Task
from optplan.sweeps.task_queue import Stopped, answers
from optplan.tables.findings import PlanError

if TYPE_CHECKING:
    from optplan.store import Store

# plans that are made ready before the first of them is solved, at first and then; making one takes a tenth of a second
FIRST, AT_ONCE = 4, 24


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
    less is to be had and the schedule of the base still keeps every rule, it is the answer, and nothing is searched. Where there
    is more, the search begins with that schedule, and holds what cannot be told apart as it is there.
    """
    # a plan that is only good enough is soon found from the base; the proof that there is none better begins sooner without
    first = warm_start_of(base.plan, base.model, base.schedule, base.reference) if effort.quick else None
    terms = Terms(base.model.unpolished(), base.reference, effort)
    known = known_plan_of(base) if any(variant.more for variant in variants) else None
    stop = cancel.is_set if cancel is not None else lambda: False
    try:
        with nullcontext(executor) if executor is not None else LocalPool(jobs) as where:
            for begin, end in pairwise([0, *range(FIRST, len(variants), AT_ONCE), len(variants)]):
                tasks: dict[int, Task] = {}
                for number, variant in enumerate(variants[begin:end], start=begin):
                    if stop():
                        return
                    try:
                        plan = apply_scenarios(base.plan, [variant.scenario])
                    except PlanError:
                        yield number, None
                        continue
                    if store is not None and (kept := _kept(store, plan.sha256, terms)) is not None:
                        yield number, kept
                        continue
                    scenarios = (variant.scenario,)
                    if variant.less and (same := _as_it_is(base, plan, scenarios)) is not None:
                        yield number, same
                        continue
                    better = known if variant.more else None
                    tasks[number] = Task(base.plan.tables, scenarios, plan.sha256, terms, first, better)
                with closing(answers(tasks, where, stop, lambda number, why: None)) as coming:
                    for number, answer in coming:
                        if store is not None and answer.document is not None:
                            _keep(store, answer.document, base, tasks[number], effort)
                        yield number, answer.document
    except Stopped:
        return


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
