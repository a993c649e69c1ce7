"""Plans brought back to the values of earlier levels, and money that is left spent on what targets still lack (model.md §4).

While a level is searched, the criteria before it have a little more room than they may use in the end: without it, rounding an
LP solution often comes to no plan. The plan that the level ends with is brought back here to what the earlier criteria really
allow. Then, where the level ended within its tolerance rather than at its bound, a small program looks whether the money that is
left buys some of what targets lack, all else staying as it is.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from optplan.plan import Plan
from optplan.plan.squads import squads
from optplan.search.solver.aggregates import COUNT, SUM
from optplan.search.solver.column_classes import ColumnClasses
from optplan.search.solver.highs import HighsModel, Outcome, seen_apart
from optplan.search.solver.matrix import Floats, Matrix, Objective

NODES_OF_SMALL, NODES_OF_LARGE = 2000, 20
MOVED = 20  # units by which cheap goods may change where a plan is brought back
FOLLOWS = ("shortfall", SUM, COUNT)  # columns that follow from others
LACKING = 1e-6  # units


class BringBack:
    """Works on one matrix with its own HiGHS model, whose objective cuts have no margin."""

    def __init__(self, plan: Plan, matrix: Matrix, classes: ColumnClasses, *, large: bool) -> None:
        """``large``: whether there is so much to decide that most of it has to stay as it is."""
        self._plan, self._matrix, self._classes = plan, matrix, classes
        self._highs = HighsModel(matrix)
        self._small = not large
        self._highs.limit_nodes(NODES_OF_SMALL if self._small else NODES_OF_LARGE)
        self._highs.style("alone" if self._small else "finding")
        self._shortfall = {index: column for column, (kind, index) in enumerate(matrix.names) if kind == "shortfall"}
        kinds = np.array([kind for kind, _ in matrix.names])
        self._decided = np.nonzero(matrix.integer & ~np.isin(kinds, FOLLOWS))[0]
        self.add_objective_cut = self._highs.add_objective_cut

    def lacking(self, columns: Floats) -> list[str]:
        """The targets that fall short in a plan."""
        return [target for target, column in self._shortfall.items() if columns[column] > LACKING]

    def bring_back(
        self, objective: Objective, columns: Floats, met: list[str], start: Floats, stop: Callable[[], bool]
    ) -> Floats | None:
        """The best plan near ``columns`` in which all that is held is kept, and the targets ``met`` are; or ``None``.

        ``start``: a plan in which that is so, and which is to be bettered. Openings, teams and dear goods stay where there is
        much to decide, and cheap goods move a little: whether there is such a plan is known in a tenth of a second.
        """
        classes, highs = self._classes, self._highs
        if not self._small:
            fixed = np.concatenate([classes.openings, classes.meeting, classes.dear])
            highs.fix(fixed, np.round(columns[fixed]))
            highs.keep_near(classes.cheap, columns[classes.cheap], MOVED)
        met_columns = np.array([self._shortfall[target] for target in met], dtype=int)
        highs.fix(met_columns, np.zeros(len(met_columns)))
        highs.add_temporary_cut(objective, objective.at(start))
        try:
            return highs.minimise(objective, start=start if self._small else None, watch=lambda *_: stop()).columns
        finally:
            highs.release()

    def buy(self, shortfall: Objective, then: Objective | None, columns: Floats, stop: Callable[[], bool]) -> Floats:
        """The plan ``columns``, or one in which what is left of the money buys more of what targets lack.

        All else that is decided stays as it is where there is much of it. ``then``: what to keep low among plans that lack as
        little.
        """
        lacking = self.lacking(columns)
        if not lacking or stop():
            return columns
        highs = self._highs
        fixed = np.array([], dtype=int) if self._small else self._decided[~self._serves(lacking)]
        highs.fix(fixed, np.round(columns[fixed]))
        try:
            found = shortfall.better(columns, highs.minimise(shortfall, start=columns, watch=lambda *_: stop()).columns)
            large, small = seen_apart(shortfall)
            if small is not None and found is not None:
                (used,) = np.nonzero(large.cost)
                highs.at_most(used, found[used])
                found = shortfall.better(found, highs.minimise(small, start=found, watch=lambda *_: stop()).columns)
            if found is None or found is columns or then is None:
                return columns if found is None else found
            highs.add_temporary_cut(shortfall, shortfall.at(found))
            thrifty = highs.minimise(then, start=found, watch=lambda *_: stop())
            return found if thrifty.columns is None else thrifty.columns
        finally:
            highs.release()

    def anew(self, objective: Objective, start: Floats | None, stop: Callable[[], bool]) -> Outcome:
        """The objective minimised from ``start``, which keeps all that is held, in other ways than a level's search.

        For where HiGHS' arithmetic left that without a plan: without presolve, and with a plan to begin with.
        """
        highs = self._highs
        highs.without_presolve()
        try:
            return highs.minimise(objective, start=start, watch=lambda *_: stop())
        finally:
            highs.release()

    def _serves(self, targets: list[str]) -> NDArray[np.bool_]:
        """Which of the decided columns deliver what these targets ask for."""
        plan = self._plan
        items = {item for target in plan.targets if target.target in targets for item in target.items}
        projects = {name for name, project in plan.projects.items() if project.item in items}
        serving = {squad.squad for squad in squads(plan) if squad.item in items or squad.project in projects}
        found = []
        for column in self._decided:
            kind, index = self._matrix.names[column]
            of = {"goods_so_far": items, "opened": projects}.get(kind, serving)
            found.append(index[0] in of)
        return np.array(found, dtype=bool)
