"""The page of questions: each is asked in few clicks, answered by the server, and told in words, in both languages."""

import time

import pytest
from answers.enumerated import plan_of
from answers.test_wishes import RICH
from optimum.test_second_solver import model_of
from slow_set import mostly_slow
from streamlit.testing.v1 import AppTest

import optplan
from optplan.language import speaking
from optplan.office.inquiries import server_inquiries
from optplan.plan import Plan
from optplan.result import Result
from optplan.web.asking.schedule_table import Chosen

MODEL = model_of(["target_shortfall", "readiness_gap", "cost"])


@pytest.fixture(scope="module")
def result():
    return optplan.solve(plan_of(0).with_changes(RICH), MODEL)


@pytest.fixture(scope="module")
def lacking():
    """A result in which engines are missing."""
    more = [{**RICH["standards"][0], "required": 5}]
    return optplan.solve(plan_of(0).with_changes({**RICH, "standards": more}), MODEL)


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    """Questions that the server asks of another process are asked here, which takes less time."""
    monkeypatch.setattr(
        "optplan.web.asking.subject.watched_apart",
        lambda work, *given, told, cancel, **bounds: work(*given, told=told, cancel=cancel),
    )


def draw():
    from optplan.web.asking.page import show
    from optplan.web.desk import Desk

    desk = Desk()
    with desk.speaking():
        show(desk)


def opened(result, language):
    app = AppTest.from_function(draw, default_timeout=120)
    for name, value in {"desk.result": result, "desk.run_id": None, "desk.language": language}.items():
        app.session_state[name] = value
    return app.run()


def ended(app, question, press="ask"):
    """The question as the server has it, once it is asked and over; the page is drawn then."""
    app.button(key=f"asking.{press}-{question}").click().run()
    assert not app.exception
    _, key = app.session_state[f"asking.asked.{question}"]
    inquiry, late = server_inquiries().of(key), time.monotonic() + 120
    while not inquiry.is_over:
        assert time.monotonic() < late
        time.sleep(0.05)
    app.run()
    assert not app.exception
    return inquiry


def asked(app, question):
    """What the server answers to the question."""
    inquiry = ended(app, question)
    assert inquiry.state == "answered", inquiry.problem
    assert not app.error
    return inquiry.answer


@pytest.mark.parametrize(
    "case",
    mostly_slow(
        [("why-not", "zh"), ("certain", "en"), ("reach", "zh"), ("value", "en"), ("why-not", "en"), ("missing", "zh")], 2
    ),
)
def test_a_question_is_asked_and_answered(result, lacking, case, monkeypatch):
    question, language = case
    monkeypatch.setattr("optplan.web.asking.why_not.choose_cell", lambda about: Chosen("engine", "a", 2021, 0))
    with speaking(language):  # the labels of options are made here too
        app = opened(lacking if question == "missing" else result, language)
        app.segmented_control(key="asking.question").set_value(question).run()
        answer = asked(app, question)
    assert app.button(key=f"asking.keep-{question}")
    assert answer.document["question"] == ("explain" if question == "missing" else question)
    assert answer.status in ({"infeasible", "feasible"} if question == "missing" else {"answered", "partly"})
    shown = " ".join(each.value for each in (*app.success, *app.info, *app.markdown))
    assert ("。" in shown) == (language == "zh")


def test_what_cannot_be_read_is_said(result):
    app = opened(result, "zh")
    app.segmented_control(key="asking.question").set_value("why-not").run()
    assert app.button(key="asking.ask-why-not").disabled  # no cell is chosen yet
    app.text_input(key="asking.typed").set_value("没有:的:2021>=1").run()
    ended(app, "why-not")
    assert any("不存在" in each.value for each in app.error)


def test_what_is_missing_is_given_more_time_where_it_was_not_settled(lacking, monkeypatch):
    given, settled = [], []

    def work(tables, result, missing, seconds, *, told, cancel):
        given.append(seconds)
        if not settled:
            settled.append(optplan.explain_missing(Plan(tables), Result(result), missing).document)
        return settled[0] if len(given) == 2 else settled[0] | {"status": "unknown", "conflicts": [], "seconds": 40.0}

    monkeypatch.setattr("optplan.web.asking.missing.asked_apart", work)
    server_inquiries.cache_clear()
    app = opened(lacking, "zh")
    app.segmented_control(key="asking.question").set_value("missing").run()
    assert asked(app, "missing").status == "unknown"
    assert ended(app, "missing", "longer").answer.status == "infeasible"
    assert given == [40.0, 100.0]
    assert not [each for each in app.button if each.key == "asking.longer-missing"]
