"""A figure of the schedule answers for itself: why it is so, whether it can be changed, with proof, and where it comes from."""

import time

import pytest
from browsing import ROOT, go_to, settled
from explanation.test_missing import plan_of
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

import optplan
from optplan.answers.wishes import read_wishes
from optplan.figures.figures import Figures
from optplan.figures.projects import projects
from optplan.figures.shortfalls import gaps
from optplan.language import speaking
from optplan.office.inquiries import server_inquiries
from optplan.plan import Plan
from optplan.result import read_result
from optplan.web.schedule.cells import delivery, gap, project

SAMPLE = ROOT / "reports" / "sample" / "shuozhou-attain.json"


@pytest.fixture(scope="module")
def sample():
    result = read_result(SAMPLE)
    with speaking("zh"):
        yield Figures(result), Plan(result.tables())


def test_every_figure_of_the_schedule_asks_what_can_be_read_and_has_its_rows(sample):
    figures, plan = sample
    of = [
        delivery(figures, plan, [item], county, 2023) for item in list(plan.groups["vehicles"])[:3] for county in ("pinglu", "")
    ]
    of += [delivery(figures, plan, sorted(plan.groups["vehicles"]), "pinglu", year) for year in figures.years]
    of += [project(figures, plan, each) for each in projects(figures)]
    of += [gap(figures, each) for each in gaps(figures, figures.last, "队站")[:12]]
    for figure in of:
        for ask in figure.asks.values():
            assert ask.wishes or ask.without or ask.missing
            if ask.wishes:
                read_wishes(plan, ask.wishes)
    assert all(figure.rows for figure in of)
    assert {name for figure in of for name in figure.asks} >= {
        "here", "more", "less", "earlier", "later", "built", "missing", "met",
    }  # fmt: skip


def test_the_price_and_the_row_that_says_it_stand_beside_a_figure(sample):
    figures, plan = sample
    at = next(key for key, size in figures.deliveries.items() if size and key[0] in plan.groups["vehicles"])
    figure = delivery(figures, plan, [at[0]], at[1], at[2])
    row = figures.prices.row_of(*at)
    assert row in figures.tables["costs"]
    [price] = figure.prices
    assert f"第 {row.number} 行" in price
    assert row["source"] in price
    assert not any(row.table.name == "standards" and row["from_year"] > at[2] for row in figure.rows)


def drawn(result, asked):
    from optplan.figures.figures import Figures
    from optplan.figures.shortfalls import gaps
    from optplan.plan import Plan
    from optplan.web.asking.subject import About
    from optplan.web.desk import Desk
    from optplan.web.schedule.cell_panel import show_figure
    from optplan.web.schedule.cells import delivery, gap

    with Desk().speaking():
        figures, about = Figures(result), About(Plan(result.tables()), result, None)
        county = next(each for each in figures.counties if bool(figures.x("engine", each, 2021)) == (asked == "here"))
        known = {"here": lambda: delivery(figures, about.plan, ["engine"], county, 2021)}
        known |= {"missing": lambda: gap(figures, gaps(figures, 2021, "")[0])}
        show_figure(Desk(), about, figures, known, asked)


@pytest.mark.parametrize("asked", ["here", "missing"])
def test_a_question_about_a_figure_is_answered_with_proof(asked, monkeypatch):
    def here(work, *given, told, cancel, **bounds):
        return work(*given, told=told, cancel=cancel)

    monkeypatch.setattr("optplan.web.asking.subject.watched_apart", here)
    with speaking("zh"):
        result = optplan.solve(plan_of())
        app = AppTest.from_function(drawn, args=(result, asked), default_timeout=120)
        app.session_state["desk.language"] = "zh"
        app.run()
        app.button(key=f"figure.{asked}").click().run()
        inquiry = server_inquiries().of(app.session_state["figure.asked"][3])
        late = time.monotonic() + 240
        while not inquiry.is_over and time.monotonic() < late:
            time.sleep(0.05)
        app.run()
    assert not app.exception
    assert not app.error
    assert inquiry.answer.document["question"] == {"here": "why-not", "missing": "explain"}[asked]
    assert app.success or app.info or app.warning


@pytest.mark.slow
def test_a_figure_is_pressed_on_the_page_and_shows_where_it_comes_from(visit):
    page = visit()
    go_to(page, "实施进度")
    figure = page.locator(".optplan-grid button").first
    expect(page.get_by_text("点表中的数字", exact=False)).to_be_visible()
    figure.focus()
    page.keyboard.press("Enter")  # by keyboard too
    settled(page)
    panel = page.locator(".st-key-figure")
    expect(panel.get_by_text("从哪来", exact=True)).to_be_visible()
    expect(panel.get_by_role("button").first).to_be_enabled()
    expect(panel.get_by_text("行输入", exact=False)).to_be_visible()
    expect(page.locator(".optplan-grid button").first).to_have_attribute("aria-pressed", "true")
