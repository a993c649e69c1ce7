"""Plans made impossible in known ways: the conflict is found, none of its cells can be left out, every repair works and is least."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from explanation.planted import WAYS, base
from explanation.relaxing import KEYS, cells_of, feasible, irreducible
from plans.random_plans import tables_of
from plans.richer_plans import rows_of
from slow_set import mostly_slow

from optplan.explanation import explain
from optplan.explanation.repairs import repaired
from optplan.plan import Plan

CASES = [(seed, way) for seed in range(9) for way in WAYS]


def _explained(seed, way):
    rows = base(seed)
    assert feasible(rows)
    planted = way(rows, random.Random(seed))
    assert not feasible(rows)
    return rows, planted, explain(Plan(tables_of(rows)), time_limit=120, worth=False)


@pytest.mark.parametrize("case", mostly_slow(CASES, 6), ids=lambda case: f"{case[1].__name__}-{case[0]}")
def test_the_planted_conflict_is_found_and_none_can_be_left_out(case):
    seed, way = case
    rows, planted, explanation = _explained(seed, way)
    assert explanation.status == "infeasible"
    assert explanation.irreducible
    found = [cells_of(conflict) for conflict in explanation.conflicts]
    assert found
    for cells in found:
        assert irreducible(rows, cells)
    assert not planted or planted in found
    assert explanation.repairs
    for repair in explanation.repairs:
        assert feasible(rows_of(repaired(Plan(tables_of(rows)), _changes(explanation, repair)).tables))
        assert repair["least"]
        for step in repair["steps"]:
            if step["impossible_at"] is not None:
                assert not feasible(_with(rows, repair, step))


def _changes(explanation, repair):
    return explanation.scenario(explanation.repairs.index(repair) + 1).changes


def _with(rows, repair, less):
    """The tables after a repair, but one cell a step short of it."""
    changed = {name: [dict(row) for row in some] for name, some in rows.items()}
    for step in repair["steps"]:
        value = step["impossible_at"] if step is less else step["to"]
        table, key, column = step["table"], tuple(step["key"]), step["column"]
        mine = [row for row in changed[table] if tuple(row.get(name) for name in KEYS[table]) == key]
        if not mine:
            mine = [dict(zip(KEYS[table], key, strict=True))]
            changed[table] += mine
        mine[0][column] = value if column in {"kind", "pays"} else Decimal(value) if column not in _WHOLE else int(value)
    return changed


_WHOLE = {"mandatory", "latest_opening", "earliest_start", "min_staff", "max_staff", "lead_years"}
