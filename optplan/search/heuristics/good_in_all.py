"""A plan that is good enough in one criterion and nearly the best in those after it, long before either is proven.

The best plan of a criterion costs a few per cent more than one that is nearly as good, and the level of the cost takes seconds
to bring that down. So here the criterion may take what is good enough over its bound, and the criteria after it are minimised. A
relaxation that uses up a part of that says what the plan looks like; the rest is room to make it integer. There the criterion has
the price at which linear relaxations exchange it for the others.

First LP diving is tried, to the core and from there to a plan, which takes some tenths of a second. It may take more of the
criterion than that, at the price; a point that does, or that is not near enough, is the start of RINS in a box
(:mod:`optplan.search.heuristics.boxed_core`). Where no plan comes of that, RENS is tried.

Such a plan is for whoever waits for one, and the last level looks for better plans on the way to it. The levels between do not go
on from it, which takes too much of their criteria.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from optplan.decision_model import Criterion
from optplan.search.heuristics.boxed_core import BoxedCore
from optplan.search.heuristics.sub_mip import NONE
from optplan.search.heuristics.weighted_sum import good_of, weighted_objective
from optplan.search.solver.column_classes import ColumnClasses
from optplan.search.solver.highs import HighsModel
from optplan.search.solver.matrix import Columns, Floats, Matrix
from optplan.search.solver.objective_cuts import ObjectiveCuts

# of what is good enough of the criterion: what the relaxation may use up, and a little more, to see what that buys
USED, MORE = 0.6, 0.7
# in what is good enough of the first criterion after it
EXACTLY = 0.25  # how exactly each program is solved
NEAR = 2.5  # a point of the core no further from the relaxation is made a plan at once
REACH = 2  # units
LOST = 0.3  # what a point of the core may lose when it is made a plan
ENOUGH = 1.5  # a plan no further from the relaxation is not bettered
NODES = {"relaxation": 300, "completion": 50, "rens": 1}


class GoodInAll:
    """Seeks such a plan in one matrix, with the objective cuts that it has been told of before it begins."""

    def __init__(self, matrix: Matrix, classes: ColumnClasses) -> None:
        self._matrix, self._classes = matrix, classes
        self._cuts = ObjectiveCuts()
        self.add_objective_cut = self._cuts.add_objective_cut  # for searches that begin from then on

    def run(
        self,
        criteria: Sequence[Criterion],
        bound: float,
        lp_solution: Floats,
        found: Callable[[Floats], None],
        stop: Callable[[], bool],
    ) -> Floats | None:
        """The best such plan, if there is one; ``found`` is told each on the way.

        ``criteria``: the one that may take more than its ``bound``, and those after it, whose sizes ``lp_solution`` tells.
        """
        classes, cuts = self._classes, self._cuts.so_far()
        limited, good = self._matrix.criteria[criteria[0].name], good_of(criteria[0], bound)
        rest = weighted_objective(criteria[1:], self._matrix, lp_solution)
        highs = cuts.told(HighsModel(self._matrix, interior=classes.vast))
        highs.add_objective_cut(limited, bound + good)

        def relaxed(integer: Columns, used: float) -> Floats | None:
            highs.set_integer(integer)
            highs.style("proving")
            highs.limit_nodes(NODES["relaxation"])
            highs.add_temporary_cut(limited, bound + used * good)
            at = highs.minimise(rest, tolerance=EXACTLY, watch=lambda *_: stop()).columns
            highs.release()
            return at

        less, more = relaxed(NONE, USED), relaxed(NONE, MORE)
        at = relaxed(np.concatenate([classes.openings, classes.sums]), USED)
        if less is None or more is None or at is None or stop():
            return None
        price = max(0.0, (rest.at(less) - rest.at(more)) / ((MORE - USED) * good))
        objective = rest.plus(price, limited)

        def sought(kept: Columns, point: Floats, nodes: str, enough: float, near: Columns = NONE) -> Floats | None:
            def watch(value: float, _bound: float, plan: Floats | None, _nodes: int) -> bool:
                if plan is not None:
                    found(plan)
                return value <= enough or stop()

            highs.set_integer(classes.integer)
            highs.style("finding")
            highs.limit_nodes(NODES[nodes])
            highs.keep_near(near, point[near])
            highs.fix(kept, np.round(point[kept]))
            plan = highs.minimise(objective, tolerance=EXACTLY, watch=watch).columns
            highs.release()
            return plan

        value = objective.at(at)

        def is_near(point: Floats, most: float = NEAR) -> bool:
            return limited.at(point) <= bound + good and objective.at(point) <= value + most

        core = BoxedCore(self._matrix, classes, cuts, classes.dear)
        point = core.dived(objective, at, stop)
        if point is not None and not is_near(point):
            point = core.around(
                objective, at, point, reach=REACH, style="rins", tolerance=EXACTLY, enough=lambda found: is_near(found, ENOUGH),
                stop=stop,
            )  # fmt: skip
        if point is not None and limited.at(point) <= bound + good:
            kept = np.concatenate([classes.openings, classes.meeting, classes.dear])
            near = np.concatenate([classes.sums, classes.cheap])
            plan = sought(kept, point, "completion", objective.at(point) + LOST, near)
            if plan is not None or stop():
                return plan
        return sought(classes.settled_decisions(classes.integer, at), at, "rens", value + ENOUGH)
