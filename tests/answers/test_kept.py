"""Answers are kept with the run that they are about, found again, and come out the same when asked again."""

import json

import pytest
from answers.enumerated import plan_of
from answers.test_wishes import RICH
from optimum.test_second_solver import model_of
from slow_set import mostly_slow
from store.outside import raw

import optplan
from optplan.questions import keep_answer, open_answer, replay_answer
from optplan.tables.findings import InputError

MODEL = model_of(["target_shortfall", "readiness_gap", "cost"])


@pytest.fixture(scope="module")
def asked():
    plan = plan_of(0).with_changes(RICH)
    return plan, optplan.solve(plan, MODEL)


@pytest.fixture
def store(tmp_path):
    with optplan.open_store(tmp_path / "store.db") as opened:
        yield opened


def test_an_answer_is_kept_with_its_run_and_replayed(store, asked):
    plan, result = asked
    answer = optplan.why_not(plan, result, "engine:a:2021>=2")
    record = keep_answer(store, answer, plan, result)
    again = keep_answer(store, answer, plan, result)
    assert record.run == again.run == store.run_of(result)
    assert [each.id for each in store.answers()] == [again.id, record.id]
    assert store.answers(run=record.run, question="why-not", plan=plan.sha256[:8])
    assert open_answer(store, record.short).document == json.loads(answer.text())
    assert replay_answer(store, record.id).same
    assert store.check() == []


def test_questions_about_the_plan_alone_are_kept_too(store, asked):
    plan, _ = asked
    answer = optplan.reach(plan, ["targets"], by="years")
    record = keep_answer(store, answer, plan)
    assert record.run is None
    assert replay_answer(store, record.id).differs_in == ()


@pytest.mark.parametrize("question", mostly_slow(["certain", "value", "staircase"], 1))
def test_the_other_questions_come_out_the_same(store, asked, question):
    plan, result = asked
    ask = {
        "value": lambda: optplan.value(plan, result, cells=["own:a:2021"]),
        "staircase": lambda: optplan.staircase(plan, result, "own", points=2),
        "certain": lambda: optplan.certain(plan, result, within=0.2),
    }
    record = keep_answer(store, ask[question](), plan, result)
    assert replay_answer(store, record.id).same


def test_what_was_stopped_is_not_repeated(store, asked):
    plan, result = asked
    record = keep_answer(store, optplan.certain(plan, result, time_limit=1e-9), plan, result)
    with pytest.raises(InputError) as problem:
        replay_answer(store, record.id)
    assert problem.value.findings[0].code == "answer-stopped"


def test_a_changed_answer_is_found(store, asked, tmp_path):
    plan, result = asked
    keep_answer(store, optplan.certain(plan, result, time_limit=1e-9), plan, result)
    with raw(str(tmp_path / "store.db")) as connection:
        connection.execute("DROP TRIGGER answers_no_update")
        connection.execute("UPDATE answers SET status = 'answered'")
    assert {fault.code for fault in store.check()} == {"fault-answer", "fault-trigger"}
