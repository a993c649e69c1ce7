"""An office has several plans: each is a click away, with its own answer and draft, and a page loaded again stays with it."""

import pytest
from browsing import ROOT, settled
from office_server import QUICK, serving, visitors, write_plan  # noqa: F401
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

import optplan
from optplan.office import Drafts
from optplan.web import desk as desks
from optplan.web import drafts
from optplan.web.cache import plans as shipped

BOX = "换一份规划"


def drawn():
    import streamlit as st

    from optplan.scenarios import read_scenario
    from optplan.web.desk import Desk
    from optplan.web.drafts import left_drafts
    from optplan.web.inputs.workbench import Workbench
    from optplan.web.plan_choice import restore_plan
    from optplan.web.sidebar import show_sidebar

    desk = Desk()
    restore_plan(desk)
    with desk.speaking():
        show_sidebar(desk)
        bench = Workbench(desk, desk.plan)
        if st.button("less"):
            bench.change(read_scenario(st.session_state["scenario"]).changes)
        st.text(desk.plan.title)
        st.text(desk.run_id or "nothing is open")
        st.text(len(desk.changes))
        st.text(len(left_drafts(desk)))


@pytest.fixture
def office(tmp_path, monkeypatch):
    """Two plans that ship and were never solved, and one that was kept and solved; its run."""
    for name, title in (("first", "甲规划"), ("second", "乙规划")):
        write_plan(tmp_path / "plans" / name, title, QUICK)
    kept = write_plan(tmp_path / "kept", "丙规划", QUICK)
    monkeypatch.setattr(shipped, "PLANS", tmp_path / "plans")
    kept_drafts = Drafts(tmp_path / "drafts")
    monkeypatch.setattr(drafts, "_drafts", lambda: kept_drafts)
    with optplan.open_store(tmp_path / "store.sqlite3") as store:
        monkeypatch.setattr(desks, "store", lambda: store)
        for module in ("plan_choice", "base_plan", "sidebar"):
            monkeypatch.setattr(f"optplan.web.{module}.store", lambda: store)
        run = store.save_run(optplan.solve(kept, "thrift", time_limit=20), plan=kept)
        yield run.id


def visitor(**query):
    app = AppTest.from_function(drawn, default_timeout=60)
    app.session_state["desk.language"] = "zh"
    app.session_state["scenario"] = ROOT / "inputs" / "scenarios" / "shuozhou" / "own-funds-all-down-10.toml"
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def box(app):
    return next(each for each in app.selectbox if each.label == BOX)


def said(app):
    assert not app.exception
    return [each.value for each in app.text[-4:]]


def test_each_plan_is_opened_with_the_answer_to_it_and_the_draft_of_the_other_is_kept(office):
    app = visitor()
    assert said(app) == ["甲规划", "nothing is open", "0", "0"]
    assert box(app).options == ["乙规划", "丙规划"]
    next(each for each in app.button if each.label == "less").click().run()
    assert said(app) == ["甲规划", "nothing is open", "1", "0"]
    box(app).select("丙规划").run()
    assert said(app) == ["丙规划", office, "0", "0"]
    box(app).select("甲规划").run()
    assert said(app) == ["甲规划", "nothing is open", "0", "1"]  # offered, to be gone on with


def test_the_address_names_the_plan(office):
    app = visitor()
    box(app).select("乙规划").run()
    plan = app.session_state["desk.plan"]
    again = visitor(plan=plan.sha256[:12])
    assert said(again)[0] == "乙规划"
    assert said(visitor(plan="0123456789ab"))[0] == "甲规划"  # which nobody knows
    kept = next(record for record in desks.store().plans() if record.title == "丙规划")
    assert said(visitor(plan=kept.sha256[:12]))[:2] == ["丙规划", office]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plans")
    write_plan(folder / "plans" / "first", "甲规划", QUICK)
    write_plan(folder / "plans" / "second", "乙规划", QUICK)
    with serving(folder) as (address, _):
        yield address


@pytest.mark.slow
def test_a_page_that_is_loaded_again_stays_with_the_plan_and_its_draft(visit):
    page = visit()
    sidebar = page.get_by_test_id("stSidebar")
    page.get_by_role("combobox", name=BOX).click()
    page.get_by_role("option", name="乙规划").click()
    expect(sidebar.get_by_text("乙规划", exact=True)).to_be_visible()
    settled(page)
    page.reload()
    expect(sidebar.get_by_text("乙规划", exact=True)).to_be_visible()
    page.get_by_test_id("stSidebarNavLink").nth(1).click()
    cell = page.locator(".sheet tr[data-row] [data-column='2022']").first
    cell.click()
    page.keyboard.type("777")
    page.keyboard.press("Enter")
    settled(page)
    page.reload()
    expect(cell).to_have_text("777")
    expect(sidebar.get_by_text("乙规划", exact=True)).to_be_visible()
