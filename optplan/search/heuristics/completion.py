"""From a solution of the core to a plan: cheap goods and hires are made integer, teams and dear goods stay as they are.

Where money is short, all cheap goods at once are too much for HiGHS. So they are made integer one kind after another, the
cheapest last, which fill what is left. Meanwhile the criterion that says how short money is may be a little worse.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optplan.search.heuristics.sub_mip import NONE, Aim, ObjectiveCut, SubMip, prepared, solved
from optplan.search.solver.column_classes import ColumnClasses
from optplan.search.solver.highs import HighsModel
from optplan.search.solver.matrix import Columns, Floats, Matrix, Objective

# in tolerances of the level
KIND = 0.02  # how exactly one kind of cheap goods is decided
FIRM = 5.0  # what one tolerance of a criterion held without slack is worth while kinds are made integer
HARDLY = 0.4  # what fixing kinds at the least cost may lose of the criterion
THRIFTY = 0.01  # of the cost: how exactly it is minimised, and what one tolerance of the criterion is worth
SOON = 20  # nodes in which cheap goods come out integer at once, or not at all, where money is short
FAILURES = 4  # of all kinds, after which fixing one kind after another is given up


class Completion:
    """Completes points of one matrix; keeps its own HiGHS models, which need every objective cut."""

    def __init__(self, matrix: Matrix, classes: ColumnClasses) -> None:
        self._classes = classes
        self._highs, self._elastic = HighsModel(matrix), HighsModel(matrix)
        self._firm: list[ObjectiveCut] = []

    @property
    def is_firm(self) -> bool:
        """Whether a criterion is held at its value by a row, so that there is no room at all."""
        return bool(self._firm)

    def add_objective_cut(self, objective: Objective, most: float, exactly: float | None) -> None:
        """From now on the objective must not exceed ``most``.

        ``exactly``: where it has no slack, how exactly it was minimised.
        """
        takes_a_row = self._highs.add_objective_cut(objective, most)
        if exactly and takes_a_row:
            self._firm.append(ObjectiveCut(objective, most, exactly))
        else:
            self._elastic.add_objective_cut(objective, most)

    def run(self, aim: Aim, lp_solution: Floats) -> Floats | None:
        """A plan near ``lp_solution``, whose dear goods are integer. ``None``: none was found."""
        classes, highs = self._classes, self._highs
        aim = replace(aim, kept=NONE)
        settled = np.concatenate([classes.openings, classes.meeting, classes.dear])
        near = np.concatenate([classes.sums, classes.cheap])
        kept = SubMip(classes.integer, np.concatenate([settled, classes.settled(classes.cheap, lp_solution)]), near)
        anew = SubMip(classes.integer, settled, near, nodes=50)
        if self._firm:
            kept = replace(kept, nodes=SOON)
        found = None if aim.thrifty(lp_solution) else solved("cheap", kept, aim, lp_solution, highs)
        found = self._kind_by_kind(aim, lp_solution) if found is None else found
        return solved("cheap", anew, aim, lp_solution, highs) if found is None and not self._firm else found

    def _kind_by_kind(self, aim: Aim, lp_solution: Floats) -> Floats | None:
        """Cheap goods made integer one kind after another; a kind that cannot be is decided anew together with those before it.

        A criterion that is held without slack is left room meanwhile, at a price: only at the end must it be as it was.
        """
        classes, objective, firm = self._classes, aim.objective, list(self._firm)
        for held in firm:
            objective = objective.plus(FIRM * aim.tolerance / held.exactly, held.objective)
        if aim.thrift is not None and aim.thrifty(lp_solution):
            objective = objective.plus(aim.tolerance / (THRIFTY * aim.thrift.at(lp_solution)), aim.thrift)
            firm.append(ObjectiveCut(aim.objective, aim.objective.at(lp_solution) + HARDLY * aim.tolerance, aim.tolerance))
        done: list[Columns] = []
        failed, at = 0, lp_solution
        if aim.stop():
            return None
        for number, kind in enumerate(classes.kinds, start=1):
            now = [kind]
            while True:
                fixed = np.concatenate([classes.openings, classes.meeting, classes.dear, *done])
                # later kinds stay free: a village brigade more or less is made up for by some dozen cheap sets of equipment
                near = np.concatenate([classes.sums, kind]) if len(now) == 1 else classes.sums
                sub_mip = SubMip(np.concatenate([classes.core, *done, *now]), fixed, near, nodes=50)
                with prepared(self._elastic, sub_mip, aim, at):
                    found = self._elastic.minimise(objective, tolerance=KIND * aim.tolerance, watch=lambda *_: aim.stop()).columns
                if aim.stop():
                    return None
                if found is not None and (number < len(classes.kinds) or all(held.kept(found) for held in firm)):
                    break
                failed += 1
                if failed > FAILURES or not done:
                    return None
                now.append(done.pop())
            at = found
            done += now
        return at
