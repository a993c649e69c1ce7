"""Settling ranges with bounded effort: plans near the one asked about first, which settle many at once, then proofs.

All plans as good as the one asked about are the points of the program in which every criterion is held at what is allowed. Of
them a figure is minimised and maximised, or wanted to be another. Relaxations and searches look at a region that is larger by
the solver's tolerance, so what they prove holds; a plan counts as seen only if the exact value of every criterion is within
what is allowed.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import numpy as np

from optplan.audit import criteria_of
from optplan.decision_model import noise
from optplan.questions.base import Base
from optplan.questions.certain.neighbourhoods import Neighbourhoods, Width
from optplan.questions.certain.ranges import Range
from optplan.search.extraction import schedule_of
from optplan.search.solver.highs import UNLIMITED, HighsModel, Outcome
from optplan.search.solver.matrix import Floats, Matrix, Objective

NODES, NEAR_NODES = 200, 30  # of the tree, for each search of one end: of all plans, and of those near
LONGEST = 3.0  # seconds of computing of each, and of a search near by for a plan with another value
FAR = 10.0  # seconds of computing of a search among all plans for one with another value
SCATTERED, IN_VAIN = 10, 2  # searches with all figures of one kind at once: so many, unless so many show nothing new
SEEING = threading.Lock()  # of ranges that are looked at side by side


class Settling:
    """The ranges of one question. ``most``: what each criterion may be; ``over`` says when the time is over.

    ``start``: the plan that is asked about, as a point of ``matrix``, if it is one; ``plans``: how many others were seen.
    ``patience``: how many times as long as usual a search may take.
    """

    def __init__(
        self,
        base: Base,
        matrix: Matrix,
        start: Floats | None,
        most: Mapping[str, Fraction],
        over: Callable[[], bool],
        patience: float = 1.0,
    ) -> None:
        self._base, self._matrix, self._start, self._most, self._over = base, matrix, start, most, over
        self._patience = patience
        self._search = HighsModel(matrix, NODES)
        self._relaxed = HighsModel(matrix)
        for name, value in most.items():
            for model in (self._search, self._relaxed):
                model.add_objective_cut(matrix.criteria[name], float(value))
        self._relaxed.set_integer(np.array([], dtype=int))
        self._relaxed.many_objectives()
        self._near = Neighbourhoods(base.plan, matrix)
        self.plans = self.searches = self.relaxations = 0

    def prove_same(self, ranges: Sequence[Range], side: float) -> None:
        """What linear relaxations prove of figures that are not seen to vary: that none is above (``side`` 1), or below (−1).

        A relaxation with many figures at once shows first for which of them none will prove anything.
        """
        left = [each for each in ranges if each.firm is None and each.open_to(side)]
        while left and not self._over():
            _, point = self._bound_at(self._together(left, -side))
            further = [each for each in left if not each.reaches(point, side)]
            if len(further) == len(left):
                break
            left = further
        while left and not self._over():
            each = left.pop()
            bound, point = self._bound_at(self._end(each, side))
            each.prove(side, -side * bound)
            left = [other for other in left if not other.reaches(point, side)]

    def scatter(self, group: Sequence[Range], ranges: Sequence[Range]) -> None:
        """Plans that differ from the one asked about in one item only, in as many of ``group``, which are about it, as can be.

        A search among them takes a moment; much of what can vary shows here.
        """
        random, in_vain = np.random.default_rng(0), 0
        for _ in range(SCATTERED):
            own = [each for each in group if each.firm is None]
            if not own or in_vain == IN_VAIN or self._over():
                break
            self._scatter_around(self._start, own, random, ranges)
            in_vain = in_vain + 1 if all(each.firm is None for each in own) else 0

    def other_value(self, each: Range, ranges: Sequence[Range], width: Width) -> None:
        """Look near the plan asked about for one in which a figure is another; that there is none proves nothing.

        Around a plan in which what takes its place is elsewhere, more of the same may vary.
        """
        for side in (1.0, -1.0):
            if each.firm is not None or not each.open_to(side) or self._over():
                continue
            self._stay_around(each, self._start, width)
            self._want(each, side)
            _, point = self._found_other(LONGEST if width == "county" else LONGEST / 2, ranges)
            alike = [other for other in ranges if other.firm is None and other.cell.items == each.cell.items]
            if width != "own" and point is not None and alike:
                self._scatter_around(point, alike, np.random.default_rng(0), ranges)

    def other_value_anywhere(self, each: Range, ranges: Sequence[Range]) -> None:
        """Look among all plans for one in which a figure is another, for long; that there is none proves that it is firm.

        Of figures that may be parts of a unit, that would not be a proof; their ends are searched for.
        """
        for side in (1.0, -1.0):
            if not each.cell.whole or each.firm is not None or not each.open_to(side) or self._over():
                continue
            self._all_plans()
            self._want(each, side)
            if self._found_other(FAR, ranges)[0].verdict == "infeasible":
                self._search.without_presolve()  # which has called programs infeasible that were not
                if self._found_other(FAR, ranges)[0].verdict == "infeasible":
                    each.prove(side, each.seen(side))
        if not each.cell.whole and each.firm is None:
            self.search(each, ranges)

    def relax(self, each: Range) -> None:
        """What linear relaxations prove of a range."""
        for side in (-1.0, 1.0):
            if each.open_to(side) and not self._over():
                each.prove(side, -side * self._bound_at(self._end(each, side))[0])

    def ends_near(self, each: Range, ranges: Sequence[Range]) -> None:
        """See how far a figure goes where only its own items change; that proves nothing of other plans."""
        for side in (-1.0, 1.0):
            if each.open_to(side) and not self._over():
                self._stay_around(each, self._start, "own")
                self._minimised(self._end(each, side), ranges, self._start)

    def search(self, each: Range, ranges: Sequence[Range]) -> None:
        """What searches prove of a range; the plans that they find count for all."""
        for side in (-1.0, 1.0):
            if each.open_to(side) and not self._over():
                self._all_plans()
                each.prove(side, -side * self._minimised(self._end(each, side), ranges, self._start))

    # ------------------------------------------------------------------------------------------------------------------

    def _all_plans(self) -> None:
        self._search.release()
        self._search.style("rins")
        self._search.limit_nodes(NODES)

    def _scatter_around(
        self, point: Floats | None, own: Sequence[Range], random: np.random.Generator, ranges: Sequence[Range]
    ) -> None:
        self._stay_around(own[0], point, "own")
        self._minimised(self._scattered(own, random), ranges, point)

    def _stay_around(self, each: Range, point: Floats | None, width: Width) -> None:
        """From now on only what is around a figure may differ from a plan."""
        assert point is not None
        kept = self._near.kept(each.cell, width)
        self._search.release()
        self._search.fix(kept, np.round(point[kept]))
        self._search.style("rins")
        self._search.limit_nodes(NEAR_NODES)

    def _want(self, each: Range, side: float) -> None:
        """From now on a figure must be a whole step, or a thousandth of it, beyond what was seen."""
        step = 1.0 if each.cell.whole else max(1.0, abs(each.value)) / 1000
        self._search.add_temporary_cut(self._end(each, side), -side * each.seen(side) - step)

    def _found_other(self, seconds: float, ranges: Sequence[Range]) -> tuple[Outcome, Floats | None]:
        """Any plan that is wanted: without an objective HiGHS finds one in half the time, or that there is none."""
        self._search.style("alone")
        self._search.limit_nodes(UNLIMITED)
        return self._found(Objective(0.0, np.zeros(self._matrix.columns)), seconds, ranges, None)

    def _minimised(self, objective: Objective, ranges: Sequence[Range], start: Floats | None) -> float:
        """What is proven of an objective, of the plans that are allowed now."""
        if self._over() or not objective.cost.any():
            return -np.inf
        found, _ = self._found(objective, LONGEST, ranges, start)
        return float(found.bound) if found.verdict != "infeasible" else -np.inf

    def _found(
        self, objective: Objective, seconds: float, ranges: Sequence[Range], start: Floats | None
    ) -> tuple[Outcome, Floats | None]:
        """What a search ends with in its time, and the plan that it found, if it is as good: then it is one for all ``ranges``.

        Without a ``start`` the first plan will do.
        """
        self.searches += 1
        began = time.thread_time()

        def watch(_value: float, _bound: float, columns: Floats | None, _nodes: int) -> bool:
            if columns is not None and start is None:
                points.append(columns)
            return bool(points) or self._over() or time.thread_time() - began > seconds * self._patience

        points: list[Floats] = []
        found = self._search.minimise(objective, start=start, watch=watch)
        point = points[0] if points else found.columns
        assert self._start is not None
        if point is None or np.allclose(point, self._start) or not self._as_good(point):
            return found, None
        self.plans += 1
        with SEEING:
            for each in ranges:
                each.see(point)
        return found, point

    def _end(self, each: Range, side: float) -> Objective:
        """What to minimise for the upper (``side`` 1) or the lower end."""
        objective = each.cell.objective(self._matrix.columns)
        return Objective(-side * objective.constant, -side * objective.cost)

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

    def _bound_at(self, objective: Objective) -> tuple[float, Floats | None]:
        self.relaxations += 1
        found = self._relaxed.minimise(objective)
        return (float(found.bound), found.columns) if found.verdict == "optimal" else (-np.inf, None)

    def _as_good(self, columns: Floats) -> bool:
        """Whether every criterion is within what is allowed, exactly; where payments count, to the solver's arithmetic."""
        base = self._base
        if base.model.requests or base.plan.loans:
            return True
        schedule = schedule_of(base.plan, self._matrix, columns)
        exact = criteria_of(base.plan.tables, schedule, requests=False, reference=base.reference)
        return all(name == "payer_order" or exact.value(name) <= most + noise(name, most) for name, most in self._most.items())
