"""What goes into the store comes out as it was, once for each content, and nothing goes away."""

from __future__ import annotations

import copy
from decimal import Decimal
from pathlib import Path

import pytest
from plans.resealing import took

import optplan
from optplan.plan import Plan
from optplan.result import Result
from optplan.scenarios import Scenario, apply_scenarios, read_scenario
from optplan.store import Store, StoreError

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = sorted((ROOT / "inputs" / "scenarios" / "shuozhou").glob("*.toml"))


@pytest.fixture(scope="module")
def shuozhou() -> Plan:
    return optplan.read_plan(ROOT / "inputs" / "shuozhou")


def test_a_plan_comes_back_with_the_same_content(store: Store, shuozhou: Plan) -> None:
    sha = store.save_plan(shuozhou)
    assert sha == shuozhou.sha256
    back = store.plan(sha[:12])
    assert back.tables.canonical_text == shuozhou.tables.canonical_text
    assert back.title == shuozhou.title


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda path: path.stem)
def test_a_scenario_comes_back_word_for_word_and_does_the_same(tmp_path: Path, shuozhou: Plan, file: Path) -> None:
    with optplan.open_store(tmp_path / "store.sqlite3") as store:
        scenario = read_scenario(file)
        back = store.scenario(store.save_scenario(scenario))
        assert back.toml == file.read_text(encoding="utf-8")
        assert [each.title for each in store.scenarios_called(scenario.name)] == [scenario.title]
        assert (back.name, back.author, back.reason) == (scenario.name, scenario.author, scenario.reason)
        kept = store.plan(store.save_plan(shuozhou))
        assert apply_scenarios(kept, [back]).sha256 == apply_scenarios(shuozhou, [file]).sha256


def test_scenarios_with_a_common_parent_are_kept_once_and_applied_once(store: Store, shuozhou: Plan, tmp_path: Path) -> None:
    change = '[[changes]]\ntable = "budgets"\naction = "scale"\nwhere = {{ year = {} }}\ncolumn = "amount"\nfactor = {}\n'
    (tmp_path / "parent.toml").write_text("# a letter of 3 March\n" + change.format(2024, "0.5"), encoding="utf-8")
    for year in (2023, 2025):
        child = f'parent = "parent.toml"\nauthor = "预算科"\n{change.format(year, "0.9")}'
        (tmp_path / f"child-{year}.toml").write_text(child, encoding="utf-8")
    children = [read_scenario(tmp_path / f"child-{year}.toml") for year in (2023, 2025)]
    shas = [store.save_scenario(child) for child in children]
    assert len([entry for entry in store.audit_log() if entry.kind == "scenario"]) == 3
    back = [store.scenario(sha) for sha in shas]
    assert back[0].parent == back[1].parent
    assert back[0].parent is not None
    assert "letter of 3 March" in back[0].parent.toml
    assert apply_scenarios(shuozhou, back).sha256 == apply_scenarios(shuozhou, children).sha256


def test_a_scenario_made_in_python_comes_back(store: Store, shuozhou: Plan) -> None:
    parent = Scenario(
        name="dear",
        title='她说“"涨价"\\"',
        changes=[
            {"table": "costs", "action": "scale", "where": {"group": ["vehicles"]}, "column": "unit_cost", "factor": "1.08"}
        ],
    )
    limit = {"limit": "more", "group": "tanker", "county": "yingxian", "year": 2023, "min": 4.0, "max": Decimal(4), "kind": "pin"}
    child = Scenario(
        name="more",
        title="",
        author="x",
        reason="two\nlines\t\x7f",
        parent=parent,
        changes=[
            {"table": "limits", "action": "add", "rows": [limit]},
            {"table": "budgets", "action": "remove", "where": {"fund": "special", "year": 2025}},
            {"table": "targets", "action": "set", "where": {"target": "hydrants_1116"}, "set": {"total": 1200}},
        ],
    )
    back = store.scenario(store.save_scenario(child))
    assert (back.name, back.title, back.author, back.reason) == (child.name, child.title, child.author, child.reason)
    assert apply_scenarios(shuozhou, [back]).sha256 == apply_scenarios(shuozhou, [child]).sha256


def test_a_decision_model_comes_back(store: Store) -> None:
    model = optplan.read_model("attain")
    assert store.model(store.save_model(model)) == model


def test_a_run_opens_byte_for_byte_as_it_was_saved(store: Store, plan: Plan, result: Result, tmp_path: Path) -> None:
    result.to_json(tmp_path / "result.json")
    record = store.save_run(result, plan=plan, who="李工", time_limit=600)
    assert store.result_file(record.id) == (tmp_path / "result.json").read_bytes()
    assert store.open(record.short).check().ok
    [listed] = store.runs()
    assert listed == record
    assert (listed.who, listed.plan, listed.model, listed.status) == ("李工", plan.sha256, "attain", "optimal")
    assert listed.criteria == {level["name"]: level["in_plan"] for level in result.document["criteria"]}
    assert listed.options == {"gap": 0.0, "time_limit": 600.0}
    assert listed.made_with["highspy"]
    assert listed.made_with["platform"]
    assert listed.replayable
    assert store.plan(listed.plan).sha256 == plan.sha256


def test_a_result_read_from_a_file_is_kept_as_the_file_is(store: Store, shuozhou: Plan) -> None:
    file = ROOT / "reports" / "sample" / "shuozhou-attain.json"
    record = store.save_run(optplan.read_result(file))
    assert store.result_file(record.id) == file.read_bytes()
    assert record.plan == shuozhou.sha256


def test_the_same_content_is_kept_once(store: Store, plan: Plan, result: Result) -> None:
    first = store.save_run(result, plan=plan)
    before = store.audit_log()
    second = store.save_run(result, plan=plan)
    assert store.save_plan(plan) == first.plan
    assert first.id != second.id  # it was asked twice
    assert [(entry.kind, entry.action) for entry in store.audit_log()[len(before) :]] == [("run", "save")]
    assert store.check() == []


def test_every_earlier_state_opens_again(store: Store, plan: Plan, result: Result) -> None:
    states = [took(result, seconds) for seconds in range(5)]
    saved = [(store.save_run(state, plan=plan), state.text().encode()) for state in states]
    store.retire(saved[1][0].id, "mistaken")
    for record, content in saved:
        assert store.result_file(record.id) == content
    assert [record.id for record in store.runs(retired=True)] == [record.id for record, _ in reversed(saved)]
    assert saved[1][0].id not in {record.id for record in store.runs()}


def test_runs_are_found_by_plan_model_and_status(store: Store, plan: Plan, result: Result, thrifty: Result) -> None:
    store.save_run(result, plan=plan)
    thrift = store.save_run(thrifty, plan=plan)
    assert [record.id for record in store.runs(model="thrift")] == [thrift.id]
    assert [record.id for record in store.runs(limit=1)] == [thrift.id]
    assert len(store.runs(plan=plan.title[:3], status="optimal")) == 2
    assert len(store.runs(plan=plan.sha256[:9])) == 2
    assert store.runs(plan="%") == []


def test_the_adopted_plan_is_the_last_that_was_approved(store: Store, plan: Plan, result: Result) -> None:
    first, second = (store.save_run(took(result, seconds), plan=plan) for seconds in (1, 2))
    assert store.adopted() is None
    assert store.approve(first.short, "常务会议").approved
    store.approve(second.id)
    adopted = store.adopted()
    assert adopted is not None
    assert adopted.id == second.id
    store.retire(second.id)
    back = store.adopted(plan.title)
    assert back is not None
    assert back.id == first.id
    with pytest.raises(StoreError):
        store.approve(second.id)
    with pytest.raises(StoreError):
        store.retire(second.id)
    actions = [(entry.action, entry.subject, entry.reason) for entry in store.audit_log() if entry.action != "save"]
    assert actions == [("approve", first.id, "常务会议"), ("approve", second.id, ""), ("retire", second.id, "")]


def test_a_run_that_could_not_be_asked_again_is_refused(store: Store, plan: Plan, shuozhou: Plan, result: Result) -> None:
    with pytest.raises(StoreError) as other:
        store.save_run(result, plan=shuozhou)
    assert other.value.findings[0].code == "store-run-of-another-plan"
    edited = copy.deepcopy(result.document)
    edited["schedule"][0]["quantity"] += 1
    with pytest.raises(StoreError) as broken:
        store.save_run(Result(edited), plan=plan)
    assert broken.value.findings[0].code == "store-seal-broken"
    assert store.audit_log() == []


def test_a_key_may_be_given_by_its_beginning(store: Store, plan: Plan, result: Result) -> None:
    runs = [store.save_run(took(result, seconds), plan=plan) for seconds in range(20)]
    assert store.record(runs[3].id[:20].upper()).id == runs[3].id
    beginnings = [run.id[0] for run in runs]
    shared = next(first for first in beginnings if beginnings.count(first) > 1)
    for asked, code in (
        (shared, "ambiguous"),
        ("x", "run-unknown"),
        ("", "run-unknown"),
        ("%", "run-unknown"),
        ("f" * 64, "run-unknown"),
    ):
        with pytest.raises(StoreError) as problem:
            store.open(asked)
        assert problem.value.findings[0].code == code
    for asked in (store.plan, store.scenario, store.model, store.retire):
        with pytest.raises(StoreError):
            asked("0" * 64)


@pytest.mark.parametrize("odd", ["\ud800", "\0"])
def test_half_characters_and_nul_are_refused_in_words(store: Store, plan: Plan, result: Result, odd: str) -> None:
    run = store.save_run(result, plan=plan).id
    before = store.audit_log()
    with pytest.raises(StoreError) as reason:
        store.approve(run, odd)
    with pytest.raises(StoreError) as who:
        store.save_model(optplan.read_model("fair"), who=odd)
    for problem in (reason, who):
        assert "NUL" in problem.value.findings[0].message("en")
    assert store.audit_log() == before


def test_plans_are_listed_the_last_first_but_for_retired_ones(store: Store, plan: Plan, shuozhou: Plan) -> None:
    first, last = (store.save_plan(each, "甲") for each in (plan, shuozhou))
    store.save_plan(plan, "乙")  # which was kept before
    assert [(record.sha256, record.title, record.who) for record in store.plans()][:2] == [
        (last, shuozhou.title, "甲"), (first, plan.title, "甲"),
    ]  # fmt: skip
    assert len(store.plans(limit=1)) == 1
    store.retire(last, "not used any more")
    assert last not in {record.sha256 for record in store.plans()}
