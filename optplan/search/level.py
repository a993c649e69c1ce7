"""One level: a tree search that proves, a dive that finds a good plan, and a search around the best plan that improves it.

A few nodes of HiGHS' tree settle an easy level. Otherwise :mod:`optplan.search.dive` comes next, whose first stage often proves
what its last one finds. If not, the tree proves on without looking for plans, which :mod:`optplan.search.neighbourhoods` does
beside it. What comes out does not depend on which of the two is faster: the neighbourhoods start from a plan that is always the
same (the dive's; without a dive, what the tree has found by node :data:`PATIENCE`) and run to their own end, and their plan is
taken exactly if the tree's bound proves it; otherwise the tree's own is.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from optplan.search.dive import Dive
from optplan.search.matrix import Floats, Objective
from optplan.search.neighbourhoods import Neighbourhoods
from optplan.search.session import UNLIMITED, Outcome, Session

PATIENCE = 5000
FIRST_NODES = 30  # of the tree, before a dive: enough for levels that are easy


@dataclass
class LevelSearch:
    """Minimises one objective. ``report`` is told (best value, bound) again and again and says whether to stop."""

    session: Session
    neighbourhoods: Neighbourhoods
    dive: Dive | None
    objective: Objective
    tolerance: float
    relative_tolerance: float
    report: Callable[[float, float], bool]
    best: Floats | None = None
    improved: Floats | None = None
    stopped: bool = False
    floor: float = float("-inf")
    companion: threading.Thread | None = field(default=None, repr=False)

    def run(self, start: Floats | None) -> Outcome:
        """The best point, and what is proven of it."""
        self.best = start
        if self.dive is not None and start is not None:
            first = self._first_try(start)
            if first is not None:
                return first
            self._dive(self.dive)
            value = self._value(self.best)
            if self.stopped or value - self.floor <= self._allowed(value):
                return Outcome("stopped" if self.stopped else "optimal", self.best, value, min(self.floor, value))
            self.session.without_heuristics()
            self._accompany()
        outcome = self.session.minimise(
            self.objective,
            tolerance=self.tolerance,
            relative_tolerance=self.relative_tolerance,
            start=self.best,
            watch=self._watch,
        )
        outcome = replace(outcome, bound=min(max(outcome.bound, self.floor), outcome.value))
        if self.companion is None:
            return outcome
        self.companion.join()
        return self._choose(outcome)

    def _first_try(self, start: Floats) -> Outcome | None:
        """What a few nodes of the tree prove, if that is enough; what they found is kept otherwise."""
        self.session.limit_nodes(FIRST_NODES)
        outcome = self.session.minimise(
            self.objective,
            tolerance=self.tolerance,
            relative_tolerance=self.relative_tolerance,
            start=start,
            watch=self._watch,
        )
        self.session.limit_nodes(UNLIMITED)
        if outcome.verdict != "stopped" or self.stopped:
            return outcome
        self.floor = outcome.bound
        if self._value(outcome.columns) < self._value(self.best):
            self.best = outcome.columns
        return None

    def _dive(self, dive: Dive) -> None:
        """A better plan than the one at hand, and a first bound."""
        known = self._value(self.best)

        def watch(bound: float) -> bool:
            self.stopped = self.report(known, max(bound, self.floor))
            return self.stopped

        dived = dive.run(self.objective, self._allowed, known, watch)
        self.floor, self.stopped = max(self.floor, dived.bound), dived.stopped
        if self._value(dived.columns) < known:
            self.best = dived.columns

    def _accompany(self) -> None:
        self.companion = threading.Thread(target=self._improve, args=(self.best,), daemon=True)
        self.companion.start()

    def _allowed(self, value: float) -> float:
        return max(self.tolerance, self.relative_tolerance * abs(value))

    def _value(self, columns: Floats | None) -> float:
        return float("inf") if columns is None else self.objective.constant + float(self.objective.cost @ columns)

    def _watch(self, value: float, bound: float, found: Floats | None, nodes: int) -> bool:
        if found is not None and self._value(found) <= self._value(self.best):
            self.best = found
        if self.companion is None and nodes >= PATIENCE and self.best is not None:
            self._accompany()
        bound = max(bound, self.floor)
        improved_value = self._value(self.improved)
        self.stopped = self.report(min(value, improved_value), bound)
        done = (
            self.companion is not None
            and not self.companion.is_alive()
            and improved_value - bound <= self._allowed(improved_value)
        )
        return self.stopped or done

    def _improve(self, columns: Floats) -> None:
        # the tree's tolerance is wide compared to what a neighbourhood can gain: at zero tolerance, gains of 0.01 % count
        allowed = self._allowed(self._value(columns)) or 1e-4 * max(1e-3, abs(self._value(columns)))
        self.improved = self.neighbourhoods.improve(self.objective, columns, allowed, lambda: self.stopped)

    def _choose(self, tree: Outcome) -> Outcome:
        improved_value = self._value(self.improved)
        proven = improved_value - tree.bound <= self._allowed(improved_value)
        if tree.verdict == "infeasible" or not (proven or (tree.verdict != "optimal" and improved_value < tree.value)):
            return tree
        return Outcome("optimal" if proven else tree.verdict, self.improved, improved_value, min(tree.bound, improved_value))
