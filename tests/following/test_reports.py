"""Reports as people get them: every figure in their tables is in the standing, each mark has its source, restyling survives."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from plans.random_plans import Size, random_tables
from slow_set import mostly_slow

import optplan
from optplan.following import follow
from optplan.following.deadlines import Deadline
from optplan.following.words import rate, shown
from optplan.language import speaking
from optplan.plan import Plan
from optplan.records import Record, Records
from optplan.reporting import Letter, write_report
from optplan.reporting.blocks import numeral
from optplan.reporting.kinds import KINDS, kind_for
from optplan.reporting.sources import ranges
from optplan.reporting.template import template_file
from optplan.reporting.write import TEMPLATES
from optplan.schedule import Schedule

SIZE = {"counties": 2, "years": 3, "goods": 2, "teams": 1, "projects": 1, "money": 0.6}
TABLES = random_tables(11, Size(**SIZE, closed=1))
BEFORE = random_tables(11, Size(**SIZE))  # the same before its first year was closed: what was adopted then
FUND = next(row["fund"] for row in TABLES["funds"] if row["level"] == "county")
SAID = {"source": "凭证", "who": "x", "at": "2022-04-01T00:00:00Z"}
LEDGER = Records((Record(1, "spending", "c000", 2021, 4, fund=FUND, spending_class="capital", amount=12, **SAID),))
LETTER = Letter("某市消防救援支队", "某市人民政府", "某消〔2022〕1号", date(2022, 6, 30))


@pytest.fixture(scope="module")
def found():
    plan = Plan(TABLES)
    return follow(plan, LEDGER, adopted=optplan.solve(Plan(BEFORE), "attain", gap=0.05, time_limit=20), seconds=20, ask=False)


def words_of(document):
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text.strip()]


EVERY = [(kind, language) for language in ("zh", "en") for kind in sorted(KINDS, reverse=True)]


@pytest.mark.parametrize("case", mostly_slow(dict.fromkeys([*EVERY[:5], ("midterm", "en"), *EVERY[5:]]), 6))
def test_every_report_is_written_and_every_mark_has_its_source(found, tmp_path, case):
    kind, language = case
    path = tmp_path / f"{kind}.docx"
    write_report(found, path, kind, LETTER, language=language)
    document = Document(path)
    said = words_of(document)
    text = "\n".join([*said, *(cell.text for table in document.tables for row in table.rows for cell in row.cells)])
    assert "{{" not in text
    assert not re.findall(r"\b[a-z]+-[a-z]+-[a-z]+\b", text), "a sentence that the catalogue lacks"
    pattern = r"〔([\d、]+)〕" if language == "zh" else r"\[([\d, ]+)\]"
    used = {int(number) for marks in re.findall(pattern, text) for number in re.findall(r"\d+", marks) if int(number) < 100}
    listed = {int(found_.group(1)) for line in said if (found_ := re.match(r"[〔\[](\d+)[〕\]] ?\S", line))}
    assert used
    assert used == listed
    if kind != "plan" and found.replan.has_schedule:
        assert "某市人民政府" in text
        assert any(line.startswith("一、" if language == "zh" else "1. ") for line in said)


def test_the_table_of_targets_has_the_figures_of_the_standing(found, tmp_path):
    path = tmp_path / "midterm.docx"
    write_report(found, path, "midterm", LETTER, language="zh")
    with speaking("zh"):
        lines = {line.name: line for line in found.targets}
    table = next(table for table in Document(path).tables if table.rows[0].cells[0].text == "目标")
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    assert rows
    for name, total, planned, done, part, *_ in rows:
        line = lines[name.partition("（")[0]]
        assert (total, planned, done, part) == (shown(line.total), shown(line.planned), shown(line.done), rate(line.share))


def test_counties_money_and_indicators_have_the_figures_of_the_standing(found, tmp_path):
    path = tmp_path / "midterm.docx"
    goods = [row["item"] for row in TABLES["items"] if row["kind"] == "goods"]
    meant = Schedule({(item, county, 2021): Decimal(2) for item in goods for county in ("c000", "c001")}, {}, {})
    found = replace(found, standing=replace(found.standing, adopted=meant))
    write_report(found, path, "midterm", LETTER, language="zh")
    tables = {
        table.rows[0].cells[0].text: [[cell.text for cell in row.cells] for row in table.rows[1:]]
        for table in Document(path).tables
    }
    with speaking("zh"):
        counties = {line.name: line for line in found.standing.counties}
        money = found.standing.purse.all
    for name, _, progress, milestones, spent, own, _ in tables["县（市、区）"]:
        line = counties[name]
        assert (progress, milestones) == (rate(line.progress), f"{line.milestones[0]}/{line.milestones[1]}")
        assert (spent, own) == (f"{line.spent:,.2f}", rate(line.money.rate))
    paid = {row[0]: row[1:] for row in tables["年份、资金"]}
    assert paid["合计"][:2] == [f"{money.budgeted:,.2f}", f"{money.spent:,.2f}"]
    assert paid["2021年"][:2] == [f"{each:,.2f}" for each in money.by_year[2021]]


def test_the_yearly_plan_of_a_county_has_the_sums_of_the_sealed_result(found, tmp_path):
    path = tmp_path / "plan.docx"
    write_report(found, path, "plan", LETTER, county="c001", language="zh")
    year = found.year + 1
    entries = found.replan.document["costs"]
    cost = next(entry for entry in entries if entry["county"] == "c001" and entry["year"] == year)
    money = Document(path).tables[-1]
    paid = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in money.rows[1:]}
    spent = [float(cost["capital"]), float(cost["recurrent"])]
    assert paid["合计"] == [f"{each:,.2f}" for each in (*spent, sum(spent))]


def test_the_plan_of_a_county_has_last_moments_of_its_own_only_and_its_last_words_stand_above_the_signature(found, tmp_path):
    project = TABLES["projects"][0]
    whole = next(row["target"] for row in TABLES["targets"] if not row["county"])
    start = Deadline(whole, "start", project["project"], found.year + 1, 4, found.year + 2, Fraction(1), None, "time")
    goods = Deadline(whole, "deliver", "", found.year + 1, 4, found.year + 1, Fraction(1), None, "time")
    for county in ("c000", "c001"):
        path = tmp_path / f"{county}.docx"
        write_report(replace(found, deadlines=(start, goods)), path, "plan", LETTER, county=county, language="zh")
        said = [paragraph for paragraph in Document(path).paragraphs if paragraph.text.strip()]
        text = "\n".join(paragraph.text for paragraph in said)
        assert ("最迟时间节点" in text) == (project["county"] == county)
        assert "有2项须在" not in text
        last = next(at for at, paragraph in enumerate(said) if paragraph.text.startswith("附件："))
        assert all(paragraph.paragraph_format.keep_with_next for paragraph in said[last - 1 : last])


def test_an_office_restyles_the_template_and_keeps_its_own_words(found, tmp_path):
    own = Document(TEMPLATES["zh"])
    own.styles["Heading 1"].font.color.rgb = RGBColor(1, 2, 3)
    own.paragraphs[0].insert_paragraph_before("本单位自用抬头")
    own.save(tmp_path / "own.docx")
    write_report(found, tmp_path / "out.docx", "check", LETTER, template=tmp_path / "own.docx", language="zh")
    written = Document(tmp_path / "out.docx")
    assert written.styles["Heading 1"].font.color.rgb == RGBColor(1, 2, 3)
    assert written.paragraphs[0].text == "本单位自用抬头"
    assert {table.style.name for table in written.tables} == {"Report Table"}


def test_an_office_renames_its_styles_and_restyles_its_tables(found, tmp_path):
    own = Document(TEMPLATES["zh"])
    own.styles["Report Table"].name = "机关表格"
    own.styles["Report Cell"].name = "机关表格文字"
    borders = own.styles["机关表格"].element.find(f".//{qn('w:tblBorders')}")
    for border in borders:
        border.set(qn("w:color"), "0000AA")
    own.styles["机关表格文字"].font.size = Pt(8)
    own.sections[0].left_margin = own.sections[0].right_margin = Cm(4)
    own.save(tmp_path / "own.docx")
    write_report(found, tmp_path / "out.docx", "midterm", LETTER, template=tmp_path / "own.docx", language="zh")
    written = Document(tmp_path / "out.docx")
    assert {table.style.name for table in written.tables} == {"机关表格"}
    kept = written.styles["机关表格"].element.find(f".//{qn('w:tblBorders')}")
    assert {border.get(qn("w:color")) for border in kept} == {"0000AA"}
    words = {cell.paragraphs[0].style.name for table in written.tables for row in table.rows[1:] for cell in row.cells}
    assert "机关表格文字" in words
    assert written.styles["机关表格文字"].font.size == Pt(8)
    room = Cm(21) - 2 * Cm(4)
    assert all(sum(cell.width for cell in table.rows[0].cells) <= room for table in written.tables)
    assert all(picture.width <= room for picture in written.inline_shapes)
    assert written.inline_shapes


@pytest.mark.parametrize("language", sorted(TEMPLATES))
def test_the_template_that_ships_is_what_its_program_makes(language):
    assert TEMPLATES[language].read_bytes() == template_file(language)


def test_a_county_that_there_is_not_is_named(found, tmp_path):
    with pytest.raises(optplan.InputError) as raised:
        write_report(found, tmp_path / "x.docx", "plan", county="nowhere")
    assert [finding.code for finding in raised.value.findings] == ["report-county"]
    assert not (tmp_path / "x.docx").exists()


def test_small_words():
    assert [numeral(number) for number in (1, 10, 11, 20, 35)] == ["一", "十", "十一", "二十", "三十五"]
    with speaking("zh"):
        assert ranges([3, 1, 2, 7, 9, 8]) == "1—3、7—9"


def test_the_year_calls_for_its_report(found):
    assert kind_for(found) == "midterm", "one of three years is over"
