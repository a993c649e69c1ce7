"""What a level asks: an objective, and how near to the least it can be is near enough."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optplan.search.solver.matrix import Objective

LEAST = 0.0  # every criterion is a sum of things that are never negative


@dataclass(frozen=True)
class Goal:
    """``objective`` at a value that is proven to ``tolerance``, or to ``relative_tolerance`` of itself if that is more."""

    objective: Objective
    tolerance: float
    relative_tolerance: float

    def tolerance_at(self, value: float) -> float:
        """What value − bound may be; nothing where there is no value yet."""
        return max(self.tolerance, self.relative_tolerance * abs(value)) if np.isfinite(value) else 0.0

    def suffices(self, value: float, bound: float) -> bool:
        """Whether the bound proves the value."""
        return value - bound <= self.tolerance_at(value) * (1 + 1e-9)
