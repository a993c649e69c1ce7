"""Better plans than the first: searches one after another, each a sequence of plans that is the same whatever the machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from optplan.search.bounds.core_mip import CoreMip
from optplan.search.heuristics.county_pairs import LargeNeighbourhoodSearch
from optplan.search.heuristics.relax_and_fix import RelaxAndFix, StagedSolution
from optplan.search.heuristics.sub_mip import Aim
from optplan.search.parts import Parts
from optplan.search.solver.matrix import Floats


@dataclass
class Improvement:
    """What better plans are sought with, and from.

    ``lp_solution``: of the second relaxation, ``None`` if it shall not be used. ``staged``: what relax-and-fix last came to.
    ``roomy``: whether held criteria leave room for rounding and the objective says much of what is decided, so that what was
    decided can be kept. ``counting``: whether every unit counts, so that relax-and-fix takes teams and dear goods together.
    ``repaired``: whether the warm start was repaired, so that relax-and-fix has not yet begun from a relaxation of this question.
    ``weighted``: what is sought from an LP solution by the weighted sum, one after another. ``good``: value − bound of a plan
    that is good enough; then relax-and-fix, which takes long where money is short, is left out there. ``parts`` of the search
    are used.
    """

    relax_and_fix: RelaxAndFix
    weighted: Callable[[Floats], Iterator[StagedSolution]]
    core: CoreMip
    neighbourhoods: LargeNeighbourhoodSearch
    aim: Aim
    lp_solution: Floats | None
    staged: StagedSolution
    roomy: bool
    counting: bool
    repaired: bool
    good: float
    parts: Parts

    def searches(self, best: Callable[[], Floats | None]) -> Iterator[Iterator[Floats | None]]:
        """The searches, soonest first, one for each offer to a prover. ``best``: the best plan when one begins."""
        plans = self._from_point(best) if self.parts.has("later-relax-and-fix") else iter(())
        yield islice(plans, 1)
        yield plans
        yield self._between(best(), all_but_teams=False)
        yield self._between(best(), all_but_teams=True)
        yield self._long(best())

    def _from_point(self, best: Callable[[], Floats | None]) -> Iterator[Floats | None]:
        if self.lp_solution is None:
            return
        for staged in self.weighted(self.lp_solution) if not self.roomy and best() is not None else ():
            plan = self._noted(staged)
            yield plan
            if self.aim.objective.of(self.aim.objective.better(best(), plan)) - self.aim.bound <= self.good:
                return
        nothing_yet = self.staged.core is None and not (self.roomy and self.counting)
        if (self.repaired or nothing_yet) and not self.relax_and_fix.same(self.staged, self.lp_solution):
            yield self._noted(self.relax_and_fix.run(self.aim, self.lp_solution))
        if self.roomy and (self.repaired or not nothing_yet):
            for staged in self.relax_and_fix.apart(self.aim, self.lp_solution):
                yield self._noted(staged)

    def _between(self, best: Floats | None, *, all_but_teams: bool) -> Iterator[Floats | None]:
        """Plans between the point and the best core known."""
        known = best if self.staged.core is None else self.staged.core
        if self.parts.has("crossover") and self.lp_solution is not None and known is not None and self.roomy:
            yield self._noted(self.relax_and_fix.between(self.aim, self.lp_solution, known, all_but_teams=all_but_teams))

    def _noted(self, staged: StagedSolution) -> Floats | None:
        """The plan of relax-and-fix, which is the last now if it came to a point."""
        self.staged = self.staged if staged.core is None else staged
        return staged.incumbent

    def _long(self, best: Floats | None) -> Iterator[Floats | None]:
        """Around the best plan, if relax-and-fix did not find it, then in the core."""
        start = best
        if best is not None and self.staged.incumbent is None:
            for start in self.neighbourhoods.improve(self.aim.objective, best, self.aim.tolerance, self.aim.stop):
                yield start
        if self.staged.incumbent is None and self.staged.core is not None:
            start = self.staged.core
        if self.parts.has("core-plans"):
            yield from self.core.find(self.aim, start)
