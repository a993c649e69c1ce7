"""Findings of a draft are those of ``optplan check``, at the row and column as people call them; changes read as sentences."""

import time
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import optplan
from optplan.editing import Draft, History, Record, edited, inspect, levers, pulled, records_of, sentences
from optplan.editing.changed_cells import differences
from optplan.editing.scenario_text import scenario_of
from optplan.language import speaking
from optplan.scenarios import Add, Remove, Scale, Set, apply_scenarios, read_scenario
from optplan.scenarios.reading import parse_scenario
from optplan.tables.declarations import TABLES
from optplan.tables.names import Names

ROOT = Path(__file__).resolve().parents[2]
SHUOZHOU = optplan.read_plan(ROOT / "inputs" / "shuozhou")
BASE = SHUOZHOU.tables
NOTHING = Draft()
SHIPPED = sorted((ROOT / "inputs" / "scenarios" / "shuozhou").glob("*.toml"))


@pytest.fixture(autouse=True)
def chinese():
    with speaking("zh"):
        yield


def typed(table, key, column, text, draft=NOTHING):
    records = [record.with_cell(column, text) if record.key == key else record for record in records_of(BASE, draft, table)]
    return edited(BASE, draft, table, records)


@pytest.mark.parametrize(
    ("table", "key", "column", "text", "place", "said"),
    [
        ("budgets", ("own_recurrent", "pinglu", 2024), "amount", "-5", "预算 · 平鲁区 2024年 县级消防业务经费 · 金额", "低于允许的最小值"),
        ("budgets", ("own_capital", "pinglu", 2024), "amount", "九百", "预算 · 平鲁区 2024年 县级基本建设与装备资金 · 金额", "不是数字"),
        ("targets", ("hydrants_1116",), "group", "hydrnats", "目标 · 2025年 hydrnats · 物品组", "不存在"),
        ("plan", ("last_year",), "value", "2019", "规划设置 · 末年 · 取值", "末年不得早于首年"),
        ("limits", ("recruits_2021",), "min", "500", "限额 · 2021年 新增消防队员 · 下限", "大于上限"),
        ("counties", ("pinglu",), "risk_weight", "0", "县市区 · 平鲁区 · 风险权重", "必须大于"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_told_with_table_row_and_column(table, key, column, text, place, said):
    found = inspect(BASE, typed(table, key, column, text), "zh")
    assert found.stops
    (error,) = [each for each in found.found if each.stops and each.place == place]
    assert said in error.message
    assert records_of(BASE, typed(table, key, column, text), table)[error.at].key == key


@pytest.mark.parametrize(
    ("table", "key", "column", "text"),
    [
        ("budgets", ("own_recurrent", "pinglu", 2024), "amount", "1"),
        ("budgets", ("special", None, 2024), "amount", "999999"),
        ("targets", ("hydrants_1116",), "total", "9999"),
        ("limits", ("recruits_2021",), "max", ""),
        ("costs", ("tanker", None, None), "unit_cost", "95000"),
        ("growth", ("pinglu", 2023), "rate", "5"),
        ("projects", ("p_yingxian",), "earliest_start", "2025"),
        ("counties", ("pinglu",), "county", "pinglv"),
    ],
)
def test_the_findings_are_those_of_the_check(table, key, column, text):
    draft = typed(table, key, column, text)
    said = inspect(BASE, draft, "zh").found
    try:
        plan = SHUOZHOU.with_changes({table: [record.cells for record in records_of(BASE, draft, table)]})
        expected = plan.findings
    except optplan.PlanError as problem:
        expected = problem.findings
    assert sorted((each.finding.code, str(each.finding.place)) for each in said) == sorted(
        (finding.code, str(finding.place)) for finding in expected
    )
    assert said
    for each in said:
        assert each.row_name or each.at is None, each


def test_warnings_do_not_stop_and_the_plan_itself_has_none():
    assert inspect(BASE, Draft(), "zh").found == ()
    lower = inspect(BASE, typed("budgets", ("own_recurrent", "pinglu", 2024), "amount", "1"), "zh")
    assert lower.found
    assert not lower.stops


def test_findings_come_within_half_a_second():
    drafts = [typed("budgets", ("own_recurrent", "pinglu", 2024), "amount", str(amount)) for amount in range(300, 303)]
    inspect(BASE, drafts[0], "zh")
    times = []
    for draft in drafts:
        began = time.process_time()
        inspect(BASE, draft, "zh")
        times.append(time.process_time() - began)
    assert min(times) < 0.5


def test_a_change_that_the_plan_cannot_take_is_told():
    draft = Draft((Set(table="budgets", where={"county": "nowhere"}, set={"amount": 1}),))
    found = inspect(BASE, draft, "zh")
    assert found.stops
    assert "nowhere" in found.found[0].message


def test_the_list_says_in_words_what_will_be_asked():
    pinglu = levers(BASE, BASE, county="pinglu", year=2024)[-1]
    draft = Draft(pulled((), pinglu, Decimal("0.8")))
    draft = typed("budgets", ("special", None, 2025), "amount", "1200", draft)
    draft = typed("plan", ("discount_rate",), "value", "0.05", draft)
    assert sentences(BASE, draft.changes) == [
        "平鲁区 2024年 自有资金 −20%",
        "全市 2025年 市级消防专项扶持资金：金额由 1,040 万元 改为 1,200 万元",
        "折算率：取值由 0.03 改为 0.05",
    ]
    gone = [record for record in records_of(BASE, Draft(), "growth") if record.key != ("pinglu", 2025)]
    assert sentences(BASE, edited(BASE, Draft(), "growth", gone).changes) == ["财政收入增幅删去：平鲁区 2025年"]


def test_every_lever_reads_as_what_it_moves():
    said = [
        sentence
        for lever in levers(BASE, BASE, county="pinglu")
        for sentence in sentences(BASE, pulled((), lever, Decimal("1.1")))
    ]
    assert said == [
        "市级消防专项扶持资金 +10%", "上级专项转移支付 +10%", "自有资金 +10%", "单价各行 单位投资 +10%",
        "建设项目各行 总投资 +10%", "每年招录人数上限 +10%", "平鲁区 自有资金 +10%",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_shipped_scenarios_read_as_sentences(file, language):
    for sentence in sentences(BASE, read_scenario(file).changes, language):
        assert not set(sentence) & {"{", "}", "_"}


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_scenario_written_out_reads_back_and_makes_the_same_plan(file):
    shipped = read_scenario(file)
    scenario = scenario_of(BASE, shipped.changes, title=shipped.title, author="王", reason=shipped.reason)
    assert scenario.changes == shipped.changes
    again = parse_scenario(scenario.toml, "again.toml", None)
    made, asked = (apply_scenarios(SHUOZHOU, [each.model_copy(update={"file": ""})]) for each in (again, scenario))
    assert made.sha256 == asked.sha256


CELLS = st.one_of(
    st.text(max_size=20), st.integers(-(10**15), 10**15), st.booleans(), st.decimals("-1e9", "1e9", allow_nan=False, places=6)
)


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1, max_size=40), st.text(max_size=60), st.lists(CELLS, min_size=1, max_size=4))
def test_any_scenario_is_a_file_that_can_be_read(title, reason, cells):
    changes = (
        Set(table="targets", where={"target": tuple(cells)}, set={"source": cells[0], "total": cells[-1]}),
        Scale(table="budgets", where={"county": cells[0]}, column="amount", factor=Decimal("0.123456")),
        Add(table="growth", rows=({"county": cells[0], "rate": cells[-1]},)),
        Remove(table="limits", where={"limit": cells[0]}),
    )
    scenario = optplan.editing.scenario_text.toml_of(
        BASE, optplan.scenarios.Scenario(name=title, title=title, reason=reason, changes=changes)
    )
    content = tomllib.loads(scenario, parse_float=Decimal)
    assert content["title"] == title
    assert content["changes"][0]["set"] == {"source": cells[0], "total": cells[-1]}
    assert content["changes"][2]["rows"] == [{"county": cells[0], "rate": cells[-1]}]
    assert content["changes"][1]["factor"] == Decimal("0.123456")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(st.integers(0, 50), st.sampled_from(["undo", "redo"])), max_size=40))
def test_undo_and_redo_give_back_exactly_the_states_that_were(acts):
    history, states, at = History(), [Draft()], 0
    for act in acts:
        if act == "undo":
            history, at = history.undo(), max(at - 1, 0)
        elif act == "redo":
            history, at = history.redo(), min(at + 1, len(states) - 1)
        else:
            draft = Draft((Set(table="plan", where={"key": "price_year"}, set={"value": act}),))
            if draft != states[at]:
                states, at = [*states[: at + 1], draft], at + 1
            history = history.then(draft)
        assert history.now is history.states[history.at]
        assert history.now == states[at]
        assert (history.can_undo, history.can_redo) == (at > 0, at + 1 < len(states))


def test_names_stand_in_for_ids_everywhere():
    for record in (Record(None, {"county": "pinglu", "year": "2026", "rate": "x"}),):
        draft = edited(BASE, Draft(), "growth", (*records_of(BASE, Draft(), "growth"), record))
        (said,) = [each for each in inspect(BASE, draft, "zh").found if each.stops]
        assert said.place == "财政收入增幅 · 平鲁区 2026年 · 增幅"
        assert sentences(BASE, draft.asked)[-1] == "财政收入增幅增加：平鲁区 2026年 增幅 “x”"


def test_what_differs_from_the_plan_is_listed_cell_by_cell():
    draft = typed("limits", ("recruits_2021",), "max", "150")
    records = [record for record in records_of(BASE, draft, "limits") if record.key != ("recruits_2022",)]
    records.append(
        Record(None, {"limit": "pin", "group": "tanker", "county": "pinglu", "year": "2023", "min": "2", "kind": "pin"})
    )
    draft = edited(BASE, draft, "limits", records)
    draft = typed("limits", ("vehicles_2021",), "max", "三十", draft)
    found = differences(
        TABLES["limits"], records_of(BASE, NOTHING, "limits"), records_of(BASE, draft, "limits"), Names(BASE, "zh")
    )
    said = [(each.row, each.column, each.was, each.now) for each in found if each.column not in {"来源", "依据"}]
    assert said == [
        ("2021年 新增消防队员", "上限", "200", "150"),
        ("2021年 新增消防车辆", "上限", "32", "三十"),
        ("平鲁区 2023年 水罐或泡沫消防车", "", "", "新增"),
        ("2022年 新增消防队员", "", "删去", ""),
    ]
