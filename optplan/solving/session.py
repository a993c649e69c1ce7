"""Question after question about plans that are alike: what one answer taught shortens the search for the next."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from optplan.decision_model import DecisionModel
from optplan.plan import Plan
from optplan.schedule import Schedule
from optplan.solving.solve import answer_of, question, versions

if TYPE_CHECKING:
    from optplan.result import Result
    from optplan.search.messages import Progress


class Session:
    """Answers what-ifs as :func:`optplan.solve` does, each from where the last one ended.

    Every answer is proven to the tolerances of the decision model, checked and sealed like any other; its schedule may be another
    of those within the tolerances than :func:`optplan.solve` finds. The search runs in this process, one question at a time.

    >>> import optplan
    >>> plan = optplan.read_plan("inputs/shuozhou")  # doctest: +SKIP
    >>> session = optplan.Session(model="attain")  # doctest: +SKIP
    >>> base, changed = session.ask(plan), session.ask(plan.with_changes({"budgets": rows}))  # doctest: +SKIP
    """

    def __init__(self, model: str | Path | DecisionModel = "attain", *, reference: Result | Schedule | None = None) -> None:
        """``model`` and ``reference`` as for :func:`optplan.solve`. Raises :class:`optplan.InputError` if they do not fit."""
        from optplan.search.warm_start import WarmStart

        self._model, self._reference = question(model, reference)
        self._warm_start = WarmStart()
        self._one_at_a_time = threading.Lock()

    def ask(
        self,
        plan: Plan,
        *,
        scenario: Sequence[str] = (),
        gap: float = 0.0,
        quick: bool = False,
        time_limit: float | None = None,
        progress: Callable[[Progress], None] | None = None,
        cancel: threading.Event | None = None,
    ) -> Result:
        """The best schedule of ``plan``; the arguments are those of :func:`optplan.solve`."""
        from optplan.search.lexicographic import search
        from optplan.search.run import Orders
        from optplan.solving.good_enough import GoodEnough

        watch = GoodEnough(self._model, progress or (lambda _: None))
        orders = Orders(
            gap,
            quick,
            float("inf") if time_limit is None else time_limit,
            watch.moved,
            plan_found=watch.found if progress is not None else None,  # payments are worked out for each, which takes a while
            stop=cancel.is_set if cancel is not None else lambda: False,
        )
        with self._one_at_a_time:
            outcome = search(plan, self._model, orders, self._reference, self._warm_start)
        return answer_of(plan, self._model, outcome, scenario, self._reference, versions())
