"""What a step of money would be worth if units could be divided: in which order exact solves are worth while.

The linear relaxation with the step, each criterion minimised with those before it held as they are. It decides the order, and is
an estimate where whole units leave nothing to prove.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from highspy import Highs

from optplan.plan import Plan
from optplan.questions.base import Base
from optplan.questions.starting_point import program_of
from optplan.questions.value.levers import Lever
from optplan.search.solver.highs import FEASIBILITY, highs_program
from optplan.search.solver.matrix import Matrix
from optplan.search.solver.silent import silent_highs

ROOM = 1e-6  # relative: what a held criterion may exceed its value by
MOST = 200  # steps for which a relaxation is solved again; of more, what the dual values promise has to do


def screened(base: Base, levers: Sequence[Lever]) -> Mapping[str, tuple[float, ...]]:
    """By lever, how much each criterion falls, in its order, for a step more; of levers that are no money nothing is known."""
    matrix = program_of(base.plan, base.model, base.reference)
    solver = silent_highs()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("solve_relaxation", True)
    solver.setOptionValue("primal_feasibility_tolerance", FEASIBILITY)
    solver.passModel(highs_program(matrix))
    every = np.arange(matrix.columns, dtype=np.int32)
    rows = {tuple(index): number for number, (rule, index) in enumerate(matrix.rows) if rule == "balance"}
    found: dict[str, list[float]] = {lever.lever: [] for lever in levers}
    steps = {lever.lever: _rows(base.plan, lever, rows) for lever in levers}
    for criterion in base.model.criteria:
        objective = matrix.criteria[criterion.name]
        solver.changeColsCost(matrix.columns, every, objective.cost)
        solver.run()
        duals, least = np.array(solver.getSolution().row_dual), solver.getInfo().objective_function_value
        promised = {  # a step is worth no more than that, as the relaxation's value is convex in the money
            lever: max(0.0, -sum(float(duals[row]) * step for row, step in own.items())) if len(duals) else 0.0
            for lever, own in steps.items()
        }
        for lever, most in promised.items():
            again = most > 0 and len(levers) <= MOST
            found[lever].append(max(0.0, least - _with(solver, steps[lever], matrix)) if again else most)
        (used,) = np.nonzero(objective.cost)
        held = max(base.proven[criterion.name].high + float(criterion.slack) - objective.constant, least)
        solver.addRow(-np.inf, held + ROOM * max(1.0, abs(held)), len(used), used.astype(np.int32), objective.cost[used])
    return {lever: tuple(falls) for lever, falls in found.items()}


def _rows(plan: Plan, lever: Lever, rows: Mapping[tuple[object, ...], int]) -> dict[int, float]:
    """By how much the step makes the money of each balance more."""
    return {rows[place]: float(part) for place, part in lever.parts(plan).items() if place in rows}


def _with(solver: Highs, step: Mapping[int, float], matrix: Matrix) -> float:
    """The least value of the criterion with the step."""
    for row, more in step.items():
        solver.changeRowBounds(row, matrix.row_lower[row] + more, matrix.row_upper[row] + more)
    solver.run()
    least = float(solver.getInfo().objective_function_value)
    for row in step:
        solver.changeRowBounds(row, matrix.row_lower[row], matrix.row_upper[row])
    return least
