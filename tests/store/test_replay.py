"""A run that came to its own end is solved again to the same bytes; one that was stopped says that it cannot be."""

from __future__ import annotations

import copy
import random
import threading
from pathlib import Path

import pytest
from plans.random_plans import Size, random_tables
from plans.resealing import unproven

import optplan
from optplan.decision_model import DecisionModel
from optplan.document.canonical import canonical_bytes
from optplan.plan import Plan
from optplan.result import Result
from optplan.rules.program import build_program
from optplan.scenarios import Scenario, apply_scenarios
from optplan.search.solver.matrix import Matrix, compile_program
from optplan.store import Store, StoreError
from optplan.tables.content import Tables

CUT = Scenario(
    name="cut",
    title="减少一成",
    changes=[{"table": "budgets", "action": "scale", "column": "amount", "factor": "0.9"}],
)


def shuffled(plan: Plan, seed: int) -> Plan:
    dice = random.Random(seed)
    return Plan(Tables({name: tuple(dice.sample(rows, len(rows))) for name, rows in plan.tables.rows.items()}))


def test_a_run_is_solved_again_to_the_same_bytes(store: Store, plan: Plan, result: Result) -> None:
    replay = store.replay(store.save_run(result, plan=plan).id)
    assert replay.same
    assert replay.differs_in == ()
    assert replay.tools == {}
    assert replay.now.document["seal"]["criteria"] == result.document["seal"]["criteria"]


def test_a_quick_run_came_to_its_own_end_and_is_solved_again_as_quickly(file_store: Store, plan: Plan) -> None:
    criteria = [{"name": "target_shortfall", "relative_good": "0.9"}, {"name": "cost", "relative_good": "0.9"}]
    coarse = DecisionModel(name="coarse", title="coarse", criteria=criteria)
    result = optplan.solve(plan, coarse, quick=True, time_limit=600)
    assert result.status == "feasible"
    record = file_store.save_run(result, plan=plan, quick=True, time_limit=600, cancelled=False)
    assert record.stopped == ""
    assert record.options["quick"]
    assert record.outcome == "good"
    assert file_store.replay(record.id).same
    assert file_store.save_run(result, plan=plan, time_limit=600, cancelled=False).stopped == "limit"


def test_a_run_with_scenarios_is_asked_from_the_plan_before_them(file_store: Store, plan: Plan) -> None:
    lower = CUT.model_copy(update={"name": "lower", "parent": CUT})
    names = [member.name for member in lower.lineage]
    result = optplan.solve(apply_scenarios(plan, [lower]), "price", scenario=names)
    record = file_store.save_run(result, plan=plan, scenarios=[lower], cancelled=False)
    assert record.plan == plan.sha256
    assert record.scenarios == ("cut", "lower")
    assert file_store.scenario(record.scenario_shas[0]).name == "lower"
    assert file_store.replay(record.id).same


def test_a_run_against_a_reference_knows_which_run_that_was(file_store: Store, small: Plan) -> None:
    result = optplan.solve(small)
    adopted = file_store.save_run(result, plan=small)
    changed = apply_scenarios(small, [CUT])
    replanned = optplan.solve(changed, "replan", scenario=["cut"], reference=result)
    by_schedule = file_store.save_run(replanned, plan=small, scenarios=[CUT], reference=result.to_schedule())
    by_name = file_store.save_run(replanned, plan=small, scenarios=[CUT], reference=adopted.short)
    assert by_schedule.reference_run == by_name.reference_run == adopted.id
    assert file_store.replay(by_schedule.id).same
    with pytest.raises(StoreError) as problem:
        file_store.save_run(replanned, plan=small, scenarios=[CUT])
    assert problem.value.findings[0].code == "store-needs-reference"


@pytest.mark.slow
def test_a_run_that_ended_within_its_gap_and_one_without_a_plan_are_replayed_too(file_store: Store, plan: Plan) -> None:
    loose = optplan.solve(plan, gap=0.2)
    assert file_store.replay(file_store.save_run(loose, plan=plan, gap=0.2, cancelled=False).id).same
    pin = {"limit": "pin", "group": "g3", "county": "c000", "year": 2021, "min": 10, "kind": "pin"}
    changes = [
        {"table": "budgets", "action": "scale", "column": "amount", "factor": 0},
        {"table": "limits", "action": "add", "rows": [pin]},
    ]
    none = apply_scenarios(plan, [Scenario(name="none", title="no money", changes=changes)])
    impossible = optplan.solve(none)
    assert impossible.status == "infeasible"
    assert file_store.replay(file_store.save_run(impossible).id).same


def test_a_run_that_was_stopped_says_why_it_cannot_be_replayed(store: Store, plan: Plan, result: Result) -> None:
    cut, dead = unproven(result), unproven(result, fault="Segmentation fault")
    stopped = [
        (store.save_run(cut, plan=plan, time_limit=12.5), "limit", "12.5"),
        (store.save_run(cut, plan=plan, cancelled=True), "user", "stopped by the user"),
        (store.save_run(dead, plan=plan), "fault", "died"),
        (store.save_run(cut, plan=plan), "unproven", "without its proof"),
    ]
    for record, why, words in stopped:
        assert record.stopped == why
        assert not record.replayable
        with pytest.raises(StoreError) as problem:
            store.replay(record.id)
        assert words in problem.value.findings[0].message("en")
    assert store.save_run(result, plan=plan, time_limit=12.5).replayable  # it was proven within its time


def test_a_search_that_a_user_stops_is_kept_as_stopped(file_store: Store) -> None:
    cancel = threading.Event()
    cancel.set()
    plan = Plan(random_tables(5, Size(counties=4, years=4, goods=5, teams=4, projects=3, money=0.5)))
    cut = optplan.solve(plan, cancel=cancel)
    if cut.status != "optimal":  # a small plan may be done before the stop is seen
        assert file_store.save_run(cut, plan=plan, cancelled=True).stopped == "user"


def test_elapsed_times_tools_and_the_order_of_rows_are_no_reproducible_content(plan: Plan, result: Result) -> None:
    other = copy.deepcopy(result.document)
    other["made_with"] = {"python": "9"}
    for level in other["criteria"]:
        level["seconds"] += 1
    for content in other["inputs"].values():
        content["rows"].reverse()
    other["balances"].reverse()
    assert canonical_bytes(Result(other)) == canonical_bytes(result)
    for section in ("schedule", "payments", "teams", "inputs", "status", "seal", "scenario"):
        changed = copy.deepcopy(result.document)
        if section == "inputs":
            changed["inputs"]["budgets"]["rows"].pop()
        else:
            changed[section] = {"schedule": [], "payments": [], "teams": [], "seal": None}.get(section, "other")
        assert canonical_bytes(Result(changed)) != canonical_bytes(result), section


@pytest.mark.parametrize("seed", range(12))
def test_the_order_of_rows_does_not_change_the_program(seed: int) -> None:
    plan = Plan(random_tables(seed, Size(counties=3, years=4, goods=5, teams=4, projects=3, money=0.7)))
    model = optplan.read_model("price")
    first, second = (compile_program(build_program(each, model, None)) for each in (plan, shuffled(plan, seed)))
    assert plain(first) == plain(second)


def plain(matrix: Matrix) -> list[object]:
    criteria = {name: (objective.constant, objective.cost.tolist()) for name, objective in matrix.criteria.items()}
    arrays = (
        matrix.lower,
        matrix.upper,
        matrix.integer,
        matrix.row_lower,
        matrix.row_upper,
        matrix.starts,
        matrix.indices,
        matrix.values,
    )
    return [matrix.names, matrix.rows, criteria, *(array.tolist() for array in arrays)]


def test_a_plan_typed_in_another_order_gives_the_same_answer(plan: Plan, result: Result) -> None:
    assert canonical_bytes(optplan.solve(shuffled(plan, 7))) == canonical_bytes(result)


SOME, ALL = 4, 50
CYCLE = [("thrift", 0.0), ("price", 0.0), ("attain", 0.0), ("attain", 0.1)]


@pytest.mark.slow
@pytest.mark.parametrize("runs", [SOME, ALL])
def test_many_runs_of_all_kinds_are_replayed_to_the_same_bytes(tmp_path: Path, runs: int) -> None:
    place = tmp_path / "store.sqlite3"
    with optplan.open_store(place) as store:
        for number in range(runs):
            model, gap = CYCLE[number % len(CYCLE)]
            plan = Plan(random_tables(100 + number, Size(2 + number % 2, 3, 2, 1 + number % 2, number % 2)))
            patches = [CUT] if number % 3 == 0 else []
            asked = apply_scenarios(plan, patches) if patches else plan
            result = optplan.solve(asked, model, scenario=[patch.name for patch in patches], gap=gap)
            store.save_run(result, plan=plan, scenarios=patches, gap=gap, cancelled=False)
    with optplan.open_store(place) as again:
        kept = again.runs()
        assert len(kept) == runs
        assert [record.short for record in kept if not again.replay(record.id).same] == []


@pytest.mark.slow
def test_shuozhou_is_replayed_to_the_same_bytes(tmp_path: Path) -> None:
    shuozhou = optplan.read_plan("inputs/shuozhou")
    with optplan.open_store(tmp_path / "store.sqlite3") as store:
        assert store.replay(store.save_run(optplan.solve(shuozhou), plan=shuozhou).id).same
