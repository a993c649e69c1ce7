"""The full MIP as HiGHS' tree searches it, nothing relaxed, with the search around its best plan beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from optplan.search.heuristics.county_pairs import LargeNeighbourhoodSearch
from optplan.search.level.background import Background, Work
from optplan.search.solver.aggregates import AsBuilt
from optplan.search.solver.goal import Goal
from optplan.search.solver.highs import UNLIMITED, Outcome
from optplan.search.solver.matrix import Floats

PATIENCE = 5000  # nodes of the tree before the search around its best plan begins, where none was known
PACE = 25  # nodes of the tree that go by for each small program of the search around its plan


def root(program: AsBuilt, goal: Goal, stop: Callable[[], bool]) -> Iterator[Floats | None]:
    """The best plan that HiGHS comes to by itself in the root node."""
    program.style("alone")
    program.limit_nodes(1)
    try:
        yield program.minimise(goal.objective, tolerance=goal.tolerance, watch=lambda *_: stop()).columns
    finally:
        program.limit_nodes(UNLIMITED)


@dataclass
class FullMip:
    """Searches from ``best``, the best plan known if any, with ``dual_bound`` proven already.

    ``around``: a plan that is known but no start, since a good start has kept HiGHS from the plan that it finds by itself in a
    second. Such a plan ends the search as soon as it is proven. ``tell`` is told the best value and a bound again and again and
    says whether to stop. ``run_in_background`` runs work in a second thread; ``large``: whether that pays from the start.
    """

    program: AsBuilt
    neighbourhoods: LargeNeighbourhoodSearch
    run_in_background: Callable[[Work], Background]
    goal: Goal
    best: Floats | None
    dual_bound: float
    large: bool
    tell: Callable[[float, float], bool]
    around: Floats | None = None
    stopped: bool = field(default=False, init=False)
    companion: Background | None = field(default=None, init=False)

    def run(self) -> Outcome:
        """The best point, and what is proven of it."""
        self.program.style("exhausting" if self.best is not None and self.large else "alone")
        if self.best is not None and self.large:
            self._accompany(self.best)
        outcome = self.program.minimise(
            self.goal.objective,
            tolerance=max(self.goal.tolerance, self.goal.good),
            relative_tolerance=max(self.goal.relative_tolerance, self.goal.relative_good),
            start=self.best,
            watch=self._watch,
        )
        outcome = replace(outcome, bound=min(max(outcome.bound, self.dual_bound), outcome.value))
        if self.companion is not None:
            self.companion.stop()
            if self.stopped:
                self.companion.join()
                self.around = self.companion.last()
        return self._better_of(outcome)

    def _watch(self, value: float, bound: float, found: Floats | None, nodes: int) -> bool:
        objective = self.goal.objective
        self.best = objective.better(self.best, found)
        if self.companion is None and nodes >= PATIENCE and self.best is not None:
            self._accompany(self.best)
        if not self._told_to_stop(value, bound) and self.companion is not None:
            self.around = self.companion.after(nodes // PACE, lambda: not self._told_to_stop(value, bound))
        known = min(objective.of(self.around), objective.of(self.best))
        return self.stopped or self.goal.suffices(known, max(bound, self.dual_bound))

    def _told_to_stop(self, value: float, bound: float) -> bool:
        self.stopped = self.stopped or self.tell(min(value, self.goal.objective.of(self.around)), bound)
        return self.stopped

    def _accompany(self, plan: Floats) -> None:
        tolerance = self.goal.tolerance_at(self.goal.objective.at(plan))

        def around(stop: Callable[[], bool]) -> Iterator[Floats]:
            return self.neighbourhoods.improve(self.goal.objective, plan, tolerance, lambda: stop() or self.stopped)

        self.companion = self.run_in_background(around)

    def _better_of(self, tree: Outcome) -> Outcome:
        """The tree's outcome, or the other plan that is known where that is better."""
        if tree.verdict == "infeasible" or self.goal.objective.better(tree.columns, self.around) is tree.columns:
            return tree
        value = self.goal.objective.of(self.around)
        proven = self.goal.suffices(value, tree.bound)
        return Outcome("optimal" if proven else tree.verdict, self.around, value, min(tree.bound, value))
