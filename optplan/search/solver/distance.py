"""How far a point is from another that need not keep the rules: a linear measure of what is decided otherwise."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optplan.search.solver.matrix import Columns, Floats, Matrix, Objective


def with_distance(matrix: Matrix, columns: Columns, at: Floats, worth: Floats) -> tuple[Matrix, Objective]:
    """The matrix with two columns more for each of ``columns``, and the distance as an objective.

    They say by how much it is more and less than its value in ``at``, of which each unit counts its ``worth``; both have an
    entry for each of ``columns``.
    """
    more, before = len(columns), matrix.columns
    own = np.arange(before, before + 2 * more).reshape(2, more)
    none, signs = np.zeros(2 * more), np.array([1.0, -1.0, 1.0])
    criteria = {
        name: Objective(criterion.constant, np.concatenate([criterion.cost, none])) for name, criterion in matrix.criteria.items()
    }
    wider = replace(
        matrix,
        names=matrix.names + tuple((side, matrix.names[column]) for side in ("more", "less") for column in columns),
        rows=matrix.rows + tuple(("moved", matrix.names[column]) for column in columns),
        lower=np.concatenate([matrix.lower, none]),
        upper=np.concatenate([matrix.upper, np.full(2 * more, np.inf)]),
        integer=np.concatenate([matrix.integer, np.zeros(2 * more, dtype=bool)]),
        row_lower=np.concatenate([matrix.row_lower, at]),
        row_upper=np.concatenate([matrix.row_upper, at]),
        starts=np.concatenate([matrix.starts, matrix.starts[-1] + 3 * np.arange(1, more + 1)]).astype(np.int32),
        indices=np.concatenate([matrix.indices, np.stack([columns, *own], axis=1).ravel()]).astype(np.int32),
        values=np.concatenate([matrix.values, np.tile(signs, more)]),
        criteria=criteria,
    )
    return wider, Objective(0.0, np.concatenate([np.zeros(before), worth, worth]))
