"""The history on the page: find, open, copy, approve, retire; an adopted plan that re-planning starts from; many runs."""

import re
from pathlib import Path

import pytest
from browsing import go_to, settled, shot
from office_server import QUICK, call_oneself, serving, visitors, write_plan  # noqa: F401
from playwright.sync_api import expect

import optplan
from optplan.scenarios import Scale, Scenario, apply_scenarios
from optplan.store import events, kept

MANY = 60
CHEAPER = Scenario(
    name="cheaper",
    title="装备降价",
    reason="集中采购后中标价下降",
    changes=(Scale(table="costs", column="unit_cost", factor="0.9"),),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two people's runs of one plan: as it stands, and with a scenario; and many older ones."""
    folder = tmp_path_factory.mktemp("history")
    plan = write_plan(folder / "plans" / "quick", "小城示例规划", QUICK)
    plain = optplan.solve(plan, "thrift")
    cheaper = optplan.solve(apply_scenarios(plan, [CHEAPER]), "attain", scenario=["cheaper"])
    with optplan.open_store(folder / "store.sqlite3") as store:
        older = kept.kept_run(plain, plan, (), None, "{}", "")
        with store._database.writing() as connection:
            for _ in range(MANY):
                older.put(connection, events.Author("前任", ""), None)
        store.save_run(plain, plan=plan, who="赵编制")
        store.save_run(cheaper, plan=plan, scenarios=[CHEAPER], who="钱编制")
    return folder


@pytest.fixture(scope="module")
def address(folder: Path):
    with serving(folder) as (address, _):
        yield address


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def history(visit, name="孙会计"):
    page = visit()
    call_oneself(page, name)
    go_to(page, "历史")
    return page


def test_a_clerk_finds_a_run_by_its_reason_and_opens_it(visit):
    page = history(visit)
    expect(page.get_by_text(f"共 {MANY + 2} 条")).to_be_visible()
    expect(button(page, "详情")).to_have_count(20)
    shot(page, "history")
    page.get_by_label("查找").fill("中标 钱编制")
    page.get_by_label("查找").press("Enter")
    expect(page.get_by_text("共 1 条")).to_be_visible()
    button(page, "详情").click()
    expect(page.get_by_text("集中采购后中标价下降")).to_be_visible()
    expect(page.get_by_text("与标准的差距")).to_be_visible()
    shot(page, "history-details")
    button(page, "打开").click()
    expect(page.get_by_role("heading", name="总览", level=1)).to_be_visible()
    expect(page.get_by_text("情景：cheaper").or_(page.get_by_text("情景：装备降价"))).to_be_visible()


@pytest.mark.slow
def test_pages_turn_and_words_narrow_the_list_from_its_first_page(visit):
    page = history(visit)
    button(page, "下一页").click()
    expect(page.get_by_text("第 2 页，共 4 页")).to_be_visible()
    page.get_by_label("查找").fill("赵编制")
    page.get_by_label("查找").press("Enter")
    expect(page.get_by_text("共 1 条 · 第 1 页")).to_be_visible()
    expect(page.get_by_test_id("stMain").get_by_text("节约优先")).to_be_visible()


def test_a_scenario_becomes_the_draft_and_is_asked_with_its_reason(visit):
    page = history(visit)
    page.get_by_text("情景（对规划的修改）").click()
    expect(page.get_by_text("用于 1 次求解")).to_be_visible()
    shot(page, "history-scenarios")
    button(page, "复制为草稿").click()
    expect(page.get_by_role("heading", name="数据", level=1)).to_be_visible()
    go_to(page, "求解")
    expect(page.get_by_text("装备降价，共 1 处修改")).to_be_visible()
    expect(page.get_by_text("−10%").first).to_be_visible()
    expect(page.get_by_label(re.compile("为什么这样改"))).to_have_value("集中采购后中标价下降")
    shot(page, "solving-changes")


def test_an_approved_plan_is_what_re_planning_starts_from(visit, folder):
    page = history(visit, "王局长")
    page.get_by_label("查找").fill("赵编制")
    page.get_by_label("查找").press("Enter")
    expect(page.get_by_text("共 1 条")).to_be_visible()
    button(page, "详情").click()
    page.get_by_test_id("stPopover").filter(has_text="审定").get_by_role("button").click()
    shot(page, "history-approve")
    button(page, "确认审定").click()
    expect(page.get_by_text("请写明原因")).to_be_visible()
    page.get_by_label("原因（必填）").fill("局务会通过")
    button(page, "确认审定").click()
    expect(page.get_by_text("已审定，现为现行方案")).to_be_visible()
    expect(page.get_by_text("现行审定方案")).to_be_visible()
    expect(page.get_by_text(re.compile("王局长于.*审定：局务会通过"))).to_be_visible()
    expect(page.get_by_test_id("stPopover").filter(has_text="停用")).to_have_count(0)
    go_to(page, "求解")
    page.get_by_text("调整最少", exact=True).click()
    expect(page.get_by_text("参照方案：编号")).to_be_visible()
    button(page, "开始求解").click()
    expect(page.get_by_text("已存入历史")).to_be_visible()
    with optplan.open_store(folder / "store.sqlite3") as store:
        latest = store.runs(limit=1)[0]
        assert (latest.model, latest.who) == ("replan", "王局长")
        assert store.record(latest.reference_run).who == "赵编制"


@pytest.mark.slow
def test_what_is_retired_leaves_the_list_and_is_still_there(visit):
    page = history(visit)
    page.get_by_label("查找").fill("前任")
    page.get_by_label("查找").press("Enter")
    expect(page.get_by_text(f"共 {MANY} 条")).to_be_visible()
    button(page, "详情").first.click()
    page.get_by_test_id("stPopover").filter(has_text="停用").get_by_role("button").click()
    page.get_by_label("原因（必填）").fill("年份填错")
    button(page, "确认停用").click()
    expect(page.get_by_text(f"共 {MANY - 1} 条")).to_be_visible()
    page.get_by_text("也看已停用的").click()
    expect(page.get_by_text(f"共 {MANY} 条")).to_be_visible()
    settled(page)
    expect(page.get_by_text("已停用", exact=True).first).to_be_visible()
