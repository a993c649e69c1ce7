"""A good plan at once, and a bound with it: what is hardest to split is made whole first, the rest follows stage by stage.

In the first stage only the openings of projects must be whole and everything else may be divided; that program is small, and
since it is a relaxation its bound holds for the level. Then the teams that meet their standard, then what the counties
receive, a few counties at a time: each stage makes some columns whole with all later ones still divisible, and fixes them. A
stage that finds nothing frees the one before it as well, once. Every stage is searched to a node limit, never to a time
limit, so the same plan always gives the same dive.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optplan.plan import Plan
from optplan.search.matrix import Floats, Matrix, Objective
from optplan.search.neighbourhoods import counties_of_columns
from optplan.search.session import Outcome, Session

NODES = 50  # of each stage's program
LAST_NODES = 250  # of the last stage's, where nothing is divisible any more
FIRST, LATER = 0.25, 0.1  # of the level's tolerance: how exactly the first two stages and the others are solved
SMALLEST_STAGE = 350  # whole columns: counties with fewer are taken together
MOST_STAGES = 12
LAST_COUNTIES = 2
WORTHWHILE = 400  # whole columns: with fewer the tree search alone is as quick

Columns = NDArray[np.integer]


@dataclass(frozen=True)
class Dived:
    """``columns``: a whole point, ``None`` if there is none; ``bound``: proven for the level; ``stopped``: somebody said so."""

    columns: Floats | None
    bound: float
    stopped: bool = False


class Dive:
    """Dives for one matrix; keeps its own session, to which held levels must be told as well."""

    def __init__(self, plan: Plan, matrix: Matrix) -> None:
        self._matrix = matrix
        (whole,) = np.nonzero(matrix.whole)
        self.worthwhile = len(whole) >= WORTHWHILE
        self._session = Session(matrix, options={"mip_heuristic_run_root_reduced_cost": False}, divisible=True)
        self._stages = _stages(plan, matrix, whole)

    def hold(self, objective: Objective, most: float) -> None:
        """As :meth:`optplan.search.session.Session.hold`."""
        self._session.hold(objective, most)

    def run(
        self, objective: Objective, allowed: Callable[[float], float], enough: float, watch: Callable[[float], bool]
    ) -> Dived:
        """A point for ``objective``. ``allowed``: what value − bound may be at a value. ``enough``: the value of a point that is
        known already; if the first stage proves that, the dive ends. ``watch`` is told the bound and says whether to stop.
        """
        session, bound = self._session, -np.inf
        fixed: list[Columns] = []
        stages, freed_before = list(self._stages), False
        stopped = False

        def asked(value: float, lower: float, columns: Floats | None, nodes: int) -> bool:
            nonlocal stopped
            stopped = stopped or watch(bound)
            return stopped

        outcome = Outcome("stopped", None, np.inf, -np.inf)
        try:
            outcome = session.minimise(objective, watch=asked)
            if outcome.columns is None:
                return Dived(None, -np.inf, stopped)
            bound = outcome.bound
            tolerance = allowed(outcome.value)
            step = 0
            while step < len(stages):
                columns = stages[step]
                session.make_whole(columns)
                session.limit_nodes(LAST_NODES if step == len(stages) - 1 else NODES)
                outcome = session.minimise(objective, tolerance=(FIRST if step < 2 else LATER) * tolerance, watch=asked)
                if step == 0 and outcome.columns is not None:
                    bound = max(bound, outcome.bound)
                    if enough - bound <= allowed(enough):
                        return Dived(None, bound, stopped)
                if stopped:
                    return Dived(None, bound, True)
                if outcome.columns is None:
                    if freed_before or not fixed:
                        return Dived(None, bound)
                    freed_before = True
                    last = fixed.pop()
                    self._free(last)
                    stages[step - 1 : step + 1] = [np.concatenate([last, columns])]
                    step -= 1
                    continue
                session.bound_columns(columns, outcome.columns[columns], outcome.columns[columns])
                session.make_divisible(columns)
                fixed.append(columns)
                step += 1
            return Dived(outcome.columns, bound)
        finally:
            for columns in stages:
                self._free(columns)
                session.make_divisible(columns)

    def _free(self, columns: Columns) -> None:
        self._session.bound_columns(columns, self._matrix.lower[columns], self._matrix.upper[columns])


def _stages(plan: Plan, matrix: Matrix, whole: Columns) -> list[Columns]:
    """The whole columns in the order in which they are made whole; none in two stages."""
    kind = np.array([matrix.names[column][0] for column in whole])
    counties = counties_of_columns(plan, matrix)
    county = np.array([counties[column] for column in whole])
    first = [whole[kind == "opened"], whole[kind == "meeting"]]
    rest = ~np.isin(kind, ["opened", "meeting"])
    sizes = {str(name): int((county[rest] == name).sum()) for name in np.unique(county[rest])}
    least = max(SMALLEST_STAGE, -(-sum(sizes.values()) // MOST_STAGES))
    groups: list[list[str]] = [[]]
    by_size = sorted(sizes, key=lambda name: (sizes[name], name))
    for name in by_size[:-LAST_COUNTIES]:
        if sum(sizes[each] for each in groups[-1]) >= least:
            groups.append([])
        groups[-1].append(name)
    groups.append(by_size[-LAST_COUNTIES:])
    stages = first + [whole[rest & np.isin(county, group)] for group in groups if group]
    return [stage for stage in stages if len(stage)]
