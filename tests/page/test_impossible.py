"""The server works out which of the missing standards cannot be met at all, while the visitor goes on; what is known stays."""

import time

import pytest
from explanation.test_missing import plan_of
from streamlit.testing.v1 import AppTest

import optplan
from optplan.office.inquiries import server_inquiries


def drawn(result):
    from optplan.figures.figures import Figures
    from optplan.figures.shortfalls import gaps
    from optplan.plan import Plan
    from optplan.web.asking.subject import About
    from optplan.web.desk import Desk
    from optplan.web.schedule.impossible import show_impossible

    with Desk().speaking():
        figures = Figures(result)
        show_impossible(Desk(), About(Plan(result.tables()), result, None), figures, gaps(figures, 2021, ""))


@pytest.fixture
def app(monkeypatch):
    monkeypatch.setenv("OPTPLAN_LANG", "zh")
    result = optplan.solve(plan_of(total=2, amount=4))
    return AppTest.from_function(drawn, args=(result,), default_timeout=60).run()


def over(app):
    """The page once nothing is under way."""
    late = time.monotonic() + 240  # machines that test are often busy
    while not all(each.is_over for each in server_inquiries()._known.values()):
        assert time.monotonic() < late
        time.sleep(0.1)
    app.run()
    assert not app.exception
    return app


def test_the_server_settles_each_and_names_what_stands_in_the_way(app):
    app.button(key="ask-impossible").click().run()
    assert not app.exception
    assert app.button(key="ask-impossible").disabled or not app.get("button")
    table = " ".join(each.proto.body for each in over(app).get("html"))
    assert "不可能，已证明" in table
    assert "乙" in table
    assert not [each for each in app.button if each.key == "ask-impossible"]


@pytest.mark.slow
def test_what_is_stopped_can_be_gone_on_with(app):
    app.button(key="ask-impossible").click().run()
    for each in server_inquiries()._known.values():
        each.cancel.set()
    app = over(app)
    app.button(key="ask-impossible").click().run()
    assert "不可能，已证明" in " ".join(each.proto.body for each in over(app).get("html"))
