"""Plans that are good in every criterion at once, from one weighted program.

A level looks at its own criterion alone. Where money is short, very many plans have the least shortfall, and most of them hardly
any readiness. So a plan is sought by a weighted sum of the level's criterion and those after it. The relaxation of that sum, with
openings and sums integer, says what each target will lack (:mod:`optplan.search.solver.aggregates`).

Two ways lead from there to a plan. RENS fixes what is integer in the LP solution and decides the rest; what targets lack has a
price there and no limit, so it nearly always finds a plan, which RINS improves. The other is a tree of the core
(:mod:`optplan.search.heuristics.weighted_core`). RENS is quicker; the core mostly ends better where money is short and there is
much to decide. There what targets of dear goods lack is kept as in the relaxation and the core is searched under that
(:mod:`optplan.search.heuristics.lacking_kept`), and RENS from the linear relaxation runs beside it (:meth:`WeightedSum.soon`), so
that there is a plan meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from optplan.decision_model import MONEY_CRITERIA, Criterion
from optplan.search.heuristics.lacking_kept import LackingKept
from optplan.search.heuristics.relax_and_fix import StagedSolution
from optplan.search.heuristics.rins import Rins
from optplan.search.heuristics.sub_mip import Aim
from optplan.search.heuristics.weighted_core import WeightedCore
from optplan.search.solver.column_classes import ColumnClasses
from optplan.search.solver.goal import ALMOST
from optplan.search.solver.highs import HighsModel, Outcome
from optplan.search.solver.matrix import Columns, Floats, Matrix, Objective

# What is good enough of one criterion is worth so much of what is good enough of the one after it. At the margin of linear
# relaxations, money buys 5 to 30 times more of a criterion than these weights take of the next one for it.
RANK, COST_RANK = 2.0, 20.0
NODES = {"relaxation": 300, "rens": 50}
# in what is good enough of the first criterion
EXACTLY = 0.25  # how exactly each program is solved
NEAR = 1.0  # a plan no further from the relaxation is not sought in other ways
CLOSE = 0.25  # of the relaxation: RENS ends with a plan that is no further, as RINS goes on from it


def weighted_objective(criteria: Sequence[Criterion], matrix: Matrix, lp_solution: Floats) -> Objective:
    """The sum of criteria, in units of what is good enough of the first, which counts most.

    ``lp_solution`` says how large each is.
    """
    total, weight = Objective(0.0, np.zeros(matrix.columns)), 1.0
    for number, criterion in enumerate(criteria):
        objective = matrix.criteria[criterion.name]
        if number:
            weight /= COST_RANK if criterion.name in MONEY_CRITERIA and criteria[number - 1].name not in MONEY_CRITERIA else RANK
        total = total.plus(weight / good_of(criterion, objective.at(lp_solution)), objective)
    return total


def good_of(criterion: Criterion, value: float) -> float:
    """What value − bound of a criterion may be where it is good enough, as the decision model says, if it does."""
    wide = criterion.widened()
    least = 1e-3 if criterion.name not in MONEY_CRITERIA else 1.0
    return max(float(wide.tolerance), float(wide.relative_tolerance) * abs(value)) or least * max(1.0, abs(value))


class WeightedSum:
    """Seeks plans of one matrix by weighted sums; keeps its own HiGHS models, which need every objective cut.

    :meth:`soon` may run beside all else.
    """

    def __init__(self, built: Matrix, matrix: Matrix, classes: ColumnClasses) -> None:
        """``matrix`` is ``built`` with aggregates."""
        self._matrix, self._classes = matrix, classes
        self._highs, self._near, self._soon = HighsModel(matrix), HighsModel(matrix), HighsModel(matrix)
        self._rins = Rins(matrix, classes)
        self.core, self._core_with_sums = WeightedCore(built, matrix, classes), WeightedCore(matrix, matrix, classes)
        self._lacking_kept = LackingKept(built, matrix, classes)

    def add_objective_cut(self, objective: Objective, most: float) -> None:
        """From now on the objective must not exceed ``most``."""
        for part in (self._highs, self._near, self._soon, self._rins, self.core, self._core_with_sums, self._lacking_kept):
            part.add_objective_cut(objective, most)

    def relax(self, aim: Aim, objective: Objective) -> Outcome:
        """The relaxation of the objective, which is in units of what is good enough."""
        classes, highs = self._classes, self._highs
        # what is lacking follows from the totals; asked to be integer as well, it made the first linear program take up to 190 s
        highs.set_integer(np.concatenate([classes.openings, classes.totals]))
        highs.style("proving")
        highs.limit_nodes(NODES["relaxation"])
        return highs.minimise(objective, tolerance=EXACTLY, watch=lambda *_: aim.stop())

    def between(self, aim: Aim, objective: Objective, lp_solution: Floats, incumbent: Floats) -> StagedSolution:
        """A better plan than ``incumbent``, between it and the LP solution; nothing where there is none."""
        plan = self._rins.run(objective, lp_solution, incumbent, EXACTLY, aim.stop, aim.found)
        return StagedSolution() if plan is incumbent else StagedSolution(plan, plan)

    def relinked(self, aim: Aim, objective: Objective, incumbent: Floats, other: Floats) -> Floats:
        """``incumbent``, or a better plan between it and ``other``, in the criterion of the level as good or proven as well."""
        most = max(aim.objective.at(incumbent), aim.bound + ALMOST * aim.tolerance)
        return self._rins.run(objective, other, incumbent, EXACTLY, aim.stop, aim.found, (aim.objective, most))

    def beyond(self, aim: Aim, objective: Objective, incumbent: Floats) -> StagedSolution:
        """A better plan than ``incumbent``, from a longer search of the core; nothing where there is none."""
        staged = self._core_with_sums.run(aim, objective, incumbent)
        return StagedSolution() if staged.incumbent is incumbent else staged

    def run(self, aim: Aim, objective: Objective, incumbent: Floats | None = None) -> StagedSolution:
        """The best plan found near the relaxation: from ``incumbent`` if there is one, else in both ways, one after the other."""
        relaxed = self.relax(aim, objective)
        if relaxed.columns is None:
            return StagedSolution()
        if incumbent is not None:
            return self.between(aim, objective, relaxed.columns, incumbent)
        plan = self.near(aim, objective, relaxed)
        if plan is not None and objective.at(plan) - relaxed.bound <= NEAR:
            return StagedSolution(plan, plan)
        return self.core.run(aim, objective, plan)

    def short_of_money(self, aim: Aim, objective: Objective) -> StagedSolution:
        """The best plan found where much is to be decided and something will be missing."""
        found = self._lacking_kept.run(aim, objective, self.relax(aim, objective))
        return self.core.run(aim, objective) if found.incumbent is None else found

    def soon(self, aim: Aim, objective: Objective) -> Floats | None:
        """A plan near the linear relaxation, which is poorer than one of :meth:`run` but there sooner."""
        classes, highs = self._classes, self._soon
        highs.set_integer(classes.openings)
        relaxed = highs.minimise(objective, tolerance=EXACTLY, watch=lambda *_: aim.stop())
        highs.set_integer(classes.integer)
        return None if relaxed.columns is None else self._rens(aim, objective, relaxed, highs)

    def near(self, aim: Aim, objective: Objective, relaxed: Outcome) -> Floats | None:
        """A plan by RENS and RINS."""
        plan = self._rens(aim, objective, relaxed, self._near)
        if plan is None:
            return None
        aim.found(plan)
        assert relaxed.columns is not None
        return self._rins.run(objective, relaxed.columns, plan, EXACTLY, aim.stop, aim.found)

    def _rens(self, aim: Aim, objective: Objective, relaxed: Outcome, highs: HighsModel) -> Floats | None:
        """A plan in which all that the relaxation settled is kept, and the rest decided at once; plans on the way are told."""
        classes, at = self._classes, relaxed.columns
        assert at is not None
        close = relaxed.value + CLOSE * abs(relaxed.value)

        def watch(value: float, _bound: float, found: Floats | None, _nodes: int) -> bool:
            if found is not None:
                aim.found(found)
            return value <= close or aim.stop()

        highs.limit_nodes(NODES["rens"])
        highs.style("finding")
        highs.fix(*_as_in(at, classes.settled_decisions(classes.integer, at)))
        found = highs.minimise(objective, tolerance=EXACTLY, watch=watch).columns
        highs.release()
        return found


def _as_in(lp_solution: Floats, columns: Columns) -> tuple[Columns, Floats]:
    return columns, np.round(lp_solution[columns])
