"""The core of a program: openings, teams, sums and dear goods whole, while cheap goods and hires may be divided.

What is proven of the core is proven of the program, and a point of it is nearly a plan: cheap goods are made whole in a tenth
of a second and cost a few hundredths of a percent, where a held criterion leaves them a little room. With a good plan to start
from, whose value tells HiGHS what need not be looked at, the core often proves in a second or two what the relaxations
(:mod:`optplan.search.relaxations`) never would.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from optplan.search.dive import Aim, Dive
from optplan.search.layers import Layers
from optplan.search.matrix import Floats, Matrix, Objective
from optplan.search.session import UNLIMITED, Session

EXACTLY = 0.3  # of the level's tolerance: how exactly the core is solved
WORTH = 0.1  # of it: a point that promises to gain less is not made a plan
ENOUGH = 0.8  # of it: a plan so near to what its own search proves is good enough
FIRST, SECOND = 20, 500  # nodes of a quick look: while better plans may still be had cheaply, and when there are none
# by nodes, of the level's tolerance: a plan further from the bound than that after so many is given no more
CLOSE = {1: 4.0, 50: 1.5}


@dataclass
class Proven:
    """What the core proves as it goes. ``infeasible``: there is no plan at all."""

    bound: float = -np.inf
    infeasible: bool = False


class Core:
    """The core of one matrix; keeps its own sessions, to which held levels must be told as well."""

    def __init__(self, matrix: Matrix, layers: Layers, dive: Dive) -> None:
        self._dive = dive
        self._proving, self._finding = Session(matrix), Session(matrix)
        for session in (self._proving, self._finding):
            session.only_whole(layers.core)
        self._proving.style("proving")
        self._finding.style("alone")

    def hold(self, objective: Objective, most: float, aside: float) -> None:
        """From now on the objective must not exceed ``most``, and where plans are sought ``aside`` less."""
        self._proving.hold(objective, most)
        self._finding.hold(objective, most - aside)

    def prove(
        self, aim: Aim, start: Floats | None, enough: Callable[[float], bool], proven: Proven, *, nodes: int = UNLIMITED
    ) -> None:
        """Raise the bound in ``proven`` until it is ``enough`` or the core has no more to say of it.

        ``nodes``: how many to look at; where that is limited, few if the plan ``start`` is not close to the bound.
        """

        def watch(_value: float, bound: float, _found: Floats | None, node: int) -> bool:
            proven.bound = max(proven.bound, bound)
            gap = (value - proven.bound) / aim.allowed if nodes < UNLIMITED and aim.allowed else 0.0
            hopeless = any(node >= after and gap > close for after, close in CLOSE.items())
            return hopeless or aim.stop() or enough(proven.bound)

        value = np.inf if start is None else aim.objective.at(start)
        self._proving.limit_nodes(nodes)
        outcome = self._proving.minimise(aim.objective, tolerance=EXACTLY * aim.allowed, start=start, watch=watch)
        proven.infeasible = outcome.verdict == "infeasible"
        proven.bound = max(proven.bound, outcome.bound)

    def find(self, aim: Aim, start: Floats | None, better: Callable[[Floats], float]) -> None:
        """Look for plans until one is near to what could be found here. ``start``: a point of the core.

        ``better`` is told each plan and gives the value of the best. Points are made plans while HiGHS waits, so that the same
        start always gives the same plans.
        """
        objective = aim.objective
        best = np.inf

        def complete(point: Floats) -> None:
            nonlocal best
            if objective.at(point) < best - WORTH * aim.allowed:
                completed = self._dive.complete(aim, point)
                if completed is not None:
                    best = better(completed)

        def watch(_value: float, bound: float, found: Floats | None, _node: int) -> bool:
            if found is not None:
                complete(found)
            return aim.stop() or best - bound <= ENOUGH * aim.allowed

        outcome = self._finding.minimise(objective, tolerance=EXACTLY * aim.allowed, start=start, watch=watch)
        if outcome.columns is not None:
            complete(outcome.columns)
