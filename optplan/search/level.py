"""One level: a bound from a relaxation, a plan from its point, and a tree search where the two do not meet.

While the second relaxation (:mod:`optplan.search.relaxations`) is solved, a dive (:mod:`optplan.search.dive`) makes a plan of the
point of the first; where a question much like this one was asked before, its plan is mended beside both. Where the bounds do not
prove that plan, HiGHS' tree search goes on from it until it is proven, and the search around it
(:mod:`optplan.search.neighbourhoods`) runs beside the tree.

What comes out does not depend on which of two threads is faster: what a thread found is taken when the other has come to a
certain point, and a bound that was still rising when it sufficed is given as what suffices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from optplan.search.beside import Beside
from optplan.search.dive import Aim, Dive
from optplan.search.layers import Columns, Layers
from optplan.search.matrix import Floats, Objective
from optplan.search.neighbourhoods import Neighbourhoods
from optplan.search.relaxations import Relaxations, Relaxed
from optplan.search.rounding import Rounding
from optplan.search.session import Outcome, Session

WORTHWHILE = 400  # whole columns: with fewer the tree search alone is as quick
PATIENCE = 5000  # nodes of the tree before the search around its best plan begins, where no dive found one
FAR = 2  # of the level's tolerance: a plan further than this from the bound is sought anew, a nearer one is left to the tree
PACE = 25  # nodes of the tree that go by for each small program of the search around its plan


@dataclass
class Tools:
    """What searches one matrix, level after level: every part is told what is held."""

    session: Session
    relaxations: Relaxations
    dive: Dive
    neighbourhoods: Neighbourhoods
    layers: Layers
    large: bool
    rounding: Rounding | None = None
    beside: list[Beside] = field(default_factory=list)

    def run_beside(self, work: Callable[[Callable[[], bool]], Iterator[Floats | None]]) -> Beside:
        """Work in a second thread with some of these tools."""
        self.beside.append(Beside(work))
        return self.beside[-1]

    def hold(self, objective: Objective, most: float, room: float) -> None:
        """From now on the objective must not exceed ``most``, which is ``room`` more than what is proven of it."""
        self.settle()
        if self.rounding is not None:
            self.rounding.hold(objective, most, room)
        for part in (self.session, self.relaxations, self.dive, self.neighbourhoods):
            part.hold(objective, most)

    def settle(self) -> None:
        """End what still runs beside."""
        for work in self.beside:
            work.stop()
        for work in self.beside:
            work.join()
        self.beside.clear()


@dataclass
class LevelSearch:
    """Minimises one objective. ``report`` is told (best value, bound) again and again and says whether to stop.

    ``show`` is given a plan, and what is proven by then, before a long search for a better one. ``kept``: columns that dives
    leave as they are in the plan of the level before. ``remembered``: the plan that this level ended with when a question much
    like this one was asked before. ``easy``: whether the first relaxation proved that or came near it; afterwards, whether it did
    this time.
    """

    tools: Tools
    objective: Objective
    tolerance: float
    relative_tolerance: float
    report: Callable[[float, float], bool]
    show: Callable[[Floats, float], None]
    kept: Columns
    remembered: Floats | None = None
    easy: bool = True
    best: Floats | None = None
    floor: float = float("-inf")
    rising: float = float("-inf")
    around: Floats | None = None
    stopped: bool = False
    companion: Beside | None = field(default=None, repr=False)

    def run(self, start: Floats | None) -> Outcome:
        """The best point, and what is proven of it."""
        self.best = start
        if self.tools.rounding is not None:
            return self._without_a_tree(self.tools.rounding, start)
        if self.tools.large:
            early = self._before_the_tree(start)
            if early is not None:
                return early
            if self.best is not None and self.best is not start:
                self.show(self.best, self.floor)
        return self._tree()

    def _before_the_tree(self, start: Floats | None) -> Outcome | None:
        """The two relaxations, with a dive or a mending beside them; ``None`` if the best plan is not proven then."""
        worth = self._worth(start)
        diver: Beside | None = None
        if self.remembered is not None:
            self._take(self.tools.dive.unchanged(self.objective, self.remembered, lambda: self.stopped))
            diver = self._mend(self.remembered, start)
        if self.easy or diver is None:
            first = self._relax(0, worth)
            if first.infeasible:
                self.tools.settle()
                return Outcome("infeasible", None, np.inf, np.inf)
            self.floor = max(self.floor, first.bound)
            if self._ended():
                self.tools.settle()
                return self._outcome()
            if diver is None and first.columns is not None:
                diver = self._dive(first.columns, start)
        second = self._relax(1, worth, diver)
        if second.infeasible:
            self.tools.settle()
            return Outcome("infeasible", None, np.inf, np.inf)
        if diver is not None:
            diver.join()
            self._take(diver.last())
        far = self._is_far_from(max(second.bound, self.floor))
        if far and second.columns is not None and (self.remembered is not None or self._is_news(second)):
            diver = self._dive(second.columns, start, again=True)
            diver.join()
            self._take(diver.last())
        value = self._value(self.best)
        self.easy = not self._is_far_from(self.floor)
        if not self._suffices(value, self.floor):
            # what suffices, not what was reached: how far a bound had risen when the dive ended is a matter of the machine
            self.floor = max(self.floor, min(second.bound, value - self._allowed(value)))
        return self._outcome() if self._ended() else None

    def _without_a_tree(self, rounding: Rounding, start: Floats | None) -> Outcome:
        """The first relaxation and a plan near its point, made better pair of counties by pair: where a tree is out of reach."""
        if self.remembered is not None:
            self._take(self.tools.dive.unchanged(self.objective, self.remembered, lambda: self.stopped))
        first = self._relax(0, self._worth(start))
        if first.infeasible:
            return Outcome("infeasible", None, np.inf, np.inf)
        self.floor = max(self.floor, first.bound)
        if self._ended() or first.columns is None:
            return self._outcome()
        worth = self._worth(start)

        def ended() -> bool:
            self._tell(self._value(self.best))
            return self.stopped

        self._take(rounding.run(self.objective, first.columns, worth, ended))
        if self.best is None and not self.stopped:
            return self._tree()
        if self.best is not None and not self._ended():
            if self.best is not start:
                self.show(self.best, self.floor)
            for better in self.tools.neighbourhoods.improve(self.objective, self.best, worth, ended):
                self._take(better)
                if self._ended():
                    break
        return self._outcome()

    def _relax(self, step: int, worth: float, diver: Beside | None = None) -> Relaxed:
        """A relaxation. Its search is cut short once its bound proves the plan that ``diver`` has found."""

        def watch(bound: float) -> bool:
            self.rising = max(self.rising, bound)
            ended = diver is not None and diver.ended
            value = min(self._value(self.best), self._value(diver.last() if diver is not None and ended else None))
            self._tell(value)
            return self.stopped or (ended and self._suffices(value, max(bound, self.floor)))

        return self.tools.relaxations.run(step, self.objective, worth, watch)

    def _dive(self, point: Floats, start: Floats | None, *, again: bool = False) -> Beside:
        floor, worth = self.floor, self._worth(start)

        def dive(stop: Callable[[], bool]) -> Iterator[Floats | None]:
            yield self.tools.dive.run(self._aim(floor, worth, stop, start), point, again=again)

        return self.tools.run_beside(dive)

    def _mend(self, plan: Floats, start: Floats | None) -> Beside:
        worth = self._worth(plan)

        def mend(stop: Callable[[], bool]) -> Iterator[Floats | None]:
            # beside the first relaxation: no bound is known yet
            yield self.tools.dive.mend(self._aim(-np.inf, worth, stop, start), plan)

        return self.tools.run_beside(mend)

    def _aim(self, bound: float, allowed: float, stop: Callable[[], bool], start: Floats | None) -> Aim:
        return Aim(self.objective, bound, allowed, lambda: stop() or self.stopped, self.kept, start)

    def _is_news(self, relaxed: Relaxed) -> bool:
        """Whether a dive from its point would begin elsewhere than the best plan stands."""
        layers = self.tools.layers
        coupled = np.concatenate([layers.openings, layers.meeting, layers.sums])
        assert relaxed.columns is not None
        return self.best is None or not np.array_equal(np.round(relaxed.columns[coupled]), np.round(self.best[coupled]))

    def _is_far_from(self, bound: float) -> bool:
        """Whether a bound is too far from the best plan to prove one that is a little better, or this one a little later."""
        value = self._value(self.best)
        return value - bound > FAR * self._allowed(value)

    def _take(self, found: Floats | None) -> None:
        if found is not None and self._value(found) < self._value(self.best):
            self.best = found

    def _worth(self, columns: Floats | None) -> float:
        """What value − bound may be: at ``columns``, or at the bound where no plan is known."""
        value = self._value(columns)
        return self._allowed(value if np.isfinite(value) else max(self.floor, 0.0))

    def _tree(self) -> Outcome:
        """The whole program, without relaxing anything, from the best plan on."""
        session = self.tools.session
        session.style("alone" if self.best is None or not self.tools.large else "exhausting")
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
        self.companion.stop()
        if self.stopped:
            self.companion.join()
            self.around = self.companion.last()
        return self._choose(outcome)

    def _watch(self, value: float, bound: float, found: Floats | None, nodes: int) -> bool:
        if found is not None:
            self._take(found)
        if self.companion is None and nodes >= PATIENCE and self.best is not None:
            self._accompany()
        self.rising = max(self.rising, bound)
        self._tell(min(value, self._value(self.around)))
        if self.companion is not None:
            self.around = self.companion.after(nodes // PACE, lambda: not self.stopped and not self._told_to_stop(value))
        return self.stopped or self._suffices(self._value(self.around), max(bound, self.floor))

    def _told_to_stop(self, value: float) -> bool:
        self._tell(min(value, self._value(self.around)))
        return self.stopped

    def _accompany(self) -> None:
        columns = self.best
        assert columns is not None
        # the tree's tolerance is wide compared to what a neighbourhood can gain: at zero tolerance, gains of 0.01 % count
        allowed = self._allowed(self._value(columns)) or 1e-4 * max(1e-3, abs(self._value(columns)))
        self.companion = self.tools.run_beside(
            lambda stop: self.tools.neighbourhoods.improve(self.objective, columns, allowed, lambda: stop() or self.stopped)
        )

    def _choose(self, tree: Outcome) -> Outcome:
        value = self._value(self.around)
        proven = self._suffices(value, tree.bound)
        if tree.verdict == "infeasible" or not (proven or (tree.verdict != "optimal" and value < tree.value)):
            return tree
        return Outcome("optimal" if proven else tree.verdict, self.around, value, min(tree.bound, value))

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
