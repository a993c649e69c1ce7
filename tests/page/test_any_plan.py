"""Whatever the plan, and whatever came of it, the pages that are read can show it, in both languages."""

import pytest
from plans.random_plans import Size, random_tables
from slow_set import mostly_slow
from streamlit.testing.v1 import AppTest

import optplan
from optplan.plan import Plan
from optplan.result import empty_result
from optplan.web.schedule.page import SECTIONS


def draw(page):
    import importlib

    from optplan.web.desk import Desk

    desk = Desk()
    with desk.speaking():
        importlib.import_module(f"optplan.web.{page}.page").show(desk)


def shown(result, page, language, **state):
    app = AppTest.from_function(draw, args=(page,), default_timeout=60)
    for name, value in {"desk.result": result, "desk.run_id": None, "desk.language": language, **state}.items():
        app.session_state[name] = value
    app.run()
    assert not app.exception
    return app


@pytest.fixture(scope="module", params=[(1, Size(1, 1, 1, 0, 0)), (5, Size(2, 2, 2, 1, 0)), (8, Size(3, 3, 3, 2, 1))], ids=str)
def result(request):
    seed, size = request.param
    return optplan.solve(Plan(random_tables(seed, size)), model="price", time_limit=10)


@pytest.mark.parametrize("language", mostly_slow(["zh", "en"], 1))
def test_any_plan_can_be_read(result, language):
    assert result.has_schedule
    shown(result, "overview", language)
    for section in SECTIONS:
        app = shown(result, "schedule", language, **{"schedule-section": section})
        assert app.segmented_control(key="schedule-section").value == section


@pytest.mark.parametrize("status", ["infeasible", "unknown"])
def test_a_result_without_a_schedule_says_what_to_do(status):
    plan = Plan(random_tables(1, Size(1, 1, 1, 0, 0)))
    result = empty_result(plan.tables, optplan.read_model("attain"), status=status, made_with={})
    for page in ("overview", "schedule"):
        app = shown(result, page, "zh")
        assert app.error
        assert any("求解" in each.value for each in app.markdown)
        assert not app.get("download_button")
