"""Better plans from a good one: everything is fixed but what two counties receive, and the rest is solved again.

Counties are coupled only by plan-wide targets, limits, mixes and pools, so two of them freed together can trade. Each small
program is searched to a node limit, never to a time limit: the same plan gives the same sequence of plans on any machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from optplan.plan import Plan
from optplan.plan.squads import squads
from optplan.search.parts import EVERY, Parts
from optplan.search.solver.column_classes import ColumnClasses
from optplan.search.solver.highs import HighsModel
from optplan.search.solver.matrix import Floats, Matrix, Objective

NODES = 30  # of each small program
EACH = 0.1  # of the level's tolerance: how exactly a small program is solved
WORTH = 0.75  # of the level's tolerance: a round that gains less was the last
LEAST = 1e-4  # of the value: what counts as a gain where the level has no tolerance
ROUNDS = 8
MANY = 10  # counties: of more, not every pair is tried in a round


class LargeNeighbourhoodSearch:
    """Searches around a point of a matrix; keeps its own HiGHS models, which need every objective cut."""

    def __init__(self, plan: Plan, matrix: Matrix, classes: ColumnClasses, parts: Parts = EVERY) -> None:
        self._cheap = classes.cheap
        self._highs = HighsModel(matrix, nodes=NODES)
        self._highs.style("alone")
        county_of = counties_of_columns(plan, matrix)
        (self._integer,) = np.nonzero(matrix.integer & (np.array(county_of) != ""))
        self._rounds = 0 if not parts.has("large-neighbourhoods") else 1 if classes.vast else ROUNDS
        self._county: NDArray[np.str_] = np.array([county_of[column] for column in self._integer])

    def add_objective_cut(self, objective: Objective, most: float) -> None:
        """As :meth:`optplan.search.solver.highs.HighsModel.add_objective_cut`."""
        self._highs.add_objective_cut(objective, most)

    def improve(self, objective: Objective, columns: Floats, tolerance: float, stop: Callable[[], bool]) -> Iterator[Floats]:
        """Points from ``columns`` on, each at least as good as the one before, one a small program.

        ``tolerance``: what value − bound of the level may be.
        """
        value = objective.at(columns)
        tolerance = tolerance or LEAST * max(1e-3, abs(value))
        for round_number in range(self._rounds):
            before = value
            for pair in self._pairs(round_number):
                if stop():
                    return
                self._fix_all_but(columns, pair)
                outcome = self._highs.minimise(objective, tolerance=EACH * tolerance, start=columns, watch=lambda *_: stop())
                if outcome.columns is not None and outcome.value < value - 1e-9 * max(1.0, abs(value)):
                    columns, value = outcome.columns, outcome.value
                yield columns
            if before - value < WORTH * tolerance:
                break

    def _pairs(self, round_number: int) -> Iterator[tuple[str, ...]]:
        """The pairs of a round: all of few counties; of many, as many as leave every county in one."""
        counties = sorted(set(self._county))
        if len(counties) <= MANY:
            return _shuffled(list(combinations(counties, 2)), round_number)
        return _matched(counties, round_number)

    def _fix_all_but(self, columns: Floats, counties: tuple[str, ...]) -> None:
        fixed = self._integer[~np.isin(self._county, counties)]
        self._highs.release()
        self._highs.keep_near(self._cheap, columns[self._cheap])
        self._highs.fix(fixed, columns[fixed])


def _shuffled(pairs: Sequence[tuple[str, ...]], round_number: int) -> Iterator[tuple[str, ...]]:
    """The pairs in an order that differs from round to round and is the same every time: strides through the list."""
    stride = next(step for step in range(2 * round_number + 3, 10**6) if np.gcd(step, len(pairs)) == 1) if len(pairs) > 1 else 1
    return (pairs[(position * stride) % len(pairs)] for position in range(len(pairs)))


def _matched(counties: Sequence[str], round_number: int) -> Iterator[tuple[str, ...]]:
    """Each county with one other, a different one each round, as in a tournament."""
    players = [*counties, *([""] if len(counties) % 2 else [])]
    turning = players[1:]
    turn = round_number % len(turning)
    table = [players[0], *turning[turn:], *turning[:turn]]
    half = len(table) // 2
    for one, other in zip(table[:half], reversed(table[half:]), strict=True):
        yield tuple(county for county in (one, other) if county)


def counties_of_columns(plan: Plan, matrix: Matrix) -> list[str]:
    """The county that each integer column decides for; blank for those that are not integer or follow from others."""
    county_of_squad = {squad.squad: squad.county for squad in squads(plan)}
    found = []
    for variable, index in matrix.names:
        match variable:
            case "goods_so_far":
                found.append(index[1])
            case "hired_so_far" | "meeting":
                found.append(county_of_squad[index[0]])
            case "opened":
                found.append(plan.projects[index[0]].county)
            case _:
                found.append("")
    return found
