"""A visit to a plan that is impossible: from the refusal to what excludes what, to a repair at a click, to a plan."""

import random

import pytest
from browsing import go_to, settled
from explanation.planted import base, exact_target
from office_server import serving, visitors  # noqa: F401
from plans.random_plans import tables_of
from playwright.sync_api import expect

from optplan.tables.csv_folder import write_folder

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("impossible")
    rows = base(0)
    exact_target(rows, random.Random(0))
    write_folder(tables_of(rows), folder / "plans" / "impossible")
    with serving(folder) as (address, _):
        yield address


def test_an_impossible_plan_leads_to_one_that_is_not(visit):
    page = visit()
    go_to(page, "求解")
    page.get_by_role("button", name="开始求解").click()
    expect(page.get_by_text("不存在任何可行的方案")).to_be_visible()
    page.get_by_role("button", name="看看为什么").click()
    page.get_by_role("button", name="为什么做不出方案？怎么改？").click()
    page.get_by_role("button", name="按这种改法存为情景并求解").first.click()
    page.get_by_role("heading", name="求解", exact=True, level=1).wait_for()
    settled(page)
    page.get_by_role("button", name="开始求解").click()
    expect(page.get_by_text("已存入历史")).to_be_visible()
    expect(page.get_by_role("button", name="打开方案，看总览")).to_be_visible()
