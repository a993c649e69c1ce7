"""Which whole columns are hard to split: the layers in which relaxations are tightened and plans are made.

What an answer is worth is decided by few of the whole columns. Measured on Shuozhou, of 1 683 of them the 13 openings, the 95
teams that meet their standard and the 34 plan-wide sums give four fifths of what integrality costs, dear goods nearly all the
rest (docs/decisions/002-search.md).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from optplan.plan import Plan
from optplan.search.matrix import Floats, Matrix, Objective

WHOLE = 1e-6  # what a whole column may be off by
VAST = 3000  # whole columns: of more, a tree search comes to nothing
DEAR = 0.01  # of what a county has to spend in a year, on average: a unit that costs as much is dear

Columns = NDArray[np.integer]


@dataclass(frozen=True)
class Layers:
    """The whole columns of a matrix, each in one layer, from the hardest to split to the easiest.

    ``openings`` of projects; ``meeting``: teams that meet their standard; ``sums`` over all counties, and what whole targets
    lack; ``dear`` goods; ``cheap``: other goods, and hires. ``path``: for each column of the matrix a number that the columns
    of one item and county, or one squad, share over the years. ``kinds``: the cheap columns by what they are, hires first, then
    goods from the dearest to the cheapest.
    """

    openings: Columns
    meeting: Columns
    sums: Columns
    dear: Columns
    cheap: Columns
    path: NDArray[np.integer]
    kinds: tuple[Columns, ...]

    @property
    def coupled(self) -> Columns:
        """The layers through which counties hang together most, and the teams."""
        return np.concatenate([self.openings, self.meeting, self.sums])

    @property
    def core(self) -> Columns:
        """All but what is cheap."""
        return np.concatenate([self.coupled, self.dear])

    @property
    def all(self) -> Columns:
        """Every whole column."""
        return np.concatenate([self.core, self.cheap])

    @property
    def vast(self) -> bool:
        """Whether there are so many that a tree search comes to nothing."""
        return len(self.all) >= VAST

    def settled(self, columns: Columns, point: Floats) -> Columns:
        """Those of ``columns`` whose whole path through the years is whole in ``point``."""
        path = self.path[columns]
        split = np.unique(path[~is_whole(point[columns])])
        return columns[~np.isin(path, split)]


def is_whole(values: Floats) -> NDArray[np.bool_]:
    """Which values are whole, as far as a solver's arithmetic goes."""
    return np.abs(values - np.round(values)) <= WHOLE


def layers_of(plan: Plan, matrix: Matrix) -> Layers:
    """The layers of a matrix that :func:`with_sums` made."""
    kind = np.array([variable for variable, _ in matrix.names])
    least = DEAR * _yearly_money(plan)
    dear_items = {i for i in plan.items if _unit_cost(plan, i) >= max(least, 1)}
    dear = np.array([variable == "goods_so_far" and index[0] in dear_items for variable, index in matrix.names])
    ids: dict[object, int] = {}
    path = [
        ids.setdefault((variable, index[:-1] if isinstance(index, tuple) else index), len(ids))
        for variable, index in matrix.names
    ]

    def columns(chosen: NDArray[np.bool_]) -> Columns:
        return np.nonzero(chosen & matrix.whole)[0]

    cheap = columns(np.isin(kind, ["goods_so_far", "hired_so_far"]) & ~dear)
    of_kind: dict[str, list[int]] = {}
    for column in cheap:
        variable, index = matrix.names[column]
        of_kind.setdefault(index[0] if variable == "goods_so_far" else "", []).append(column)
    dearest_first = sorted(of_kind, key=lambda item: -_unit_cost(plan, item) if item else float("-inf"))
    return Layers(
        openings=columns(kind == "opened"),
        meeting=columns(kind == "meeting"),
        sums=columns(np.isin(kind, ["sum", "shortfall"])),
        dear=columns((kind == "goods_so_far") & dear),
        cheap=cheap,
        path=np.array(path, dtype=np.int64),
        kinds=tuple(np.array(of_kind[item]) for item in dearest_first),
    )


def with_sums(plan: Plan, matrix: Matrix) -> Matrix:
    """The matrix with a whole column ``sum[i]`` more for each item: what all counties have received of it at the end.

    No rule needs it. But a relaxation in which counties may split units while their sum is whole is nearly as small as one in
    which nothing is whole, and its bound is far better: shares and exact totals are rounded where they hold. For the same
    reason what a target of whole units lacks of its whole total is a whole column.
    """
    of_item: dict[str, list[int]] = {}
    for column, (variable, index) in enumerate(matrix.names):
        if variable == "goods_so_far" and index[2] == plan.last_year and matrix.whole[column]:
            of_item.setdefault(index[0], []).append(column)
    of_item = {item: columns for item, columns in of_item.items() if len(columns) > 1}
    whole_targets = {
        t.target for t in plan.targets if t.total.denominator == 1 and all(plan.items[item].whole for item in t.items)
    }
    whole = matrix.whole | np.array([variable == "shortfall" and index in whole_targets for variable, index in matrix.names])
    more, columns = len(of_item), matrix.columns
    counts = np.array([len(summed) + 1 for summed in of_item.values()], dtype=np.int32)
    none = np.zeros(more)
    return replace(
        matrix,
        names=matrix.names + tuple(("sum", (item,)) for item in of_item),
        rows=matrix.rows + tuple(("sum", (item,)) for item in of_item),
        lower=np.concatenate([matrix.lower, none]),
        upper=np.concatenate([matrix.upper, np.full(more, np.inf)]),
        whole=np.concatenate([whole, np.ones(more, dtype=bool)]),
        row_lower=np.concatenate([matrix.row_lower, none]),
        row_upper=np.concatenate([matrix.row_upper, none]),
        starts=np.concatenate([matrix.starts, matrix.starts[-1] + np.cumsum(counts)]).astype(np.int32),
        indices=np.concatenate(
            [matrix.indices, *(np.array([*summed, columns + n]) for n, summed in enumerate(of_item.values()))]
        ).astype(np.int32),
        values=np.concatenate([matrix.values, *(np.array([1.0] * (count - 1) + [-1.0]) for count in counts)]),
        criteria={
            name: Objective(criterion.constant, np.concatenate([criterion.cost, none]))
            for name, criterion in matrix.criteria.items()
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
