"""Why something is missing: what holds it is named, what does not is not, what would do does, and what it displaces is shown."""

from __future__ import annotations

import json
import threading

import pytest
from explanation.relaxing import cells_of

import optplan
from optplan.cli import main
from optplan.decision_model import read_model
from optplan.explanation import Explanation, explain_missing
from optplan.explanation.asking import Asking, Limits
from optplan.explanation.elastic_program import giving_program
from optplan.explanation.missing import KEPT, STILL, missing_in, wish_more
from optplan.explanation.missing_sentences import told_so_far
from optplan.explanation.repairs import Repairs
from optplan.explanation.ruling import Rulings
from optplan.explanation.standing import standing_far_from
from optplan.explanation.words import Words
from optplan.plan import Plan
from optplan.rules.cells import Cell
from optplan.tables import tables_from, write_folder


def plan_of(total=1, amount=100, other=100):
    """Two counties that lack an engine each, one exact total for both, and so much money a year."""
    tables, findings = tables_from({
        "plan": [{"key": "title", "value": "t"}, {"key": "first_year", "value": 2021}, {"key": "last_year", "value": 2021}],
        "counties": [{"county": "a", "name": "甲", "risk_weight": 2}, {"county": "b", "name": "乙", "risk_weight": 1}],
        "items": [{"item": "engine", "name": "消防车", "category": "vehicle", "unit": "辆"}],
        "costs": [{"item": "engine", "unit_cost": 10}],
        "targets": [{"target": "engines", "group": "engine", "by_year": 2021, "total": total, "sense": "exact"}],
        "standards": [
            {"standard": "engines", "group": "engine", "county": c, "from_year": 2021, "required": 1} for c in "ab"
        ],
        "funds": [{"fund": "own", "name": "own", "level": "county", "pays": "both"}],
        "budgets": [{"fund": "own", "county": c, "year": 2021, "amount": amount if c == "b" else other} for c in "ab"],
    })  # fmt: skip
    assert not [finding for finding in findings if finding.severity == "error"]
    return Plan(tables)


def test_an_exact_total_that_is_used_up_elsewhere_is_what_holds_it_and_not_money():
    plan = plan_of()
    result = optplan.solve(plan)
    explanation = explain_missing(plan, result, "standard:engines:b:2021", time_limit=60)
    document = explanation.document
    assert explanation.status == "infeasible"
    assert [cells_of(conflict) for conflict in explanation.conflicts] == [
        {("promises", (), "kept"), ("targets", ("engines",), "total")}
    ]
    assert explanation.irreducible
    assert {each["kind"]: each["status"] for each in document["kinds"]} == {"money": "impossible", "targets": "possible"}
    (repair,) = explanation.repairs
    assert [(step["from"], step["to"], step["impossible_at"]) for step in repair["steps"]] == [("1", "2", "1")]
    assert [(each["key"], each["units"]) for each in document["displaced"]["what"]] == [(["engines", "a", 2021], 1.0)]
    assert document["displaced"]["units"] == [pytest.approx(1, abs=1e-3)] * 2
    (readiness,) = [each["interval"] for each in document["after"] if each["name"] == "readiness_gap"]
    assert readiness == [pytest.approx(2 / 3, abs=1e-6)] * 2  # of the risk, 2 of 3 parts are in the other county


def test_money_that_is_short_is_what_holds_it_and_so_much_more_would_do():
    plan = plan_of(total=2, amount=4, other=10)
    explanation = explain_missing(plan, optplan.solve(plan), "target:engines", time_limit=60)
    budgets = {("budgets", ("own", county, 2021), "amount") for county in "ab"}
    assert [cells_of(conflict) for conflict in explanation.conflicts] == [budgets]
    raised = {(step["from"], step["to"]) for repair in explanation.repairs for step in repair["steps"]}
    assert raised == {("10", "20"), ("4", "10")}
    assert all(repair["least"] for repair in explanation.repairs)
    richer = plan.with_changes({
        "budgets": [{"fund": "own", "county": c, "year": 2021, "amount": 10} for c in "ab"]
    })  # fmt: skip
    assert optplan.solve(richer).document["targets"][0]["shortfall"] == 0


def test_what_can_be_had_for_nothing_is_said_to_be_so():
    plan = plan_of(total=2)
    worse = optplan.solve(plan_of(total=1))
    explanation = explain_missing(plan, worse, "standard:engines:b:2021", time_limit=60)
    assert explanation.status == "feasible"
    assert explanation.document["missing_at_least"] == [0, 0]


def test_the_shell_says_it_in_both_languages(tmp_path, capsys):
    plan = plan_of()
    write_folder(plan.tables, tmp_path / "plan")
    optplan.solve(plan).to_json(tmp_path / "result.json")
    for arguments in (["--lang", "zh"], ["--lang", "en"], ["--json"]):
        with pytest.raises(SystemExit) as ended:
            main(
                [
                    "explain",
                    str(tmp_path / "plan"),
                    "--missing",
                    "standard:engines:b:2021",
                    "--result",
                    str(tmp_path / "result.json"),
                    *arguments,
                ]
            )
        assert ended.value.code == 0
        said = capsys.readouterr().out
        if "--json" in arguments:
            assert json.loads(said)["asked"]["missing"] == "standard:engines:b:2021"
        else:
            assert "targets.csv:2:total" in said


def test_of_the_plan_of_a_result_tables_and_rows_are_told_instead_of_files():
    result = optplan.solve(plan_of())
    explanation = explain_missing(Plan(result.tables()), result, "standard:engines:b:2021", time_limit=60)
    said = "\n".join(explanation.sentences("zh"))
    assert "“目标”第 2 行" in said
    assert ":2:" not in said
    assert "Targets, row 2" in "\n".join(explanation.sentences("en"))


def test_where_no_conflict_was_proven_in_time_there_is_nothing_to_repair():
    plan = plan_of()
    program = giving_program(plan, read_model("attain"), None)
    asking = Asking(program, lambda _: 1.0, Limits(0.0))
    assert Repairs(asking, Rulings(plan), read_model("attain"), None).find([]) == []


def test_what_is_proven_is_not_called_unknown_where_the_rules_were_not_singled_out():
    plan = plan_of()
    explanation = explain_missing(plan, optplan.solve(plan), "standard:engines:b:2021", time_limit=60)
    bare = Explanation(explanation.document | {"conflicts": [], "repairs": []})
    assert "已证明不行" in "\n".join(bare.sentences("zh"))
    unknown = Explanation(bare.document | {"status": "unknown"})
    assert "已证明不行" not in "\n".join(unknown.sentences("zh"))


def test_what_is_not_missing_is_refused():
    plan = plan_of()
    result = optplan.solve(plan)
    for asked in ("standard:engines:a:2021", "nonsense", "target:unknown", "standard:engines:b:later"):
        with pytest.raises(optplan.InputError):
            explain_missing(plan, result, asked)


@pytest.mark.parametrize(("total", "amount", "other"), [(1, 100, 100), (2, 4, 10), (2, 5, 25)])
def test_a_question_that_begins_with_the_answer_has_the_same_least(total, amount, other):
    plan = plan_of(total=total, amount=amount, other=other)
    result = optplan.solve(plan)
    lacking = next(row for row in result.document["gaps"] if float(row["gap"]))
    wanted = missing_in(result, f"standard:engines:{lacking['county']}:2021")
    program = giving_program(plan, read_model("attain"), more=lambda m, wide: wish_more(m, wide, result, wanted))
    standing = standing_far_from(plan, program.matrix, result.to_schedule(), wanted.where(plan))
    for held in (
        [cell for cell in program.cells if cell != STILL],
        [cell for cell in program.cells if cell.table != "targets"],
        [cell for cell in program.cells if cell.table != "budgets"],
        program.cells,
    ):
        soft = [cell for cell in program.cells if cell not in held and cell != KEPT]
        anew, near = (Asking(program, lambda _: 1.0, Limits(float("inf")), where).least(held, soft) for where in ((), standing))
        assert near.status == anew.status
        assert near.value == pytest.approx(anew.value, abs=1e-6)


def test_of_a_conflict_that_was_not_made_small_only_few_rules_are_told():
    plan = plan_of()
    explanation = explain_missing(plan, optplan.solve(plan), "standard:engines:b:2021", time_limit=60)
    (conflict,) = explanation.conflicts
    many = [{"messages": {"zh": f"规定{number}号", "en": ""}, "places": []} for number in range(100)]
    large = Explanation(explanation.document | {"conflicts": [conflict | {"lines": many, "irreducible": False}]})
    said = [line for line in large.sentences("zh") if "规定" in line and "号" in line]
    assert len(said) == 12
    assert "另有 88 条" in "\n".join(large.sentences("zh"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_of_two_projects_that_exclude_each_other_both_are_named(language):
    tables, _ = tables_from({
        "plan": [{"key": "title", "value": "t"}, {"key": "first_year", "value": 2021}, {"key": "last_year", "value": 2022}],
        "counties": [{"county": "a", "name": "甲"}],
        "items": [{"item": "station", "name": "队站", "kind": "project", "unit": "座"}],
        "projects": [
            {"project": p, "name": name, "item": "station", "county": "a", "build_years": 1, "capital_cost": 1}
            for p, name in (("one", "东站"), ("two", "西站"))
        ],
        "project_links": [{"project": "one", "other": "two", "kind": "exclusive"}],
    })  # fmt: skip
    ruling = Rulings(Plan(tables)).of(Cell("project_links", ("one", "two"), "exclusive"))
    said = Words(tables, language).rule(ruling)
    assert "东站" in said
    assert "西站" in said


def test_what_is_known_so_far_is_told_before_the_rest_and_stays_when_it_is_stopped():
    plan, news, cancel = plan_of(), [], threading.Event()
    result = optplan.solve(plan)

    def told(progress):
        news.append(progress)
        if progress.stage == "repairs":
            cancel.set()

    answer = explain_missing(plan, result, "standard:engines:b:2021", time_limit=60, progress=told, cancel=cancel)
    whole = explain_missing(plan, result, "standard:engines:b:2021", time_limit=60)
    known = {each.stage: each.so_far for each in news}
    assert known["least"] is None
    assert known["conflict"].document["missing_at_least"] == whole.document["missing_at_least"]
    for said in (known["repairs"], answer):
        assert [cells_of(each) for each in said.conflicts] == [cells_of(each) for each in whole.conflicts]
        assert set(whole.sentences("zh")[:3]) <= set(said.sentences("zh"))
    assert told_so_far(known["repairs"].document, "zh") == whole.sentences("zh")[: len(told_so_far(whole.document, "zh"))]
    assert known["repairs"].sentences("en")
