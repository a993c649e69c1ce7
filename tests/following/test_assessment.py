"""Scores follow from the rules in the file, for every year, and the workbook's formulas give the same points."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

import optplan
from optplan.following.facts import facts_of
from optplan.following.lights import RULES, read_lights
from optplan.following.scores import assess, read_scores
from optplan.following.standing import Standing
from optplan.language import speaking
from optplan.records import Record, Records
from optplan.reporting.score_book import FIRST_ROW, write_scores
from optplan.reporting.score_report import scores_as_dict, write_score_report
from optplan.tables.content import Tables

ROOT = Path(__file__).resolve().parents[2]
PLAN = optplan.read_plan(ROOT / "inputs" / "shuozhou-2023")
SAID = {"source": "凭证", "who": "x", "at": "2023-04-01T00:00:00Z"}
LEDGER = Records(
    (
        Record(1, "spending", "yingxian", 2022, 4, fund="own_capital", spending_class="capital", amount=300, **SAID),
        Record(2, "spending", "yingxian", 2021, 4, fund="own_capital", spending_class="capital", amount=200, **SAID),
        Record(3, "confirmation", "yingxian", 2022, 4, **SAID),
    )
)


@pytest.fixture(scope="module")
def adopted():
    return optplan.read_result(ROOT / "reports" / "sample" / "shuozhou-attain.json").to_schedule()


@pytest.fixture(scope="module")
def found(adopted):
    return assess(PLAN, LEDGER, adopted, 2022, read_lights(), read_scores())


def test_points_follow_from_the_rules(found, adopted):
    standing = Standing(PLAN, facts_of(PLAN, LEDGER, 2022), adopted, read_lights())
    lines = {line.county: line for line in standing.counties}
    for score in found.scores["county"]:
        line = lines[score.key]
        assert score.values["progress"] == line.progress
        assert score.values["milestones"] == (Fraction(*line.milestones) if line.milestones[1] else None)
        assert score.values["reports"] == (Fraction(1, 4) if score.key == "yingxian" else 0)
        got, weights = Fraction(0), Fraction(0)
        for rule in found.rules.counties:
            value = score.values[rule.measure]
            if value is not None:
                part = (value - Fraction(rule.none)) / (Fraction(rule.full) - Fraction(rule.none))
                got += Fraction(rule.weight) * max(Fraction(0), min(Fraction(1), part))
                weights += Fraction(rule.weight)
        assert score.total == 100 * got / weights
    own = sum(row["amount"] for row in PLAN.tables["budgets"] if row["county"] == "yingxian" and row["year"] <= 2022)
    money = next(score for score in found.scores["county"] if score.key == "yingxian").values["money"]
    assert money == Fraction(500) / Fraction(own)
    ranks = sorted((score.rank, -score.total) for score in found.scores["county"])
    assert [total for _, total in ranks] == sorted(total for _, total in ranks)


def test_departments_are_scored_by_what_they_answer_for(found, adopted):
    standing = Standing(PLAN, facts_of(PLAN, LEDGER, 2022), adopted, read_lights())
    targets = {line.key: line for line in standing.targets}
    indicators = {line.key: line for line in standing.indicators}
    scores = {score.key: score for score in found.scores["department"]}
    assert list(scores) == [row["department"] for row in PLAN.tables["departments"]]
    duties = [row for row in PLAN.tables["duties"] if row["department"] == "fire_rescue"]
    rates = [min(1, line.done / line.planned) for row in duties if row["target"] and (line := targets[row["target"]]).planned]
    assert scores["fire_rescue"].values["targets"] == sum(rates) / len(rates)
    deaths = Fraction(10, 12)  # 0.12 observed, at most 0.10 asked
    assert (indicators["fire_death_rate"].done, indicators["fire_death_rate"].total) == (Fraction("0.12"), Fraction("0.1"))
    ways = [deaths, Fraction(1)]  # all hazards that were supervised are removed
    for key in ("town_brigades", "rescue_equipment"):
        line = indicators[key]
        ways += [min(Fraction(1), line.done / line.planned)] if line.planned else []
    assert scores["fire_rescue"].values["indicators"] == sum(ways) / len(ways)
    assert scores["natural_resources"].values["due"] == 1
    unknown = scores["education"]  # nothing is due, planned or observed yet
    assert (unknown.total, unknown.rank) == (None, None)


def test_a_plan_without_departments_assesses_counties_and_programmes_only(adopted):
    bare = optplan.Plan(Tables({name: rows for name, rows in PLAN.tables.rows.items() if name not in {"departments", "duties"}}))
    found = assess(bare, LEDGER, adopted, 2022, read_lights(), read_scores())
    assert [kind for kind, _, _ in found.sheets] == ["county", "programme"]


def test_history_is_what_each_year_would_have_scored(found, adopted):
    before = assess(PLAN, LEDGER, adopted, 2021, read_lights(), read_scores())
    for score in before.scores["county"]:
        assert found.history["county", score.key] == {
            2021: score.total,
            2022: next(each.total for each in found.scores["county"] if each.key == score.key),
        }


def test_the_workbook_computes_the_same(found, adopted, tmp_path):
    path = tmp_path / "scores.xlsx"
    with speaking("zh"):
        write_scores(found, Standing(PLAN, facts_of(PLAN, LEDGER, 2022), adopted, read_lights()), path)
    live, stored = load_workbook(path), load_workbook(path, data_only=True)
    column = 2 + 2 * len(found.rules.counties)
    for row, score in enumerate(found.scores["county"], start=FIRST_ROW):
        assert str(live.worksheets[0].cell(row, column).value).startswith("=IF(SUMPRODUCT(")
        assert stored.worksheets[0].cell(row, column).value == pytest.approx(float(score.total), abs=1e-9)
        assert stored.worksheets[0].cell(row, column + 2).value == score.rank
    planned = stored.worksheets[4]
    vehicles = [row for row in planned.iter_rows(min_row=5, values_only=True) if row[0] == "新增消防车辆"]
    assert sum(row[-2] for row in vehicles) == 52
    assert all(row[-3] == row[2] + row[3] for row in vehicles)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_notice_of_the_assessment(found, adopted, tmp_path, language):
    from docx import Document

    path = tmp_path / "notice.docx"
    with speaking(language):
        write_score_report(found, LEDGER, adopted, path, ("某支队", "各县", "", None))
        document = scores_as_dict(found)
    table = Document(path).tables[0]
    shown = {row.cells[0].text: row.cells[-3].text for row in table.rows[1:]}
    assert shown == {each["name"]: f"{float(Fraction(each['total'])):.2f}" for each in document["counties"]}


def test_wrong_rules_are_named_at_their_key(tmp_path):
    path = tmp_path / "rules.toml"
    text = (RULES / "scores.toml").read_text(encoding="utf-8")
    path.write_text(text.replace("none = 0.5\nfull = 1.0", "none = 1.5\nfull = 1.0", 1), encoding="utf-8")
    with pytest.raises(optplan.InputError) as raised:
        read_scores(path)
    assert [(f.code, f.place.column) for f in raised.value.findings] == [("rules-invalid", "counties.0")]
    path.write_text(text.replace('measure = "money"', 'measure = "luck"'), encoding="utf-8")
    with pytest.raises(optplan.InputError) as raised:
        read_scores(path)
    assert [(f.code, f.place.column) for f in raised.value.findings] == [("rules-invalid", "counties.3.measure")]
