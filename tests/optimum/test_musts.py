"""What must be holds in the optimum, which another solver finds as well; where it cannot be, both say so."""

import random

import pytest
from optimum.second_solver import second_optimum
from optimum.test_second_solver import model_of, small
from slow_set import mostly_slow

from optplan.audit import audit
from optplan.plan import Plan
from optplan.search.lexicographic import search
from optplan.search.run import Orders

NAMES = ["target_shortfall", "readiness_gap", "cost"]


def with_musts(seed):
    """A small plan in which a target, a standard and a team must be met, as far as its size has them."""
    rng, plan = random.Random(seed), Plan(small(seed))
    changes = {}
    for table, column in (("targets", "at_least"), ("standards", "hard"), ("teams", "meets_by")):
        rows = [dict(row.values) for row in plan.tables[table]]
        for row in rng.sample(rows, min(1, len(rows))):
            row[column] = {"at_least": 1, "hard": True, "meets_by": plan.last_year}[column]
        if rows:
            changes[table] = rows
    return plan.with_changes(changes)


@pytest.mark.parametrize("seed", mostly_slow(range(12), 4))
def test_the_optimum_with_musts_is_what_another_solver_finds(seed):
    plan = with_musts(seed)
    found = search(plan, model_of(NAMES), Orders())
    expected = second_optimum(plan.tables, NAMES, False)
    if expected is None:
        assert found.status == "infeasible"
        return
    assert found.status == "optimal"
    assert [float(level.value) for level in found.levels] == pytest.approx(expected, rel=1e-5, abs=1e-5)
    assert audit(plan.tables, found.schedule, requests=False).ok
