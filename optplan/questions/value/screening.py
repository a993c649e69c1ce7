"""What a little more money in each cell would be worth if units could be divided: in which order exact solves are worth while.

The dual values of the money balances in the linear relaxation, each criterion minimised with those before it held. They decide
the order and nothing else: what a step is worth in whole units is found by solving.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from optplan.questions.base import Base
from optplan.questions.starting_point import program_of
from optplan.search.solver.highs import FEASIBILITY, highs_program
from optplan.search.solver.silent import silent_highs

ROOM = 1e-6  # relative: what a held criterion may exceed its value by


def screened(base: Base) -> Mapping[tuple[str, str, int], tuple[float, ...]]:
    """By (fund, county or blank, year), how much each criterion falls, in its order, for a unit of money more."""
    matrix = program_of(base.plan, base.model, base.reference)
    solver = silent_highs()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("solve_relaxation", True)
    solver.setOptionValue("primal_feasibility_tolerance", FEASIBILITY)
    solver.passModel(highs_program(matrix))
    every = np.arange(matrix.columns, dtype=np.int32)
    balances = [(number, index) for number, (rule, index) in enumerate(matrix.rows) if rule == "balance"]
    found: dict[tuple[str, str, int], list[float]] = {tuple(index): [] for _, index in balances}
    for criterion in base.model.criteria:
        objective = matrix.criteria[criterion.name]
        solver.changeColsCost(matrix.columns, every, objective.cost)
        solver.run()
        duals = np.array(solver.getSolution().row_dual)
        for number, index in balances:
            found[tuple(index)].append(float(-duals[number]) if number < len(duals) else 0.0)
        (used,) = np.nonzero(objective.cost)
        least = solver.getInfo().objective_function_value
        most = max(base.proven[criterion.name].high + float(criterion.slack) - objective.constant, least)
        solver.addRow(-np.inf, most + ROOM * max(1.0, abs(most)), len(used), used.astype(np.int32), objective.cost[used])
    return {key: tuple(values) for key, values in found.items()}
