"""The reports on the page: number and day of the letter, and the office's own template, tried out before it is used."""

from types import SimpleNamespace

import pytest
from plans.random_plans import Size, random_tables
from streamlit.testing.v1 import AppTest

import optplan
from optplan.following import follow
from optplan.plan import Plan
from optplan.records import Records
from optplan.reporting.write import TEMPLATES
from optplan.tables.names import Names
from optplan.web.desk import Desk
from optplan.web.tracking.ledger import Room

PLAN = Plan(random_tables(11, Size(counties=2, years=3, goods=1, teams=1, projects=0, money=0.6)))


@pytest.fixture(scope="module")
def found():
    return follow(PLAN, adopted=optplan.solve(PLAN, "attain", gap=0.05, time_limit=2), ask=False)


def drawn(room, found, file):
    from optplan.language import speaking
    from optplan.web.tracking import report_panel

    with speaking("zh"):
        report_panel.file_field = lambda *given: file
        report_panel.show_reports(room, found)


def app_of(found, content):
    room = Room(Desk(), PLAN, None, Records(), Names(PLAN.tables, "zh"))
    file = None if content is None else SimpleNamespace(file_id="1", getvalue=lambda: content)
    app = AppTest.from_function(drawn, kwargs={"room": room, "found": found, "file": file}, default_timeout=120).run()
    assert not app.exception
    return app


def test_there_are_fields_for_number_and_day(found):
    app = app_of(found, None)
    assert [field.label for field in app.text_input] == ["发文单位", "主送机关", "发文字号"]
    assert [field.label for field in app.date_input] == ["成文日期"]
    assert len(app.get("download_button")) == 2


@pytest.mark.parametrize(
    ("content", "words"), [(TEMPLATES["zh"].read_bytes(), None), (b"no document", "不是可以读取的 Word 文档")]
)
def test_a_template_is_tried_out_before_it_is_used(found, content, words):
    app = app_of(found, content)
    assert len(app.get("download_button")) == (0 if words else 2)
    assert [words in each.value for each in app.error] == ([True] if words else [])
