"""A plan that is over: what came of it, worked out by hand from the rows, and nothing of years that there are not."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from docx import Document
from records.life import small_plan

import optplan
from optplan.following import follow
from optplan.following.words import headline
from optplan.language import speaking
from optplan.records import Record, Records
from optplan.reporting import Letter, write_report
from optplan.reporting.kinds import kind_for, kinds_for
from optplan.schedule import Schedule

SAID = {"source": "凭证", "who": "x", "at": "2024-12-30T00:00:00Z"}
LETTER = Letter("某市消防救援支队", "某市人民政府", "", date(2024, 12, 31))
SETTINGS = {"title": "某市规划", "first_year": 2021, "last_year": 2024}
STATIONS = {"county": "b", "item": "station", "capital_cost": 100, "spend": "0.5;0.5"}
TABLES = {
    "projects": [
        {**STATIONS, "project": "p_b", "name": "乙县站", "build_years": 1},
        {**STATIONS, "project": "p_c", "name": "乙县二站", "build_years": 1},
    ],
    "targets": [
        {"target": "engines", "group": "engine", "by_year": 2024, "total": 10},
        {"target": "ladders", "group": "ladder", "by_year": 2024, "total": 2},
        {"target": "roads", "group": "road", "by_year": 2024, "total": 20},
        {"target": "early", "group": "engine", "county": "a", "by_year": 2022, "total": 4},
        {"target": "stations", "group": "station", "by_year": 2024, "total": 2},
    ],
    "actuals": [
        {"item": "engine", "county": "a", "year": 2021, "quantity": 3},
        {"item": "engine", "county": "a", "year": 2023, "quantity": 1},
        {"item": "engine", "county": "b", "year": 2022, "quantity": 1},
        {"item": "ladder", "county": "a", "year": 2023, "quantity": 2},
        {"item": "road", "county": "b", "year": 2024, "quantity": Decimal("18.5")},
        {"item": "station", "county": "b", "year": 2024, "quantity": 1, "project": "p_b"},
    ],
    "indicators": [
        {"indicator": "i", "name": "新增水罐车", "unit": "辆", "goal": 10, "measure": "delivered", "target": "engines"},
        {"indicator": "j", "name": "十万人死亡率", "direction": "at_most", "goal": 1, "measure": "observation"},
        {"indicator": "k", "name": "满意度", "unit": "%", "goal": 90, "measure": "observation"},
    ],
    "observations": [{"indicator": "j", "year": 2024, "value": Decimal("0.5")}],
}
ADOPTED = Schedule(
    {
        ("engine", "a", 2021): Decimal(3),
        ("engine", "a", 2023): Decimal(3),
        ("engine", "b", 2022): Decimal(2),
        ("ladder", "a", 2023): Decimal(2),
        ("road", "b", 2024): Decimal(20),
        ("station", "b", 2023): Decimal(1),
        ("station", "b", 2024): Decimal(1),
    },
    {},
    {"p_b": 2022, "p_c": 2023},
)
LEDGER = Records(
    (
        Record(1, "spending", "a", 2021, 4, fund="own", spending_class="capital", amount=Decimal("900.5"), **SAID),
        Record(2, "spending", "b", 2022, 4, fund="own", spending_class="capital", amount=Decimal(300), **SAID),
        Record(3, "spending", "b", 2023, 4, fund="own", spending_class="recurrent", amount=Decimal(120), **SAID),
        Record(4, "spending", "a", 2024, 1, fund="own", spending_class="recurrent", amount=Decimal(1), **SAID),
    )
)
BUDGETED, SPENT = 2 * 4 * 200 + 4 * 100, Decimal("1321.5")


def closed_through(year):
    settings = SETTINGS | {"closed_through": year}
    tables = TABLES | {"actuals": [row for row in TABLES["actuals"] if row["year"] <= year]}
    return small_plan(**tables, plan=[{"key": key, "value": value} for key, value in settings.items()])


@pytest.fixture(scope="module")
def found():
    return follow(closed_through(2024), LEDGER, adopted=ADOPTED)


def written(found, tmp_path, kind=None, language="zh"):
    """The paragraphs of a report, and its tables by their first and last heads."""
    path = tmp_path / "report.docx"
    write_report(found, path, kind, LETTER, language=language)
    document = Document(path)
    rows = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    return [paragraph.text for paragraph in document.paragraphs], {(table[0][0], table[0][-1]): table for table in rows}


def test_nothing_is_planned_anew_and_nothing_forecast(found):
    assert found.is_over
    assert (found.replan, found.forecasts, found.deadlines) == (None, {}, ())
    assert kind_for(found) == "final"
    assert kinds_for(found) == ("final", "check", "notice")
    with speaking("zh"):
        assert headline(found) == "规划期已满。截至 2024年末，5 项目标中：已完成 1 项，未完成 4 项。"


def test_what_came_of_the_targets(found, tmp_path):
    said, tables = written(found, tmp_path)
    text = "\n".join(said)
    assert "规划5项目标中，完成1项，基本完成1项，未完成3项" in text, "18.5 of 20 is nine tenths and more"
    assert tables["目标", "结果"] == [
        ["目标", "规划数", "方案安排", "累计完成", "占规划", "结果"],
        ["水罐车（辆）", "10", "8", "5", "50.0%", "未完成"],
        ["云梯车（辆）", "2", "2", "2", "100.0%", "完成"],
        ["隔离带（公里）", "20", "20", "18.50", "92.5%", "基本完成"],
        ["消防站（座）", "2", "2", "0", "0.0%", "未完成"],
    ]
    assert tables["目标", "少于方案的县（市、区）"] == [
        ["目标", "规划数", "方案安排", "累计完成", "差", "少于方案的县（市、区）"],
        ["消防站", "2", "2", "0", "2", "乙县 2"],
        ["水罐车", "10", "8", "5", "5", "方案少安排2；甲县 2、乙县 1"],
        ["隔离带", "20", "20", "18.50", "1.50", "乙县 1.50"],
        ["水罐车 · 甲县（2022年底前）", "4", "3", "3", "1", "方案少安排1"],
    ]


def test_works_indicators_and_money(found, tmp_path):
    said, tables = written(found, tmp_path)
    text = "\n".join(said)
    assert re.search("已开工而规划期内没有建成的：乙县站〔", text)
    assert re.search("方案安排开工而没有开工的：乙县二站〔", text)
    states = {row[0]: row[2:] for row in tables["指标", "依据"][1:]}
    assert states["新增水罐车（辆）"][-2:] == ["未达到", "按公式"]
    assert states["十万人死亡率"][-2:] == ["达到", "观测"]
    assert states["满意度（%）"][-2:] == ["未观测", "观测"]
    left = BUDGETED - SPENT
    assert f"累计安排资金{BUDGETED:,.2f}万元，支出{SPENT:,.2f}万元" in text
    assert f"规划期末尚有{left:,.2f}万元未支出" in text
    assert f"规划期末未支出的{left:,.2f}万元" in text


def test_what_the_next_plan_takes_over(found, tmp_path):
    said, _ = written(found, tmp_path)
    advice = said[next(at for at, line in enumerate(said) if line.endswith("、意见建议")) :]
    text = "\n".join(advice)
    assert "没有全部完成的4项目标，请研究列入下一轮规划" in text
    assert "在建的乙县站须继续建成" in text
    assert "尚无观测值的指标（满意度）" in text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ["final", "check", "notice"])
def test_no_year_is_named_that_there_is_not(found, tmp_path, kind, language):
    said, tables = written(found, tmp_path, kind, language)
    text = "\n".join([*said, *(cell for rows in tables.values() for row in rows for cell in row)])
    assert "2025" not in text
    assert not re.search("预测|重新测算|最迟|planned anew|orecast|eadline", text)
    assert "{{" not in text


@pytest.mark.parametrize("kind", ["plan", "midterm"])
def test_what_cannot_be_written_any_more_is_refused(found, tmp_path, kind):
    with pytest.raises(optplan.InputError) as raised:
        write_report(found, tmp_path / "x.docx", kind, LETTER)
    assert [finding.code for finding in raised.value.findings] == ["report-after"]


def test_all_done_leaves_nothing(tmp_path):
    done = [{"item": "engine", "county": "a", "year": 2021, "quantity": 10}]
    changes = {"targets": TABLES["targets"][:1], "actuals": done, "indicators": [], "observations": []}
    spent = {"fund": "own", "spending_class": "capital", "amount": BUDGETED // 4}
    paid = Records(tuple(Record(year - 2020, "spending", "a", year, 4, **spent, **SAID) for year in range(2021, 2025)))
    meant = Schedule({("engine", "a", 2021): Decimal(10)}, {}, {})
    text = "\n".join(written(follow(closed_through(2024).with_changes(changes), paid, adopted=meant), tmp_path)[0])
    assert "各项目标均已完成" in text
    assert "规划已经完成，没有遗留事项" in text


def test_while_the_last_year_goes_on_it_is_the_year_to_come(tmp_path):
    plan = closed_through(2023)
    half = Records((Record(1, "delivery", "a", 2024, 2, item="engine", quantity=1, **SAID),))
    found = follow(plan, half, adopted=ADOPTED, year=2024, seconds=20, ask=False)
    assert not found.is_over
    assert kinds_for(found) == ("midterm", "final", "check", "notice")
    assert kind_for(found) == "check"
    said, _ = written(found, tmp_path, "check")
    assert any(line.endswith("、2024年预测与工作安排") for line in said)
    assert not any("2025" in line for line in said)


def test_a_last_year_that_is_recorded_to_its_end_is_over_before_it_is_closed():
    late = Records((Record(1, "delivery", "a", 2024, 4, item="engine", quantity=99, **SAID),))
    found = follow(closed_through(2023), late, adopted=ADOPTED, year=2024)
    assert found.is_over
    assert (found.replan, found.forecasts) == (None, {})
