"""Plans in which targets of dear goods lack no more than in the relaxation of the weighted sum.

Where money is short, what is best is mostly a matter of a few numbers: three vehicles and twenty village brigades fewer are
better than a tower fewer. The relaxation with openings and totals integer decides them in about a second, and rightly. A tree of
the core that is free to change them spends its time on others. So what targets of dear goods lack is bounded here by what it is
there, and what cheap goods lack keeps its price and makes up for what rounding takes.

The core is searched near the relaxation (:mod:`optplan.search.heuristics.boxed_core`), and a point of it is made a plan. Some
cheap goods are lumpy: one more or less, of a target that lacks some, is worth about what is good enough, and rounding may lose
one. So they are rounded first, and what is worth less fills up; then they may be decided anew; then all cheap goods may. Where no
plan near the relaxation comes of that, the core is searched again from the best one, lumpy goods integer in it too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from optplan.search.heuristics.boxed_core import BoxedCore
from optplan.search.heuristics.relax_and_fix import StagedSolution
from optplan.search.heuristics.sub_mip import NONE, Aim
from optplan.search.heuristics.weighted_core import WeightedCore
from optplan.search.solver.column_classes import ColumnClasses
from optplan.search.solver.highs import INTEGRALITY, Outcome, Style
from optplan.search.solver.matrix import Columns, Floats, Matrix, Objective
from optplan.search.solver.objective_cuts import ObjectiveCuts

# in what is good enough of the first criterion
EXACTLY = 0.25  # how exactly the core is solved
LUMPY = 0.5  # what one unit of a cheap good that is lacking is worth, if it is lumpy
NEAR = 1.5  # a point no further from the relaxation is made a plan at once, and a plan no further is not bettered
ENOUGH = 0.75  # a point of the core no further ends the search for one
LOST = 0.75  # what making a point a plan may lose before it is done more freely
WORTH = 0.1  # a point that promises to gain less is not made a plan
BOX: tuple[int, Style] = (2, "rins")  # by how many units it is wider than what lies between, and how HiGHS searches it
BOXES_OF_PLANS: tuple[tuple[int, Style], ...] = ((1, "rins"), (2, "finding"))  # one after the other, until a plan is near


class LackingKept:
    """Seeks such plans in one matrix, with the objective cuts that it has been told of before it begins."""

    def __init__(self, built: Matrix, matrix: Matrix, classes: ColumnClasses) -> None:
        """``matrix`` is ``built`` with aggregates."""
        self._built, self._matrix, self._classes = built, matrix, classes
        self._cuts = ObjectiveCuts()
        self.add_objective_cut = self._cuts.add_objective_cut  # for searches that begin from then on

    def run(self, aim: Aim, objective: Objective, relaxed: Outcome) -> StagedSolution:
        """The best such plan, if there is one; plans on the way are told. ``relaxed``: the relaxation with totals integer."""
        if relaxed.columns is None:
            return StagedSolution()
        lacking = self._classes.lacking_dear
        most = np.ceil(relaxed.columns[lacking] - INTEGRALITY)
        built, matrix = _bounded(self._built, lacking, most), _bounded(self._matrix, lacking, most)
        return _Search(built, matrix, self._classes, self._cuts, aim, objective, relaxed, relaxed.columns).run()


def _bounded(matrix: Matrix, columns: Columns, most: Floats) -> Matrix:
    upper = matrix.upper.copy()
    upper[columns] = np.minimum(upper[columns], most)
    return replace(matrix, upper=upper)


@dataclass
class _Search:
    """One such search. ``at``: the point of ``relaxed``."""

    built: Matrix
    matrix: Matrix
    classes: ColumnClasses
    cuts: ObjectiveCuts
    aim: Aim
    objective: Objective
    relaxed: Outcome
    at: Floats
    best: StagedSolution = field(default_factory=StagedSolution)

    def __post_init__(self) -> None:
        lumpy, filling = [NONE], [NONE]
        for column, goods in self.classes.cheap_of.items():
            if self.at[column] > INTEGRALITY:
                (lumpy if self.objective.cost[column] >= LUMPY else filling).append(goods)
        self._lumpy = np.unique(np.concatenate(lumpy))
        self._filling = np.setdiff1d(np.concatenate(filling), self._lumpy)
        self._core = BoxedCore(self.matrix, self.classes, self.cuts, self.classes.dear)
        self._lumpy_core = BoxedCore(self.matrix, self.classes, self.cuts, np.concatenate([self.classes.dear, self._lumpy]))
        self._completion = self.cuts.told(WeightedCore(self.built, self.matrix, self.classes))

    def run(self) -> StagedSolution:
        """The best plan, and the point that it was made of."""
        point = self._core.dived(self.objective, self.at, self.aim.stop)
        if point is None:
            return self.best
        if self._is_near(point):
            self._take(point)
        if not self._is_near(self.best.incumbent):
            self._take(self._around(self._core, point, *BOX))
        for reach, style in BOXES_OF_PLANS:
            plan = self.best.incumbent
            if plan is None or self._is_near(plan) or self.aim.stop():
                break
            self._take(self._around(self._lumpy_core, plan, reach, style))
        return self.best

    def _is_near(self, point: Floats | None) -> bool:
        return self.objective.of(point) <= self.relaxed.value + NEAR

    def _around(self, core: BoxedCore, point: Floats, reach: int, style: Style) -> Floats:
        def enough(found: Floats) -> bool:
            return self.objective.at(found) <= self.relaxed.value + ENOUGH

        return core.around(
            self.objective, self.at, point, reach=reach, style=style, tolerance=EXACTLY, enough=enough, stop=self.aim.stop
        )

    def _take(self, point: Floats) -> None:
        """Make it a plan, if it promises to gain something."""
        if self.objective.at(point) >= self.objective.of(self.best.incumbent) - WORTH:
            return
        made: Floats | None = None
        for way in self._ways(point):
            made = self.objective.better(made, way())
            if self.objective.of(made) <= self.objective.at(point) + LOST:
                break
        if made is not None and self.objective.at(made) < self.objective.of(self.best.incumbent):
            self.best = StagedSolution(point, made)
            self.aim.found(made)

    def _ways(self, point: Floats) -> tuple[Callable[[], Floats | None], ...]:
        """How it may be made a plan, from the quickest to the freest."""
        filled, completed = self._completion.filled, self._completion.completed
        return (
            lambda: filled(self.aim, self.objective, point, self._lumpy, self._filling),
            lambda: filled(self.aim, self.objective, point, NONE, self._filling),
            lambda: completed(self.aim, self.objective, point),
        )
