"""Asking again in a session, and the relaxations that prove, say nothing that a search from the beginning would not."""

import random
import threading
from decimal import Decimal

import numpy as np
import pytest
from optimum.test_second_solver import model_of, small
from plans.random_plans import Size, random_tables
from slow_set import mostly_slow

import optplan
from optplan.audit import audit
from optplan.decision_model import DecisionModel
from optplan.plan import Plan
from optplan.rules.program import build_program
from optplan.search.bounds.core_mip import CoreMip, Proven
from optplan.search.bounds.relaxations import Relaxations
from optplan.search.heuristics.completion import Completion
from optplan.search.heuristics.lp_diving import LpDiving
from optplan.search.heuristics.relax_and_fix import RelaxAndFix
from optplan.search.heuristics.sub_mip import Aim
from optplan.search.level.background import Background
from optplan.search.lexicographic import search
from optplan.search.run import Orders
from optplan.search.solver.aggregates import with_aggregates
from optplan.search.solver.column_classes import column_classes_of
from optplan.search.solver.highs import HighsModel
from optplan.search.solver.matrix import Objective, compile_program

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


@pytest.mark.parametrize("seed", mostly_slow(range(12), 4))
def test_successive_what_ifs_have_the_values_of_solves_from_the_beginning(seed, monkeypatch):
    monkeypatch.setattr("optplan.search.lexicographic.WORTHWHILE", 0)
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


@pytest.mark.parametrize("seed", mostly_slow(range(20), 10))
def test_no_relaxation_proves_more_than_the_optimum(seed):
    plan = Plan(small(seed))
    for name in ("target_shortfall", "readiness_gap", "worst_county", "cost", "team_gap", "project_delay", "unevenness"):
        model = model_of([name])
        found = search(plan, model, Orders())
        if found.schedule is None:
            continue
        matrix = with_aggregates(plan, compile_program(build_program(plan, model)))
        relaxations = Relaxations(matrix, column_classes_of(plan, matrix))
        optimum = float(found.levels[0].value)
        for step in ("openings", "sums", "counts", "coupled"):
            bound = relaxations.run(step, matrix.criteria[name], 0.0, lambda _: False).bound
            assert bound <= optimum + 1e-6 * max(1.0, abs(optimum))


@pytest.mark.parametrize("seed", mostly_slow(range(20), 10))
def test_the_core_proves_no_more_than_the_optimum_whatever_it_starts_from(seed):
    """Also where a criterion is held at its value, from a plan that is not the best one."""
    plan, names = Plan(small(seed)), ["target_shortfall", "readiness_gap", "cost"]
    found = search(plan, MODEL, Orders())
    if found.schedule is None:
        return
    matrix = with_aggregates(plan, compile_program(build_program(plan, MODEL)))
    classes = column_classes_of(plan, matrix)
    core, mip = CoreMip(matrix, classes), HighsModel(matrix)
    for name, level in zip(names, found.levels, strict=True):
        optimum = float(level.value)
        any_plan = mip.minimise(Objective(0.0, np.zeros(matrix.columns))).columns
        for start in (any_plan, mip.minimise(matrix.criteria[name]).columns):
            proven = Proven()
            aim = Aim(matrix.criteria[name], -np.inf, 0.0, lambda: False, np.array([], dtype=int), None)
            for tree in ("counts", "teams"):
                core.prove(tree, aim, start, lambda _: False, proven)
            assert not proven.infeasible
            assert proven.bound <= optimum + 1e-6 * max(1.0, abs(optimum))
            if proven.plan is not None:
                assert keeps_every_row(matrix, proven.plan)
                assert optimum - 1e-6 <= matrix.criteria[name].at(proven.plan) < matrix.criteria[name].at(start)
        held = optimum + 1e-9 * max(1.0, optimum)
        mip.add_objective_cut(matrix.criteria[name], held)
        core.add_objective_cut(matrix.criteria[name], held, 0.0, None)


@pytest.mark.parametrize("seed", mostly_slow(range(20), 10))
def test_with_tolerances_every_level_is_proven_with_those_before_it_held_at_what_the_answer_says(seed, monkeypatch):
    """A shortfall may use its tolerance up, so that the next level finds room; then that is its value, and still proven."""
    monkeypatch.setattr("optplan.search.lexicographic.WORTHWHILE", 0)
    plan, tolerances = Plan(small(seed)), {"target_shortfall": "0.05", "readiness_gap": "0.02", "cost": "0.5"}
    model = DecisionModel.model_validate(
        {"name": "x", "title": "x", "criteria": [{"name": name, "tolerance": t} for name, t in tolerances.items()]}
    )
    found = search(plan, model, Orders())
    if found.schedule is None:
        return
    assert found.status == "optimal"
    matrix = compile_program(build_program(plan, model))
    mip = HighsModel(matrix)
    in_plan = audit(plan.tables, found.schedule, requests=False, criteria=list(tolerances)).criteria
    for level in found.levels:
        value, tolerance = float(level.value), float(tolerances[level.name])
        objective = matrix.criteria[level.name]
        optimum = mip.minimise(objective).value
        assert float(in_plan[level.name]) <= value + 1e-9
        assert level.bound <= optimum + 1e-6 * max(1.0, abs(optimum))
        assert value <= level.bound + tolerance * (1 + 1e-6)
        assert value > 0 or float(in_plan[level.name]) == 0
        mip.add_objective_cut(objective, value + 1e-9 * max(1.0, value))


def keeps_every_row(matrix, lp_solution):
    rows = np.add.reduceat(np.append(matrix.values * lp_solution[matrix.indices], 0.0), matrix.starts[:-1])
    rows[np.diff(matrix.starts) == 0] = 0.0
    off = 1e-6
    return bool(
        (rows >= matrix.row_lower - off).all()
        and (rows <= matrix.row_upper + off).all()
        and (lp_solution >= matrix.lower - off).all()
        and (lp_solution <= matrix.upper + off).all()
        and np.abs(lp_solution - np.round(lp_solution))[matrix.integer].max() <= off
    )


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_whatever_a_dive_finds_where_money_is_short_keeps_every_rule_and_what_is_held(seed):
    plan = Plan(random_tables(seed, Size(3, 3, 3, 2, 1, money=0.6)))
    matrix = with_aggregates(plan, compile_program(build_program(plan, MODEL)))
    classes = column_classes_of(plan, matrix)
    mip, relax_and_fix, completion = HighsModel(matrix), RelaxAndFix(matrix, classes), Completion(matrix, classes)
    relaxed = Relaxations(matrix, classes)
    shortfall, cost = matrix.criteria["target_shortfall"], matrix.criteria["cost"]
    none = np.array([], dtype=int)
    start = None
    for name, tolerance in (("target_shortfall", 0.01), ("readiness_gap", 0.001), ("cost", 1.0)):
        objective = matrix.criteria[name]
        points = {
            step: relaxed.run(step, objective, tolerance, lambda _: False).columns for step in ("sums", "counts", "coupled")
        }
        best = mip.minimise(objective)
        if best.columns is None:
            return
        aim = Aim(objective, best.bound, tolerance, lambda: False, none, start, cost if objective.says_little else None)
        plans = [completion.run(aim, best.columns), relax_and_fix.repair(aim, best.columns).incumbent]
        assert plans[0] is not None
        for lp_solution in points.values():
            known = best.columns if start is None else start
            plans += [relax_and_fix.between(aim, lp_solution, known, all_but_teams=teams).incumbent for teams in (False, True)]
            plans += [
                relax_and_fix.run(aim, lp_solution).incumbent,
                *(staged.incumbent for staged in relax_and_fix.apart(aim, lp_solution)),
            ]
        for found in plans:
            if found is not None:
                assert keeps_every_row(matrix, found)
                assert start is None or shortfall.at(found) <= shortfall.at(start) + 0.01 + 1e-6
        start = best.columns
        held = objective.at(start) + tolerance
        mip.add_objective_cut(objective, held)
        relaxed.add_objective_cut(objective, held)
        relax_and_fix.add_objective_cut(objective, held, 0.0, tolerance)
        completion.add_objective_cut(objective, held, tolerance)


def test_a_point_made_whole_step_by_step_keeps_every_row_and_is_no_better_than_the_optimum():
    found_some = 0
    for seed in range(20):
        plan = Plan(small(seed))
        matrix = with_aggregates(plan, compile_program(build_program(plan, MODEL)))
        classes, none = column_classes_of(plan, matrix), np.array([], dtype=int)
        lp_diving, mip, relaxed = LpDiving(matrix), HighsModel(matrix), Relaxations(matrix, classes)
        for name in ("readiness_gap", "cost"):
            objective = matrix.criteria[name]
            optimum, lp_solution = mip.minimise(objective), relaxed.run("openings", objective, 0.0, lambda _: False).columns
            if optimum.columns is None:
                continue
            for most in (np.inf, optimum.value):
                limits = {"integer": classes.integer, "fixed": none, "tolerance": 0.1 * optimum.value, "most": most}
                found = lp_diving.run(objective, lp_solution, stop=lambda: False, **limits)
                if found is not None:
                    found_some += 1
                    assert keeps_every_row(matrix, found)
                    assert optimum.value - 1e-6 <= objective.at(found) <= most + 1e-6
    assert found_some > 20


@pytest.mark.parametrize("seed", range(12))
def test_a_search_without_a_tree_says_nothing_that_one_with_a_tree_would_not(seed, monkeypatch):
    plan = Plan(small(seed))
    exact = search(plan, MODEL, Orders())
    monkeypatch.setattr("optplan.search.solver.column_classes.VAST", 0)
    vast = search(plan, MODEL, Orders())
    if exact.schedule is None:
        assert vast.schedule is None
        return
    assert vast.schedule is None or float(exact.levels[0].value) <= float(vast.levels[0].value) + 1e-6
    if vast.schedule is None:
        return  # rounding may find nothing on so few columns; then it claims nothing
    assert vast.levels[0].bound <= float(exact.levels[0].value) + 1e-6
    if vast.status == "optimal":
        assert [float(level.value) for level in vast.levels] == pytest.approx(
            [float(level.value) for level in exact.levels], rel=1e-6, abs=1e-6
        )
    names = [criterion.name for criterion in MODEL.criteria]
    assert audit(plan.tables, vast.schedule, requests=False, criteria=names).ok


def test_what_runs_beside_is_taken_at_the_step_that_is_asked_for_however_fast_it_is():
    go = threading.Event()

    def work(stop):
        yield np.array([1.0])
        go.wait(10)
        yield np.array([2.0])
        yield np.array([3.0])

    background = Background(work)
    assert background.after(0) is None
    assert background.after(1) == [1.0]
    go.set()
    assert background.after(2) == [2.0]
    background.join()
    assert background.after(1) == [1.0]
    assert background.after(9) == [3.0]
    assert background.last() == [3.0]


def test_the_layers_hold_every_whole_column_once():
    plan = Plan(small(3))
    matrix = with_aggregates(plan, compile_program(build_program(plan, MODEL)))
    classes = column_classes_of(plan, matrix)
    assert sorted(classes.integer) == list(np.nonzero(matrix.integer)[0])


def test_a_linear_program_ends_when_it_is_told_to_and_can_be_asked_again():
    plan = Plan(random_tables(3, Size(counties=4, years=4, goods=4, teams=3, projects=2, money=0.7)))
    matrix = compile_program(build_program(plan, MODEL))
    highs, objective = HighsModel(matrix), matrix.criteria["readiness_gap"]
    for ending in ({"watch": lambda *_: True}, {"seconds": 0.0}):
        cut_off = highs.relaxed(objective, **ending)
        assert (cut_off.verdict, cut_off.bound) == ("stopped", -np.inf)
    assert highs.relaxed(objective, lambda *_: False, 60.0).value == pytest.approx(HighsModel(matrix).relaxed(objective).value)
    assert highs.minimise(objective, seconds=0.0).verdict == "stopped"
    assert highs.minimise(objective).value == pytest.approx(HighsModel(matrix).minimise(objective).value)
