"""Whether the best sealed plan of a search is good enough in every criterion by now, while the search goes on to prove it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import inf

from optplan.decision_model import DecisionModel, is_good
from optplan.search.messages import Found, Progress


class GoodEnough:
    """Passes the progress of one search under ``model`` on to ``progress``, with ``good`` once that is so; it then stays so.

    A plan found counts with its exact values; a bound counts as soon as it is known, whatever the plan in hand.
    """

    def __init__(self, model: DecisionModel, progress: Callable[[Progress], None]) -> None:
        self._criteria = model.criteria
        self._bounds = [0.0] * len(self._criteria)  # no criterion is below 0
        self._progress = progress
        self._plan: Found | None = None
        self._last: Progress | None = None
        self._good = False

    def moved(self, news: Progress) -> None:
        """The search says where it stands."""
        self._last = news
        if news.bound < inf:  # of a level that has no plan it may be infinite
            self._bounds[news.level] = max(self._bounds[news.level], news.bound)
        self._look()
        self._progress(replace(news, good=self._good))

    def found(self, plan: Found) -> None:
        """There is a better plan. The moment at which it is good enough is told of at once, with the level last heard of."""
        self._plan = plan
        for number, level in enumerate(plan.levels):
            self._bounds[number] = max(self._bounds[number], level.bound)
        if not self._good and self._look() and self._last is not None:
            reached = plan.levels[self._last.level]
            value, bound = float(reached.value), self._bounds[self._last.level]
            self._last = replace(self._last, value=value, bound=min(bound, value), good=True)
            self._progress(self._last)

    def _look(self) -> bool:
        if not self._good and self._plan is not None:
            levels = zip(self._criteria, self._plan.levels, self._bounds, strict=True)
            self._good = all(is_good(criterion, replace(level, bound=bound)) for criterion, level, bound in levels)
        return self._good
