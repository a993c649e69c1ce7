"""Costs that all but cancel out: to buy a year later costs the same where prices grow as fast as money is discounted.

What is left is rounding, a few of a criterion's last digits, and some 1e13 times smaller than its largest cost. HiGHS can prove
nothing of a column without an upper bound that has such a cost, and scales the others up until it sees it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

REMAINDER = 1e-8  # of the largest cost of the same item and county, or of the same team
SO_FAR = {"goods_so_far", "hired_so_far"}  # columns that only grow from year to year, the last part of their index


def without_remainders(names: Sequence[tuple[str, Any]], cost: NDArray[np.float64]) -> NDArray[np.float64]:
    """``cost`` without what is only a remainder, and nowhere more than it: what is proven of it holds.

    What is negative goes to the last year, in which so many or more have come; what is positive is left out.
    """
    sizes = np.abs(cost[cost != 0])
    if not len(sizes) or sizes.min() > REMAINDER * sizes.max():
        return cost
    series: dict[Any, list[int]] = defaultdict(list)
    for column, (variable, index) in enumerate(names):
        if variable in SO_FAR:
            series[variable, index[:-1]].append(column)
    found = cost.copy()
    for columns in series.values():  # in the order of their years
        own = cost[columns]
        small = np.abs(own) < REMAINDER * np.abs(own).max()
        small[-1] = False
        found[columns] = np.where(small, 0.0, own)
        found[columns[-1]] += own[small & (own < 0)].sum()
    return found
