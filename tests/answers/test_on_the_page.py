"""Answers are drawn on the page: every kind, with names and figures, in both languages."""

import pytest
from answers.enumerated import plan_of
from answers.test_wishes import RICH
from optimum.test_second_solver import model_of
from streamlit.testing.v1 import AppTest

import optplan

pytestmark = pytest.mark.slow  # all five questions are asked for it
MODEL = model_of(["target_shortfall", "readiness_gap", "cost"])


@pytest.fixture(scope="module")
def answers():
    plan = plan_of(0).with_changes(RICH)
    result = optplan.solve(plan, MODEL)
    return {
        "why-not": optplan.why_not(plan, result, "engine:a:2021>=2"),
        "reach": optplan.reach(plan_of(0), ["engine:a:>=3", "project:p:2022"]),
        "value": optplan.value(plan, result, cells=["own:a:2021"]),
        "staircase": optplan.staircase(plan, result, "own", points=2),
        "certain": optplan.certain(plan, result, within=0.2),
    }


def drawn():
    import streamlit as st

    from optplan.language import speaking
    from optplan.web.widgets.answer import show_answer

    with speaking(st.session_state["language"]):
        show_answer(st.session_state["answer"])


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("question", ["why-not", "reach", "value", "staircase", "certain"])
def test_an_answer_is_drawn(answers, question, language):
    page = AppTest.from_function(drawn)
    page.session_state["answer"], page.session_state["language"] = answers[question], language
    page.run(timeout=30)
    assert not page.exception
    said = [*page.success, *page.info, *page.error, *page.warning]
    assert len(said) == 1
    assert said[0].value
