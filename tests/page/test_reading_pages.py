"""The pages that are read: a clerk who has never seen an optimiser finds the plan, its money and its grounds on them."""

import io
import os
import re
import time
import zipfile
from collections import defaultdict
from decimal import Decimal

import openpyxl
import pytest
from browsing import ROOT, cut_off, go_to, settled, shot
from playwright.sync_api import expect

import optplan

SAMPLE = ROOT / "reports" / "sample" / "shuozhou-attain.json"
SECTIONS = {
    "zh": ("分县逐年", "全部目标", "建设项目", "队站人员", "资金账户", "标准差距", "规划期后"),
    "en": ("County by year", "All targets", "Projects", "Staff", "Funds", "Standards", "After the plan"),
}
PAGES = {"zh": ("总览", "实施进度", "方案对比"), "en": ("Overview", "Schedule", "Compare")}


@pytest.fixture(scope="module")
def sample():
    return optplan.read_result(SAMPLE)


@pytest.fixture(scope="module")
def codes(sample):
    """Every id of the plan, and every name of a table, a column or a choice, that no clerk should see."""
    tables = sample.tables()
    keys = {column for name in tables for row in tables[name] for column in row.table.key}
    found = {row[key] for name in tables for row in tables[name] for key in keys if isinstance(row.values.get(key), str)}
    return {code for code in found if re.fullmatch(r"[a-z][a-z0-9_]+", code)} | {"basis", "assumption", "attain", "shortfall"}


def main_text(page):
    """What can be read on the page; icons are letters that a font draws as pictures."""
    return page.get_by_test_id("stMain").evaluate(READ)


READ = """main => {
  const icons = [...main.querySelectorAll('[data-testid=stIconMaterial]')];
  icons.forEach(icon => icon.hidden = true);
  const words = main.innerText;
  icons.forEach(icon => icon.hidden = false);
  return words;
}"""


def grid(page, head=""):
    """The first table on the page, or the one with the row ``head``, as rows of texts."""
    tables = page.locator(".optplan-grid:not([data-testid=stExpander] *)")
    rows = (tables.filter(has=page.get_by_role("rowheader", name=head, exact=True)) if head else tables).first.locator("tr")
    return [row.locator("th, td").all_inner_texts() for row in rows.all()]


def switch(page, option):
    """One of the options that stand beside each other."""
    page.get_by_role("radio", name=option, exact=True).click()
    settled(page)


def choose(page, label, option):
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()
    settled(page)


def where_tiles_lie(page):
    """The cell of every county's tile, by its name."""
    return page.locator(".optplan-map .tile").evaluate_all(
        "tiles => Object.fromEntries(tiles.map(tile => [tile.querySelector('span').textContent, tile.style.gridArea]))"
    )


def test_the_first_view_comes_within_two_seconds(browser, address):
    took, others = [], 1.0
    while len(took) < 8 and min(took, default=9.9) > 2 * others:
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        page, begun = context.new_page(), time.monotonic()
        page.goto(address)
        page.get_by_text("规划 1,116，全部完成").wait_for()
        page.get_by_text("朔州经济开发区").first.wait_for()
        took.append(time.monotonic() - begun)
        context.close()
        others = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))  # a machine that does other things too is slower
    assert min(took) <= 2 * others, took


def test_the_overview_tells_the_plan_in_one_screen(visit, sample):
    page = visit()
    for said in ("目标全部完成，已证明", "规划 701，全部完成", "规划 109，全部完成", "规划 137，全部完成", "规划 5，全部完成"):
        expect(page.get_by_text(said).first).to_be_in_viewport()
    delivered, given = defaultdict(int), defaultdict(Decimal)
    for entry in sample.document["schedule"]:
        delivered[entry["item"].split("_")[0], entry["year"]] += entry["quantity"]
    hydrants = [delivered["hydrant", year] for year in range(2021, 2026)]
    by_year = {row[0]: row[1:] for row in grid(page)}
    assert by_year["消火栓（个）"] == [*(f"{number:,}" if number else "–" for number in hydrants), "1,116", "1,116", "完成"]
    for entry in sample.document["balances"]:
        given[entry["year"]] += Decimal(entry["amount"])
    spent = sum(Decimal(entry["capital"]) + Decimal(entry["recurrent"]) for entry in sample.document["costs"])
    money = {row[0]: row[1:] for row in grid(page, "申请追加")}
    assert money["当年安排"] == [f"{amount:,.2f}" for amount in (*given.values(), sum(given.values()))]
    assert money["可用合计"][-1] == f"{sum(given.values()):,.2f}"
    assert money["支出合计"][-1] == f"{spent:,.2f}"
    assert money["申请追加"][-1] == "–"
    tables = sample.tables()
    rows = [row for name in tables if name != "plan" for row in tables[name]]
    assumed = sum(row["basis"] == "assumption" for row in rows)
    expect(page.get_by_text(f"共 {len(rows):,} 行输入：{len(rows) - assumed:,} 行有出处")).to_be_visible()
    places = where_tiles_lie(page)
    assert len(places) == 8
    switch(page, "投入")
    expect(page.get_by_text("期内投入（万元）")).to_be_visible()
    assert where_tiles_lie(page) == places


def test_what_stands_behind_the_figures_is_one_click_away(visit, sample):
    page = visit()
    go_to(page, "实施进度")
    page.get_by_text("这些数字从哪里来").click()
    settled(page)
    told = page.get_by_test_id("stExpander").filter(has_text="这些数字从哪里来").inner_text()
    source = next(row["source"] for row in sample.tables()["targets"] if row["target"] == "recruits_701")
    assert source in told
    assert "规划原文" in told
    assert "假设" in told


@pytest.mark.slow
def test_totals_can_be_followed_down_to_the_team(visit, sample):
    page = visit()
    go_to(page, "实施进度")
    counties = {row[0]: row[-1] for row in grid(page)}
    assert counties["合计"] == "701"
    switch(page, "队站")
    choose(page, "县（市、区）", "朔城区")
    teams = grid(page)
    assert teams[-1][-1] == counties["朔城区"]
    own = [row["team"] for row in sample.tables()["teams"] if row["county"] == "shuocheng"]
    hired = sum(entry["hires"] for entry in sample.document["teams"] if entry["team"] in own)
    assert Decimal(teams[-1][-1]) == hired
    switch(page, "消防车辆")
    switch(page, "类型")
    kinds = {row[0]: row[-1] for row in grid(page)}
    bought = [entry for entry in sample.document["schedule"] if (entry["item"], entry["county"]) == ("tanker", "shuocheng")]
    assert Decimal(kinds["水罐或泡沫消防车"]) == sum(entry["quantity"] for entry in bought)


EVERY, SOME = slice(None), slice(None, None, 3)


@pytest.mark.parametrize(
    ("size", "language", "sections"),
    [
        ("laptop", "zh", EVERY),
        pytest.param("phone", "en", EVERY, marks=pytest.mark.slow),
        pytest.param("phone", "zh", SOME, marks=pytest.mark.slow),
        pytest.param("desktop", "en", SOME, marks=pytest.mark.slow),
    ],
    ids=["laptop-zh", "phone-en", "phone-zh", "desktop-en"],
)
def test_nothing_is_cut_off_and_no_code_is_shown(visit, codes, size, language, sections):
    page = visit(size, language)
    overview, schedule, comparing = PAGES[language]
    looked_at = {overview: ""}
    faults = []

    def look(name):
        faults.extend(f"{name}: {fault}" for fault in cut_off(page))
        looked_at[name] = main_text(page)
        shot(page, f"{name}-{language}-{size}")

    look(overview)
    go_to(page, schedule)
    for section in SECTIONS[language][sections]:
        switch(page, section)
        look(f"{schedule}-{section}")
    go_to(page, comparing)
    look(comparing)
    for name, text in looked_at.items():
        words = set(re.findall(r"[A-Za-z][A-Za-z0-9_]*", text))
        shown = {word for word in words if "_" in word} | (words & codes if language == "zh" else set())
        faults.extend(f"{name}: {code}" for code in sorted(shown))
    assert faults == []


def download(page, name):
    with page.expect_download(timeout=90_000) as waiting:
        page.get_by_role("button", name=name, exact=True).click()
    return waiting.value.path().read_bytes(), waiting.value.suggested_filename


@pytest.mark.slow
def test_what_is_taken_away_is_what_the_shell_writes(visit):
    page = visit()
    content, name = download(page, "结果文件（JSON）")
    assert content == SAMPLE.read_bytes()
    assert name == "朔州市“十四五”消防救援事业发展规划实施计划-尽力而为.json"
    content, _ = download(page, "Excel 实施计划")
    assert "汇总" in "".join(openpyxl.load_workbook(io.BytesIO(content), read_only=True).sheetnames)
    content, _ = download(page, "Word 简报")
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    content, _ = download(page, "PDF 简报")
    assert content.startswith(b"%PDF")
    choose(page, "图表", "建设项目进度")
    content, name = download(page, "图片 PNG")
    assert content.startswith(b"\x89PNG")
    assert name.endswith("建设项目进度.png")
    content, _ = download(page, "矢量图 SVG")
    assert content.startswith(b"<svg")
    assert "朔城区二级消防救援站" in content.decode("utf-8")
