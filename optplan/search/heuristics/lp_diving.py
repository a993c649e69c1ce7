"""A point in whole units from one that is whole nearly everywhere, by linear programs alone: a few columns a step.

Each step makes those whole that nearly are and solves what is left anew, from the last step's basis. It takes a tenth of a second
where a tree search takes one, most of it for cuts that a point which is nearly whole does not need; but it does not turn back
further than a step, and comes to worse points or to none.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from optplan.search.solver.column_classes import WHOLE, Columns
from optplan.search.solver.highs import Outcome, Session
from optplan.search.solver.matrix import Floats, Matrix, Objective

AT_ONCE = (0.15, 0.5)  # of the columns that are not whole: how many a step may make whole together, tried one after the other
# of the tolerance: what a step may lose if it makes none of them whole, and in addition if all; else it takes one
LOSS = (0.02, 0.3)
NOTHING = 1e-3  # of it: a loss that is none
PIVOTS = 500  # of the simplex method in a step, which takes a hundred at most, or has lost its way


class Stepwise:
    """Makes points of one matrix whole step by step; keeps its own session, to which held levels must be told as well."""

    def __init__(self, matrix: Matrix) -> None:
        self._session = Session(matrix)
        self._session.only_whole(np.array([], dtype=int))
        self.hold = self._session.hold

    def run(
        self,
        objective: Objective,
        point: Floats,
        *,
        whole: Columns,
        fixed: Columns,
        allowed: float,
        most: float,
        stop: Callable[[], bool],
    ) -> Floats | None:
        """A point with ``whole`` whole, and ``fixed`` as in ``point``; ``None`` if none of at most ``most`` was come to.

        ``allowed``: the tolerance of the level.
        """
        session = self._session
        for share in AT_ONCE if objective.at(point) <= most else ():
            session.fix(fixed, np.round(point[fixed]))
            try:
                found = session.minimise(objective)
                session.resume(PIVOTS)
                while found.columns is not None and found.value <= most and not stop():
                    values = found.columns[whole]
                    parts = np.abs(values - np.round(values))
                    split = whole[np.argsort(parts, kind="stable")][np.count_nonzero(parts <= WHOLE) :]
                    if not len(split):
                        return found.columns
                    found = self._step(objective, found, split, int(share * len(split)), allowed)
            finally:
                session.release()
        return None

    def _step(self, objective: Objective, now: Outcome, split: Columns, most: int, allowed: float) -> Outcome:
        """What comes of making ``most`` of ``split`` whole, or one; they are in the order of how nearly they are."""
        assert now.columns is not None
        session, at = self._session, now.columns
        some = split[:most]
        if len(some) > 1:
            session.fix(some, np.round(at[some]))
            found = session.minimise(objective)
            none, more = LOSS
            if found.value - now.value <= (none + more * len(some) / len(split)) * allowed:
                return found
            session.free(some)
        one = split[:1]
        near = np.round(at[one])
        tried: list[tuple[Floats, Outcome]] = []
        for value in (near, np.where(at[one] > near, near + 1, near - 1)):
            if session.may_be(one, value):
                session.fix(one, value)
                tried.append((value, session.minimise(objective)))
                if tried[-1][1].value - now.value <= NOTHING * allowed:
                    break
        if not tried:
            return Outcome("infeasible", None, np.inf, np.inf)
        value, found = min(tried, key=lambda each: each[1].value)
        session.fix(one, value)
        return found
