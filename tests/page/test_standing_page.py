"""Where the plan stands, on the page: the standing at once, the forecast and the reports after one click, the assessment."""

import time

import pytest
from plans.random_plans import Size, random_tables
from streamlit.testing.v1 import AppTest

import optplan
from optplan.language import speaking
from optplan.plan import Plan
from optplan.records import Records
from optplan.tables.names import Names
from optplan.web.desk import Desk
from optplan.web.tracking.ledger import Room

PLAN = Plan(random_tables(11, Size(counties=2, years=3, goods=1, teams=1, projects=0, closed=1, money=0.6)))


@pytest.fixture(scope="module")
def adopted():
    return optplan.solve(PLAN, "attain", gap=0.05, time_limit=2).to_schedule()


def drawn(language, room, adopted, part):
    from optplan.language import speaking
    from optplan.web.tracking import assessment_panel, standing_panel

    with speaking(language):
        standing_panel.adopted_result = assessment_panel.adopted_result = lambda room: adopted
        (standing_panel.show_standing if part == "standing" else assessment_panel.show_assessing)(room)


def app_of(language, adopted, part):
    room = Room(Desk(), PLAN, None, Records(), Names(PLAN.tables, language))
    given = {"language": language, "room": room, "adopted": adopted, "part": part}
    app = AppTest.from_function(drawn, kwargs=given, default_timeout=120).run()
    assert not app.exception
    return app


def test_the_standing_is_there_at_once_and_one_click_brings_forecast_and_reports(adopted):
    app = app_of("zh", adopted, "standing")
    assert [button.label for button in app.button] == ["预测并准备报告"]
    app.button[0].click().run()
    assert [button.label for button in app.button] == ["停止"]
    for _ in range(600):  # what a browser's timer does
        if any(box.label == "报告" for box in app.selectbox):
            break
        time.sleep(0.1)
        app.run()
    assert not app.exception
    assert any("项目标中" in each.value for each in app.markdown)
    (report,) = (box for box in app.selectbox if box.label == "报告")
    assert report.options == ["中期评估报告", "总结评估报告", "年度检查专题报告", "下年度实施计划", "进展通报"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_assessment_is_drawn_in_both_languages(adopted, language):
    app = app_of(language, adopted, "assess")
    with speaking(language):
        assert len(app.subheader) == 3


def test_without_an_adopted_schedule_it_is_said():
    app = app_of("en", None, "standing")
    assert any("No schedule is adopted" in each.value for each in app.info)


def glanced(language, plan):
    from types import SimpleNamespace

    from optplan.language import speaking
    from optplan.records import Records
    from optplan.tables.names import Names
    from optplan.web.desk import Desk
    from optplan.web.tracking import latest_year
    from optplan.web.tracking.ledger import Room

    with speaking(language):
        latest_year.adopted_result = lambda room: None
        latest_year.room_of = lambda desk, plan: Room(Desk(), plan, None, Records(), Names(plan.tables, language))
        latest_year.show_where_we_stand(SimpleNamespace(plan=plan, pages={}))


@pytest.mark.parametrize(("plan", "shown"), [(PLAN, 1), (Plan(random_tables(11, Size(counties=2, years=3, goods=1))), 0)])
def test_the_overview_begins_with_where_the_plan_stands_once_a_year_is_over(plan, shown):
    app = AppTest.from_function(glanced, kwargs={"language": "zh", "plan": plan}, default_timeout=60).run()
    assert not app.exception
    assert len(app.subheader) == shown
