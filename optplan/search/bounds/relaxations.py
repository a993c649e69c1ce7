"""Dual bounds of a level from relaxations: programs in which only some of the integer columns must be integer.

Each step requires it of more columns than the one before:

- ``openings``: whether a project opens, and in which year;
- ``sums``: these, and the aggregates over all counties (what all counties have of an item at the end);
- ``counts``: these, and how many teams meet their standard; for criteria to which nearly every decision matters;
- ``coupled``: openings, aggregates and the teams themselves; where money is short.

A level solves two of them: openings or, where the cost is minimised, sums; then counts or coupled. Each is searched to a node
limit, never to a time limit, so the same program always gives the same bounds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from optplan.search.solver.column_classes import ColumnClasses
from optplan.search.solver.highs import HighsModel
from optplan.search.solver.matrix import Columns, Floats, Matrix, Objective

Step = Literal["openings", "sums", "counts", "coupled"]
NODES: dict[Step, int] = {"openings": 2000, "sums": 300, "counts": 300, "coupled": 300}
# of the level's tolerance: how exactly each is solved
EXACTLY: dict[Step, float] = {"openings": 0.02, "sums": 0.05, "counts": 0.05, "coupled": 0.05}


@dataclass(frozen=True)
class Relaxed:
    """What a relaxation proves. ``columns``: its best point, ``None`` if it found none; ``infeasible``: there can be none."""

    bound: float
    columns: Floats | None = None
    infeasible: bool = False


class Relaxations:
    """The relaxations of one matrix; keeps its own HiGHS models, which need every objective cut."""

    def __init__(self, matrix: Matrix, classes: ColumnClasses) -> None:
        self._highs = HighsModel(matrix, interior=classes.vast)
        self._highs.style("proving")
        self._steps: dict[Step, Columns] = {
            "openings": classes.openings,
            "sums": np.concatenate([classes.openings, classes.sums]),
            "counts": np.concatenate([classes.openings, classes.sums, classes.counts]),
            "coupled": classes.coupled,
        }
        self.add_objective_cut = self._highs.add_objective_cut

    def run(
        self, step: Step, objective: Objective, tolerance: float, watch: Callable[[float], bool], start: Floats | None = None
    ) -> Relaxed:
        """What the step proves of ``objective``. ``tolerance``: what value − bound of the level may be.

        ``watch`` is told the bound so far and says whether to stop. ``start``: any plan; with none HiGHS looks for the centre of
        all points first, which where a held row is tight takes ten seconds.
        """
        self._highs.set_integer(self._steps[step])
        self._highs.limit_nodes(NODES[step])
        outcome = self._highs.minimise(
            objective,
            tolerance=EXACTLY[step] * tolerance,
            start=start,
            watch=lambda _value, bound, _columns, _nodes: watch(bound),
        )
        if outcome.verdict == "infeasible":
            return Relaxed(np.inf, infeasible=True)
        return Relaxed(outcome.bound, outcome.columns)
