"""Everything that searches one matrix: made once for a search, used by each level, and told of objective cuts together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from optplan.search.bounds.core_mip import CoreMip
from optplan.search.bounds.relaxations import Relaxations
from optplan.search.heuristics.county_pairs import LargeNeighbourhoodSearch
from optplan.search.heuristics.good_in_all import GoodInAll
from optplan.search.heuristics.relax_and_fix import RelaxAndFix
from optplan.search.heuristics.rens import Rens
from optplan.search.heuristics.weighted_sum import WeightedSum
from optplan.search.level.background import Background, Work
from optplan.search.level.prover import Prover
from optplan.search.parts import EVERY, Parts
from optplan.search.solver.aggregates import AsBuilt
from optplan.search.solver.column_classes import ColumnClasses
from optplan.search.solver.highs import HighsModel
from optplan.search.solver.matrix import Floats, Matrix, Objective

WORTHWHILE = 400  # integer columns: with fewer the tree search alone is as quick
ASIDE = 0.02  # of a held criterion's slack: where plans are sought, what is left for making cheap goods integer


@dataclass
class Tools:
    """Everything that searches ``matrix``, level after level.

    ``highs``: the matrix itself, for small questions. ``program``: the full MIP without aggregates. ``large``: whether there are
    so many integer columns that relaxations and heuristics pay before a tree search. ``rens``, only where a tree search comes to
    nothing: makes LP solutions integer county by county. ``tight``: whether an earlier criterion has an objective cut without
    slack, so that what is feasible has no interior and no analytic centre. ``parts`` of the search are used. ``background``:
    threads that work for the present level; ``beside``: one that goes on through the levels after it.
    """

    matrix: Matrix
    highs: HighsModel
    program: AsBuilt
    relaxations: Relaxations
    weighted_sum: WeightedSum | None
    relax_and_fix: RelaxAndFix
    core: CoreMip
    neighbourhoods: LargeNeighbourhoodSearch
    good_in_all: GoodInAll
    classes: ColumnClasses
    large: bool
    rens: Rens | None = None
    tight: bool = False
    parts: Parts = EVERY
    background: list[Background | Prover] = field(default_factory=list)
    beside: Background | None = None

    def unchanged(self, objective: Objective, plan: Floats, stop: Callable[[], bool]) -> Floats | None:
        """A plan of a question much like this one, with every whole unit as it is; ``None`` if the rules do not allow that."""
        integer = self.classes.integer
        self.highs.fix(integer, np.round(plan[integer]))
        try:
            return self.highs.minimise(objective, watch=lambda *_: stop()).columns
        finally:
            self.highs.release()

    def run_in_background(self, work: Work) -> Background:
        """Work in a second thread with some of these tools."""
        background = Background(work)
        self.background.append(background)
        return background

    def add_objective_cut(self, objective: Objective, most: float, *, slack: float, room: float, exactly: float) -> None:
        """From now on no plan may have more of ``objective`` than ``most``.

        ``slack``: how much of that lies above its value; ``room``: how much lies above its dual bound; ``exactly``: the tolerance
        to which it was minimised. All are in the criterion's unit.
        """
        self.settle()
        if self.rens is not None:
            self.rens.add_objective_cut(objective, most, room)
        aside = ASIDE * slack
        self.core.add_objective_cut(objective, most, aside, None if slack else exactly)
        if self.weighted_sum is not None:
            self.weighted_sum.add_objective_cut(objective, most)
        self.relax_and_fix.add_objective_cut(objective, most, aside, None if slack else exactly)
        self.relaxations.add_objective_cut(objective, most)
        self.neighbourhoods.add_objective_cut(objective, most)
        self.good_in_all.add_objective_cut(objective, most)
        self.program.add_objective_cut(objective, most)
        takes_a_row = self.highs.add_objective_cut(objective, most)
        self.tight = self.tight or (takes_a_row and not slack)

    def run_beside(self, work: Work) -> None:
        """Work in a thread that goes on through the levels after this one; once in a search."""
        if self.beside is None:
            self.beside = Background(work)

    def good_plan(self, going_on: Callable[[], bool]) -> Floats | None:
        """The plan that is good in all, if one was sought and found; waits for it while ``going_on``."""
        return None if self.beside is None else self.beside.after(1, going_on)

    def end(self) -> None:
        """End all that still runs."""
        if self.beside is not None:
            self.beside.stop()
        self.settle()
        if self.beside is not None:
            self.beside.join()

    def settle(self) -> None:
        """End what still runs for the present level."""
        for work in self.background:
            work.stop()
        for work in self.background:
            work.join()
        self.background.clear()
