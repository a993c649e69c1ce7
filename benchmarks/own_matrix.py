"""The program that optplan itself builds and searches, as a rival is given it."""

from __future__ import annotations

import numpy as np

from benchmarks.program import Affine, Column, Program, Row
from optplan.decision_model import DecisionModel
from optplan.plan import Plan
from optplan.rules.program import build_program
from optplan.schedule import Schedule
from optplan.search.solver.matrix import Matrix, Objective, compile_program


def own_program(plan: Plan, model: DecisionModel, reference: Schedule | None = None) -> Program:
    """Every rule of ``plan`` and the criteria of ``model`` as optplan's own rules write them."""
    return program_of(compile_program(build_program(plan, model, reference)))


def program_of(matrix: Matrix) -> Program:
    """A matrix as columns, rows and objectives."""
    columns = [
        Column(f"{name}[{index}]", float(lower), float(upper), bool(whole), 1.0 if whole else None)
        for (name, index), lower, upper, whole in zip(matrix.names, matrix.lower, matrix.upper, matrix.integer, strict=True)
    ]
    rows = []
    for number, (lower, upper) in enumerate(zip(matrix.row_lower, matrix.row_upper, strict=True)):
        entries = slice(matrix.starts[number], matrix.starts[number + 1])
        found = zip(matrix.indices[entries].tolist(), matrix.values[entries].tolist(), strict=True)
        rows.append(Row(float(lower), dict(found), float(upper)))
    return Program(columns, rows, {name: affine_of(objective) for name, objective in matrix.criteria.items()})


def affine_of(objective: Objective) -> Affine:
    """A cost vector as constant and entries."""
    (used,) = np.nonzero(objective.cost)
    return Affine(objective.constant, {int(column): float(objective.cost[column]) for column in used})
