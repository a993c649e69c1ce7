"""Tracking on the page: entering in the grid, a form out and back in, corrections with their history, confirming, closing."""

import re
from datetime import date
from pathlib import Path

import pytest
from browsing import go_to, settled, shot
from docx import Document
from office_server import call_oneself, serving, visitors  # noqa: F401
from openpyxl import load_workbook
from playwright.sync_api import expect
from records.life import ENGINE, small_plan

import optplan
from optplan.plan import read_plan
from optplan.records import Admission, confirmations, draft
from optplan.tables import write_folder

YEAR = 2021
MENDED = "2021-02-05"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A plan of the office with an approved schedule."""
    folder = tmp_path_factory.mktemp("tracking")
    write_folder(small_plan().tables, folder / "plans" / "life")
    plan = read_plan(folder / "plans" / "life")
    with optplan.open_store(folder / "store.sqlite3") as store:
        run = store.save_run(optplan.solve(plan, "attain"), plan=plan, who="赵编制")
        store.approve(run.id, "通过", who="王审定")
    return folder


@pytest.fixture(scope="module")
def address(folder: Path):
    with serving(folder) as (address, _):
        yield address


def ledger(folder):
    with optplan.open_store(folder / "store.sqlite3") as store:
        return store.ledger(small_plan().title)


def choose(page, field, option, nth=0):
    page.get_by_label(field, exact=True).nth(nth).click()
    page.get_by_role("option", name=option, exact=True).click()
    settled(page)


def part(page, name):
    page.get_by_role("radio", name=name, exact=True).or_(page.get_by_role("button", name=name, exact=True)).first.click()
    settled(page)


def cell(page, row, label):
    """A cell of the sheet by its row, counted from 0, and the head of its column."""
    heads = page.locator(".sheet thead th").all_text_contents()
    return page.locator(".sheet tbody tr").nth(row).locator("td, th").nth(heads.index(label))


def type_into(page, row, label, text):
    """Type into a cell of the sheet."""
    page.locator(".sheet thead th", has_text=label).first.wait_for()
    cell(page, row, label).click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


@pytest.fixture
def page(visit):
    page = visit()
    call_oneself(page, "王审定")
    go_to(page, "跟踪")
    page.set_viewport_size({"width": 1920, "height": 1080})  # room for every column of the grid
    return page


def test_what_happened_in_a_county_from_the_grid_to_the_closed_year(page, folder, tmp_path):
    choose(page, "年份", str(YEAR))
    choose(page, "季度", "第1季度")
    type_into(page, 0, "本季数量", "2")
    page.get_by_role("button", name="录入", exact=True).last.click()
    settled(page)
    expect(page.get_by_text("水罐车: “凭据”不能为空", exact=False)).to_be_visible()
    assert len(ledger(folder)) == 0
    expect(cell(page, 0, "凭据")).to_have_class(re.compile("wrong"))
    page.reload()  # which loses nothing
    page.locator("h1").wait_for()
    call_oneself(page, "王审定")
    choose(page, "年份", str(YEAR))
    choose(page, "季度", "第1季度")
    expect(cell(page, 0, "本季数量")).to_have_text("2")
    type_into(page, 0, "备注", "看错")
    page.keyboard.press("Control+z")
    expect(cell(page, 0, "备注")).to_have_text("–")
    type_into(page, 0, "凭据", "验收单")
    page.get_by_role("button", name="录入", exact=True).last.click()
    expect(page.get_by_text("已录入 1 条。")).to_be_visible()
    [entry] = ledger(folder)
    assert (entry.county, entry.item, entry.quantity, entry.year, entry.quarter, entry.who) == (
        "a",
        "engine",
        2,
        YEAR,
        1,
        "王审定",
    )
    shot(page, "tracking-entering-zh")

    part(page, "填报表")
    choose(page, "县（市、区）", "乙县")
    choose(page, "年份", str(YEAR))
    choose(page, "季度", "第1季度")
    with page.expect_download() as taken:
        page.get_by_role("button", name="下载填报表").click()
    file = tmp_path / "乙县.xlsx"
    taken.value.save_as(file)
    book = load_workbook(file)
    sheet = book["到货"]
    heads = [each.value for each in sheet[4]]
    for label, value in (("本季数量", "3辆"), ("日期", MENDED), ("凭据", "验收单")):
        sheet.cell(5, heads.index(label) + 1).value = value
    book.save(file)
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("没有录入：有 1 处需要更正。")).to_be_visible()
    expect(
        page.get_by_text(f"乙县.xlsx!到货!{sheet.cell(5, heads.index('本季数量') + 1).coordinate}", exact=False)
    ).to_be_visible()
    shot(page, "tracking-form-refused-zh")
    sheet.cell(5, heads.index("本季数量") + 1).value = 3
    mended = tmp_path / "乙县 更正.xlsx"
    book.save(mended)
    settled(page)
    page.locator("input[type=file]").set_input_files(mended)
    expect(page.get_by_text("已录入 1 条。")).to_be_visible()
    assert [(each.county, each.quantity, each.date) for each in ledger(folder)][1:] == [("b", 3, date.fromisoformat(MENDED))]

    part(page, "录入")
    choose(page, "年份", str(YEAR))
    choose(page, "季度", "第1季度")
    part(page, "更正")
    type_into(page, 0, "更正为", "4")
    type_into(page, 0, "更正原因", "看错")
    page.get_by_role("button", name="录入", exact=True).last.click()
    expect(page.get_by_text("已录入 1 条。")).to_be_visible()
    records = ledger(folder)
    assert [(each.corrects, each.quantity, each.note) for each in records][2:] == [(1, 4, "看错")]
    part(page, "记录")
    expect(page.get_by_text("更正第 1 号 · 看错").first).to_be_visible()
    shot(page, "tracking-records-zh")

    part(page, "确认与关账")
    expect(page.get_by_text("还不能关账：第 1、2、3、4 季度尚未全部确认。")).to_be_visible()
    page.get_by_role("button", name="确认", exact=True).last.click()
    expect(page.get_by_text(f"已确认 {YEAR}年第1季度：2 个县（市、区）。")).to_be_visible()
    plan = small_plan()
    with optplan.open_store(folder / "store.sqlite3") as store:
        rows = [row for quarter in (2, 3, 4) for row in confirmations(YEAR, quarter, ["a", "b"])]
        store.enter(plan.title, rows, Admission(plan.tables, date.today()))
    part(page, "记录")
    part(page, "确认与关账")
    shot(page, "tracking-closing-zh")
    page.get_by_role("button", name=f"关账 {YEAR}年").click()
    expect(page.get_by_text(f"已关账 {YEAR}年。", exact=False)).to_be_visible()
    with optplan.open_store(folder / "store.sqlite3") as store:
        [closed] = [entry.subject for entry in store.audit_log() if entry.kind == "plan"][1:]
        facts = {(row["item"], row["county"]): row["quantity"] for row in store.plan(closed).tables["actuals"]}
    assert facts == {("engine", "a"): 4, ("engine", "b"): 3}


def test_from_records_to_the_mid_term_report_in_at_most_five_clicks(visit, folder, tmp_path):
    plan = small_plan()
    with optplan.open_store(folder / "store.sqlite3") as store:
        store.enter(
            plan.title, [draft({**ENGINE, "date": "2022-11-06", "document": "甲验22"})], Admission(plan.tables, date.today())
        )
    page = visit()
    clicks = 0

    def click(what):
        nonlocal clicks
        clicks += 1
        what.click()

    click(page.get_by_test_id("stSidebar").get_by_role("link", name="跟踪", exact=True))
    settled(page)
    click(
        page.get_by_role("radio", name="进展与报告", exact=True)
        .or_(page.get_by_role("button", name="进展与报告", exact=True))
        .first
    )
    click(page.get_by_role("button", name="预测并准备报告", exact=True))
    word = page.get_by_role("button", name="Word", exact=True)
    word.wait_for()
    shot(page, "tracking-reports-zh")
    with page.expect_download() as taken:
        click(word)
    taken.value.save_as(tmp_path / "report.docx")
    assert clicks <= 5
    report = Document(tmp_path / "report.docx")
    assert any(paragraph.text == f"关于《{plan.title}》实施情况的中期评估报告" for paragraph in report.paragraphs)
    done = next(row for row in report.tables[0].rows if row.cells[0].text.startswith("水罐车"))
    told = sum(entry.size for entry in ledger(folder).of(kind="delivery", through=(2022, 4)).standing)
    assert done.cells[3].text == str(int(told))


@pytest.mark.slow
def test_it_speaks_english_and_fits_a_telephone(visit):
    page = visit()
    page.get_by_role("button", name="English").click()
    settled(page)
    go_to(page, "Tracking")
    page.set_viewport_size({"width": 390, "height": 844})
    for name in ("Forms", "Records", "Confirm and close", "Enter"):
        part(page, name)
        assert not page.get_by_text("could not be shown").count()
    shot(page, "tracking-phone-en")
