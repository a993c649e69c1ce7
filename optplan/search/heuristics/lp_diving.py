"""LP diving: an LP solution that is integer nearly everywhere is made integer by linear programs alone, a few columns a step.

Each step fixes the columns that are nearest to an integer and solves the rest again, from the last basis. It takes a tenth of a
second where a tree search takes one, most of it for cuts. But it turns back one step at most, and comes to worse solutions or to
none.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from optplan.search.solver.highs import INTEGRALITY, HighsModel, Outcome
from optplan.search.solver.matrix import Columns, Floats, Matrix, Objective

AT_ONCE = (0.15, 0.5)  # of the columns that are not integer: how many a step may fix together, tried one after the other
# of the level's tolerance: what a step may lose that fixes hardly any column, and how much more one that fixes all of them; a
# step that would lose more fixes one column alone
LOSS = (0.02, 0.3)
NOTHING = 1e-3  # of it: a loss that is none
PIVOTS = 500  # of the simplex method in a step: most take fewer than a hundred, and one that takes more has lost its way


class LpDiving:
    """LP diving in one matrix; keeps its own HiGHS models, which need every objective cut."""

    def __init__(self, matrix: Matrix) -> None:
        self._highs = HighsModel(matrix)
        self._highs.set_integer(np.array([], dtype=int))
        self.add_objective_cut = self._highs.add_objective_cut

    def run(
        self,
        objective: Objective,
        lp_solution: Floats,
        *,
        integer: Columns,
        fixed: Columns,
        tolerance: float,
        most: float,
        stop: Callable[[], bool],
    ) -> Floats | None:
        """A solution with ``integer`` integer and ``fixed`` as in ``lp_solution``, at most ``most``; ``None`` if there is none.

        ``tolerance``: the tolerance of the level.
        """
        highs = self._highs
        for share in AT_ONCE if objective.at(lp_solution) <= most else ():
            highs.fix(fixed, np.round(lp_solution[fixed]))
            try:
                found = highs.minimise(objective)
                highs.resume(PIVOTS)
                while found.columns is not None and found.value <= most and not stop():
                    values = found.columns[integer]
                    parts = np.abs(values - np.round(values))
                    split = integer[np.argsort(parts, kind="stable")][np.count_nonzero(parts <= INTEGRALITY) :]
                    if not len(split):
                        return found.columns
                    found = self._step(objective, found, split, int(share * len(split)), tolerance)
            finally:
                highs.release()
        return None

    def _step(self, objective: Objective, now: Outcome, split: Columns, most: int, tolerance: float) -> Outcome:
        """What comes of fixing ``most`` of ``split``, or one; they are in the order of how nearly they are."""
        assert now.columns is not None
        highs, at = self._highs, now.columns
        some = split[:most]
        if len(some) > 1:
            highs.fix(some, np.round(at[some]))
            found = highs.minimise(objective)
            none, more = LOSS
            if found.value - now.value <= (none + more * len(some) / len(split)) * tolerance:
                return found
            highs.free(some)
        one = split[:1]
        near = np.round(at[one])
        tried: list[tuple[Floats, Outcome]] = []
        for value in (near, np.where(at[one] > near, near + 1, near - 1)):
            if highs.may_be(one, value):
                highs.fix(one, value)
                tried.append((value, highs.minimise(objective)))
                if tried[-1][1].value - now.value <= NOTHING * tolerance:
                    break
        if not tried:
            return Outcome("infeasible", None, np.inf, np.inf)
        value, found = min(tried, key=lambda each: each[1].value)
        highs.fix(one, value)
        return found
