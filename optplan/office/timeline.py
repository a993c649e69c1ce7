"""How a search went: level, best value, proven bound and gap against time, thinned so that it stays small."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from optplan.result import Result
from optplan.search.messages import Progress

MOST = 800  # moments kept; a chart is not wider in dots


@dataclass(frozen=True)
class Moment:
    """Where the search stood ``seconds`` after it began: the ``level`` (from 0) of ``levels``, its criterion, the best ``value``
    so far and its proven ``bound``, both in the criterion's own unit; ``None``: there is none yet."""

    seconds: float
    level: int
    levels: int
    criterion: str
    value: float | None
    bound: float | None

    @property
    def gap(self) -> float | None:
        """What is not proven yet: value − bound, in the criterion's unit."""
        return None if self.value is None or self.bound is None else max(self.value - self.bound, 0.0)


def moment_of(progress: Progress, seconds: float) -> Moment:
    """What a search said, ``seconds`` after it began: its own clock begins anew at every level."""
    value = float(progress.value) if math.isfinite(progress.value) else None
    bound = max(float(progress.bound), 0.0) if math.isfinite(progress.bound) else None  # no criterion is below 0
    return Moment(seconds, progress.level, progress.levels, progress.criterion, value, bound)


def moment_of_plan(plan: Result, last: Moment | None, seconds: float) -> Moment:
    """What a better plan, found ``seconds`` after the search began, says of the level at which the search stands: that of
    ``last``. It may be all that is ever said of a level that is quickly done."""
    criteria = plan.document["criteria"]
    level = last.level if last else 0
    bound = float(criteria[level]["bound"])
    known = last.bound if last and last.bound is not None else 0.0
    return Moment(seconds, level, len(criteria), criteria[level]["name"], float(criteria[level]["value"]), max(bound, known, 0.0))


class Timeline:
    """The moments of one search. When there are too many, every other one of each level goes; first and last stay."""

    def __init__(self) -> None:
        self._moments: list[Moment] = []
        self.bounds: dict[str, float] = {}  # the highest of each criterion

    def add(self, moment: Moment) -> None:
        """The search is further. Within a level the best value only falls and the bound only rises: parts of a search look at
        the level for themselves, and what one of them has is no news where another had better."""
        moment = self._no_worse(moment)
        self._moments.append(moment)
        if moment.bound is not None:
            self.bounds[moment.criterion] = max(moment.bound, self.bounds.get(moment.criterion, 0.0))
        if len(self._moments) > MOST:
            kept = self._moments
            self._moments = [
                each
                for place, each in enumerate(kept)
                if place % 2 == 0 or place == len(kept) - 1 or kept[place + 1].level != each.level
            ]

    def _no_worse(self, moment: Moment) -> Moment:
        last = self.last
        if last is None or last.level != moment.level:
            return moment
        values = [each.value for each in (last, moment) if each.value is not None]
        bounds = [each.bound for each in (last, moment) if each.bound is not None]
        return replace(moment, value=min(values, default=None), bound=max(bounds, default=None))

    @property
    def last(self) -> Moment | None:
        """Where the search stands; ``None`` before it has said anything."""
        return self._moments[-1] if self._moments else None

    @property
    def moments(self) -> tuple[Moment, ...]:
        """All that is kept, in order."""
        return tuple(self._moments)
