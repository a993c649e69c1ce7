"""From the point of a relaxation to a plan in one step, for plans of many counties.

There the point of a relaxation is whole nearly everywhere: 500 of 25 000 columns of 119 counties were not. Every item of a
county, and every squad, that came out whole in all years is kept, cheap goods may move a few units, the rest is decided at once.

Where a criterion is held, its row leaves no room for rounding. The point is then sought anew with a part of that room set aside
which the row has: the criterion's slack, and what the plan of its level is from the bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from optplan.search.solver.column_classes import Layers
from optplan.search.solver.highs import Session
from optplan.search.solver.matrix import Floats, Matrix, Objective

NODES = 100
EXACTLY = 0.3  # of the level's tolerance
ASIDE = (0.4, 0.8)  # of the room of held criteria: what is set aside for rounding, one after another until a plan is found


class Rounding:
    """Rounds points of one matrix; keeps its own sessions, to which held levels must be told as well."""

    def __init__(self, matrix: Matrix, layers: Layers) -> None:
        self._layers = layers
        self._session = Session(matrix)
        self._session.style("finding")
        self._session.only_whole(layers.all)
        self._session.limit_nodes(NODES)
        self._points = {aside: Session(matrix, interior=True) for aside in ASIDE}
        for session in self._points.values():
            session.style("proving")
            session.only_whole(layers.openings)
            session.limit_nodes(NODES)
        self._room = False

    def hold(self, objective: Objective, most: float, room: float) -> None:
        """From now on the objective must not exceed ``most``, which is ``room`` more than what is proven of it."""
        self._room = self._room or room > 0
        self._session.hold(objective, most)
        for aside, session in self._points.items():
            session.hold(objective, most - aside * room)

    def run(self, objective: Objective, point: Floats, allowed: float, stop: Callable[[], bool]) -> Floats | None:
        """A plan near ``point``, ``None`` if none was found. ``allowed``: what value − bound of the level may be."""
        for near in self._near(objective, point, allowed, stop):
            session = self._session
            session.release()
            movable = np.concatenate([self._layers.sums, self._layers.cheap])
            session.keep_near(movable, near[movable])
            settled = self._layers.settled(self._layers.all, near)
            settled = settled[~np.isin(settled, self._layers.sums)]
            session.fix(settled, np.round(near[settled]))
            found = session.minimise(objective, tolerance=EXACTLY * allowed, watch=lambda *_: stop()).columns
            if found is not None or stop():
                return found
        return None

    def _near(self, objective: Objective, point: Floats, allowed: float, stop: Callable[[], bool]) -> Iterator[Floats]:
        """Points to round: the one given where nothing is held that could give way, else those with room set aside."""
        if not self._room:
            yield point
            return
        for session in self._points.values():
            sought = session.minimise(objective, tolerance=EXACTLY * allowed, watch=lambda *_: stop()).columns
            if sought is not None:
                yield sought
