"""From the point of a relaxation to a plan in whole units, layer by layer.

What the relaxation settled is kept: openings and teams, then every item of a county (and every squad) whose deliveries came out
whole in all years. What came out in parts is decided anew, dear goods first, cheap ones and hires last, each as a small
program with all later layers divisible. A program that has no point is tried once more with more of it free. Every program is
searched to a node limit, never to a time limit, so the same point always gives the same plan.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from optplan.search.layers import Columns, Layers, is_whole
from optplan.search.matrix import Floats, Matrix, Objective
from optplan.search.session import Session, Style

EXACTLY = {"coupled": 0.5, "dear": 0.5, "cheap": 0.1}  # of the level's tolerance: how exactly each layer is decided
ENOUGH = {"coupled": 0.5, "dear": 0.8, "cheap": 0.9}  # of it: a point this near to the level's bound is good enough
NONE: Columns = np.array([], dtype=int)


@dataclass(frozen=True)
class _Attempt:
    """Make ``whole`` whole with ``fixed`` as they are and ``near`` within reach, looking at so many ``nodes`` at most."""

    whole: Columns
    fixed: Columns
    near: Columns
    style: Style = "finding"
    nodes: int = 300


@dataclass(frozen=True)
class Aim:
    """What a dive is for. ``bound``: what is proven of the level. ``allowed``: what value − bound may be.

    ``kept``: columns that stay as they are in the plan ``start``.
    """

    objective: Objective
    bound: float
    allowed: float
    stop: Callable[[], bool]
    kept: Columns
    start: Floats | None


@dataclass(frozen=True)
class Dived:
    """What came of a dive. ``point`` has dear goods whole at least, ``plan`` everything; ``None``: it did not come so far."""

    point: Floats | None = None
    plan: Floats | None = None


class Dive:
    """Dives for one matrix; keeps its own sessions, to which held levels must be told as well."""

    def __init__(self, matrix: Matrix, layers: Layers) -> None:
        self._layers = layers
        self._session, self._completing = Session(matrix), Session(matrix)

    def hold(self, objective: Objective, most: float, aside: float) -> None:
        """From now on the objective must not exceed ``most``, and before cheap goods are made whole ``aside`` less."""
        self._session.hold(objective, most - aside)
        self._completing.hold(objective, most)

    def mend(self, aim: Aim, plan: Floats) -> Dived:
        """A plan near one of a question much like this: its dear goods as they are, if that can be, and cheap ones anew."""
        layers = self._layers
        whole = layers.core
        held = np.concatenate([layers.openings, layers.meeting])
        dear = [_Attempt(whole, np.concatenate([held, layers.dear]), NONE, "proving"), _Attempt(whole, held, NONE, "proving")]
        point = self._layer("dear", dear, aim, plan)
        return Dived(point, self.complete(aim, point) if point is not None else None)

    def run(self, aim: Aim, point: Floats) -> Dived:
        """A plan near ``point``, the point of a relaxation."""
        coupled: Floats | None = point
        if not (is_whole(point[self._layers.meeting]).all() and is_whole(point[self._layers.sums]).all()):
            coupled = self._layer("coupled", self._coupled(), aim, point, self._completing)
        dear = self._layer("dear", self._dear(coupled), aim, coupled) if coupled is not None else None
        return Dived(dear, self.complete(aim, dear) if dear is not None else None)

    def complete(self, aim: Aim, point: Floats) -> Floats | None:
        """A plan near ``point``, whose dear goods are whole; they and the teams stay as they are. ``None``: none was found."""
        return self._layer("cheap", self._cheap(point), replace(aim, kept=NONE), point, self._completing)

    def _layer(
        self, layer: str, attempts: Sequence[_Attempt], aim: Aim, point: Floats, session: Session | None = None
    ) -> Floats | None:
        """The point of the first of the attempts that has one."""
        session = session or self._session
        enough = aim.bound + ENOUGH[layer] * aim.allowed
        try:
            for attempt in attempts:
                _prepare(session, attempt, point, aim.kept, aim.start)
                found = session.minimise(
                    aim.objective,
                    tolerance=EXACTLY[layer] * aim.allowed,
                    watch=lambda value, *_: value <= enough or aim.stop(),
                ).columns
                if aim.stop():
                    return None
                if found is not None:
                    return found
            return None
        finally:
            session.release()

    def _coupled(self) -> Sequence[_Attempt]:
        whole = self._layers.coupled
        return _Attempt(whole, self._layers.openings, NONE), _Attempt(whole, NONE, NONE)

    def _dear(self, point: Floats) -> Sequence[_Attempt]:
        openings, meeting, whole = self._layers.openings, self._layers.meeting, self._layers.core
        settled = self._layers.settled(self._layers.dear, point)
        return (
            _Attempt(whole, np.concatenate([openings, meeting, settled]), NONE),
            _Attempt(whole, np.concatenate([openings, settled]), NONE, nodes=20),
        )

    def _cheap(self, point: Floats) -> Sequence[_Attempt]:
        openings, dear, whole = self._layers.openings, self._layers.dear, self._layers.all
        settled = np.concatenate([openings, self._layers.meeting, dear])
        near = np.concatenate([self._layers.sums, self._layers.cheap])
        return (
            _Attempt(whole, np.concatenate([settled, self._layers.settled(self._layers.cheap, point)]), near),
            _Attempt(whole, settled, near, nodes=50),
        )


def _prepare(session: Session, attempt: _Attempt, point: Floats, kept: Columns, start: Floats | None) -> None:
    session.release()
    session.keep_near(attempt.near, point[attempt.near])
    session.fix(attempt.fixed, np.round(point[attempt.fixed]))
    if start is not None:
        session.fix(kept, np.round(start[kept]))
    session.only_whole(attempt.whole)
    session.style(attempt.style)
    session.limit_nodes(attempt.nodes)
