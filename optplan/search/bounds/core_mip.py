"""The core of a program: openings, teams, sums and dear goods are integer in it, cheap goods and hires may be divided.

The core is a relaxation, so a bound of the core is a bound of the program. And its solution is nearly a plan: where the objective
cuts leave a little room, making cheap goods integer takes a tenth of a second and costs a few hundredths of a percent. The tree
search of the core starts from the incumbent, whose value cuts off most of it. It often proves in a second or two what the
relaxations (:mod:`optplan.search.bounds.relaxations`) never would.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from optplan.search.heuristics.completion import Completion
from optplan.search.heuristics.sub_mip import Aim, crossover
from optplan.search.solver.column_classes import ColumnClasses
from optplan.search.solver.highs import HighsModel
from optplan.search.solver.matrix import Floats, Matrix, Objective

EXACTLY = 0.3  # of the level's tolerance: how exactly the core is solved
WORTH = 0.1  # of it: a point that promises to gain less is not made a plan
BETWEEN = 0.3  # of it: nor is one without room for whole cheap goods that promises to gain less
ENOUGH = 0.8  # of it: a plan so near to what its own search proves is good enough
NODES = 150  # in which better plans are looked for
# first only the numbers of teams are integer, and teams themselves may be divided: that is proven far sooner, and mostly suffices
Tree = Literal["counts", "teams"]


@dataclass
class Proven:
    """What the core proves as it goes, and the best plan it came upon. ``infeasible``: there is no plan at all."""

    bound: float = -np.inf
    plan: Floats | None = None
    infeasible: bool = False


class CoreMip:
    """The core of one matrix; keeps its own HiGHS models, which need every objective cut.

    One thread may prove while another finds.
    """

    def __init__(self, matrix: Matrix, classes: ColumnClasses) -> None:
        self._finding, self._between = HighsModel(matrix), HighsModel(matrix)
        self._proving: dict[Tree, HighsModel] = {"counts": HighsModel(matrix), "teams": HighsModel(matrix)}
        # a completion for each thread
        self._of_proof, self._of_find = Completion(matrix, classes), Completion(matrix, classes)
        self._core = classes.core
        self._proving["counts"].set_integer(classes.counted)
        for highs in (self._proving["teams"], self._finding):
            highs.set_integer(classes.core)
        for highs in self._proving.values():
            highs.style("proving")
        self._finding.style("alone")
        self._finding.limit_nodes(NODES)

    def add_objective_cut(self, objective: Objective, most: float, aside: float, exactly: float | None) -> None:
        """From now on the objective must not exceed ``most``, and where plans are sought ``aside`` less.

        ``exactly``: where it has no slack, how exactly it was minimised.
        """
        for highs in self._proving.values():
            highs.add_objective_cut(objective, most)
        self._finding.add_objective_cut(objective, most - aside)
        self._between.add_objective_cut(objective, most - aside)
        for completion in (self._of_proof, self._of_find):
            completion.add_objective_cut(objective, most, exactly)

    def prove(self, tree: Tree, aim: Aim, start: Floats, enough: Callable[[int], bool], proven: Proven) -> None:
        """Raise the bound in ``proven`` until it is ``enough`` or the ``tree`` has no more to say of it.

        ``enough`` is told how many nodes have been looked at.
        """

        def watch(_value: float, bound: float, found: Floats | None, nodes: int) -> bool:
            proven.bound = max(proven.bound, bound)
            if found is not None:
                best = start if proven.plan is None else proven.plan
                if aim.objective.at(found) < aim.objective.at(best) - BETWEEN * aim.tolerance:
                    lp_solution = crossover(self._core, self._core, aim, best, found, self._between)
                    plan = None if lp_solution is None else _completed(self._of_proof, aim, lp_solution, best)
                    proven.plan = proven.plan if plan is None else plan
            return aim.stop() or enough(nodes)

        outcome = self._proving[tree].minimise(aim.objective, tolerance=EXACTLY * aim.tolerance, start=start, watch=watch)
        proven.infeasible = outcome.verdict == "infeasible"
        proven.bound = max(proven.bound, outcome.bound)

    def find(self, aim: Aim, start: Floats | None) -> list[Floats]:
        """Plans, each better than the one before, until one is near to what could be found here. ``start``: a point of the core.

        Points are made plans while HiGHS waits, so that the same start always gives the same plans.
        """
        plans: list[Floats] = []

        def take(lp_solution: Floats) -> None:
            plan = _completed(self._of_find, aim, lp_solution, plans[-1] if plans else None)
            if plan is not None:
                plans.append(plan)

        def watch(_value: float, bound: float, found: Floats | None, _nodes: int) -> bool:
            if found is not None:
                take(found)
            near = bool(plans) and aim.objective.at(plans[-1]) - bound <= ENOUGH * aim.tolerance
            return near or aim.stop()

        outcome = self._finding.minimise(aim.objective, tolerance=EXACTLY * aim.tolerance, start=start, watch=watch)
        if outcome.columns is not None:
            take(outcome.columns)
        return plans


def _completed(completion: Completion, aim: Aim, lp_solution: Floats, best: Floats | None) -> Floats | None:
    """A plan made of a point of the core, if it promises to be better than ``best`` and is."""
    at = aim.objective.at
    least = aim.objective.of(best)
    if at(lp_solution) >= least - WORTH * aim.tolerance:
        return None
    plan = completion.run(aim, lp_solution)
    return plan if plan is not None and at(plan) < least else None
