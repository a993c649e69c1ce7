"""From the point of a relaxation to a plan in whole units, layer by layer.

What the relaxation settled is kept: openings and teams, then every item of a county (and every squad) whose deliveries came out
whole in all years. What came out in parts is decided anew, dear goods first, cheap ones and hires last, each as a small
program with all later layers divisible. A program that has no point is tried once more with more of it free. Every program is
searched to a node limit, never to a time limit, so the same point always gives the same plan.

A criterion like the shortfall says nothing of most decisions, and a point that is best by it may waste the money that is needed
to make goods whole. Dear goods are then made whole at the least cost with the criterion held near what was reached.

Where money is short, cheap goods of all kinds at once are too much for HiGHS, and one kind after another is not: the cheapest
fill what is left. The criterion that says how short it is may be a little worse meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import numpy as np

from optplan.search.layers import WHOLE, Columns, Layers, is_whole
from optplan.search.matrix import Floats, Matrix, Objective
from optplan.search.session import Session, Style
from optplan.search.stepwise import Stepwise

# in tolerances of the level, unless it says otherwise
EXACTLY = {"coupled": 0.5, "dear": 0.5, "cheap": 0.1}  # how exactly each layer is decided
ENOUGH = {"coupled": 0.5, "stepwise": 0.9, "dear": 0.8, "cheap": 0.9}  # a point this near to the level's bound is good enough
KIND = 0.02  # how exactly one kind of cheap goods is decided
FIRM = 5.0  # what one tolerance of a criterion held without slack is worth while kinds are made whole
HARDLY = 0.4  # what making kinds whole at the least cost may lose of the criterion
MORE = (0.5, 10.0, 50.0)  # how far from what was reached the criterion may be at the least cost, one after another
THRIFTY = 0.01  # of the cost: how exactly it is minimised, and what one tolerance of the criterion is worth
SOON = 20  # nodes in which cheap goods come out whole at once, or not at all, where money is short
FAILURES = 4  # of all kinds, after which making one kind whole after another is given up
NONE: Columns = np.array([], dtype=int)


@dataclass(frozen=True)
class _Firm:
    """A criterion held at ``most`` without slack, that was minimised so ``exactly``."""

    objective: Objective
    most: float
    exactly: float

    def kept(self, point: Floats) -> bool:
        """Whether it is no more than that."""
        return self.objective.at(point) <= self.most


@dataclass(frozen=True)
class _Attempt:
    """Make ``whole`` whole with ``fixed`` as they are and ``near`` within reach, looking at so many ``nodes`` at most."""

    whole: Columns
    fixed: Columns = field(default_factory=lambda: NONE)
    near: Columns = field(default_factory=lambda: NONE)
    style: Style = "finding"
    nodes: int = 300


@dataclass(frozen=True)
class Aim:
    """What a dive is for. ``bound``: what is proven of the level. ``allowed``: what value − bound may be.

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
        self._session, self._completing, self._elastic = Session(matrix), Session(matrix), Session(matrix)
        self._stepwise = Stepwise(matrix)
        self._firm: list[_Firm] = []

    def hold(self, objective: Objective, most: float, aside: float, exactly: float | None) -> None:
        """From now on the objective must not exceed ``most``, and before cheap goods are made whole ``aside`` less.

        ``exactly``: where it has no slack, how exactly it was minimised.
        """
        self._session.hold(objective, most - aside)
        self._stepwise.hold(objective, most - aside)
        takes_a_row = self._completing.hold(objective, most)
        if exactly and takes_a_row:
            self._firm.append(_Firm(objective, most, exactly))
        else:
            self._elastic.hold(objective, most)

    def mend(self, aim: Aim, plan: Floats) -> Dived:
        """A plan near one of a question much like this: its dear goods as they are, if that can be, and cheap ones anew."""
        layers = self._layers
        held = np.concatenate([layers.openings, layers.meeting])
        attempts = (
            _Attempt(layers.core, np.concatenate([held, layers.dear]), style="proving"),
            _Attempt(layers.core, held, style="proving"),
        )
        point = _first(self._by_criterion("dear", attempt, aim, plan, self._session) for attempt in attempts)
        return Dived(point, self.complete(aim, point) if point is not None else None)

    def run(self, aim: Aim, point: Floats) -> Dived:
        """A plan near ``point``, the point of a relaxation."""
        coupled: Floats | None = point
        if not (is_whole(point[self._layers.meeting]).all() and is_whole(point[self._layers.sums]).all()):
            coupled = self._coupled(aim, point)
        dear = self._dear(aim, coupled) if coupled is not None else None
        return Dived(dear, self.complete(aim, dear) if dear is not None else None, coupled)

    def same(self, dived: Dived, point: Floats) -> bool:
        """Whether a dive from ``point`` would come to what has been ``dived``."""
        if dived.coupled is None:
            return False
        layer = self._layers.coupled
        return np.allclose(point[layer], dived.coupled[layer], rtol=0.0, atol=WHOLE)

    def complete(self, aim: Aim, point: Floats) -> Floats | None:
        """A plan near ``point``, whose dear goods are whole; they and the teams stay as they are. ``None``: none was found."""
        layers, session = self._layers, self._completing
        aim = replace(aim, kept=NONE)
        settled = np.concatenate([layers.openings, layers.meeting, layers.dear])
        near = np.concatenate([layers.sums, layers.cheap])
        kept = _Attempt(layers.all, np.concatenate([settled, layers.settled(layers.cheap, point)]), near)
        anew = _Attempt(layers.all, settled, near, nodes=50)
        if self._firm:
            kept = replace(kept, nodes=SOON)
        found = None if aim.thrifty(point) else self._by_criterion("cheap", kept, aim, point, session)
        found = self._kind_by_kind(aim, point) if found is None else found
        return self._by_criterion("cheap", anew, aim, point, session) if found is None and not self._firm else found

    def _coupled(self, aim: Aim, point: Floats) -> Floats | None:
        whole = self._layers.coupled
        if self._firm:
            return self._by_criterion("coupled", _Attempt(whole, style="proving"), aim, point, self._completing, aim.start)
        attempts = _Attempt(whole, self._layers.openings), _Attempt(whole)
        return _first(self._by_criterion("coupled", attempt, aim, point, self._completing) for attempt in attempts)

    def _dear(self, aim: Aim, point: Floats) -> Floats | None:
        openings, meeting, whole = self._layers.openings, self._layers.meeting, self._layers.core
        if aim.thrifty(point):
            return _first(self._by_cost(_Attempt(whole, openings), aim, point, self._session, more) for more in MORE)
        settled = self._layers.settled(self._layers.dear, point)
        attempts = [
            _Attempt(whole, np.concatenate([openings, meeting])),
            _Attempt(whole, np.concatenate([openings, settled]), nodes=20),
        ]
        if not self._firm:  # settled goods use up what a criterion without slack allows
            attempts.insert(0, _Attempt(whole, np.concatenate([openings, meeting, settled])))
            stepwise = None if aim.objective.says_little else self._step_by_step(attempts[0], aim, point)
            if stepwise is not None:
                return stepwise
        return _first(self._by_criterion("dear", attempt, aim, point, self._session) for attempt in attempts)

    def _kind_by_kind(self, aim: Aim, point: Floats) -> Floats | None:
        """Cheap goods made whole one kind after another; a kind that cannot be is decided anew together with those before it.

        A criterion that is held without slack is left room meanwhile, at a price: only at the end must it be as it was.
        """
        layers, objective, firm = self._layers, aim.objective, list(self._firm)
        for held in firm:
            objective = objective.plus(FIRM * aim.allowed / held.exactly, held.objective)
        if aim.thrift is not None and aim.thrifty(point):
            objective = objective.plus(aim.allowed / (THRIFTY * aim.thrift.at(point)), aim.thrift)
            firm.append(_Firm(aim.objective, aim.objective.at(point) + HARDLY * aim.allowed, aim.allowed))
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
                attempt = _Attempt(np.concatenate([layers.core, *done, *now]), fixed, near, nodes=50)
                with self._prepared(self._elastic, attempt, aim, at):
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

    def _by_criterion(
        self, layer: str, attempt: _Attempt, aim: Aim, point: Floats, session: Session, start: Floats | None = None
    ) -> Floats | None:
        """What an attempt gives when the level's own criterion is minimised."""
        enough = aim.bound + ENOUGH[layer] * aim.allowed
        if aim.stop():
            return None
        with self._prepared(session, attempt, aim, point):
            found = session.minimise(
                aim.objective,
                tolerance=EXACTLY[layer] * aim.allowed,
                start=start,
                watch=lambda value, *_: value <= enough or aim.stop(),
            ).columns
        return None if aim.stop() else found

    def _by_cost(self, attempt: _Attempt, aim: Aim, point: Floats, session: Session, more: float) -> Floats | None:
        """What an attempt gives at the least cost, with the criterion at most so many tolerances from what it is at ``point``."""
        assert aim.thrift is not None
        if aim.stop():
            return None
        with self._prepared(session, attempt, aim, point):
            session.limit(aim.objective, aim.objective.at(point) + more * aim.allowed)
            found = session.minimise(aim.thrift, relative_tolerance=THRIFTY, watch=lambda *_: aim.stop()).columns
        return None if aim.stop() else found

    def _step_by_step(self, attempt: _Attempt, aim: Aim, point: Floats) -> Floats | None:
        """What an attempt gives by linear programs alone, if that is good enough; they need an objective to go by, and room."""
        fixed, kept = np.union1d(attempt.fixed, aim.kept), point.copy()
        kept[aim.kept] = aim.keeping(point)
        most = aim.bound + ENOUGH["stepwise"] * aim.allowed
        return self._stepwise.run(
            aim.objective, kept, whole=attempt.whole, fixed=fixed, allowed=aim.allowed, most=most, stop=aim.stop
        )

    @contextmanager
    def _prepared(self, session: Session, attempt: _Attempt, aim: Aim, point: Floats) -> Iterator[None]:
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


def _first(found: Iterable[Floats | None]) -> Floats | None:
    """The first that is there."""
    return next((point for point in found if point is not None), None)
