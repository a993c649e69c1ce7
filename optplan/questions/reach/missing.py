"""Whether every target can be delivered in full, asked by minimising what is missing: as soon as something must be, it is told.

A search for a plan in which nothing may be missing has no bound to go by, and where money is just too short it takes minutes to
prove that there is none. The bound of what is missing mostly rises above nothing at once.
"""

from __future__ import annotations

import threading
from math import isfinite
from typing import TYPE_CHECKING, Any

from optplan.decision_model import Criterion, DecisionModel
from optplan.questions.reach.frontier import Verdict

if TYPE_CHECKING:
    from optplan.result import Result
    from optplan.search.messages import Progress

SURE = 1e-5  # more than a solver's arithmetic makes of nothing
MODEL = DecisionModel(name="reach", title="reach", criteria=(Criterion(name="target_shortfall"),))


class Missing(threading.Event):
    """Watches one search under :data:`MODEL`, and is set once it may end. ``cancel``: another reason to end it."""

    def __init__(self, cancel: threading.Event | None) -> None:
        super().__init__()
        self.bound = 0.0
        self._cancel = cancel

    def is_set(self) -> bool:
        """Whether something is proven to be missing, or the search is given up."""
        return self.bound > SURE or (self._cancel is not None and self._cancel.is_set())

    def moved(self, news: Progress) -> None:
        """How far the search has come."""
        if isfinite(news.bound):
            self.bound = max(self.bound, news.bound)

    def verdict(self, result: Result) -> Verdict:
        """What the search proves: with targets that weigh nothing it may be neither."""
        if result.has_schedule:  # a short search ends before it has told how far it came
            self.bound = max(self.bound, result.document["criteria"][0]["bound"])
        if self.bound > SURE:
            return "impossible"
        whole = result.has_schedule and not any(target["shortfall"] for target in result.document["targets"])
        return "possible" if whole else "unknown"

    def as_entry(self, result: Result) -> list[dict[str, Any]]:
        """What is proven of the shortfall, as an answer keeps it."""
        value = result.document["criteria"][0]["value"] if result.has_schedule else None
        return [{"name": "target_shortfall", "interval": [self.bound if value is None else min(self.bound, value), value]}]
