"""Plans near a schedule that the program no longer allows: little of what it decides is decided anew.

The point of the linear relaxation that is nearest to the schedule, among those nearly as good as what is proven, differs from it
in some dozens of a thousand whole decisions, and says where to look. What differs is decided within a few units of both; if that
comes to nothing, all years of it are, then all counties, then everything.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from optplan.plan import Plan
from optplan.plan.squads import squads
from optplan.schedule import Schedule
from optplan.search.bounds.relaxations import Relaxations
from optplan.search.known_plan import whole_decisions
from optplan.search.solver.column_classes import ColumnClasses, is_integer
from optplan.search.solver.distance import with_distance
from optplan.search.solver.goal import held
from optplan.search.solver.highs import HighsModel
from optplan.search.solver.matrix import Columns, Floats, Matrix

FIRST, BETTER = 500, 20  # nodes of a tree in which a plan is sought, and a better one than that at hand
EACH = 1.5  # seconds of processor time for one tree
SOUGHT = (0.25, 0.5)  # of what is good enough: how near to what is proven the point in parts is, one after the other
ENOUGH = 0.9  # of it: a plan so near ends the search
REACH = 2  # units
FREELY = 0.05  # what a team counts that meets its standard, or no longer does, beside all units of an item


class NearPlans:
    """Plans of one matrix near a schedule."""

    def __init__(self, plan: Plan, matrix: Matrix, classes: ColumnClasses, schedule: Schedule, stop: Callable[[], bool]) -> None:
        """``matrix``: with the aggregates that make relaxations tight; ``stop``: whether no more is to be sought."""
        self._matrix, self._stop, self._path = matrix, stop, classes.path
        known = whole_decisions(plan, schedule)
        self._own: Columns = np.array([column for column in classes.integer if matrix.names[column] in known], dtype=np.intp)
        self._kind = _kinds(plan, matrix, self._own)
        self._worth = _worth(matrix, classes, self._own, known)
        self._cuts: list[tuple[str, float]] = []
        self._move_to(np.array([known.get(name, 0.0) for name in matrix.names]))
        self._highs = HighsModel(matrix)
        self._highs.style("finding")
        self._relaxations = Relaxations(matrix, classes)

    def hold(self, name: str, most: float) -> None:
        """From now on the criterion must not exceed ``most``."""
        self._cuts.append((name, most))
        self._nearest.add_objective_cut(self._wider.criteria[name], most)
        for part in (self._highs, self._relaxations):
            part.add_objective_cut(self._matrix.criteria[name], most)

    def bound(self, name: str, tolerance: float) -> float:
        """Below which no plan is; infinite where there is none. ``tolerance``: what counts as the same."""
        objective = self._matrix.criteria[name]
        return self._relaxations.run("sums" if name == "cost" else "openings", objective, tolerance, lambda _: self._stop()).bound

    def best(self, name: str, bound: float, good: float, wanted: float, known: Floats | None) -> Floats | None:
        """The best plan that is found near the schedule, or ``known``, from which it is then sought.

        ``good``: how near to the bound a plan is good enough. One within the share ``wanted`` of that is not bettered, nor is one
        that is good enough where that is not soon found.
        """
        objective, best = self._matrix.criteria[name], known
        for sought, share in zip(SOUGHT, (wanted, max(wanted, ENOUGH)), strict=True):
            enough = bound + share * good
            if self._suffices(objective.of(best), enough):
                break
            if best is not None:
                self._move_to(best)
            at = self._in_parts(name, bound + sought * good)
            if at is None:
                continue
            for free in self._wider_and_wider(at, everything=sought == SOUGHT[-1]):
                best = objective.better(best, self._decided(name, at, free, enough, best))
                if self._suffices(objective.of(best), enough):
                    break
        return best

    def _suffices(self, value: float, enough: float) -> bool:
        return value <= enough or self._stop()

    def _move_to(self, at: Floats) -> None:
        """From now on plans are sought near ``at``."""
        self._at = at
        self._wider, self._distance = with_distance(self._matrix, self._own, at[self._own], self._worth)
        self._nearest = HighsModel(self._wider)
        for name, most in self._cuts:
            self._nearest.add_objective_cut(self._wider.criteria[name], most)

    def _in_parts(self, name: str, most: float) -> Floats | None:
        """The nearest point in which nothing need be whole and the criterion is no more than ``most``."""
        self._nearest.add_temporary_cut(self._wider.criteria[name], held(most))
        found = self._nearest.relaxed(self._distance, lambda *_: self._stop())
        self._nearest.release()
        return None if found.columns is None or found.verdict != "optimal" else found.columns[: self._matrix.columns]

    def _wider_and_wider(self, at: Floats, *, everything: bool) -> Iterator[NDArray[np.bool_]]:
        """Which whole decisions are made anew."""
        own = self._own
        differ = ~is_integer(at[own]) | (np.round(at[own]) != self._at[own])
        yield differ
        yield np.isin(self._path[own], self._path[own[differ]])
        yield np.isin(self._kind, self._kind[differ])
        if everything:
            yield np.ones(len(own), dtype=bool)

    def _decided(self, name: str, at: Floats, free: NDArray[np.bool_], enough: float, known: Floats | None) -> Floats | None:
        """The best plan in which all but ``free`` is as it was, and that is within reach of what it was and what it is ``at``."""
        highs, own, ends = self._highs, self._own, time.thread_time() + EACH
        highs.fix(own[~free], self._at[own[~free]])
        low, high = np.minimum(at, self._at)[own[free]], np.maximum(at, self._at)[own[free]]
        highs.keep_between(own[free], low - REACH, high + REACH)
        highs.limit_nodes(FIRST if known is None else BETTER)
        found = highs.minimise(
            self._matrix.criteria[name],
            start=known,
            watch=lambda value, *_: self._suffices(value, enough) or time.thread_time() >= ends,
        )
        highs.release()
        return found.columns


def _kinds(plan: Plan, matrix: Matrix, columns: Columns) -> NDArray[np.integer]:
    """A number for each column that those share which are of one item, of the squads of a county, or of projects."""
    county = {squad.squad: squad.county for squad in squads(plan)}
    ids: dict[object, int] = {}
    found = []
    for variable, index in (matrix.names[column] for column in columns):
        kind = variable if variable == "opened" else (index[0] if variable == "goods_so_far" else ("squads", county[index[0]]))
        found.append(ids.setdefault(kind, len(ids)))
    return np.array(found, dtype=np.intp)


def _worth(matrix: Matrix, classes: ColumnClasses, columns: Columns, known: dict[tuple[str, object], float]) -> Floats:
    """What a unit of each column counts: the fewer there are of it, the more."""
    largest = np.zeros(int(classes.path.max(initial=0)) + 1)
    np.maximum.at(largest, classes.path, np.array([known.get(name, 0.0) for name in matrix.names]))
    worth: Floats = 1 / (1 + largest[classes.path[columns]])
    worth[np.isin(columns, classes.meeting)] = FREELY
    return worth
