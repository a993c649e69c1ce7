"""The work of one point, wherever it is done: everything it needs comes with it, and nothing but optplan need be installed."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from optplan.scenarios import Scenario, names_of
from optplan.search.known_plan import KnownPlan, RicherPlan
from optplan.search.warm_start import WarmStart
from optplan.solving.terms import Terms
from optplan.sweeps.executor import Stopping
from optplan.tables.content import Tables

BETWEEN_LOOKS = 1.0  # seconds between looks at a wish to stop, which may be at the other end of a network


@dataclass(frozen=True)
class Task:
    """A plan, the scenarios to apply to it, and on what terms to solve what comes of that, which must hash to ``plan_sha256``.

    ``warm_start``: of a plan much like it, from which its search goes on. ``known``: a plan that keeps every rule of this one, or
    one of a plan that allows more.
    """

    tables: Tables
    scenarios: tuple[Scenario, ...]
    plan_sha256: str
    terms: Terms
    warm_start: WarmStart | None = None
    known: KnownPlan | RicherPlan | None = None

    def __dask_tokenize__(self) -> tuple[Any, ...]:
        """What tells this work from other work on a Dask cluster, which would otherwise look at every cell of the tables."""
        terms = self.terms
        return (self.plan_sha256, *names_of(self.scenarios), terms.model.model_dump_json(), terms.effort, repr(terms.reference))


@dataclass(frozen=True)
class Answer:
    """What came of a task: the document of a result, or a ``failure`` that trying again would not mend.

    ``failure`` names the words in ``sweep.ftl``, ``detail`` is what they speak of.
    """

    document: Mapping[str, Any] | None
    failure: str = ""
    detail: str = ""

    @property
    def fault(self) -> str:
        """What the search said when it died, having found a plan before; empty if it came to an end."""
        return "" if self.document is None else str(self.document["made_with"].get("fault", ""))


class _Wish(threading.Event):
    """An event as :func:`optplan.solve` asks for it, looked at once in a while."""

    def __init__(self, stopping: Stopping) -> None:
        super().__init__()
        self._stopping, self._looked = stopping, 0.0

    def is_set(self) -> bool:
        now = time.monotonic()
        if not super().is_set() and now - self._looked >= BETWEEN_LOOKS:
            self._looked = now
            if self._stopping.is_set():
                self.set()
        return super().is_set()


def answer(task: Task, attempt: int, stopping: Stopping | None = None) -> Answer:
    """Solve ``task``, for the ``attempt``-th time. Raises what may go better another time: a search process that died."""
    from optplan.plan import Plan
    from optplan.result import Unsealed
    from optplan.scenarios import apply_scenarios
    from optplan.tables.findings import InputError

    try:
        plan = Plan(task.tables)
        if task.scenarios:
            plan = apply_scenarios(plan, task.scenarios)
        if plan.sha256 != task.plan_sha256:
            return Answer(None, "failed-other-plan")
        result = task.terms.solve(
            plan,
            names_of(task.scenarios),
            warm_start=None if task.warm_start is None else task.warm_start.copy(),
            known=task.known,
            cancel=None if stopping is None else _Wish(stopping),
        )
    except InputError as problem:
        return Answer(None, "failed-input", str(problem))
    except Unsealed as problem:
        return Answer(None, "failed-unsealed", str(problem))
    return Answer(result.document)
