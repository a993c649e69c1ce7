"""Plans that are good in every criterion at once, from one weighted program.

A level looks at its own criterion alone: where money is short, the plan with the least shortfall is one of very many, and mostly
one with hardly any readiness. So the first plan of such a level is sought by the weighted sum of its criterion and those after
it. The relaxation of that sum with openings, whole sums and numbers of teams says what each target will lack
(:mod:`optplan.search.solver.aggregates`); no target may lack more from then on. Dear goods are made whole near the relaxation's
point (relax-and-fix), and at last cheap goods and hires with all others kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from optplan.decision_model import MONEY_CRITERIA, Criterion
from optplan.search.heuristics.relax_and_fix import Dived
from optplan.search.heuristics.sub_mip import Aim
from optplan.search.solver.column_classes import Columns, Layers
from optplan.search.solver.highs import Session, Style
from optplan.search.solver.matrix import Floats, Matrix, Objective

# What is good enough of one criterion is worth so much of what is good enough of the one after it. At the margin of linear
# relaxations, money buys 5 to 30 times more of a criterion than these weights take of the next one for it.
RANK, COST_RANK = 2.0, 20.0
NODES = {"relaxation": 300, "dear": 50, "cheap": 50}
EXACTLY = 0.25  # of what is good enough of the first criterion: how exactly each program is solved
KIND = 0.05  # of it: how exactly one kind of cheap goods is decided
DEAR_REACH, CHEAP_REACH = 1, 2  # units that goods may move


def weighted(criteria: Sequence[Criterion], matrix: Matrix, point: Floats) -> Objective:
    """The sum of criteria, in units of what is good enough of the first, which counts most. ``point`` says how large each is."""
    total, weight = Objective(0.0, np.zeros(matrix.columns)), 1.0
    for number, criterion in enumerate(criteria):
        objective = matrix.criteria[criterion.name]
        if number:
            weight /= COST_RANK if criterion.name in MONEY_CRITERIA and criteria[number - 1].name not in MONEY_CRITERIA else RANK
        total = total.plus(weight / _good(criterion, objective.at(point)), objective)
    return total


def _good(criterion: Criterion, value: float) -> float:
    wide = criterion.widened()
    least = 1e-3 if criterion.name not in MONEY_CRITERIA else 1.0
    return max(float(wide.tolerance), float(wide.relative_tolerance) * abs(value)) or least * max(1.0, abs(value))


class Weighted:
    """Seeks plans of one matrix by weighted sums; keeps its own session, to which held levels must be told as well."""

    def __init__(self, matrix: Matrix, layers: Layers) -> None:
        self._matrix, self._layers = matrix, layers
        self._session = Session(matrix)
        self._lacking = np.array([c for c in layers.sums if matrix.names[c][0] == "shortfall"], dtype=int)
        self.hold = self._session.hold

    def run(self, aim: Aim, objective: Objective) -> Dived:
        """The best plan by ``objective``, in units of what is good enough, that is found near its relaxation."""
        layers, session = self._layers, self._session
        session.only_whole(np.concatenate([layers.openings, layers.sums, layers.counts]))
        session.style("proving")
        session.limit_nodes(NODES["relaxation"])
        relaxed = session.minimise(objective, tolerance=EXACTLY, watch=lambda *_: aim.stop())
        if relaxed.columns is None:
            return Dived()
        point = self._dear(aim, objective, relaxed.columns)
        return Dived() if point is None else Dived(point, self._rest(aim, objective, point))

    def _dear(self, aim: Aim, objective: Objective, at: Floats) -> Floats | None:
        """Dear goods whole near a point, and numbers of teams, but not the teams themselves."""
        layers, session = self._layers, self._session
        try:
            session.keep_near(layers.dear, at[layers.dear], DEAR_REACH)
            session.fix(*_as_in(at, layers.openings))
            session.at_most(self._lacking, np.round(at[self._lacking]))
            return self._minimise(objective, layers.counted, "rounding", "dear", lambda *_: aim.stop(), EXACTLY)
        finally:
            session.release()

    def _rest(self, aim: Aim, objective: Objective, at: Floats) -> Floats | None:
        """Teams whole, then hires and cheap goods one kind after another: the cheapest fill what is left."""
        layers, session = self._layers, self._session
        done = [layers.openings, layers.dear]
        for kind in (layers.meeting, *layers.kinds):
            try:
                if kind is not layers.meeting:
                    session.keep_near(kind, at[kind], CHEAP_REACH)
                session.fix(*_as_in(at, np.concatenate(done)))
                whole = np.concatenate([layers.sums, *done, kind])
                exactly = EXACTLY if kind is layers.meeting else KIND
                found = self._minimise(objective, whole, "finding", "cheap", lambda *_: aim.stop(), exactly)
            finally:
                session.release()
            if found is None:
                return None
            at = found
            done.append(kind)
        return at

    def _minimise(
        self, objective: Objective, whole: Columns, style: Style, nodes: str, stop: Callable[..., bool], exactly: float
    ) -> Floats | None:
        session = self._session
        session.only_whole(whole)
        session.style(style)
        session.limit_nodes(NODES[nodes])
        return session.minimise(objective, tolerance=exactly, watch=stop).columns


def _as_in(point: Floats, columns: Columns) -> tuple[Columns, Floats]:
    return columns, np.round(point[columns])
