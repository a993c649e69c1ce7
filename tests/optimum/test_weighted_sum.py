"""Plans by a weighted sum keep every rule and what is held; whoever looks on never sees a worse plan after a better one."""

from itertools import pairwise

import numpy as np
import pytest
from optimum.test_second_solver import model_of
from optimum.test_session import keeps_every_row
from plans.random_plans import Size, random_tables

from optplan.decision_model import DecisionModel
from optplan.plan import Plan
from optplan.rules.program import build_program
from optplan.search.heuristics.lacking_kept import LackingKept
from optplan.search.heuristics.sub_mip import Aim
from optplan.search.heuristics.weighted_sum import WeightedSum, weighted_objective
from optplan.search.lexicographic import search
from optplan.search.run import Orders
from optplan.search.solver.aggregates import with_aggregates
from optplan.search.solver.column_classes import column_classes_of
from optplan.search.solver.highs import HighsModel
from optplan.search.solver.matrix import compile_program

MODEL = model_of(["target_shortfall", "readiness_gap", "cost"])
SIZE = Size(counties=2, years=3, goods=3, teams=2, projects=1, money=0.6)
NONE = np.array([], dtype=int)


@pytest.mark.parametrize("seed", range(3))
def test_plans_of_a_weighted_sum_keep_every_rule_and_what_is_held(seed):
    plan = Plan(random_tables(seed, SIZE))
    built = compile_program(build_program(plan, MODEL))
    matrix = with_aggregates(plan, built)
    mip, sums = HighsModel(matrix), WeightedSum(built, matrix, column_classes_of(plan, matrix))
    shortfall = matrix.criteria["target_shortfall"]
    least = mip.minimise(shortfall)
    if least.columns is None:
        return
    aim = Aim(shortfall, 0.0, 0.001, lambda: False, NONE, None)
    objective = weighted_objective(MODEL.criteria, matrix, least.columns)
    bound = mip.minimise(objective).bound
    relaxed = sums.relax(aim, objective)
    found = [sums.near(aim, objective, relaxed), sums.core.run(aim, objective).incumbent]
    found += [sums.run(aim, objective).incumbent, sums.short_of_money(aim, objective).incumbent]
    for plan_found in found:
        if plan_found is not None:
            assert keeps_every_row(matrix, plan_found)
            assert objective.at(plan_found) >= bound - 1e-6 * max(1.0, abs(bound))
    held = shortfall.at(least.columns) + 1e-9 * max(1.0, shortfall.at(least.columns))
    sums.add_objective_cut(shortfall, held)
    rest = weighted_objective(MODEL.criteria[1:], matrix, least.columns)
    better = sums.between(aim, rest, relaxed.columns, least.columns).incumbent
    if better is not None:
        assert keeps_every_row(matrix, better)
        assert rest.at(better) < rest.at(least.columns)
        assert shortfall.at(better) <= held + 1e-6


@pytest.mark.parametrize("seed", range(4))
def test_where_money_is_short_dear_goods_lack_no_more_than_in_the_relaxation(seed):
    plan = Plan(random_tables(seed, Size(counties=3, years=3, goods=4, teams=3, projects=1, money=0.6)))
    built = compile_program(build_program(plan, MODEL))
    matrix = with_aggregates(plan, built)
    classes = column_classes_of(plan, matrix)
    sums, kept = WeightedSum(built, matrix, classes), LackingKept(built, matrix, classes)
    shortfall, shown = matrix.criteria["target_shortfall"], []
    relaxed = HighsModel(matrix).relaxed(shortfall)
    objective = weighted_objective(MODEL.criteria, matrix, relaxed.columns)
    aim = Aim(shortfall, 0.0, 0.001, lambda: False, NONE, None, found=shown.append)
    at = sums.relax(aim, objective)
    found = kept.run(aim, objective, at).incumbent
    assert (found is None) == (not shown)
    for plan_found in shown:
        assert keeps_every_row(matrix, plan_found)
        lacking = classes.lacking_dear
        assert (plan_found[lacking] <= np.ceil(at.columns[lacking] - 1e-6) + 1e-6).all()


@pytest.mark.parametrize("seed", range(1, 3))
def test_no_plan_that_is_shown_is_worse_than_the_one_before(seed, monkeypatch):
    monkeypatch.setattr("optplan.search.lexicographic.WORTHWHILE", 0)
    criteria = [
        {"name": "target_shortfall", "good": "0.001"},
        {"name": "readiness_gap", "good": "0.005", "slack": "0.001"},
        {"name": "cost", "relative_good": "0.005"},
    ]
    model = DecisionModel.model_validate({"name": "x", "title": "x", "criteria": criteria})
    shown = []
    found = search(Plan(random_tables(seed, SIZE)), model, Orders(plan_found=shown.append))
    assert found.schedule is None or shown
    for before, after in pairwise(shown):
        for criterion, one, other in zip(model.criteria, before.levels, after.levels, strict=True):
            alike = max(float(criterion.good), float(criterion.relative_good) * float(one.value))
            assert float(other.value) <= float(one.value) + alike
            if float(other.value) < float(one.value) - alike:
                break
