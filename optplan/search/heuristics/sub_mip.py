"""Small programs on the way from the point of a relaxation to a plan: some columns whole, some kept, some kept near.

Every program is searched to a node limit, never to a time limit, so the same point always gives the same result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from optplan.search.solver.column_classes import WHOLE, Columns, is_whole
from optplan.search.solver.highs import Session, Style
from optplan.search.solver.matrix import Floats, Objective

Layer = Literal["coupled", "stepwise", "dear", "core", "cheap"]
# in tolerances of the level: how exactly each layer is decided, and how near to the level's bound a point is good enough
EXACTLY: dict[Layer, float] = {"coupled": 0.5, "dear": 0.5, "core": 1.0, "cheap": 0.1}
ENOUGH: dict[Layer, float] = {"coupled": 0.5, "stepwise": 0.9, "dear": 0.8, "core": 0.8, "cheap": 0.9}
NONE: Columns = np.array([], dtype=int)


@dataclass(frozen=True)
class Firm:
    """A criterion held at ``most`` without slack, that was minimised so ``exactly``."""

    objective: Objective
    most: float
    exactly: float

    def kept(self, point: Floats) -> bool:
        """Whether it is no more than that."""
        return self.objective.at(point) <= self.most


@dataclass(frozen=True)
class Aim:
    """What plans are sought for. ``bound``: what is proven of the level. ``allowed``: what value − bound may be.

    ``kept``: columns that stay as they are (:meth:`keeping`). ``start``: the plan of the level before. ``thrift``: what to keep
    low once the objective is near its bound, where it says little of what is decided.
    """

    objective: Objective
    bound: float
    allowed: float
    stop: Callable[[], bool]
    kept: Columns
    start: Floats | None
    thrift: Objective | None = None

    def keeping(self, point: Floats) -> Floats:
        """What the columns ``kept`` are: as in ``point`` where that settled them, else as in the plan of the level before."""
        plan = point if self.start is None or is_whole(point[self.kept]).all() else self.start
        return np.round(plan[self.kept])

    def thrifty(self, point: Floats) -> bool:
        """Whether to make ``point`` whole at the least cost, rather than by an objective that says little and is not nil."""
        return self.thrift is not None and self.objective.at(point) > self.allowed


@dataclass(frozen=True)
class Attempt:
    """Make ``whole`` whole with ``fixed`` as they are and ``near`` within reach, looking at so many ``nodes`` at most."""

    whole: Columns
    fixed: Columns = field(default_factory=lambda: NONE)
    near: Columns = field(default_factory=lambda: NONE)
    style: Style = "finding"
    nodes: int = 300


def by_criterion(
    layer: Layer, attempt: Attempt, aim: Aim, point: Floats, session: Session, start: Floats | None = None
) -> Floats | None:
    """What an attempt gives when the level's own criterion is minimised."""
    enough = aim.bound + ENOUGH[layer] * aim.allowed
    if aim.stop():
        return None
    with prepared(session, attempt, aim, point):
        found = session.minimise(
            aim.objective,
            tolerance=EXACTLY[layer] * aim.allowed,
            start=start,
            watch=lambda value, *_: value <= enough or aim.stop(),
        ).columns
    return None if aim.stop() else found


def mixed(
    core: Columns,
    agreeing: Columns,
    aim: Aim,
    one: Floats,
    other: Floats,
    session: Session,
    style: Style = "finding",
    start: Floats | None = None,
) -> Floats | None:
    """A point whose ``core`` is whole, between two: what they agree on of ``agreeing`` is kept."""
    kept = agreeing[np.abs(one[agreeing] - other[agreeing]) <= WHOLE]
    return by_criterion("core", Attempt(core, kept, style=style, nodes=20), aim, one, session, start)


@contextmanager
def prepared(session: Session, attempt: Attempt, aim: Aim, point: Floats) -> Iterator[None]:
    """The session with an attempt's columns kept as in ``point``, and released afterwards."""
    session.keep_near(attempt.near, point[attempt.near])
    session.fix(attempt.fixed, np.round(point[attempt.fixed]))
    session.fix(aim.kept, aim.keeping(point))
    session.only_whole(attempt.whole)
    session.style(attempt.style)
    session.limit_nodes(attempt.nodes)
    try:
        yield
    finally:
        session.release()


def first(found: Iterable[Floats | None]) -> Floats | None:
    """The first that is there."""
    return next((point for point in found if point is not None), None)
