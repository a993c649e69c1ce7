"""Plans in which targets of dear goods lack no more than in the relaxation of the weighted sum.

Where money is short, what is best is mostly a matter of a few numbers: three vehicles and twenty village brigades fewer are
better than a tower fewer. The relaxation with openings and totals integer decides them in about a second, and rightly. A tree of
the core that is free to change them spends its time on others. So what targets of dear goods lack is bounded here by what it is
there, and what cheap goods lack keeps its price and makes up for what rounding takes. Teams that are settled in the relaxation
are kept too, and the core is searched in the root node; then RINS betters the plan where it is not yet near to the relaxation.

A plan by LP diving is made first, where it comes near to the relaxation: it is there a few seconds earlier.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optplan.search.heuristics.lp_diving import LpDiving
from optplan.search.heuristics.relax_and_fix import StagedSolution
from optplan.search.heuristics.rins import Rins
from optplan.search.heuristics.sub_mip import Aim
from optplan.search.heuristics.weighted_core import WeightedCore
from optplan.search.solver.column_classes import ColumnClasses
from optplan.search.solver.highs import INTEGRALITY, HighsModel, Outcome
from optplan.search.solver.matrix import Columns, Floats, Matrix, Objective

# in what is good enough of the first criterion
EXACTLY = 0.25  # how exactly the core is solved
NEAR = 1.5  # a dive no further from the relaxation is made a plan, and a plan no further is not bettered
LOST = 10.0  # what a dive may lose before it is given up
WORTH = 0.1  # a point that promises to gain less is not made a plan
FAR = 50.0  # nor is one further from the relaxation: HiGHS comes upon some before it has solved anything


class LackingKept:
    """Seeks such plans in one matrix, with the objective cuts that it has been told of before it begins."""

    def __init__(self, built: Matrix, matrix: Matrix, classes: ColumnClasses) -> None:
        """``matrix`` is ``built`` with aggregates."""
        self._built, self._matrix, self._classes = built, matrix, classes
        self._cuts: list[tuple[Objective, float]] = []

    def add_objective_cut(self, objective: Objective, most: float) -> None:
        """In searches that begin from now on the objective must not exceed ``most``."""
        self._cuts.append((objective, most))

    def run(self, aim: Aim, objective: Objective, relaxed: Outcome) -> StagedSolution:
        """The best such plan, if there is one; plans on the way are told. ``relaxed``: the relaxation with totals integer."""
        at, classes = relaxed.columns, self._classes
        if at is None:
            return StagedSolution()
        lacking = classes.lacking_dear
        most = np.ceil(at[lacking] - INTEGRALITY)
        matrix = _bounded(self._matrix, lacking, most)
        completion = WeightedCore(_bounded(self._built, lacking, most), matrix, classes)
        highs, lp_diving, rins = HighsModel(matrix), LpDiving(matrix), Rins(matrix, classes)
        for model in (completion, highs, lp_diving, rins):
            for cut, value in self._cuts:
                model.add_objective_cut(cut, value)
        best, core = StagedSolution(), np.setdiff1d(classes.core, classes.lacking)

        def take(point: Floats) -> None:
            nonlocal best
            if objective.at(point) < objective.of(best.incumbent) - WORTH:
                plan = completion.completed(aim, objective, point)
                if plan is not None and objective.at(plan) < objective.of(best.incumbent):
                    best = StagedSolution(point, plan)
                    aim.found(plan)

        fixed, most_of_dive = classes.settled_decisions(core, at), objective.at(at) + LOST
        dived = lp_diving.run(objective, at, integer=core, fixed=fixed, tolerance=1.0, most=most_of_dive, stop=aim.stop)
        if dived is not None and objective.at(dived) <= relaxed.value + NEAR:
            take(dived)

        def watch(_value: float, _bound: float, found: Floats | None, _nodes: int) -> bool:
            if found is not None and objective.at(found) <= relaxed.value + FAR:
                take(found)
            return aim.stop()

        settled = classes.settled(classes.meeting, at)
        highs.fix(settled, np.round(at[settled]))
        highs.set_integer(core)
        highs.style("finding")
        highs.limit_nodes(1)
        highs.minimise(objective, tolerance=EXACTLY, watch=watch)
        if best.incumbent is not None and objective.at(best.incumbent) > relaxed.value + NEAR:
            plan = rins.run(objective, at, best.incumbent, EXACTLY, aim.stop)
            best = replace(best, incumbent=plan)
            aim.found(plan)
        return best


def _bounded(matrix: Matrix, columns: Columns, most: Floats) -> Matrix:
    upper = matrix.upper.copy()
    upper[columns] = np.minimum(upper[columns], most)
    return replace(matrix, upper=upper)
