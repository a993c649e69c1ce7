"""The figures in a report's sentences, worked out again from the rows, the records and the sealed result alone."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from docx import Document
from plans.random_plans import Size, random_tables

import optplan
from optplan.following import follow
from optplan.following.lights import RULES
from optplan.language import speaking
from optplan.plan import Plan
from optplan.records import Record, Records
from optplan.reporting import Letter, write_report
from optplan.reporting.blocks import Blocks

SIZE = {"counties": 2, "years": 3, "goods": 2, "teams": 1, "projects": 1, "money": 0.6}
CLOSED = random_tables(11, Size(**SIZE, closed=1))
BEFORE = random_tables(11, Size(**SIZE))
CAPITAL = next(row["fund"] for row in CLOSED["funds"] if row["level"] == "county")
SAID = {"source": "凭证", "who": "x", "at": "2022-04-01T00:00:00Z"}
DELIVERED = [
    {"item": "g1", "county": "c001", "year": 2021, "quantity": 2},
    {"item": "g0", "county": "c000", "year": 2021, "quantity": 1},
]
PLAN = Plan(CLOSED).with_changes({"actuals": DELIVERED})
LEDGER = Records(
    (
        Record(1, "spending", "c000", 2021, 4, fund=CAPITAL, spending_class="capital", amount=12, **SAID),
        Record(2, "spending", "c001", 2021, 3, fund=CAPITAL, spending_class="capital", amount=Decimal("7.5"), **SAID),
    )
)
RULE = tomllib.loads((RULES / "lights.toml").read_text(encoding="utf-8"))
NUMBER = r"(-?[\d,]+(?:\.\d+)?)"


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What was followed, the adopted schedule and the report's paragraphs."""
    adopted = optplan.solve(Plan(BEFORE), "attain", gap=0.05, time_limit=20)
    found = follow(PLAN, LEDGER, adopted=adopted, seconds=20, ask=False)
    path = tmp_path_factory.mktemp("report") / "midterm.docx"
    write_report(found, path, "midterm", Letter("甲", "乙", "", date(2022, 6, 30)), language="zh")
    return found, adopted.document, [paragraph.text for paragraph in Document(path).paragraphs]


def figures(pattern, paragraphs):
    """The numbers that the one sentence of this pattern has."""
    hits = [hit for line in paragraphs for hit in re.finditer(pattern.replace("#", NUMBER), line)]
    assert len(hits) == 1, pattern
    return [Fraction(each.replace(",", "")) for each in hits[0].groups()]


def members(group):
    """The items of a group, or the item itself."""
    return {row["item"] for row in CLOSED["groups"] if row["group"] == group} or {group}


def planned(adopted, target):
    """What the adopted schedule has for a target in the first year."""
    where = {target["county"]} if target["county"] else {row["county"] for row in CLOSED["counties"]}
    return sum(
        Fraction(str(entry["quantity"]))
        for entry in adopted["schedule"]
        if entry.get("item") in members(target["group"]) and entry["county"] in where and entry["year"] == 2021
    )


def done(target):
    """What the table of actual deliveries has for a target."""
    where = {target["county"]} if target["county"] else {row["county"] for row in CLOSED["counties"]}
    rows = [row for row in DELIVERED if row["item"] in members(target["group"]) and row["county"] in where]
    return Fraction(sum(row["quantity"] for row in rows))


def light(target, adopted):
    """By the file of rules; what is due is judged by its total."""
    total = Fraction(target["total"])
    if done(target) >= total:
        return "green"
    if target["by_year"] <= 2021:
        asked, rule = total, RULE["due"]
    else:
        asked, rule = planned(adopted, target), RULE["progress"]
    if not asked:
        return "none"
    rate = done(target) / asked
    return next((name for name in ("green", "yellow") if rate >= Fraction(str(rule[name]))), "red")


def test_how_many_targets_are_on_course(told):
    found, adopted, said = told
    numbers = figures("规划#项目标中，正常#项，滞后#项，严重滞后#项，尚未到期#项", said)
    assert numbers[0] == len(CLOSED["targets"]) == sum(numbers[1:])
    best = {line.key: RULE["forecast"][line.forecast.status] for line in found.targets if line.forecast}
    order = ["none", "green", "yellow", "red"]
    lights = [max(light(row, adopted), best.get(row["target"], "none"), key=order.index) for row in CLOSED["targets"]]
    counted = Counter(lights)
    assert numbers[1:] == [counted[name] for name in ("green", "yellow", "red", "none")]


def test_what_a_late_target_has_and_should_have(told):
    _, adopted, said = told
    totals = {row["target"]: row for row in CLOSED["targets"]}
    checked = 0
    for line in said:
        hit = re.match(r"\d+\.(\S+?)：累计完成" + NUMBER + "，同期应完成" + NUMBER + "，规划" + NUMBER, line)
        if hit:
            target = next(row for key, row in totals.items() if hit[1] in {key, row["group"]} or hit[1].startswith(row["group"]))
            numbers = [Fraction(each.replace(",", "")) for each in hit.groups()[1:]]
            assert numbers == [done(target), planned(adopted, target), Fraction(target["total"])]
            checked += 1
    assert checked


def test_money_budgeted_and_spent(told):
    _, _, said = told
    budgeted, spent, rate = figures("累计安排资金#万元，支出#万元，执行率#%", said)
    assert budgeted == sum(Fraction(row["amount"]) for row in CLOSED["budgets"] if row["year"] == 2021)
    assert spent == Fraction("19.5")
    assert abs(rate - 100 * spent / budgeted) <= Fraction("0.05")
    _, left = figures("预算执行偏慢，执行率#%，尚有#万元未支出", said)
    assert left == budgeted - spent


def test_what_the_re_plan_brings(told):
    found, _, said = told
    number, met, first, last, cost = figures("照此执行，#项目标中#项全部完成，#—#年共需#万元", said)
    document = found.replan.document
    assert (number, met) == (len(CLOSED["targets"]), sum(Fraction(str(each["shortfall"])) == 0 for each in document["targets"]))
    ahead = [entry for entry in document["costs"] if entry["year"] > 2021]
    assert (first, last) == (2022, max(entry["year"] for entry in ahead))
    total = sum(Fraction(entry["capital"]) + Fraction(entry["recurrent"]) for entry in ahead)
    assert abs(cost - total) <= Fraction("0.005")


def test_states_of_the_forecast_sum_to_all_targets(told):
    _, _, said = told
    pattern = "已完成#项；按剩余资金统筹安排可按期完成#项；单独安排才能完成、须挤占其他目标的#项；已证明无法完成#项；尚未判定#项"
    assert sum(figures(pattern, said)) == len(CLOSED["targets"])


def test_headings_under_which_nothing_stands_are_left_out_and_the_others_numbered_on(told):
    assert not any("主要指标" in line for line in told[2]), "the plan has no indicators"
    blocks = Blocks(chinese=True)
    with speaking("zh"):
        blocks.heading("甲")
        blocks.heading("乙")
        blocks.subheading("空")
        blocks.subheading("有")
        blocks.text("字")
        blocks.heading("尾")
    assert [block["text"] for block in blocks.found] == ["一、乙", "（一）有", "字"]


def test_indicators_are_counted_by_the_rows(tmp_path):
    given = [
        {"indicator": "a", "name": "甲", "kind": "binding", "unit": "%", "goal": 90, "measure": "observation"},
        {"indicator": "b", "name": "乙", "kind": "binding", "direction": "at_most", "goal": 3, "measure": "observation"},
        {"indicator": "c", "name": "丙", "goal": 5, "measure": "observation"},
    ]
    seen = [{"indicator": "a", "year": 2021, "value": 92}, {"indicator": "b", "year": 2021, "value": 4}]
    plan = PLAN.with_changes({"indicators": given, "observations": seen})
    found = follow(plan, LEDGER, seconds=1, ask=False)
    write_report(found, tmp_path / "check.docx", "check", language="zh")
    said = [paragraph.text for paragraph in Document(tmp_path / "check.docx").paragraphs]
    assert figures("规划#项主要指标中，已达到目标值#项；约束性指标#项，已达到#项；没有观测值#项", said) == [3, 1, 2, 1, 1]
    assert any("1项观测指标尚未达到目标值：乙（现值4，目标3）" in line for line in said)


def test_the_yearly_plan_counts_what_the_sealed_result_has(told, tmp_path):
    found = told[0]
    write_report(found, tmp_path / "plan.docx", "plan", language="zh")
    said = [paragraph.text for paragraph in Document(tmp_path / "plan.docx").paragraphs]
    document, year = found.replan.document, found.year + 1
    goods = {row["item"] for row in CLOSED["items"] if row["kind"] == "goods"}
    kinds = {entry["item"] for entry in document["schedule"] if entry["year"] == year} & goods
    hired = sum(entry["hires"] for entry in document["teams"] if entry["year"] == year)
    for number, pattern, none in ((len(kinds), "年安排配备#类", "没有配备任务"), (hired, "年招录#人", "没有招录任务")):
        assert figures(pattern, said) == [number] if number else any(none in line for line in said)
    costs = [[Fraction(entry[kind]) for kind in ("capital", "recurrent")] for entry in document["costs"] if entry["year"] == year]
    paid = [sum(column) for column in zip(*costs, strict=True)]
    for shown, exact in zip(figures("年共需#万元，其中投资#万元、经常性支出#万元", said), [sum(paid), *paid], strict=True):
        assert abs(shown - exact) <= Fraction("0.005")
