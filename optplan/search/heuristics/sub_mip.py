"""Sub-MIPs: some columns integer, some fixed, some kept near a solution.

Each is searched to a node limit, never to a time limit, so the same LP solution always gives the same result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from optplan.search.solver.column_classes import is_integer
from optplan.search.solver.highs import INTEGRALITY, HighsModel, Style
from optplan.search.solver.matrix import Columns, Floats, Objective

Step = Literal["coupled", "lp-diving", "dear", "core", "cheap"]
# in tolerances of the level: how exactly each class is decided, and how near to the level's bound a point is good enough
EXACTLY: dict[Step, float] = {"coupled": 0.5, "dear": 0.5, "core": 1.0, "cheap": 0.1}
ENOUGH: dict[Step, float] = {"coupled": 0.5, "lp-diving": 0.9, "dear": 0.8, "core": 0.8, "cheap": 0.9}
NONE: Columns = np.array([], dtype=int)


@dataclass(frozen=True)
class ObjectiveCut:
    """A criterion held at ``most`` without slack, that was minimised so ``exactly``."""

    objective: Objective
    most: float
    exactly: float

    def kept(self, lp_solution: Floats) -> bool:
        """Whether it is no more than that."""
        return self.objective.at(lp_solution) <= self.most


@dataclass(frozen=True)
class Aim:
    """What plans are sought for. ``bound``: what is proven of the level. ``tolerance``: what value − bound may be.

    ``kept``: columns that stay as they are (:meth:`keeping`). ``start``: the plan of the level before. ``thrift``: what to keep
    low once the objective is near its bound, where it says little of what is decided. ``found`` is told plans on the way.
    """

    objective: Objective
    bound: float
    tolerance: float
    stop: Callable[[], bool]
    kept: Columns
    start: Floats | None
    thrift: Objective | None = None
    found: Callable[[Floats], None] = lambda _: None

    def keeping(self, lp_solution: Floats) -> Floats:
        """The values of the columns ``kept``: of ``lp_solution`` where integer there, else of the plan of the level before."""
        plan = lp_solution if self.start is None or is_integer(lp_solution[self.kept]).all() else self.start
        return np.round(plan[self.kept])

    def thrifty(self, lp_solution: Floats) -> bool:
        """Whether to minimise the cost from here on, because the objective says little and is not nil."""
        return self.thrift is not None and self.objective.at(lp_solution) > self.tolerance


@dataclass(frozen=True)
class SubMip:
    """Make ``integer`` integer with ``fixed`` as they are and ``near`` within reach, looking at so many ``nodes`` at most."""

    integer: Columns
    fixed: Columns = field(default_factory=lambda: NONE)
    near: Columns = field(default_factory=lambda: NONE)
    style: Style = "finding"
    nodes: int = 300


def solved(
    step: Step, sub_mip: SubMip, aim: Aim, lp_solution: Floats, highs: HighsModel, start: Floats | None = None
) -> Floats | None:
    """What an attempt gives when the level's own criterion is minimised."""
    enough = aim.bound + ENOUGH[step] * aim.tolerance
    if aim.stop():
        return None
    with prepared(highs, sub_mip, aim, lp_solution):
        found = highs.minimise(
            aim.objective,
            tolerance=EXACTLY[step] * aim.tolerance,
            start=start,
            watch=lambda value, *_: value <= enough or aim.stop(),
        ).columns
    return None if aim.stop() else found


def crossover(
    core: Columns,
    agreeing: Columns,
    aim: Aim,
    one: Floats,
    other: Floats,
    highs: HighsModel,
    style: Style = "finding",
    start: Floats | None = None,
) -> Floats | None:
    """A point whose ``core`` is integer, between two: what they agree on of ``agreeing`` is kept."""
    kept = agreeing[np.abs(one[agreeing] - other[agreeing]) <= INTEGRALITY]
    return solved("core", SubMip(core, kept, style=style, nodes=20), aim, one, highs, start)


@contextmanager
def prepared(highs: HighsModel, sub_mip: SubMip, aim: Aim, lp_solution: Floats) -> Iterator[None]:
    """The HiGHS model with an attempt's columns kept as in ``lp_solution``, and released afterwards."""
    highs.keep_near(sub_mip.near, lp_solution[sub_mip.near])
    highs.fix(sub_mip.fixed, np.round(lp_solution[sub_mip.fixed]))
    highs.fix(aim.kept, aim.keeping(lp_solution))
    highs.set_integer(sub_mip.integer)
    highs.style(sub_mip.style)
    highs.limit_nodes(sub_mip.nodes)
    try:
        yield
    finally:
        highs.release()


def first(found: Iterable[Floats | None]) -> Floats | None:
    """The first that is there."""
    return next((lp_solution for lp_solution in found if lp_solution is not None), None)
