"""What a level asks: an objective to minimise, how exactly its least value is to be proven, and when the level may end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optplan.search.solver.matrix import Objective

HELD = 1e-9  # what a held criterion may exceed its value by, relative: the noise of one addition
ALMOST = 0.99  # of a tolerance: what may be used up of it, so that the last digit does not cost the proof
LEAST = 0.0  # every criterion is a sum of things that are never negative


@dataclass(frozen=True)
class Goal:
    """``objective`` at a value that is proven to ``tolerance``, or to ``relative_tolerance`` of itself if that is more.

    ``good``, ``relative_good``: the level may end already with value − bound so large. All that is sought on the way is sought as
    exactly as the tolerances say, so that a search that may end sooner does nothing that one to the end would not have done.
    """

    objective: Objective
    tolerance: float
    relative_tolerance: float
    good: float = 0.0
    relative_good: float = 0.0

    def tolerance_at(self, value: float) -> float:
        """What value − bound may be where it is proven; nothing where there is no value yet."""
        return max(self.tolerance, self.relative_tolerance * abs(value)) if np.isfinite(value) else 0.0

    def good_at(self, value: float) -> float:
        """What value − bound may be where the level ends."""
        good = max(self.good, self.relative_good * abs(value)) if np.isfinite(value) else 0.0
        return max(good, self.tolerance_at(value))

    def suffices(self, value: float, bound: float) -> bool:
        """Whether the level may end with the value where that is the bound."""
        return value - bound <= self.good_at(value) * (1 + 1e-9)


def held(most: float) -> float:
    """The most that a criterion may come to in floating point where it is held at ``most``."""
    return most + HELD * max(1.0, abs(most))
