"""A plan is moved back towards the schedule that its question started from, where that costs nothing (model.md §4).

First by RENS: the relaxation of what is changed says which goods and hires can be as they were. They are fixed, and the rest is
decided. Where money is tight nothing may fit that. So then the goods and hires of two counties at a time move, each between what
it is and what it was: counties share totals and pools, so that one alone can seldom give back what it took.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optplan.plan import Plan
from optplan.plan.squads import squads
from optplan.schedule import Schedule
from optplan.search.solver.column_classes import is_integer
from optplan.search.solver.highs import HighsModel
from optplan.search.solver.matrix import Columns, Floats, Matrix, Objective

NODES, ROUNDING = 1, 20  # of the tree of two counties, and of that which makes the LP solution integer
EXACTLY = 0.003  # relative: how exactly each is decided
FEW = 300  # integer columns: so many may all move at once
MOST_PAIRS = 36  # of counties; where there are more, counties move together until so many columns do
AT_ONCE = 120  # of them, where there are more
LEAST_GAIN = 0.01  # relative: what the relaxation must promise of a part that is searched
MOST_FAILURES = 2  # of a county: where so many searches in a row brought it no nearer, more of them do not either


class Nearness:
    """Moves plans of ``program`` towards ``reference``. ``highs``: a model of it with every objective cut.

    ``free``: the columns that may move; ``most``: columns, and what they may be at most.
    ``county_of``: the county in which each column delivers or hires.
    """

    def __init__(
        self,
        plan: Plan,
        program: Matrix,
        reference: Schedule,
        highs: HighsModel,
        free: Columns,
        most: tuple[Columns, Floats],
        county_of: NDArray[np.str_],
        stop: Callable[[], bool],
    ) -> None:
        self._highs, self._free, self._most, self._stop = highs, free, most, stop
        self._objective: Objective = program.criteria["change"]
        (self._integer,) = np.nonzero(program.integer)
        self._before = _before(plan, program, reference)
        self._county_of = county_of

    def nearer(self, at: Floats) -> Floats:
        """``at``, or a plan in which less is changed."""
        at = self._better(at, self._rens(at))
        if len(self._free) <= FEW:
            return self._better(at, self._between(at, self._free))
        self._highs.style("rins")
        failed: dict[str, int] = defaultdict(int)  # of each county how many searches in a row brought it no nearer
        for part in self._parts(at):
            counties = {*self._county_of[part]}
            if self._stop():
                break
            if max(failed[county] for county in counties) < MOST_FAILURES and self._promises(at, part):
                found = self._better(at, self._between(at, part))
                for county in counties:
                    failed[county] = failed[county] + 1 if found is at else 0
                at = found
        return at

    def _promises(self, at: Floats, part: Columns) -> bool:
        """Whether the relaxation comes nearer where ``part`` moves, by enough for a search."""
        self._let_move(at, part)
        found, before = self._highs.relaxed(self._objective, lambda *_: self._stop()), self._objective.at(at)
        return before - found.bound > LEAST_GAIN * before

    def _better(self, at: Floats, found: Floats | None) -> Floats:
        return at if found is None or self._objective.at(found) >= self._objective.at(at) else found

    def _rens(self, at: Floats) -> Floats | None:
        """What is integer in the LP solution is fixed there, the rest is decided; ``None`` if nothing fits."""
        highs, free = self._highs, self._free
        self._settle(at, free)
        relaxed = highs.relaxed(self._objective, lambda *_: self._stop()).columns
        if relaxed is None:
            return None
        settled = free[is_integer(relaxed[free])]
        highs.fix(settled, np.round(relaxed[settled]))
        return self._minimise(ROUNDING)

    def _between(self, at: Floats, part: Columns) -> Floats | None:
        """A plan in which of ``part`` what is not as it was may be anything between the two."""
        return self._minimise(NODES, at) if self._let_move(at, part) else None

    def _let_move(self, at: Floats, part: Columns) -> bool:
        """Let what is not as it was in ``part`` be anything between the two; ``False`` where there is nothing."""
        movable = part[self._before[part] != at[part]]
        self._settle(at, movable)
        self._highs.keep_between(movable, at[movable], self._before[movable])
        return bool(len(movable))

    def _settle(self, at: Floats, movable: Columns) -> None:
        """All whole decisions but the ``movable`` ones as in ``at``."""
        settled = np.setdiff1d(self._integer, movable)
        self._highs.release()
        self._highs.at_most(*self._most)
        self._highs.fix(settled, at[settled])

    def _minimise(self, nodes: int, start: Floats | None = None) -> Floats | None:
        self._highs.limit_nodes(nodes)
        return self._highs.minimise(
            self._objective, relative_tolerance=EXACTLY, start=start, watch=lambda *_: self._stop()
        ).columns  # fmt: skip

    def _parts(self, at: Floats) -> Iterator[Columns]:
        """The columns of two counties, then of two others; of several where there are too many counties for that."""
        moving = self._free[self._before[self._free] != at[self._free]]
        counties, sizes = np.unique(self._county_of[moving], return_counts=True)
        together = list(combinations(counties, 2)) or [tuple(counties)]
        if len(together) > MOST_PAIRS:
            share = np.cumsum(sizes) // AT_ONCE
            together = [tuple(counties[share == number]) for number in np.unique(share)]
        for some in together:
            yield self._free[np.isin(self._county_of[self._free], some)]


def _before(plan: Plan, program: Matrix, reference: Schedule) -> Floats:
    """What each column that delivers or hires was in the reference; what closed years have settled is as it is now."""
    bought: dict[tuple[str, str, int], float] = defaultdict(float)
    hired: dict[tuple[str, int], float] = defaultdict(float)
    for (i, c, y), quantity in reference.deliveries.items():
        for year in plan.open_years:
            bought[i, c, year] += float(quantity) if y in plan.open_years and y <= year else 0.0
    for (k, y), people in reference.hires.items():
        for year in plan.open_years:
            hired[k, year] += people if y in plan.open_years and y <= year else 0
    teams = {squad.squad: squad.teams for squad in squads(plan)}

    def was(variable: str, index: tuple[Any, ...]) -> float:
        if variable == "goods_so_far":
            i, c, y = index
            return bought[i, c, y] + sum(float(plan.delivered(i, c, past)) for past in plan.closed_years)
        if variable == "hired_so_far":
            return sum(hired[team, index[1]] for team in teams[index[0]])
        return 0.0

    return np.array([was(variable, index) for variable, index in program.names])
