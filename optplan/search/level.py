"""One level: a bound from a relaxation, a plan from its point, and a tree search where the two do not meet.

While the second relaxation (:mod:`optplan.search.relaxations`) is solved, a dive (:mod:`optplan.search.dive`) makes a plan of the
point of the first. Where the two bounds do not prove that plan, HiGHS' tree search goes on from it until it is proven, and the
search around it (:mod:`optplan.search.neighbourhoods`) runs beside the tree.

What comes out does not depend on which of two threads is faster: a dive and the search around its plan run to their own end, and
a bound that was still rising when it sufficed is given as what suffices.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from optplan.search.dive import Dive
from optplan.search.layers import Columns, Layers
from optplan.search.matrix import Floats, Objective
from optplan.search.neighbourhoods import Neighbourhoods
from optplan.search.relaxations import Relaxations, Relaxed
from optplan.search.session import Outcome, Session

WORTHWHILE = 400  # whole columns: with fewer the tree search alone is as quick
PATIENCE = 5000  # nodes of the tree before the search around its best plan begins, where no dive found one


@dataclass
class Tools:
    """What searches one matrix, level after level: every part is told what is held."""

    session: Session
    relaxations: Relaxations
    dive: Dive
    neighbourhoods: Neighbourhoods
    layers: Layers
    large: bool

    def hold(self, objective: Objective, most: float) -> None:
        """From now on the objective must not exceed ``most``."""
        for part in (self.session, self.relaxations, self.dive, self.neighbourhoods):
            part.hold(objective, most)


@dataclass
class LevelSearch:
    """Minimises one objective. ``report`` is told (best value, bound) again and again and says whether to stop.

    ``kept``: columns that dives leave as they are in the plan of the level before. ``remembered``: the plan that this level ended
    with when a question much like this one was asked before.
    """

    tools: Tools
    objective: Objective
    tolerance: float
    relative_tolerance: float
    report: Callable[[float, float], bool]
    kept: Columns
    remembered: Floats | None = None
    best: Floats | None = None
    floor: float = float("-inf")
    rising: float = float("-inf")
    improved: Floats | None = None
    stopped: bool = False
    companion: threading.Thread | None = field(default=None, repr=False)

    def run(self, start: Floats | None) -> Outcome:
        """The best point, and what is proven of it."""
        self.best = start
        if self.tools.large:
            early = self._before_the_tree(start)
            if early is not None:
                return early
        return self._tree()

    def _before_the_tree(self, start: Floats | None) -> Outcome | None:
        """The two relaxations, with a dive beside the second; ``None`` if the best plan is not proven then."""
        worth = self._worth(start)
        first = self._relax(0, worth)
        if first.infeasible:
            return Outcome("infeasible", None, np.inf, np.inf)
        self.floor = max(self.floor, first.bound)
        if self.remembered is not None and not self._ended():
            self._find(self.remembered, start, whole=True)
        if self._ended():
            return self._outcome()
        returned = self.best is not start
        diver = self._beside(lambda: None if returned else self._dive(first, start))
        second = self._relax(1, worth, diver)
        diver.join()
        if second.infeasible:
            return Outcome("infeasible", None, np.inf, np.inf)
        if self.best is None or (returned and not self._suffices(self._value(self.best), second.bound)):
            self._dive(second, start)
        value = self._value(self.best)
        if not self._suffices(value, self.floor):
            # what suffices, not what was reached: how far a bound had risen when the dive ended is a matter of the machine
            self.floor = max(self.floor, min(second.bound, value - self._allowed(value)))
        return self._outcome() if self._ended() else None

    def _relax(self, step: int, worth: float, diver: threading.Thread | None = None) -> Relaxed:
        """A relaxation. Its search is cut short once its bound proves the plan that ``diver`` has found."""

        def watch(bound: float) -> bool:
            self.rising = max(self.rising, bound)
            value = self._value(self.best)
            self._tell(value)
            dived = diver is not None and not diver.is_alive()
            return self.stopped or (dived and self._suffices(value, max(bound, self.floor)))

        return self.tools.relaxations.run(step, self.objective, worth, watch)

    def _dive(self, relaxed: Relaxed, start: Floats | None) -> None:
        if relaxed.columns is not None and not self.stopped:
            self._find(relaxed.columns, start, whole=False)

    def _find(self, point: Floats, start: Floats | None, *, whole: bool) -> None:
        found = self.tools.dive.run(
            self.objective, point, self.floor, self._worth(start), lambda: self.stopped, self.kept, start, whole=whole
        )
        if found is not None and self._value(found) < self._value(self.best):
            self.best = found

    def _worth(self, columns: Floats | None) -> float:
        """What value − bound may be: at ``columns``, or at the bound where no plan is known."""
        value = self._value(columns)
        return self._allowed(value if np.isfinite(value) else max(self.floor, 0.0))

    def _beside(self, work: Callable[[], None]) -> threading.Thread:
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        return thread

    def _tree(self) -> Outcome:
        """The whole program, without relaxing anything, from the best plan on."""
        session = self.tools.session
        session.style("alone" if self.best is None or not self.tools.large else "proving")
        if self.best is not None and self.tools.large:
            self._accompany()
        outcome = session.minimise(
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

    def _watch(self, value: float, bound: float, found: Floats | None, nodes: int) -> bool:
        if found is not None and self._value(found) <= self._value(self.best):
            self.best = found
        if self.companion is None and nodes >= PATIENCE and self.best is not None:
            self._accompany()
        self.rising = max(self.rising, bound)
        improved = self._value(self.improved)
        self._tell(min(value, improved))
        finished = self.companion is not None and not self.companion.is_alive()
        return self.stopped or (finished and self._suffices(improved, max(bound, self.floor)))

    def _accompany(self) -> None:
        columns = self.best
        assert columns is not None
        # the tree's tolerance is wide compared to what a neighbourhood can gain: at zero tolerance, gains of 0.01 % count
        allowed = self._allowed(self._value(columns)) or 1e-4 * max(1e-3, abs(self._value(columns)))

        def improve() -> None:
            self.improved = self.tools.neighbourhoods.improve(self.objective, columns, allowed, lambda: self.stopped)

        self.companion = self._beside(improve)

    def _choose(self, tree: Outcome) -> Outcome:
        improved_value = self._value(self.improved)
        proven = self._suffices(improved_value, tree.bound)
        if tree.verdict == "infeasible" or not (proven or (tree.verdict != "optimal" and improved_value < tree.value)):
            return tree
        return Outcome("optimal" if proven else tree.verdict, self.improved, improved_value, min(tree.bound, improved_value))

    def _tell(self, value: float) -> None:
        self.stopped = self.stopped or self.report(value, max(self.rising, self.floor))

    def _ended(self) -> bool:
        return self.stopped or self._suffices(self._value(self.best), self.floor)

    def _outcome(self) -> Outcome:
        value = self._value(self.best)
        proven = self._suffices(value, self.floor)
        return Outcome("optimal" if proven else "stopped", self.best, value, min(self.floor, value))

    def _suffices(self, value: float, bound: float) -> bool:
        return value - bound <= self._allowed(value) * (1 + 1e-9)

    def _allowed(self, value: float) -> float:
        return max(self.tolerance, self.relative_tolerance * abs(value)) if np.isfinite(value) else 0.0

    def _value(self, columns: Floats | None) -> float:
        return float("inf") if columns is None else self.objective.constant + float(self.objective.cost @ columns)
