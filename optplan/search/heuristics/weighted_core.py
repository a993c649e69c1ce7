"""Plans that are good in every criterion at once: a tree of the core by a weighted sum, whose points are made plans on the way.

In the core cheap goods and hires may be divided (:mod:`optplan.search.solver.column_classes`). There HiGHS' own heuristics find
within a second or two what is nearly the best of the weighted sum, where they take minutes with every unit whole. Each point that
is better than those before is completed while HiGHS waits: teams, dear goods and openings stay, and cheap goods are made whole,
which takes some tenths of a second. So the same program always gives the same plans, and the first of them is there soon.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from optplan.search.heuristics.relax_and_fix import StagedSolution
from optplan.search.heuristics.sub_mip import NONE, Aim
from optplan.search.solver.aggregates import AsBuilt
from optplan.search.solver.column_classes import ColumnClasses
from optplan.search.solver.matrix import Columns, Floats, Matrix, Objective
from optplan.search.solver.objective_cuts import ObjectiveCuts

TREE, COMPLETION = 1, 5  # nodes
# in what is good enough of the first criterion
EXACTLY = 0.1  # how exactly the core is solved
FILLING = 20  # units by which what fills up may change
WORTH = 0.05  # a point that promises to gain less is not made a plan; and how exactly that is done


class WeightedCore:
    """Seeks plans of one matrix; keeps its own HiGHS models, which need every objective cut."""

    def __init__(self, built: Matrix, matrix: Matrix, classes: ColumnClasses) -> None:
        """``built``: the program that is searched, without the aggregates of ``matrix``, or ``matrix`` itself.

        Without them a good plan is there sooner; with them what targets lack is whole in the core too, and the best is better.
        """
        self._built, self._matrix, self._classes = built, matrix, classes
        self._cuts = ObjectiveCuts()

    @cached_property
    def _tree(self) -> AsBuilt:
        tree = self._with_cuts()
        tree.set_integer(self._classes.core)
        tree.style("alone")
        tree.limit_nodes(TREE)
        return tree

    @cached_property
    def _completion(self) -> AsBuilt:
        completion = self._with_cuts()
        completion.style("finding")
        completion.limit_nodes(COMPLETION)
        return completion

    def _with_cuts(self) -> AsBuilt:
        """A model with the cuts so far: made when it is first needed, as most searches never do."""
        return self._cuts.told(AsBuilt(self._built, self._matrix))

    def add_objective_cut(self, objective: Objective, most: float) -> None:
        """From now on the objective must not exceed ``most``."""
        self._cuts.add_objective_cut(objective, most)
        for model in ("_tree", "_completion"):
            if model in self.__dict__:
                getattr(self, model).add_objective_cut(objective, most)

    def run(self, aim: Aim, objective: Objective, start: Floats | None = None) -> StagedSolution:
        """The best plan found of ``objective``, which is in units of what is good enough; plans on the way are told.

        ``start``: a plan to begin from.
        """
        best = StagedSolution() if start is None else StagedSolution(start, start)
        guessed = False

        def watch(_value: float, bound: float, found: Floats | None, _nodes: int) -> bool:
            nonlocal best, guessed
            if found is not None and not guessed and not np.isfinite(bound):
                guessed = True  # what HiGHS tries before it has solved anything is poor
            elif found is not None and objective.at(found) < objective.of(best.incumbent) - WORTH:
                plan = self.completed(aim, objective, found)
                if plan is not None and objective.at(plan) < objective.of(best.incumbent):
                    best = StagedSolution(found, plan)
                    aim.found(plan)
            return aim.stop()

        self._tree.minimise(objective, tolerance=EXACTLY, start=start, watch=watch)
        return best

    def repair(self, aim: Aim, objective: Objective, plan: Floats) -> Floats | None:
        """A plan near one of a question much like this: its dear goods as they are, if that can be, or nearly so."""
        repaired = self.completed(aim, objective, plan)
        if repaired is None:
            repaired = self.completed(aim, objective, plan, moving=self._classes.dear)
        return repaired

    def completed(self, aim: Aim, objective: Objective, point: Floats, moving: Columns = NONE) -> Floats | None:
        """A plan made of a point of the core: all but cheap goods and ``moving`` kept."""
        return self._with_whole_units(aim, objective, point, np.concatenate([self._classes.cheap, moving]), NONE)

    def filled(self, aim: Aim, objective: Objective, point: Floats, kept: Columns, filling: Columns) -> Floats | None:
        """A plan made of a point of the core: ``filling`` makes up for rounding the cheap goods that are not whole yet.

        All else is kept, and the cheap goods ``kept`` are rounded to the nearest. It takes a third of the time of
        :meth:`completed`, which may find a better one.
        """
        cheap = self._classes.cheap
        whole = np.setdiff1d(self._classes.settled(cheap, point), filling)
        return self._with_whole_units(aim, objective, point, np.setdiff1d(cheap, np.concatenate([whole, kept])), filling)

    def _with_whole_units(
        self, aim: Aim, objective: Objective, point: Floats, moving: Columns, filling: Columns
    ) -> Floats | None:
        completion, enough = self._completion, objective.at(point) + WORTH
        integer = self._classes.integer
        completion.fix(integer[~np.isin(integer, np.concatenate([moving, self._classes.sums]))], point)
        completion.keep_near(moving, point)
        completion.keep_near(filling, point, FILLING)
        try:
            return completion.minimise(objective, tolerance=WORTH, watch=lambda value, *_: value <= enough or aim.stop()).columns
        finally:
            completion.release()
