"""Visits to Shuozhou from end to end: a clerk whose money is cut, an analyst who reads English."""

import io
import re

import openpyxl
import pytest
from browsing import go_to, settled
from playwright.sync_api import TimeoutError as TooLong
from playwright.sync_api import expect

pytestmark = pytest.mark.slow
SOON = 240_000  # milliseconds; machines that test are often busy
CHINESE = re.compile("[\u3400-\u9fff]")


def pull(page, *names, key="Home"):
    """A lever to nothing, or by a step."""
    for name in names:
        page.get_by_role("slider", name=name).first.focus()
        page.keyboard.press(key)
        settled(page)


def ask(page, question):
    page.locator(f".st-key-question-{question} button").first.click()
    settled(page)


def finished(page, stop, saved):
    """The search ends by itself, or with the best plan so far."""
    expect(page.get_by_role("button", name=stop).or_(page.get_by_text(saved))).to_be_visible(timeout=SOON)
    if page.get_by_role("button", name=stop).is_visible():
        try:
            page.get_by_role("button", name=stop).click(timeout=5_000)
        except TooLong:
            assert page.get_by_text(saved).is_visible()  # it ended at that very moment
    expect(page.get_by_text(saved)).to_be_visible(timeout=SOON)
    settled(page)


def test_what_less_money_does_is_asked_in_three_touches(visit):
    page = visit()
    ask(page, "less-money")
    pull(page, "朔城区 自有资金", key="ArrowLeft")
    page.get_by_role("button", name="试算：这样会怎样").click()
    page.get_by_role("heading", name="求解", exact=True, level=1).wait_for()
    finished(page, "停止，保留目前最好的方案", "已存入历史")
    page.get_by_role("button", name="与原规划对比").click()
    expect(page.get_by_role("heading", name="为什么不同")).to_be_visible(timeout=SOON)
    expect(page.get_by_text("朔城区：安排的资金 −473.25 万元")).to_be_visible()


def test_an_analyst_asks_for_every_standard_and_compares(visit):
    page = visit("desktop", "en")
    ask(page, "how-much-is-lacking")
    page.get_by_role("button", name="Solve", exact=True).last.click()
    finished(page, "Stop and keep the best plan so far", "Saved to the history")
    page.get_by_role("button", name="Open the plan").click()
    page.get_by_role("heading", name="How much is lacking, who must find it, and when").wait_for()
    settled(page)
    go_to(page, "Compare")
    expect(page.get_by_role("heading", name="Where they differ")).to_be_visible(timeout=SOON)
    assert CHINESE.findall(page.get_by_test_id("stMain").inner_text()) == list("中文")  # the button of the other language
    with page.expect_download(timeout=SOON) as waiting:
        page.get_by_role("button", name="Excel comparison").click()
    book = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()), read_only=True)
    assert len(book.sheetnames) > 1
