"""The program in which cells may give way is the program of the plan where every cell holds, whatever the plan says."""

from __future__ import annotations

import numpy as np
import pytest
from plans.richer_plans import richer
from slow_set import mostly_slow

from optplan.decision_model import read_model
from optplan.explanation.elastic_program import giving_program
from optplan.plan import Plan
from optplan.rules.program import build_program
from optplan.search.solver.highs import HighsModel
from optplan.search.solver.matrix import compile_program


@pytest.mark.parametrize("model", ["attain", "price"])
@pytest.mark.parametrize("seed", mostly_slow(range(12), 2))
def test_where_every_cell_holds_it_has_the_same_least_values(seed, model):
    plan, decision = Plan(richer(seed)), read_model(model)
    matrix = compile_program(build_program(plan, decision))
    program = giving_program(plan, decision)
    giving = HighsModel(program.matrix)
    columns = np.concatenate([program.columns[cell] for cell in program.cells])
    giving.fix(columns, np.zeros(len(columns)))
    for name in matrix.criteria:
        plain = HighsModel(matrix).minimise(matrix.criteria[name])
        held = giving.minimise(program.matrix.criteria[name])
        assert held.verdict == plain.verdict
        if plain.verdict == "optimal":
            assert held.value == pytest.approx(plain.value, rel=1e-6, abs=1e-6)
