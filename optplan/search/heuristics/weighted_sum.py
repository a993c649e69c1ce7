"""Plans that are good in every criterion at once, from one weighted program.

A level looks at its own criterion alone: where money is short, the plan with the least shortfall is one of very many, and mostly
one with hardly any readiness. So the first plan of such a level is sought by the weighted sum of its criterion and those after
it. The relaxation of that sum with openings, integer sums and numbers of teams says what each target will lack
(:mod:`optplan.search.solver.aggregates`); no target may lack more from then on. Dear goods are made integer near the relaxation's
point (relax-and-fix), and at last cheap goods and hires with all others kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from optplan.decision_model import MONEY_CRITERIA, Criterion
from optplan.search.heuristics.relax_and_fix import StagedSolution
from optplan.search.heuristics.sub_mip import Aim
from optplan.search.solver.column_classes import ColumnClasses, Columns
from optplan.search.solver.highs import HighsModel, Style
from optplan.search.solver.matrix import Floats, Matrix, Objective

# What is good enough of one criterion is worth so much of what is good enough of the one after it. At the margin of linear
# relaxations, money buys 5 to 30 times more of a criterion than these weights take of the next one for it.
RANK, COST_RANK = 2.0, 20.0
NODES = {"relaxation": 300, "dear": 50, "cheap": 50}
EXACTLY = 0.25  # of what is good enough of the first criterion: how exactly each program is solved
KIND = 0.05  # of it: how exactly one kind of cheap goods is decided
DEAR_REACH, CHEAP_REACH = 1, 2  # units that goods may move


def weighted_objective(criteria: Sequence[Criterion], matrix: Matrix, lp_solution: Floats) -> Objective:
    """The sum of criteria, in units of what is good enough of the first, which counts most.

    ``lp_solution`` says how large each is.
    """
    total, weight = Objective(0.0, np.zeros(matrix.columns)), 1.0
    for number, criterion in enumerate(criteria):
        objective = matrix.criteria[criterion.name]
        if number:
            weight /= COST_RANK if criterion.name in MONEY_CRITERIA and criteria[number - 1].name not in MONEY_CRITERIA else RANK
        total = total.plus(weight / _good(criterion, objective.at(lp_solution)), objective)
    return total


def _good(criterion: Criterion, value: float) -> float:
    wide = criterion.widened()
    least = 1e-3 if criterion.name not in MONEY_CRITERIA else 1.0
    return max(float(wide.tolerance), float(wide.relative_tolerance) * abs(value)) or least * max(1.0, abs(value))


class WeightedSum:
    """Seeks plans of one matrix by weighted sums; keeps its own HiGHS models, which need every objective cut."""

    def __init__(self, matrix: Matrix, classes: ColumnClasses) -> None:
        self._matrix, self._classes = matrix, classes
        self._highs = HighsModel(matrix)
        self._lacking = np.array([c for c in classes.sums if matrix.names[c][0] == "shortfall"], dtype=int)
        self.add_objective_cut = self._highs.add_objective_cut

    def run(self, aim: Aim, objective: Objective) -> StagedSolution:
        """The best plan by ``objective``, in units of what is good enough, that is found near its relaxation."""
        classes, highs = self._classes, self._highs
        highs.set_integer(np.concatenate([classes.openings, classes.sums, classes.counts]))
        highs.style("proving")
        highs.limit_nodes(NODES["relaxation"])
        relaxed = highs.minimise(objective, tolerance=EXACTLY, watch=lambda *_: aim.stop())
        if relaxed.columns is None:
            return StagedSolution()
        lp_solution = self._dear(aim, objective, relaxed.columns)
        return StagedSolution() if lp_solution is None else StagedSolution(lp_solution, self._rest(aim, objective, lp_solution))

    def _dear(self, aim: Aim, objective: Objective, at: Floats) -> Floats | None:
        """dear goods integer near a point, and numbers of teams, but not the teams themselves."""
        classes, highs = self._classes, self._highs
        try:
            highs.keep_near(classes.dear, at[classes.dear], DEAR_REACH)
            highs.fix(*_as_in(at, classes.openings))
            highs.at_most(self._lacking, np.round(at[self._lacking]))
            return self._minimise(objective, classes.counted, "rens", "dear", lambda *_: aim.stop(), EXACTLY)
        finally:
            highs.release()

    def _rest(self, aim: Aim, objective: Objective, at: Floats) -> Floats | None:
        """teams integer, then hires and cheap goods one kind after another: the cheapest fill what is left."""
        classes, highs = self._classes, self._highs
        done = [classes.openings, classes.dear]
        for kind in (classes.meeting, *classes.kinds):
            try:
                if kind is not classes.meeting:
                    highs.keep_near(kind, at[kind], CHEAP_REACH)
                highs.fix(*_as_in(at, np.concatenate(done)))
                integer = np.concatenate([classes.sums, *done, kind])
                exactly = EXACTLY if kind is classes.meeting else KIND
                found = self._minimise(objective, integer, "finding", "cheap", lambda *_: aim.stop(), exactly)
            finally:
                highs.release()
            if found is None:
                return None
            at = found
            done.append(kind)
        return at

    def _minimise(
        self, objective: Objective, integer: Columns, style: Style, nodes: str, stop: Callable[..., bool], exactly: float
    ) -> Floats | None:
        highs = self._highs
        highs.set_integer(integer)
        highs.style(style)
        highs.limit_nodes(NODES[nodes])
        return highs.minimise(objective, tolerance=exactly, watch=stop).columns


def _as_in(lp_solution: Floats, columns: Columns) -> tuple[Columns, Floats]:
    return columns, np.round(lp_solution[columns])
