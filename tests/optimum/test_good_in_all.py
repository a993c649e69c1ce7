"""A plan that is good in every criterion at once keeps every rule and is what it says; whoever stops then gets no worse a plan."""

import pytest
from optimum.test_session import keeps_every_row
from plans.random_plans import Size, random_tables

from optplan.decision_model import DecisionModel
from optplan.plan import Plan
from optplan.rules.program import build_program
from optplan.search.heuristics.good_in_all import GoodInAll
from optplan.search.lexicographic import search
from optplan.search.run import Orders
from optplan.search.solver.aggregates import with_aggregates
from optplan.search.solver.column_classes import column_classes_of
from optplan.search.solver.highs import HighsModel
from optplan.search.solver.matrix import compile_program

GOOD = 0.05
CRITERIA = [
    {"name": "target_shortfall", "good": "0.001"},
    {"name": "readiness_gap", "good": str(GOOD), "slack": "0.001"},
    {"name": "cost", "relative_good": "0.1"},
]
MODEL = DecisionModel.model_validate({"name": "x", "title": "x", "criteria": CRITERIA})
SEEDS = range(1, 5)


def a_plan(seed):
    return Plan(random_tables(seed, Size(counties=3, years=3, goods=4, teams=3, projects=1, money=1.2)))


def test_it_keeps_every_rule_and_takes_no_more_than_is_good_of_what_is_held():
    told = 0
    for seed in SEEDS:
        plan = a_plan(seed)
        built = compile_program(build_program(plan, MODEL))
        matrix = with_aggregates(plan, built)
        exact, sought = HighsModel(matrix), GoodInAll(matrix, column_classes_of(plan, matrix))
        lacking, readiness, cost = (matrix.criteria[criterion.name] for criterion in MODEL.criteria)
        least = exact.minimise(lacking)
        held = least.value + 1e-9 * max(1.0, least.value)
        exact.add_objective_cut(lacking, held)
        sought.add_objective_cut(lacking, held)
        ready = exact.minimise(readiness)
        found = []
        sought.run(MODEL.criteria[1:], ready.bound, ready.columns, found.append, lambda: False)
        exact.add_objective_cut(readiness, ready.bound + GOOD)
        cheapest = exact.minimise(cost)
        for at in found:
            assert keeps_every_row(matrix, at)
            assert lacking.at(at) <= held + 1e-6
            assert readiness.at(at) <= ready.bound + GOOD + 1e-6
            assert cost.at(at) >= cheapest.bound - 1e-6 * cheapest.value
        told += bool(found)
    assert told > len(SEEDS) / 2


@pytest.mark.parametrize("seed", SEEDS)
def test_a_stop_takes_nothing_back_that_was_shown(seed, monkeypatch):
    monkeypatch.setattr("optplan.search.lexicographic.WORTHWHILE", 0)
    shown, sought = [], []
    run = GoodInAll.run

    def run_and_tell(self, criteria, bound, lp_solution, found, stop):
        run(self, criteria, bound, lp_solution, lambda plan: (found(plan), sought.append(plan)), stop)

    monkeypatch.setattr(GoodInAll, "run", run_and_tell)
    found = search(a_plan(seed), MODEL, Orders(plan_found=shown.append, stop=lambda: bool(sought)))
    assert shown
    for last, end in zip(shown[-1].levels, found.levels, strict=True):
        assert end.value <= last.value
        if end.value < last.value:
            break
