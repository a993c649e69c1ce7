"""From the point of a relaxation to a plan in whole units, layer by layer.

What the relaxation settled is kept: openings and teams, then every item of a county (and every squad) whose deliveries came out
whole in all years. What came out in parts is decided anew, dear goods first, cheap ones and hires last, each as a small
program with all later layers divisible. A program that has no point is tried once more with more of it free. Every program is
searched to a node limit, never to a time limit, so the same point always gives the same plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from optplan.search.layers import Columns, Layers
from optplan.search.matrix import Floats, Matrix, Objective
from optplan.search.session import Session, Style

NODES: dict[Style, int] = {"proving": 300, "finding": 300, "alone": 20}  # of each small program: the last is not so small
EXACTLY = {"coupled": 0.25, "dear": 0.1, "cheap": 0.1}  # of the level's tolerance: how exactly each layer is decided
ENOUGH = {"coupled": 0.25, "dear": 0.5, "cheap": 0.8}  # of it: a point this near to the level's bound is good enough
WHOLE = 1e-6  # what a whole column may be off by


@dataclass(frozen=True)
class _Attempt:
    """Make ``whole`` whole with ``fixed`` as they are."""

    whole: Columns
    fixed: Columns
    style: Style


class Dive:
    """Dives for one matrix; keeps its own session, to which held levels must be told as well."""

    def __init__(self, matrix: Matrix, layers: Layers) -> None:
        self._layers = layers
        self._session = Session(matrix)
        self.hold = self._session.hold

    def run(
        self,
        objective: Objective,
        point: Floats,
        bound: float,
        allowed: float,
        stop: Callable[[], bool],
        kept: Columns,
        start: Floats | None,
        *,
        whole: bool = False,
    ) -> Floats | None:
        """A plan near ``point``, ``None`` if none was found.

        ``bound``: what is proven of the level. ``allowed``: what value − bound may be. ``whole``: the point is a plan already, of
        a question much like this one; it is taken as it is where that suffices.

        ``kept``: columns that stay as they are in the plan ``start``.
        """
        layers = self._layers
        try:
            if whole:
                self._prepare(_Attempt(layers.all, layers.all, "proving"), point, kept, start)
                unchanged = self._session.minimise(objective, watch=lambda *_: stop())
                if unchanged.value - bound <= allowed:
                    return unchanged.columns
            for layer in ("coupled", "dear", "cheap"):
                if layer == "coupled" and (whole or (_is_whole(point, layers.meeting) and _is_whole(point, layers.sums))):
                    continue
                for attempt in self._near(point) if whole and layer == "dear" else self._attempts(layer, point):
                    self._prepare(attempt, point, kept, start)
                    found = self._session.minimise(
                        objective,
                        tolerance=EXACTLY[layer] * allowed,
                        watch=lambda value, *_, enough=bound + ENOUGH[layer] * allowed: value <= enough or stop(),
                    ).columns
                    if stop():
                        return None
                    if found is not None:
                        point = found
                        break
                else:
                    return None
            return point
        finally:
            self._session.release()

    def _attempts(self, layer: str, point: Floats) -> Iterator[_Attempt]:
        openings, meeting, sums, dear = self._layers.openings, self._layers.meeting, self._layers.sums, self._layers.dear
        if layer == "coupled":
            whole = np.concatenate([openings, meeting, sums])
            yield _Attempt(whole, openings, "proving")
            yield _Attempt(whole, openings[:0], "finding")
        elif layer == "dear":
            whole = np.concatenate([openings, meeting, sums, dear])
            yield _Attempt(whole, np.concatenate([openings, meeting, self._settled(dear, point)]), "proving")
            yield _Attempt(whole, openings, "alone")
        else:
            whole, settled = self._layers.all, np.concatenate([openings, meeting, dear])
            yield _Attempt(whole, np.concatenate([settled, self._settled(self._layers.cheap, point)]), "finding")
            yield _Attempt(whole, settled, "finding")
            yield _Attempt(whole, np.concatenate([openings, dear]), "finding")

    def _near(self, point: Floats) -> Iterator[_Attempt]:
        """The dear goods of a plan as they are, if that can be; else anew, with its openings and teams."""
        openings, meeting, sums, dear = self._layers.openings, self._layers.meeting, self._layers.sums, self._layers.dear
        whole = np.concatenate([openings, meeting, sums, dear])
        yield _Attempt(whole, np.concatenate([openings, meeting, dear]), "proving")
        yield _Attempt(whole, np.concatenate([openings, meeting]), "proving")

    def _settled(self, columns: Columns, point: Floats) -> Columns:
        """Those of ``columns`` whose whole path through the years is whole in ``point``."""
        path = self._layers.path[columns]
        split = np.unique(path[np.abs(point[columns] - np.round(point[columns])) > WHOLE])
        return columns[~np.isin(path, split)]

    def _prepare(self, attempt: _Attempt, point: Floats, kept: Columns, start: Floats | None) -> None:
        session = self._session
        session.release()
        session.fix(attempt.fixed, np.round(point[attempt.fixed]))
        if start is not None:
            session.fix(kept, np.round(start[kept]))
        session.only_whole(attempt.whole)
        session.style(attempt.style)
        session.limit_nodes(NODES[attempt.style])


def _is_whole(point: Floats, columns: Columns) -> bool:
    return bool((np.abs(point[columns] - np.round(point[columns])) <= WHOLE).all())
