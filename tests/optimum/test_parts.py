"""Whatever part of the search is left out, the answer is as true: a plan that keeps every rule, and bounds that no plan is below."""

import pytest
from optimum.test_second_solver import model_of
from plans.random_plans import Size, random_tables

from optplan.plan import Plan
from optplan.search.lexicographic import search
from optplan.search.parts import EVERY, PARTS, Parts
from optplan.search.run import Orders

MODEL = model_of(["target_shortfall", "readiness_gap", "cost"])
PLAN = Plan(random_tables(3, Size(counties=2, years=3, goods=3, teams=2, projects=1, money=0.8)))


@pytest.fixture(scope="module")
def best():
    found = search(PLAN, MODEL, Orders())
    assert found.status == "optimal"
    return [float(level.value) for level in found.levels]


@pytest.mark.parametrize("part", PARTS)
def test_without_a_part_the_optimum_is_the_same(part, best, monkeypatch):
    monkeypatch.setattr("optplan.search.lexicographic.WORTHWHILE", 0)
    if part == "rens":
        monkeypatch.setattr("optplan.search.solver.column_classes.VAST", 0)
    found = search(PLAN, MODEL, Orders(parts=Parts(frozenset({part}))))
    assert [float(level.value) for level in found.levels] == pytest.approx(best, abs=1e-6)
    assert found.status == "optimal"


def test_a_part_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match="no part of the search: luck"):
        Parts(frozenset({"luck"}))
    with pytest.raises(ValueError, match="no part of the search: luck"):
        EVERY.has("luck")
