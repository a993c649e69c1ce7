"""Integer sums over many counties, which make relaxations nearly as tight as if every unit were integer.

No rule needs them. But a relaxation in which counties may split units while their sum is integer is nearly as small as one in
which nothing is integer, and its bound is far better.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from optplan.plan import Plan
from optplan.plan.squads import squads
from optplan.search.solver.highs import INTEGRALITY, REACH, HighsModel, Outcome, Watch
from optplan.search.solver.matrix import Columns, Floats, Matrix, Objective

SUM, COUNT = "sum", "count"
Group = tuple[str, tuple[Any, ...]]


def with_aggregates(plan: Plan, matrix: Matrix) -> Matrix:
    """The matrix with a column more for each sum over all counties.

    ``sum[i]``, integer: what all counties have received of an item at the end, so that shares and exact totals are rounded where
    they hold. For the same reason what a target of whole units lacks of its whole total is an integer column.

    ``count[…]``: how many teams meet their standard in a year; of those that deliver one item; and of those that lack as many
    people as well. What is required of all teams together is rounded there. They follow from the teams, which are integer, and
    need not be said to be integer themselves.
    """
    whole_targets = {
        t.target for t in plan.targets if t.total.denominator == 1 and all(plan.items[item].whole for item in t.items)
    }
    of_targets = np.array([variable == "shortfall" and index in whole_targets for variable, index in matrix.names], dtype=bool)
    sums = _summed(replace(matrix, integer=matrix.integer | of_targets), _goods(plan, matrix), integer=True)
    return _summed(sums, _teams(plan, matrix), integer=False)


def _goods(plan: Plan, matrix: Matrix) -> dict[Group, list[int]]:
    of_item: dict[Group, list[int]] = {}
    for column, (variable, index) in enumerate(matrix.names):
        if variable == "goods_so_far" and index[2] == plan.last_year and matrix.integer[column]:
            of_item.setdefault((SUM, (index[0],)), []).append(column)
    return of_item


def _teams(plan: Plan, matrix: Matrix) -> dict[Group, tuple[int, ...]]:
    squad_of = {squad.squad: squad for squad in squads(plan)}
    alike: dict[Group, list[int]] = {}
    for column, (variable, index) in enumerate(matrix.names):
        if variable == "meeting":
            squad, year = squad_of[index[0]], index[1]
            for group in (("all", year), ("item", squad.item, year), ("item", squad.item, squad.lacking_in(year), year)):
                alike.setdefault((COUNT, group), []).append(column)
    distinct = {tuple(columns): group for group, columns in alike.items()}
    return {group: columns for columns, group in distinct.items()}


def _summed(matrix: Matrix, groups: Mapping[Group, Sequence[int]], *, integer: bool) -> Matrix:
    """The matrix with a column, and a row that defines it, for each group of more than one of its columns."""
    groups = {group: columns for group, columns in groups.items() if len(columns) > 1}
    more, before = len(groups), matrix.columns
    counts = np.array([len(columns) + 1 for columns in groups.values()], dtype=np.int32)
    none = np.zeros(more)
    return replace(
        matrix,
        names=matrix.names + tuple(groups),
        rows=matrix.rows + tuple(groups),
        lower=np.concatenate([matrix.lower, none]),
        upper=np.concatenate([matrix.upper, np.full(more, np.inf)]),
        integer=np.concatenate([matrix.integer, np.full(more, integer)]),
        row_lower=np.concatenate([matrix.row_lower, none]),
        row_upper=np.concatenate([matrix.row_upper, none]),
        starts=np.concatenate([matrix.starts, matrix.starts[-1] + np.cumsum(counts)]).astype(np.int32),
        indices=np.concatenate(
            [matrix.indices, *(np.array([*columns, before + n]) for n, columns in enumerate(groups.values()))]
        ).astype(np.int32),
        values=np.concatenate([matrix.values, *(np.array([1.0] * (count - 1) + [-1.0]) for count in counts)]),
        criteria={
            name: Objective(criterion.constant, np.concatenate([criterion.cost, none]))
            for name, criterion in matrix.criteria.items()
        },
    )


class AsBuilt:
    """The program without aggregates, for tree searches; its solutions are in the columns of ``matrix``, and so is what is asked.

    Where nothing is relaxed, aggregates say nothing new, and integer shortfalls keep presolve from what it does with others: the
    first levels of plans of few items and of seven counties took twice as long with them. And where plans are sought, the
    relaxations are far quicker without.
    """

    def __init__(self, built: Matrix, matrix: Matrix) -> None:
        """``matrix``: what :func:`with_aggregates` made of ``built``."""
        self._highs, self._built, self._matrix = HighsModel(built), built, matrix
        self.style, self.limit_nodes, self.release = self._highs.style, self._highs.limit_nodes, self._highs.release
        n = built.columns
        (self._integer,) = np.nonzero(built.integer)
        self._integer_only_there = np.nonzero(matrix.integer[:n] & ~built.integer)[0]
        self._summed = [
            matrix.indices[matrix.starts[row] : matrix.starts[row + 1] - 1] for row in range(len(built.rows), len(matrix.rows))
        ]

    def add_objective_cut(self, objective: Objective, most: float) -> None:
        """As :meth:`HighsModel.add_objective_cut`."""
        self._highs.add_objective_cut(self._cut(objective), most)

    def set_integer(self, columns: Columns) -> None:
        """As :meth:`HighsModel.set_integer`."""
        self._highs.set_integer(self._integer_of(columns))

    def fix(self, columns: Columns, lp_solution: Floats) -> None:
        """From now on, until :meth:`release`, these columns are as in ``lp_solution``, rounded."""
        there = self._integer_of(columns)
        self._highs.fix(there, np.round(lp_solution[there]))

    def keep_near(self, columns: Columns, lp_solution: Floats, reach: int = REACH) -> None:
        """From now on, until :meth:`release`, these columns are within ``reach`` of what they are in ``lp_solution``."""
        there = self._integer_of(columns)
        self._highs.keep_near(there, lp_solution[there], reach)

    def minimise(
        self,
        objective: Objective,
        *,
        tolerance: float,
        relative_tolerance: float = 0.0,
        start: Floats | None = None,
        watch: Watch,
    ) -> Outcome:
        """As :meth:`HighsModel.minimise`."""
        outcome = self._highs.minimise(
            self._cut(objective),
            tolerance=tolerance,
            relative_tolerance=relative_tolerance,
            start=None if start is None else start[: self._built.columns],
            watch=lambda value, bound, found, nodes: watch(value, bound, self._completed(found), nodes),
        )
        return replace(outcome, columns=self._completed(outcome.columns))

    def _integer_of(self, columns: Columns) -> Columns:
        """Those of ``columns`` that are integer in the program as built."""
        return columns[np.isin(columns, self._integer)]

    def _cut(self, objective: Objective) -> Objective:
        return Objective(objective.constant, objective.cost[: self._built.columns])

    def _completed(self, columns: Floats | None) -> Floats | None:
        if columns is None:
            return None
        values = np.zeros(self._matrix.columns)
        values[: len(columns)] = columns
        # what targets of whole units lack is a whole number, and no more than the column says
        values[self._integer_only_there] = np.floor(values[self._integer_only_there] + INTEGRALITY)
        for column, summed in enumerate(self._summed, start=len(columns)):
            values[column] = values[summed].sum()
        return values
