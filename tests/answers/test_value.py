"""What a step of money is worth is what trying every schedule with it says."""

import threading
from copy import deepcopy
from decimal import Decimal

import pytest
from answers.enumerated import candidates, optimum, plan_of, sound
from openpyxl import load_workbook
from optimum.test_second_solver import model_of

import optplan
from optplan.answers import interval_from
from optplan.questions.value import Value
from optplan.questions.value.levers import levers_of
from optplan.scenarios import Scenario, apply_scenarios
from optplan.search import standby
from optplan.tables.findings import InputError

MODEL = model_of(["target_shortfall", "readiness_gap", "cost"])


@pytest.fixture(scope="module")
def asked():
    plan = plan_of(6)
    return plan, optplan.solve(plan, MODEL)


@pytest.fixture(scope="module")
def answer(asked):
    seen = []
    found = optplan.value(*asked, step=6, kinds=["cell", "county"], jobs=2, progress=seen.append)
    assert [news.done for news in seen] == list(range(len(seen)))
    first = seen[0].value  # before anything is solved there are estimates, and nothing is said to be proven
    assert "已求解 0／" in first.sentences("zh")[0]
    assert all(entry["if_divisible"] for entry in first.document["levers"])
    assert not any(entry["criteria"] for entry in first.document["levers"])
    return found


def test_every_step_is_worth_what_trying_everything_says(asked, answer):
    plan, _ = asked
    before = optimum(sound(plan.tables, candidates(6)))
    levers = {lever.lever: lever for lever in levers_of(plan, ["cell", "county"], [], Decimal(6))}
    assert answer.status == "answered"
    for entry in answer.document["levers"]:
        sign = 1 if Decimal(entry["step"]) > 0 else -1
        changes = levers[entry["lever"]].changes(plan, sign)
        changed = apply_scenarios(plan, [Scenario(name="s", title="s", changes=tuple(changes))])
        after = optimum(sound(changed.tables, candidates(6)))
        if after is None:
            assert entry["status"] == "infeasible"
            continue
        for each in entry["criteria"]:
            truth, change = float(after[each["name"]] - before[each["name"]]), interval_from(each["change"])
            assert change.low - 1e-6 <= truth <= change.high + 1e-6, (entry["lever"], each)
            assert change.width < 1e-6 * max(1, abs(float(after[each["name"]])))


def test_where_less_leaves_the_schedule_as_it_is_nothing_is_searched(asked):
    plan, _ = asked
    rich = plan.with_changes({"budgets": [row.values | {"amount": row["amount"] + 500} for row in plan.tables["budgets"]]})
    found = optplan.value(rich, optplan.solve(rich, MODEL), step=1, jobs=1)
    less = [entry for entry in found.document["levers"] if entry["step"].startswith("-")]
    assert less
    assert all(each["change"] == pytest.approx([0, 0]) for entry in less for each in entry["criteria"])
    seconds = {solve["what"]: solve["seconds"] for solve in found.document["solves"]}
    assert {seconds[f"{entry['lever']} -1"] for entry in less} == {0}
    assert all(entry["unchanged"] for entry in less)
    assert any("现方案一处不改仍付得起" in said and "2021、2022 年" in said for said in found.sentences("zh"))


def test_where_less_leaves_no_plan_or_a_worse_one_it_is_said(answer):
    less = [entry for entry in answer.document["levers"] if entry["step"].startswith("-")]
    worse = [entry for entry in less if any(interval_from(each["change"]).low > 0 for each in entry["criteria"])]
    assert worse
    assert not any(entry["unchanged"] for entry in worse)
    assert sum(said.endswith("已证明。") for said in answer.sentences("zh")) == len(worse)
    assert all(not any(name in said for name in ("value-", "{")) for said in answer.sentences("en"))


def test_what_is_estimated_is_no_more_than_what_is_proven(answer):
    document = deepcopy(answer.document)
    document["levers"] = [entry for entry in document["levers"] if not entry["step"].startswith("-")][:1]
    (entry,) = document["levers"]
    entry["if_divisible"] = [-0.5] * len(entry["criteria"])
    for each in entry["criteria"]:
        each["change"] = [-0.25, 0.0]
    assert "估计减少 25.000 个百分点（至多 25.00 个百分点）" in "".join(Value(document).sentences("zh"))
    for each in entry["criteria"]:
        each["change"] = [0.0, 0.0]
    assert "估计减少" not in "".join(Value(document).sentences("zh"))


def test_one_process_searches_step_after_step_and_ends_with_the_question(asked, monkeypatch):
    started = []
    monkeypatch.setattr(standby, "_start", lambda start=standby._start: started.append(start()) or started[-1])
    optplan.value(*asked, step=6, jobs=1)
    assert len(started) == 1
    assert started[0].poll() is not None
    assert not standby._resting


def test_the_best_come_first_and_are_told(answer, tmp_path):
    ranked = answer.ranked
    more = ranked[ranked["step"] > 0]
    assert list(ranked["step"] > 0) == sorted(ranked["step"] > 0, reverse=True)
    assert more["target_shortfall_high"].is_monotonic_increasing
    for language in ("zh", "en"):
        assert answer.sentences(language)
        assert not any("value-" in said for said in answer.sentences(language))
    answer.to_excel(tmp_path / "value.xlsx", "zh")
    shown = [str(cell.value) for sheet in load_workbook(tmp_path / "value.xlsx") for row in sheet.iter_rows() for cell in row]
    assert not {each["lever"] for each in answer.document["levers"]} & set(shown), "ids where people read names"
    asked = next(cell for cell in shown if "每次求解" in cell or "哪几种" in cell)
    assert "kinds" not in asked
    heat = answer.heat_map("target_shortfall")
    assert set(heat.columns) == {"county", 2021, 2022}


def test_what_was_stopped_is_not_known(asked):
    stop = threading.Event()
    stop.set()
    answer = optplan.value(*asked, cancel=stop)
    assert answer.status == "partly"
    assert {entry["status"] for entry in answer.document["levers"]} == {"waiting"}
    assert "4" in answer.sentences("en")[-1]


def test_what_was_answered_before_is_not_solved_again(asked, answer):
    stop = threading.Event()
    stop.set()  # so that nothing can be solved
    again = optplan.value(*asked, step=6, kinds=["cell", "county"], earlier=answer, cancel=stop)
    assert again.status == "answered"
    assert again.document["levers"] == answer.document["levers"]
    other = optplan.value(*asked, step=7, kinds=["cell", "county"], earlier=answer, cancel=stop)
    assert other.status == "partly"


@pytest.mark.slow
def test_a_staircase_goes_down(asked, tmp_path):
    plan, result = asked
    stairs = optplan.staircase(plan, result, "own", points=3)
    points = stairs.document["points"]
    first = [interval_from(point["criteria"][0]["interval"]) for point in points]
    assert [point["share"] for point in points] == ["0.5000", "1.0000", "1.5000"]
    assert first[0].high >= first[1].high >= first[2].high
    assert first[1].low - 1e-9 <= float(optimum(sound(plan.tables, candidates(6)))["target_shortfall"]) <= first[1].high + 1e-9
    stairs.to_excel(tmp_path / "stairs.xlsx", "en")
    assert stairs.sentences("zh") != stairs.sentences("en")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"cells": ["own:b:2021"]}, "value-cell"), ({"kinds": ["luck"]}, "value-kind"), ({"step": "0"}, "value-step"), ({"step": "x"}, "value-step")],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(asked, wrong, code):
    with pytest.raises(InputError) as problem:
        optplan.value(*asked, **wrong)
    assert problem.value.findings[0].code == code
    assert code not in problem.value.findings[0].message("zh")
