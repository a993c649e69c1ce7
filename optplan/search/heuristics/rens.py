"""RENS for plans of many counties: what is integer in the LP solution is fixed, the rest is decided in one sub-MIP.

With many counties the LP solution is integer nearly everywhere: with 119 of them, in all but 500 of 25 000 columns. Every item of
a county, and every squad, that is integer in all years is fixed; cheap goods may still move by a few units.

An LP solution uses up all that the objective cuts of earlier levels allow, and leaves nothing for rounding. So the relaxation is
solved again with a part of each cut's room (the slack of the criterion, and the gap of its level) set aside for the sub-MIP.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from optplan.search.solver.column_classes import ColumnClasses
from optplan.search.solver.highs import HighsModel
from optplan.search.solver.matrix import Floats, Matrix, Objective

NODES = 100
EXACTLY = 0.3  # of the level's tolerance
ASIDE = (0.4, 0.8)  # of the room of held criteria: what is set aside for rounding, one after another until a plan is found


class Rens:
    """RENS in one matrix; keeps its own HiGHS models, which need every objective cut."""

    def __init__(self, matrix: Matrix, classes: ColumnClasses) -> None:
        self._classes = classes
        self._highs = HighsModel(matrix)
        self._highs.style("finding")
        self._highs.set_integer(classes.integer)
        self._highs.limit_nodes(NODES)
        self._points = {aside: HighsModel(matrix, interior=True) for aside in ASIDE}
        for highs in self._points.values():
            highs.style("proving")
            highs.set_integer(classes.openings)
            highs.limit_nodes(NODES)
        self._room = False

    def add_objective_cut(self, objective: Objective, most: float, room: float) -> None:
        """From now on the objective must not exceed ``most``, which is ``room`` more than what is proven of it."""
        self._room = self._room or room > 0
        self._highs.add_objective_cut(objective, most)
        for aside, highs in self._points.items():
            highs.add_objective_cut(objective, most - aside * room)

    def run(self, objective: Objective, lp_solution: Floats, tolerance: float, stop: Callable[[], bool]) -> Floats | None:
        """A plan near ``lp_solution``, ``None`` if none was found. ``tolerance``: what value − bound of the level may be."""
        for near in self._near(objective, lp_solution, tolerance, stop):
            highs = self._highs
            highs.release()
            movable = np.concatenate([self._classes.sums, self._classes.cheap])
            highs.keep_near(movable, near[movable])
            settled = self._classes.settled_decisions(self._classes.integer, near)
            highs.fix(settled, np.round(near[settled]))
            found = highs.minimise(objective, tolerance=EXACTLY * tolerance, watch=lambda *_: stop()).columns
            if found is not None or stop():
                return found
        return None

    def _near(self, objective: Objective, lp_solution: Floats, tolerance: float, stop: Callable[[], bool]) -> Iterator[Floats]:
        """Points to round: the one given where nothing is held that could give way, else those with room set aside."""
        if not self._room:
            yield lp_solution
            return
        for highs in self._points.values():
            sought = highs.minimise(objective, tolerance=EXACTLY * tolerance, watch=lambda *_: stop()).columns
            if sought is not None:
                yield sought
