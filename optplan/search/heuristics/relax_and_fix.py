"""From the point of a relaxation to a plan in whole units, layer by layer.

What the relaxation settled is kept: openings and teams, then every item of a county (and every squad) whose deliveries came out
whole in all years. What came out in parts is decided anew, dear goods first, cheap ones and hires last, each as a small
program with all later layers divisible. A program that has no point is tried once more with more of it free.

Where every unit costs, sums are whole in the first relaxation already, and teams are decided together with dear goods: made
whole before them, they are so in a way that leaves the readiness held no room for whole goods. So they are where nothing need be
missing of what is asked: any plan that misses nothing is as good as another, and this is the quickest way to one.

A criterion like the shortfall says nothing of most decisions, and a point that is best by it may waste the money that is needed
to make goods whole. Dear goods are then made whole at the least cost with the criterion held near what was reached.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optplan.search.heuristics.completion import THRIFTY, Completion
from optplan.search.heuristics.lp_diving import Stepwise
from optplan.search.heuristics.sub_mip import ENOUGH, Aim, Attempt, by_criterion, first, mixed, prepared
from optplan.search.solver.column_classes import WHOLE, Columns, Layers, is_whole
from optplan.search.solver.highs import Session, Style
from optplan.search.solver.matrix import Floats, Matrix, Objective

MORE = (0.5, 10.0, 50.0)  # tolerances: how far from what was reached the criterion may be at the least cost, one after another


@dataclass(frozen=True)
class Dived:
    """What came of a dive. ``coupled`` has the first layers whole, ``point`` dear goods too, ``plan`` everything.

    ``None``: it did not come so far.
    """

    point: Floats | None = None
    plan: Floats | None = None
    coupled: Floats | None = None


class Dive:
    """Dives for one matrix; keeps its own sessions, to which held levels must be told as well."""

    def __init__(self, matrix: Matrix, layers: Layers) -> None:
        self._layers = layers
        self._session, self._coupling = Session(matrix), Session(matrix)
        self._stepwise = Stepwise(matrix)
        self._completion = Completion(matrix, layers)

    def hold(self, objective: Objective, most: float, aside: float, exactly: float | None) -> None:
        """From now on the objective must not exceed ``most``, and before cheap goods are made whole ``aside`` less.

        ``exactly``: where it has no slack, how exactly it was minimised.
        """
        self._session.hold(objective, most - aside)
        self._stepwise.hold(objective, most - aside)
        self._coupling.hold(objective, most)
        self._completion.hold(objective, most, exactly)

    def mend(self, aim: Aim, plan: Floats) -> Dived:
        """A plan near one of a question much like this: its dear goods as they are, if that can be, and cheap ones anew."""
        layers = self._layers
        held = np.concatenate([layers.openings, layers.meeting])
        attempts = (
            Attempt(layers.core, np.concatenate([held, layers.dear]), style="proving"),
            Attempt(layers.core, held, style="proving"),
        )
        return self._completed(aim, first(by_criterion("dear", attempt, aim, plan, self._session) for attempt in attempts))

    def run(self, aim: Aim, point: Floats) -> Dived:
        """A plan near ``point``, the point of a relaxation."""
        layers, firm, little = self._layers, self._completion.is_firm, aim.objective.says_little
        counting = is_whole(point[layers.sums]).all() and not little
        nothing = little and aim.objective.at(point) <= aim.allowed
        if not firm and (counting or nothing):
            attempt = Attempt(layers.core, self._settled(point), style="rounding", nodes=5)
            dived = self._completed(aim, by_criterion("core", attempt, aim, point, self._session))
            if counting or dived.plan is not None:
                return dived
        coupled = point if is_whole(point[layers.coupled]).all() else self._coupled(aim, point)
        return self._completed(aim, self._dear(aim, coupled) if coupled is not None else None, coupled)

    def apart(self, aim: Aim, point: Floats) -> Iterator[Dived]:
        """Plans near ``point``: dear goods made whole while only the numbers of teams are, then teams.

        First with all dear goods kept, then with the numbers of teams kept.
        """
        layers = self._layers
        attempt = Attempt(layers.counted, self._settled(point), style="rounding", nodes=20)
        counted = by_criterion("dear", attempt, aim, point, self._session)
        if counted is None:
            return
        for kept in (layers.dear, layers.counts):
            attempt = Attempt(layers.core, np.concatenate([layers.openings, kept]), style="rounding", nodes=20)
            yield self._completed(aim, by_criterion("core", attempt, aim, counted, self._session))

    def between(self, aim: Aim, point: Floats, known: Floats, *, all_but_teams: bool) -> Dived:
        """A plan between ``point``, of a relaxation, and ``known``, whose core is whole: what they agree on is kept.

        Of the whole core, or of openings and dear goods alone.
        """
        layers = self._layers
        agreeing = np.concatenate([layers.openings, layers.dear]) if all_but_teams else layers.core
        style: Style = "mixing" if all_but_teams else "finding"
        found = mixed(layers.core, agreeing, aim, known, point, self._session, style, known)
        better = found is not None and aim.objective.at(found) < aim.objective.at(known)
        return self._completed(aim, found) if better else Dived()

    def same(self, dived: Dived, point: Floats) -> bool:
        """Whether a dive from ``point`` would come to what has been ``dived``."""
        if dived.coupled is None:
            return False
        layer = self._layers.coupled
        return np.allclose(point[layer], dived.coupled[layer], rtol=0.0, atol=WHOLE)

    def _settled(self, point: Floats) -> Columns:
        """The openings, and the dear goods that are settled in ``point``."""
        return np.concatenate([self._layers.openings, self._layers.settled(self._layers.dear, point)])

    def _completed(self, aim: Aim, point: Floats | None, coupled: Floats | None = None) -> Dived:
        return Dived(point, None if point is None else self._completion.run(aim, point), coupled)

    def _coupled(self, aim: Aim, point: Floats) -> Floats | None:
        whole = self._layers.coupled
        if self._completion.is_firm:
            return by_criterion("coupled", Attempt(whole, style="proving"), aim, point, self._coupling, aim.start)
        attempts = Attempt(whole, self._layers.openings), Attempt(whole)
        return first(by_criterion("coupled", attempt, aim, point, self._coupling) for attempt in attempts)

    def _dear(self, aim: Aim, point: Floats) -> Floats | None:
        openings, meeting, whole = self._layers.openings, self._layers.meeting, self._layers.core
        if aim.thrifty(point):
            return first(self._by_cost(Attempt(whole, openings), aim, point, more) for more in MORE)
        settled = self._settled(point)
        attempts = [Attempt(whole, np.concatenate([openings, meeting])), Attempt(whole, settled, nodes=20)]
        if not self._completion.is_firm:  # settled goods use up what a criterion without slack allows
            attempts.insert(0, Attempt(whole, np.concatenate([meeting, settled])))
            stepwise = None if aim.objective.says_little else self._step_by_step(attempts[0], aim, point)
            if stepwise is not None:
                return stepwise
        return first(by_criterion("dear", attempt, aim, point, self._session) for attempt in attempts)

    def _by_cost(self, attempt: Attempt, aim: Aim, point: Floats, more: float) -> Floats | None:
        """What an attempt gives at the least cost, with the criterion at most so many tolerances from what it is at ``point``."""
        assert aim.thrift is not None
        if aim.stop():
            return None
        with prepared(self._session, attempt, aim, point):
            self._session.limit(aim.objective, aim.objective.at(point) + more * aim.allowed)
            found = self._session.minimise(aim.thrift, relative_tolerance=THRIFTY, watch=lambda *_: aim.stop()).columns
        return None if aim.stop() else found

    def _step_by_step(self, attempt: Attempt, aim: Aim, point: Floats) -> Floats | None:
        """What an attempt gives by linear programs alone, if that is good enough; they need an objective to go by, and room."""
        fixed, kept = np.union1d(attempt.fixed, aim.kept), point.copy()
        kept[aim.kept] = aim.keeping(point)
        most = aim.bound + ENOUGH["stepwise"] * aim.allowed
        return self._stepwise.run(
            aim.objective, kept, whole=attempt.whole, fixed=fixed, allowed=aim.allowed, most=most, stop=aim.stop
        )
