"""The page of questions: each is asked in three clicks and answered in words, in both languages."""

import pytest
from answers.enumerated import plan_of
from answers.test_wishes import RICH
from optimum.test_second_solver import model_of
from slow_set import mostly_slow
from streamlit.testing.v1 import AppTest

import optplan
from optplan.language import speaking

MODEL = model_of(["target_shortfall", "readiness_gap", "cost"])


@pytest.fixture(scope="module")
def result():
    return optplan.solve(plan_of(0).with_changes(RICH), MODEL)


def draw():
    from optplan.web.asking.page import show
    from optplan.web.desk import Desk

    desk = Desk()
    with desk.speaking():
        show(desk)


@pytest.mark.parametrize(
    "asked",
    mostly_slow([("why-not", "zh"), ("certain", "en"), ("reach", "zh"), ("value", "en"), ("why-not", "en")], 2),
)
def test_a_question_is_asked_and_answered(result, asked, monkeypatch):
    question, language = asked
    monkeypatch.setattr("optplan.web.asking.certain.done_apart", lambda work, *given: work(*given))
    app = AppTest.from_function(draw, default_timeout=120)
    for name, value in {"desk.result": result, "desk.run_id": None, "desk.language": language}.items():
        app.session_state[name] = value
    with speaking(language):  # the labels of options are made here too
        app.run()
        app.segmented_control(key="asking.question").set_value(question).run()
        app.button(key=f"asking.ask-{question}").click().run()
    assert not app.exception
    assert not app.error
    assert app.button(key=f"asking.keep-{question}")
    document = app.session_state[f"asking.answer.{question}"][1]
    assert document["question"] == question
    assert document["status"] in {"answered", "partly"}
    shown = " ".join(each.value for each in (*app.success, *app.info, *app.markdown))
    assert ("。" in shown) == (language == "zh")


def test_what_cannot_be_read_is_said(result):
    app = AppTest.from_function(draw, default_timeout=120)
    for name, value in {"desk.result": result, "desk.run_id": None, "desk.language": "zh"}.items():
        app.session_state[name] = value
    app.run()
    app.text_input(key="asking.typed").set_value("没有:的:2021>=1").run()
    app.button(key="asking.ask-why-not").click().run()
    assert not app.exception
    assert any("不存在" in each.value for each in app.error)
