"""Settling ranges with bounded effort: plans near the one asked about first, which settle many at once, then proofs.

All plans as good as the one asked about are the points of the program in which every criterion is held at what is allowed. Of
them a figure is minimised and maximised. Relaxations and searches look at a region that is larger by the solver's tolerance, so
what they prove holds; a plan counts as seen only if the exact value of every criterion is within what is allowed.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from optplan.audit import criteria_of
from optplan.decision_model import noise
from optplan.plan.squads import squads
from optplan.questions.base import Base
from optplan.questions.certain.ranges import Range
from optplan.search.extraction import schedule_of
from optplan.search.solver.highs import HighsModel
from optplan.search.solver.matrix import Floats, Matrix, Objective

NODES, NEAR_NODES = 200, 30  # of the tree, for each search of one figure: of all plans, and of those near
LONGEST = 3.0  # seconds of computing of each
SCATTERED = 4  # searches with all figures of one kind at once
SEEING = threading.Lock()  # of ranges that are looked at side by side
SUMS = {"sum", "count", "shortfall"}  # whole columns that follow from decisions

Columns = NDArray[np.int64]


class Settling:
    """The ranges of one question. ``most``: what each criterion may be; ``over`` says when the time is over.

    ``start``: the plan that is asked about, as a point of ``matrix``, if it is one; ``plans``: how many others were seen.
    """

    def __init__(
        self, base: Base, matrix: Matrix, start: Floats | None, most: Mapping[str, Fraction], over: Callable[[], bool]
    ) -> None:
        self._base, self._matrix, self._start, self._most, self._over = base, matrix, start, most, over
        self._search = HighsModel(matrix, NODES)
        self._relaxed = HighsModel(matrix)
        for name, value in most.items():
            for model in (self._search, self._relaxed):
                model.add_objective_cut(matrix.criteria[name], float(value))
        self._search.style("rins")
        self._relaxed.set_integer(np.array([], dtype=int))
        self._relaxed.many_objectives()
        self._of_item, self._of_county = _places(base, matrix)
        self.plans = self.searches = self.relaxations = 0

    def prove_same(self, ranges: Sequence[Range], tell: Callable[[], None]) -> None:
        """What linear relaxations prove of figures that are not seen to vary. ``tell`` is called after each proof.

        A relaxation with many figures at once shows first for which of them none will prove anything.
        """
        for side in (1.0, -1.0):
            left = [each for each in ranges if each.firm is None and (each.open_above if side > 0 else each.open_below)]
            while left and not self._over():
                _, point = self._bound_at(self._together(left, -side))
                further = [each for each in left if not each.reaches(point, side)]
                if len(further) == len(left):
                    break
                left = further
            while left and not self._over():
                each = left.pop()
                objective = each.cell.objective(self._matrix.columns)
                bound, point = self._bound_at(_upside_down(objective) if side > 0 else objective)
                (each.prove_high if side > 0 else each.prove_low)(-side * bound)
                left = [other for other in left if not other.reaches(point, side)]
                tell()

    def nearby(self, group: Sequence[Range], ranges: Sequence[Range]) -> None:
        """Plans that differ from the one asked about in one item, or in one county, only.

        A search among them takes a moment; most of what can vary shows here.
        """
        random = np.random.default_rng(0)
        items = {each.cell.subject for each in group if each.cell.kind == "delivery"}
        for item in sorted(items):
            own = [each for each in group if each.cell.subject == item and each.firm is None]
            if not own:
                continue
            with self._only(self._of_item.get(item)):
                for _ in range(SCATTERED):
                    self._minimised(self._scattered(own, random), ranges)
                for each in own:
                    self._both_ends(each, ranges)
        for each in group:
            if each.firm is None and each.cell.county:
                with self._only(self._of_county.get(each.cell.county)):
                    self._both_ends(each, ranges)

    def relax(self, each: Range) -> None:
        """What linear relaxations prove of a range."""
        objective = each.cell.objective(self._matrix.columns)
        if each.open_below and not self._over():
            each.prove_low(self._bound(objective))
        if each.open_above and not self._over():
            each.prove_high(-self._bound(_upside_down(objective)))

    def search(self, each: Range, ranges: Sequence[Range]) -> None:
        """What searches prove of a range; the plans that they find count for all."""
        objective = each.cell.objective(self._matrix.columns)
        if each.open_below and not self._over():
            each.prove_low(self._minimised(objective, ranges))
        if each.open_above and not self._over():
            each.prove_high(-self._minimised(_upside_down(objective), ranges))

    # ------------------------------------------------------------------------------------------------------------------

    def _both_ends(self, each: Range, ranges: Sequence[Range]) -> None:
        """See how far a figure goes among the plans that are allowed now; that proves nothing of the others."""
        objective = each.cell.objective(self._matrix.columns)
        if each.firm is None and each.open_below:
            self._minimised(objective, ranges)
        if each.firm is None and each.open_above:
            self._minimised(_upside_down(objective), ranges)

    def _only(self, free: Columns | None) -> _Near:
        (whole,) = np.nonzero(self._matrix.integer)
        kept = np.setdiff1d(whole, np.union1d(free if free is not None else [], self._of_item[""]))
        assert self._start is not None
        return _Near(self._search, kept.astype(int), self._start)

    def _scattered(self, ranges: Sequence[Range], random: np.random.Generator) -> Objective:
        """About half of the figures as large as can be, the others as small."""
        cost = np.zeros(self._matrix.columns)
        for each in ranges:
            size = random.choice((-1.0, 1.0))
            for column, factor in each.cell.terms.items():
                cost[column] += size * factor
        return Objective(0.0, cost)

    def _together(self, ranges: Sequence[Range], sign: float) -> Objective:
        """All figures at once, as little (``sign`` 1) or as much (−1) of them as can be, each by its size."""
        cost = np.zeros(self._matrix.columns)
        for each in ranges:
            for column, factor in each.cell.terms.items():
                cost[column] += sign * factor / (1.0 + abs(each.value))
        return Objective(0.0, cost)

    def _bound(self, objective: Objective) -> float:
        return self._bound_at(objective)[0]

    def _bound_at(self, objective: Objective) -> tuple[float, Floats | None]:
        self.relaxations += 1
        found = self._relaxed.minimise(objective)
        return (float(found.bound), found.columns) if found.verdict == "optimal" else (-np.inf, None)

    def _minimised(self, objective: Objective, ranges: Sequence[Range]) -> float:
        if self._over() or not objective.cost.any():
            return -np.inf
        self.searches += 1
        began = time.thread_time()

        def watch(_value: float, _bound: float, columns: Floats | None, _nodes: int) -> bool:
            return self._over() or time.thread_time() - began > LONGEST

        found = self._search.minimise(objective, start=self._start, watch=watch)
        assert self._start is not None
        point = found.columns
        if point is not None and not np.allclose(point, self._start) and self._as_good(point):
            self.plans += 1
            with SEEING:
                for each in ranges:
                    each.see(point)
        return float(found.bound) if found.verdict != "infeasible" else -np.inf

    def _as_good(self, columns: Floats) -> bool:
        """Whether every criterion is within what is allowed, exactly; where payments count, to the solver's arithmetic."""
        base = self._base
        if base.model.requests or base.plan.loans:
            return True
        schedule = schedule_of(base.plan, self._matrix, columns)
        exact = criteria_of(base.plan.tables, schedule, requests=False, reference=base.reference)
        return all(name == "payer_order" or exact.value(name) <= most + noise(name, most) for name, most in self._most.items())


class _Near:
    """While it is entered, the columns ``kept`` stay as they are at ``point``."""

    def __init__(self, model: HighsModel, kept: Columns, point: Floats) -> None:
        self._model, self._kept, self._values = model, kept, np.round(point[kept])

    def __enter__(self) -> None:
        self._model.fix(self._kept, self._values)
        self._model.limit_nodes(NEAR_NODES)

    def __exit__(self, *problem: object) -> None:
        self._model.release()
        self._model.limit_nodes(NODES)


def _upside_down(objective: Objective) -> Objective:
    return Objective(-objective.constant, -objective.cost)


def _places(base: Base, matrix: Matrix) -> tuple[dict[str, Columns], dict[str, Columns]]:
    """The whole columns of each item (blank: those that follow from decisions), and of each county."""
    squad_of = {squad.squad: squad for squad in squads(base.plan)}
    of_item: dict[str, list[int]] = {"": []}
    of_county: dict[str, list[int]] = {}
    for column, (variable, index) in enumerate(matrix.names):
        if not matrix.integer[column]:
            continue
        if variable in SUMS:
            of_item[""].append(column)
            continue
        if variable in {"hired_so_far", "meeting"}:
            item, county = squad_of[index[0]].item, squad_of[index[0]].county
        elif variable == "opened":
            item, county = base.plan.projects[index[0]].item, base.plan.projects[index[0]].county
        else:
            item, county = index[0], index[1]
        of_item.setdefault(item, []).append(column)
        of_county.setdefault(county, []).append(column)
    return ({key: np.array(some, dtype=int) for key, some in of_item.items()},
            {key: np.array(some, dtype=int) for key, some in of_county.items()})  # fmt: skip
