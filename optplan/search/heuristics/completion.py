"""From a point of the core to a plan: cheap goods and hires made whole, while teams and dear goods stay as they are.

Where money is short, cheap goods of all kinds at once are too much for HiGHS, and one kind after another is not: the cheapest
fill what is left. The criterion that says how short it is may be a little worse meanwhile.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optplan.search.heuristics.sub_mip import NONE, Aim, Attempt, Firm, by_criterion, prepared
from optplan.search.solver.column_classes import Columns, Layers
from optplan.search.solver.highs import Session
from optplan.search.solver.matrix import Floats, Matrix, Objective

# in tolerances of the level
KIND = 0.02  # how exactly one kind of cheap goods is decided
FIRM = 5.0  # what one tolerance of a criterion held without slack is worth while kinds are made whole
HARDLY = 0.4  # what making kinds whole at the least cost may lose of the criterion
THRIFTY = 0.01  # of the cost: how exactly it is minimised, and what one tolerance of the criterion is worth
SOON = 20  # nodes in which cheap goods come out whole at once, or not at all, where money is short
FAILURES = 4  # of all kinds, after which making one kind whole after another is given up


class Completion:
    """Completes points of one matrix; keeps its own sessions, to which held levels must be told as well."""

    def __init__(self, matrix: Matrix, layers: Layers) -> None:
        self._layers = layers
        self._session, self._elastic = Session(matrix), Session(matrix)
        self._firm: list[Firm] = []

    @property
    def is_firm(self) -> bool:
        """Whether a criterion is held at its value by a row, so that there is no room at all."""
        return bool(self._firm)

    def hold(self, objective: Objective, most: float, exactly: float | None) -> None:
        """From now on the objective must not exceed ``most``.

        ``exactly``: where it has no slack, how exactly it was minimised.
        """
        takes_a_row = self._session.hold(objective, most)
        if exactly and takes_a_row:
            self._firm.append(Firm(objective, most, exactly))
        else:
            self._elastic.hold(objective, most)

    def run(self, aim: Aim, point: Floats) -> Floats | None:
        """A plan near ``point``, whose dear goods are whole. ``None``: none was found."""
        layers, session = self._layers, self._session
        aim = replace(aim, kept=NONE)
        settled = np.concatenate([layers.openings, layers.meeting, layers.dear])
        near = np.concatenate([layers.sums, layers.cheap])
        kept = Attempt(layers.all, np.concatenate([settled, layers.settled(layers.cheap, point)]), near)
        anew = Attempt(layers.all, settled, near, nodes=50)
        if self._firm:
            kept = replace(kept, nodes=SOON)
        found = None if aim.thrifty(point) else by_criterion("cheap", kept, aim, point, session)
        found = self._kind_by_kind(aim, point) if found is None else found
        return by_criterion("cheap", anew, aim, point, session) if found is None and not self._firm else found

    def _kind_by_kind(self, aim: Aim, point: Floats) -> Floats | None:
        """Cheap goods made whole one kind after another; a kind that cannot be is decided anew together with those before it.

        A criterion that is held without slack is left room meanwhile, at a price: only at the end must it be as it was.
        """
        layers, objective, firm = self._layers, aim.objective, list(self._firm)
        for held in firm:
            objective = objective.plus(FIRM * aim.allowed / held.exactly, held.objective)
        if aim.thrift is not None and aim.thrifty(point):
            objective = objective.plus(aim.allowed / (THRIFTY * aim.thrift.at(point)), aim.thrift)
            firm.append(Firm(aim.objective, aim.objective.at(point) + HARDLY * aim.allowed, aim.allowed))
        done: list[Columns] = []
        failed, at = 0, point
        if aim.stop():
            return None
        for number, kind in enumerate(layers.kinds, start=1):
            now = [kind]
            while True:
                fixed = np.concatenate([layers.openings, layers.meeting, layers.dear, *done])
                # later kinds stay free: a village brigade more or less is made up for by some dozen cheap sets of equipment
                near = np.concatenate([layers.sums, kind]) if len(now) == 1 else layers.sums
                attempt = Attempt(np.concatenate([layers.core, *done, *now]), fixed, near, nodes=50)
                with prepared(self._elastic, attempt, aim, at):
                    found = self._elastic.minimise(objective, tolerance=KIND * aim.allowed, watch=lambda *_: aim.stop()).columns
                if aim.stop():
                    return None
                if found is not None and (number < len(layers.kinds) or all(held.kept(found) for held in firm)):
                    break
                failed += 1
                if failed > FAILURES or not done:
                    return None
                now.append(done.pop())
            at = found
            done += now
        return at
