"""Better plans than the first: searches one after another, each a sequence of plans that is the same whatever the machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from optplan.search.bounds.core_mip import Core
from optplan.search.heuristics.county_pairs import Neighbourhoods
from optplan.search.heuristics.relax_and_fix import Dive, Dived
from optplan.search.heuristics.sub_mip import Aim
from optplan.search.parts import Parts
from optplan.search.solver.matrix import Floats


@dataclass
class Improving:
    """What better plans are sought with, and from.

    ``point``: of the second relaxation, ``None`` if nothing shall be made of it. ``dived``: what the last dive came to.
    ``roomy``: whether held criteria leave room for rounding and the objective says much of what is decided, so that what was
    decided can be kept. ``counting``: whether every unit counts, where a dive takes teams and dear goods together. ``mended``:
    whether the last dive mended the plan of another question, so that none has begun from a relaxation of this one. ``parts`` of
    the search are used.
    """

    dive: Dive
    core: Core
    neighbourhoods: Neighbourhoods
    aim: Aim
    point: Floats | None
    dived: Dived
    roomy: bool
    counting: bool
    mended: bool
    parts: Parts

    def searches(self, best: Callable[[], Floats | None]) -> Iterator[Iterator[Floats | None]]:
        """The searches, soonest first, one for each offer to a prover. ``best``: the best plan when one begins."""
        plans = self._from_point() if self.parts.has("later-dives") else iter(())
        yield islice(plans, 1)
        yield plans
        yield self._between(best(), all_but_teams=False)
        yield self._between(best(), all_but_teams=True)
        yield self._long(best())

    def _from_point(self) -> Iterator[Floats | None]:
        if self.point is None:
            return
        nothing_yet = self.dived.point is None and not (self.roomy and self.counting)
        if (self.mended or nothing_yet) and not self.dive.same(self.dived, self.point):
            yield self._noted(self.dive.run(self.aim, self.point))
        if self.roomy and (self.mended or not nothing_yet):
            for dived in self.dive.apart(self.aim, self.point):
                yield self._noted(dived)

    def _between(self, best: Floats | None, *, all_but_teams: bool) -> Iterator[Floats | None]:
        """Plans between the point and the best core known."""
        known = best if self.dived.point is None else self.dived.point
        if self.parts.has("crossover") and self.point is not None and known is not None and self.roomy:
            yield self._noted(self.dive.between(self.aim, self.point, known, all_but_teams=all_but_teams))

    def _noted(self, dived: Dived) -> Floats | None:
        """The plan of a dive, which is the last now if it came to a point."""
        self.dived = self.dived if dived.point is None else dived
        return dived.plan

    def _long(self, best: Floats | None) -> Iterator[Floats | None]:
        """Around the best plan, if no dive found it, then in the core."""
        start = best
        if best is not None and self.dived.plan is None:
            for start in self.neighbourhoods.improve(self.aim.objective, best, self.aim.allowed, self.aim.stop):
                yield start
        if self.dived.plan is None and self.dived.point is not None:
            start = self.dived.point
        if self.parts.has("core-plans"):
            yield from self.core.find(self.aim, start)
