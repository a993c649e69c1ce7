"""Solving on the page: ask, watch, reload, stop, open; two visitors at once; a server that is stopped on the way."""

import re

import pytest
from browsing import go_to, settled, shot
from office_server import LONG, call_oneself, serving, visitors, write_plan  # noqa: F401
from playwright.sync_api import expect

import optplan
from benchmarks.served import end, free_port

START, STOP, OPEN = "开始求解", re.compile("^停止"), "打开方案，看总览"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("solving")
    write_plan(folder / "plans" / "long", "大同示例规划", LONG)
    return folder


@pytest.fixture(scope="module")
def address(folder):
    with serving(folder) as (address, _):
        yield address


def button(page, name):
    return page.get_by_role("button", name=name)


def start(page, model=None):
    go_to(page, "求解")
    if model:
        page.get_by_text(model, exact=True).click()
        settled(page)
    button(page, START).click()


def finish(page):
    """Stop what is watched and wait for its outcome."""
    button(page, STOP).click()
    expect(page.get_by_text("已存入历史").or_(page.get_by_text("已撤回，没有求解"))).to_be_visible()


def test_a_clerk_starts_watches_reloads_stops_and_opens(visit, folder):
    page = visit()
    go_to(page, "求解")
    expect(page.get_by_text("没有修改，按规划原数据求解")).to_be_visible()
    expect(page.get_by_text("依次做到最小：目标未完成率 → 与标准的差距 → 总费用（折算后）", exact=False)).to_be_visible()
    shot(page, "solving-ask")
    call_oneself(page, "孙会计")
    button(page, START).click()
    expect(button(page, "停止，保留目前最好的方案")).to_be_visible()
    expect(page.get_by_text(re.compile("先后第 [123] 项，共 3 项"))).to_be_visible()
    expect(page.locator("[data-testid=stVegaLiteChart] svg").first).to_be_visible()
    for word in ("目前最好", "不可能好于", "相差", "已用时"):
        expect(page.get_by_test_id("stMetricLabel").filter(has_text=word)).to_be_visible()
    shot(page, "solving-run")
    before = page.get_by_test_id("stMetricValue").last.inner_text()
    expect(page.get_by_test_id("stMetricValue").last).not_to_have_text(before)  # it moves by itself
    page.reload()
    expect(button(page, "停止，保留目前最好的方案")).to_be_visible()
    expect(page.get_by_text("孙会计于")).to_be_visible()
    finish(page)
    expect(page.get_by_text("方案完整可行")).to_be_visible()
    shot(page, "solving-done")
    button(page, OPEN).click()
    expect(page.get_by_role("heading", name="总览", level=1)).to_be_visible()
    with optplan.open_store(folder / "store.sqlite3") as store:
        (record,) = store.runs()
    assert (record.who, record.model, record.stopped) == ("孙会计", "attain", "user")
    expect(page.get_by_text(f"运行编号 {record.short}")).to_be_visible()
    assert not page.get_by_text("feasible").count()


@pytest.mark.slow
def test_two_visitors_at_once_wait_for_each_other_and_nothing_else_does(visit):
    first, second = visit(), visit()
    call_oneself(first, "赵编制")
    call_oneself(second, "钱编制")
    start(first)
    expect(button(first, STOP)).to_be_visible()
    start(second, "节约优先")
    expect(second.get_by_text("排在第 1 位")).to_be_visible()
    shot(second, "solving-wait")
    button(second, "换个问题求解").click()
    expect(second.get_by_text("排第 1 位")).to_be_visible()
    expect(second.get_by_text("赵编制")).to_be_visible()
    shot(second, "solving-queue")
    go_to(second, "历史")  # the page answers while both are solving
    go_to(second, "求解")
    second.get_by_role("button", name="查看").nth(1).click()
    expect(second.get_by_text("排在第 1 位")).to_be_visible()
    finish(first)
    expect(second.get_by_text("排在第 1 位")).to_be_hidden()  # its turn, without a touch
    finish(second)


def test_what_cannot_be_asked_yet_says_what_to_do_first(visit):
    page = visit()
    go_to(page, "求解")
    page.get_by_text("调整最少", exact=True).click()
    expect(page.get_by_text("还没有审定过的方案")).to_be_visible()
    expect(button(page, START)).to_be_disabled()


@pytest.mark.slow
def test_a_server_that_is_stopped_keeps_the_best_plan_and_says_so(visit, folder):
    port = free_port()
    with serving(folder, port) as (address, server):
        page = visit(at=address)
        start(page)
        expect(button(page, "停止，保留目前最好的方案")).to_be_visible()
        watched = page.url
        end(server)
    with serving(folder, port):
        page = visit(at=watched)  # the very first page that the new server shows
        expect(page.get_by_text("求解途中服务器被关闭")).to_be_visible()
        button(page, OPEN).click()
        expect(page.get_by_role("heading", name="总览", level=1)).to_be_visible()
