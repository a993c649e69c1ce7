"""Points of the core near a relaxation: LP diving to any, then RINS in a box around what lies between that and the relaxation.

HiGHS can search by RINS only with a point to begin from, and that point need not be good. So LP diving may lose whatever it loses
here. It keeps totals as in the relaxation, which mostly says them rightly; without them it often comes to no point, and takes two
to ten times as long to say so. RINS runs in the root node, where more nodes hardly ever gain.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from optplan.search.heuristics.lp_diving import LpDiving
from optplan.search.solver.column_classes import ColumnClasses
from optplan.search.solver.highs import HighsModel, Style
from optplan.search.solver.matrix import Columns, Floats, Matrix, Objective
from optplan.search.solver.objective_cuts import ObjectiveCuts


class BoxedCore:
    """The core of one matrix under some cuts, ``goods`` being integer in it beside openings, teams and totals."""

    def __init__(self, matrix: Matrix, classes: ColumnClasses, cuts: ObjectiveCuts, goods: Columns) -> None:
        self._matrix, self._classes, self._cuts, self._goods = matrix, classes, cuts, goods
        # what is lacking follows from the totals
        self._core = np.concatenate([classes.openings, classes.meeting, classes.totals, goods])

    def dived(self, objective: Objective, at: Floats, stop: Callable[[], bool]) -> Floats | None:
        """A point of the core in which whatever is settled in the relaxation ``at`` is as there, and so are totals of ``goods``.

        If there is none, these may differ.
        """
        settled, lp_diving = self._classes.settled_decisions(self._core, at), self._cuts.told(LpDiving(self._matrix))
        for kept in (np.concatenate([settled, self._classes.totals_of(self._goods)]), settled):
            point = lp_diving.run(objective, at, integer=self._core, fixed=kept, tolerance=1.0, most=np.inf, stop=stop)
            if point is not None or stop():
                return point
        return None

    def around(
        self,
        objective: Objective,
        at: Floats,
        point: Floats,
        *,
        reach: int,
        style: Style,
        tolerance: float,
        enough: Callable[[Floats], bool],
        stop: Callable[[], bool],
    ) -> Floats:
        """``point``, or a better one: teams as in it or in ``at``, goods within ``reach`` units of what lies between the two.

        ``tolerance``: how exactly it is sought; one that is ``enough`` ends that. ``style``: how HiGHS searches.
        """
        classes, goods, highs = self._classes, self._goods, self._cuts.told(HighsModel(self._matrix, interior=self._classes.vast))
        either = np.concatenate([classes.openings, classes.meeting])
        highs.keep_between(either, at[either], point[either])
        least, most = np.minimum(at, point)[goods], np.maximum(at, point)[goods]
        highs.keep_between(goods, least - reach, most + reach)
        highs.set_integer(self._core)
        highs.style(style)
        highs.limit_nodes(1)

        def watch(_value: float, _bound: float, found: Floats | None, _nodes: int) -> bool:
            return (found is not None and enough(found)) or stop()

        found = highs.minimise(objective, tolerance=tolerance, start=point, watch=watch).columns
        return point if found is None or objective.at(found) > objective.at(point) else found
