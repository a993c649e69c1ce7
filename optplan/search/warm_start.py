"""What one search leaves for the next that asks something alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from optplan.search.solver.matrix import Floats, Matrix


class WarmStart:
    """The plans that the levels of the last question ended with, for the next one: by criterion, each column's value by name."""

    def __init__(self) -> None:
        self._points: dict[str, dict[Any, float]] = {}

    def keep(self, criterion: str, matrix: Matrix, columns: Floats) -> None:
        """Remember the point for a criterion."""
        self._points[criterion] = dict(zip(matrix.names, columns.tolist(), strict=True))

    def lp_solution(self, criterion: str, matrix: Matrix) -> Floats | None:
        """What is remembered, in the columns of ``matrix``; those it did not have are 0. ``None`` if nothing is."""
        values = self._points.get(criterion)
        return None if values is None else np.array([values.get(name, 0.0) for name in matrix.names])

    def take(self, other: WarmStart) -> None:
        """Remember what ``other`` does, and nothing else."""
        self._points = dict(other._points)

    def copy(self) -> WarmStart:
        """Another memory of the same."""
        warm_start = WarmStart()
        warm_start.take(self)
        return warm_start
