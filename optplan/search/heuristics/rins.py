"""RINS for integers of any size: every column may be anywhere between the LP solution and the incumbent.

Where the two agree on a column it is fixed; elsewhere it may take either value, or one between. (Danna, Rothberg and Le Pape 2005
fix columns; here they are bounded.) The incumbent satisfies all rows and objective cuts, so there always is a solution.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from optplan.search.solver.column_classes import ColumnClasses
from optplan.search.solver.highs import HighsModel
from optplan.search.solver.matrix import Floats, Matrix, Objective

NODES = 50  # of each sub-MIP
ROUNDS = 4  # sub-MIPs, each between the LP solution and the incumbent of the one before


class Rins:
    """RINS in one matrix; keeps its own HiGHS model, which needs every objective cut."""

    def __init__(self, matrix: Matrix, classes: ColumnClasses) -> None:
        self._highs = HighsModel(matrix, NODES)
        self._highs.style("finding")
        self._highs.set_integer(classes.integer)
        self._decided = classes.integer[~np.isin(classes.integer, classes.sums)]
        self.add_objective_cut = self._highs.add_objective_cut

    def run(
        self,
        objective: Objective,
        lp_solution: Floats,
        incumbent: Floats,
        tolerance: float,
        stop: Callable[[], bool],
        found: Callable[[Floats], None],
        held: tuple[Objective, float] | None = None,
    ) -> Floats:
        """``incumbent``, or a better plan; ``held``: an objective, and what it may come to in it.

        ``tolerance``: how exactly each sub-MIP is solved. Plans on the way that are so much better than the one before are told.
        """
        told = objective.at(incumbent)

        def watch(value: float, _bound: float, plan: Floats | None, _nodes: int) -> bool:
            nonlocal told
            if plan is not None and value <= told - tolerance:
                told = value
                found(plan)
            return stop()

        for _ in range(ROUNDS):
            if stop():
                break
            self._highs.keep_between(self._decided, lp_solution[self._decided], incumbent[self._decided])
            if held is not None:
                self._highs.add_temporary_cut(*held)
            plan = self._highs.minimise(objective, tolerance=tolerance, start=incumbent, watch=watch).columns
            self._highs.release()
            before = objective.at(incumbent)
            if plan is not None and objective.at(plan) < before:
                incumbent = plan
            if objective.at(incumbent) > before - tolerance:
                break
        return incumbent
