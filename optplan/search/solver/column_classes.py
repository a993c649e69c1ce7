"""Classes of integer columns, from those that cost most when they are made integer to those that cost least.

Few of the integer columns decide what an answer is worth. On Shuozhou, of 1 683 of them, 13 openings, 95 teams that meet their
standard and 34 plan-wide sums make four fifths of the difference between linear relaxation and integer optimum; dear goods make
nearly all the rest (docs/decisions/002-search.md). Relaxations are tightened, and plans made, class by class.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optplan.plan import Plan
from optplan.search.solver.aggregates import COUNT, SUM
from optplan.search.solver.highs import INTEGRALITY
from optplan.search.solver.matrix import Columns, Floats, Matrix

VAST = 3000  # integer columns: of more, a tree search comes to nothing
DEAR = 0.01  # of what a county has to spend in a year, on average: a unit that costs as much is dear


@dataclass(frozen=True)
class ColumnClasses:
    """The integer columns of a matrix, each in one class, from the hardest to split to the easiest.

    ``openings`` of projects; ``meeting``: teams that meet their standard; ``totals`` over all counties, and what whole targets
    are ``lacking``; ``dear`` goods; ``cheap``: other goods, and hires. ``counts`` of teams follow from those and are in no
    class, nor is ``lacking_dear``: what targets of dear goods lack, whole or not. ``cheap_of``: for each column that says what
    a target lacks, the cheap goods that count for it.
    ``item``: for each column of goods or a total a number that the columns of one item share.
    ``path``: for each column of the matrix a number that the columns of one item and county, or one squad, share over the
    years. ``kinds``: the cheap columns by what they are, hires first, then goods from the dearest to the cheapest.
    """

    openings: Columns
    meeting: Columns
    totals: Columns
    lacking: Columns
    counts: Columns
    dear: Columns
    cheap: Columns
    path: NDArray[np.integer]
    kinds: tuple[Columns, ...]
    lacking_dear: Columns
    cheap_of: Mapping[int, Columns]
    item: NDArray[np.integer]

    @property
    def sums(self) -> Columns:
        """Totals, and what is lacking of them."""
        return np.concatenate([self.lacking, self.totals])

    @property
    def coupled(self) -> Columns:
        """The classes through which counties hang together most, and the teams."""
        return np.concatenate([self.openings, self.meeting, self.sums])

    @property
    def counted(self) -> Columns:
        """The core with the numbers of teams instead of the teams."""
        return np.concatenate([self.openings, self.sums, self.counts, self.dear])

    @property
    def core(self) -> Columns:
        """All but what is cheap."""
        return np.concatenate([self.coupled, self.dear])

    @property
    def integer(self) -> Columns:
        """Every integer column."""
        return np.concatenate([self.core, self.cheap])

    @property
    def vast(self) -> bool:
        """Whether there are so many that a tree search comes to nothing."""
        return len(self.integer) >= VAST

    def totals_of(self, goods: Columns) -> Columns:
        """The totals of what ``goods`` are of."""
        return self.totals[np.isin(self.item[self.totals], self.item[goods])]

    def settled(self, columns: Columns, lp_solution: Floats) -> Columns:
        """Those of ``columns`` whose path is integer in ``lp_solution``."""
        path = self.path[columns]
        split = np.unique(path[~is_integer(lp_solution[columns])])
        return columns[~np.isin(path, split)]

    def settled_decisions(self, columns: Columns, lp_solution: Floats) -> Columns:
        """As :meth:`settled`, without sums, which follow from what is decided."""
        settled = self.settled(columns, lp_solution)
        return settled[~np.isin(settled, self.sums)]


def is_integer(values: Floats) -> NDArray[np.bool_]:
    """Which values are integer, as far as a solver's arithmetic goes."""
    return np.abs(values - np.round(values)) <= INTEGRALITY


def column_classes_of(plan: Plan, matrix: Matrix) -> ColumnClasses:
    """The classes of a matrix that :func:`optplan.search.solver.aggregates.with_aggregates` made."""
    kind = np.array([variable for variable, _ in matrix.names], dtype=str)
    least = DEAR * _yearly_money(plan)
    dear_items = {i for i in plan.items if _unit_cost(plan, i) >= max(least, 1)}
    dear = np.array([variable == "goods_so_far" and index[0] in dear_items for variable, index in matrix.names], dtype=bool)
    ids: dict[object, int] = {}
    of_dear_targets = {("shortfall", t.target) for t in plan.targets if not dear_items.isdisjoint(t.items)}
    path = [
        ids.setdefault((variable, index[:-1] if isinstance(index, tuple) else index), len(ids))
        for variable, index in matrix.names
    ]

    def columns(chosen: NDArray[np.bool_]) -> Columns:
        return np.nonzero(chosen & matrix.integer)[0]

    cheap = columns(np.isin(kind, ["goods_so_far", "hired_so_far"]) & ~dear)
    of_kind: dict[str, list[int]] = {}
    for column in cheap:
        variable, index = matrix.names[column]
        of_kind.setdefault(index[0] if variable == "goods_so_far" else "", []).append(column)
    targets = {target.target: target for target in plan.targets}
    of_items = {SUM, "goods_so_far"}
    dearest_first = sorted(of_kind, key=lambda item: -_unit_cost(plan, item) if item else float("-inf"))
    return ColumnClasses(
        openings=columns(kind == "opened"),
        meeting=columns(kind == "meeting"),
        totals=columns(kind == SUM),
        lacking=columns(kind == "shortfall"),
        counts=np.nonzero(kind == COUNT)[0],
        dear=columns((kind == "goods_so_far") & dear),
        cheap=cheap,
        path=np.array(path, dtype=np.int64),
        kinds=tuple(np.array(of_kind[item]) for item in dearest_first),
        lacking_dear=np.nonzero([name in of_dear_targets for name in matrix.names])[0],
        item=np.array([ids.setdefault(index[0], len(ids)) if variable in of_items else -1 for variable, index in matrix.names]),
        cheap_of={
            column: np.array([each for item in targets[index].items for each in of_kind.get(item, ())], dtype=int)
            for column, (variable, index) in enumerate(matrix.names)
            if variable == "shortfall"
        },
    )


def _unit_cost(plan: Plan, item: str) -> int:
    return max(plan.prices.of(item, county, plan.open_years[0]).unit for county in plan.counties) if plan.open_years else 0


def _yearly_money(plan: Plan) -> float:
    """What a county can spend in an open year on average, in yuan."""
    cells = len(plan.counties) * len(plan.open_years)
    amounts = (
        plan.amount(fund, county, year)
        for fund in plan.funds.values()
        for county in (("",) if fund.pool else plan.counties)
        for year in plan.open_years
    )
    return sum(amounts) / cells if cells else 0.0
