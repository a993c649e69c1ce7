"""Better plans than the first: searches one after another, each a sequence of plans that is the same whatever the machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from optplan.search.heuristics.relax_and_fix import StagedSolution
from optplan.search.heuristics.sub_mip import Aim
from optplan.search.level.jobs import Jobs
from optplan.search.level.tools import Tools
from optplan.search.solver.matrix import Floats


@dataclass
class Improvement:
    """What better plans are sought with, and from.

    ``jobs``: from the incumbent as it is by now. ``lp_solution``: of the second relaxation, ``None`` if it shall not be used.
    ``staged``: what relax-and-fix last came to. ``roomy``: whether held criteria leave room for rounding and the objective says
    much of what is decided, so that what was decided can be kept. ``counting``: whether every unit counts, so that relax-and-fix
    takes teams and dear goods together. ``repaired``: whether the warm start was repaired, so that relax-and-fix has not yet
    begun from a relaxation of this question. ``good``: value − bound of a plan that is good enough; then relax-and-fix, which
    takes long where money is short, is left out there.
    """

    jobs: Callable[[], Jobs]
    aim: Aim
    lp_solution: Floats | None
    staged: StagedSolution
    roomy: bool
    counting: bool
    repaired: bool
    good: float

    @property
    def _tools(self) -> Tools:
        return self.jobs().tools

    @property
    def _incumbent(self) -> Floats | None:
        return self.jobs().incumbent

    def searches(self) -> Iterator[Iterator[Floats | None]]:
        """The searches, soonest first, one for each offer to a prover."""
        plans = self._from_point() if self._tools.parts.has("later-relax-and-fix") else iter(())
        yield chain(self._towards_good(), islice(plans, 1))
        yield plans
        yield self._between(all_but_teams=False)
        yield self._between(all_but_teams=True)
        yield self._long(self._incumbent)

    def _towards_good(self) -> Iterator[Floats | None]:
        """At the last level, on the way to the plan that is good in all, which takes too much of other levels' criteria."""
        if len(self.jobs().criteria) == 1 and not self.repaired:
            good = self._tools.good_plan(lambda: not self.aim.stop())
            yield self.jobs().between(good)(self.aim).incumbent

    def _from_point(self) -> Iterator[Floats | None]:
        if self.lp_solution is None:
            return
        for job in (Jobs.weighted, Jobs.beyond) if not self.roomy and self._incumbent is not None else ():
            plan = self._noted(job(self.jobs(), self.lp_solution)(self.aim))
            yield plan
            if self.aim.objective.of(self.aim.objective.better(self._incumbent, plan)) - self.aim.bound <= self.good:
                return
        nothing_yet = self.staged.core is None and not (self.roomy and self.counting)
        if (self.repaired or nothing_yet) and not self._tools.relax_and_fix.same(self.staged, self.lp_solution):
            yield self._noted(self._tools.relax_and_fix.run(self.aim, self.lp_solution))
        if self.roomy and (self.repaired or not nothing_yet):
            for staged in self._tools.relax_and_fix.apart(self.aim, self.lp_solution):
                yield self._noted(staged)

    def _between(self, *, all_but_teams: bool) -> Iterator[Floats | None]:
        """Plans between the point and the best core known."""
        known = self._incumbent if self.staged.core is None else self.staged.core
        if self._tools.parts.has("crossover") and self.lp_solution is not None and known is not None and self.roomy:
            yield self._noted(self._tools.relax_and_fix.between(self.aim, self.lp_solution, known, all_but_teams=all_but_teams))

    def _noted(self, staged: StagedSolution) -> Floats | None:
        """The plan of relax-and-fix, which is the last now if it came to a point."""
        self.staged = self.staged if staged.core is None else staged
        return staged.incumbent

    def _long(self, best: Floats | None) -> Iterator[Floats | None]:
        """Around the best plan, if relax-and-fix did not find it, then in the core."""
        start = best
        if best is not None and self.staged.incumbent is None:
            for start in self._tools.neighbourhoods.improve(self.aim.objective, best, self.aim.tolerance, self.aim.stop):
                yield start
        if self.staged.incumbent is None and self.staged.core is not None:
            start = self.staged.core
        if self._tools.parts.has("core-plans"):
            yield from self._tools.core.find(self.aim, start)
