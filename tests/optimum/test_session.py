"""Asking again in a session, and the relaxations that prove, say nothing that a search from the beginning would not."""

import random
from decimal import Decimal

import numpy as np
import pytest
from optimum.test_second_solver import model_of, small

import optplan
from optplan.plan import Plan
from optplan.program import build_program
from optplan.search.layers import layers_of, with_sums
from optplan.search.levels import Orders, search
from optplan.search.matrix import compile_program
from optplan.search.relaxations import Relaxations

MODEL = model_of(["target_shortfall", "readiness_gap", "cost"])


def what_ifs(plan, seed, number):
    """Plans in each of which one amount or one total of ``plan`` is another."""
    rng = random.Random(seed)
    for _ in range(number):
        name, column = rng.choice([("budgets", "amount"), ("targets", "total")])
        rows = [dict(row.values) for row in plan.tables[name]]
        if not rows:
            continue
        row = rng.choice(rows)
        factor = Decimal(rng.choice(["0.5", "0.8", "1.2"]))
        row[column] = (row[column] * factor).quantize(Decimal(1))
        yield plan.with_changes({name: rows})


@pytest.mark.parametrize("seed", range(12))
def test_successive_what_ifs_have_the_values_of_solves_from_the_beginning(seed, monkeypatch):
    monkeypatch.setattr("optplan.search.levels.WORTHWHILE", 0)
    plan = Plan(small(seed))
    session = optplan.Session(MODEL)
    for asked in [plan, *what_ifs(plan, seed, 5), plan]:
        answer, cold = session.ask(asked), search(asked, MODEL, Orders())
        assert answer.status == cold.status
        if cold.schedule is None:
            continue
        assert optplan.verify(asked, answer).ok
        values = [float(level["value"]) for level in answer.document["criteria"]]
        assert values == pytest.approx([float(level.value) for level in cold.levels], rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("seed", range(20))
def test_no_relaxation_proves_more_than_the_optimum(seed):
    plan = Plan(small(seed))
    for name in ("target_shortfall", "readiness_gap", "worst_county", "cost", "team_gap", "project_delay", "unevenness"):
        model = model_of([name])
        found = search(plan, model, Orders())
        if found.schedule is None:
            continue
        matrix = with_sums(plan, compile_program(build_program(plan, model)))
        relaxations = Relaxations(matrix, layers_of(plan, matrix))
        optimum = float(found.levels[0].value)
        for step in range(2):
            bound = relaxations.run(step, matrix.criteria[name], 0.0, lambda _: False).bound
            assert bound <= optimum + 1e-6 * max(1.0, abs(optimum))


def test_the_layers_hold_every_whole_column_once():
    plan = Plan(small(3))
    matrix = with_sums(plan, compile_program(build_program(plan, MODEL)))
    layers = layers_of(plan, matrix)
    assert sorted(layers.all) == list(np.nonzero(matrix.whole)[0])
