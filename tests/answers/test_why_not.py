"""What a wish costs is what trying every schedule says, and what is proven of it holds the truth."""

import json

import pytest
from answers.enumerated import every_sound, optimum, plan_of
from answers.test_wishes import RICH, WISHES
from openpyxl import load_workbook
from optimum.test_second_solver import model_of

import optplan
from optplan.answers import interval_from
from optplan.answers.wishes import read_wishes, wish_scenario
from optplan.audit.delivery import Deliveries
from optplan.audit.facts import Facts
from optplan.scenarios import apply_scenarios
from optplan.tables.findings import InputError

MODEL = model_of(["target_shortfall", "readiness_gap", "cost"])


@pytest.fixture(scope="module", params=[0])
def asked(request):
    plan = plan_of(request.param)
    if request.param == 0:
        plan = plan.with_changes(RICH)
    return request.param, plan, optplan.solve(plan, MODEL)


GRANTED = WISHES | {
    "engine:a:2021>=2": lambda d: d.total({"engine"}, ["a"], [2021]) >= 2,
    "engine:a:2022<=0": lambda d: d.total({"engine"}, ["a"], [2022]) == 0,
    "target:m>=3": lambda d: d.targets["m"][0] >= 3,
}


@pytest.mark.parametrize("wish", ["engine:a:2021>=2", "engine:a:2022<=0", "project:p>2022", "team:t:2022", "target:m>=3"])
def test_the_change_of_every_criterion_is_what_trying_everything_says(asked, wish):
    seed, plan, result = asked
    wished = apply_scenarios(plan, [wish_scenario(plan, read_wishes(plan, [wish]))])
    facts, everything = Facts(plan.tables), every_sound(plan, seed)
    before = optimum(everything)
    after = optimum(each for each in everything if GRANTED[wish](Deliveries(facts, each[0])))
    answer = optplan.why_not(plan, result, wish)
    if after is None:
        assert answer.status == "impossible"
        assert answer.result is None
        return
    assert answer.status == "answered"
    for entry in answer.document["criteria"]:
        name, change = entry["name"], interval_from(entry["change"])
        truth = float(after[name] - before[name])
        assert change.low - 1e-6 <= truth <= change.high + 1e-6, name
        assert change.width <= 1e-6 * max(1, abs(float(after[name])))
    if not answer.granted:
        assert optplan.verify(wished, answer.result).ok
    else:
        assert before == after


def test_the_first_plan_that_is_told_grants_the_wish_and_claims_no_more_than_is_true(asked):
    (seed, plan, result), wish = asked, "engine:a:2021>=2"
    wished = apply_scenarios(plan, [wish_scenario(plan, read_wishes(plan, [wish]))])
    facts = Facts(plan.tables)
    after = optimum(each for each in every_sound(plan, seed) if GRANTED[wish](Deliveries(facts, each[0])))
    told = []
    optplan.why_not(plan, result, wish, first=told.append)
    assert optplan.verify(wished, told[0].result).ok
    for level, truth in zip(told[0].result.document["criteria"], [after[each.name] for each in MODEL.criteria], strict=True):
        assert level["bound"] - 1e-6 <= float(truth) <= level["value"] + 1e-6
        if level["value"] > float(truth) + 1e-6:  # what follows is of plans that are worse in this
            break


def test_why_a_cell_is_there_asks_for_the_best_plan_without_it(asked):
    _, plan, result = asked
    cell = next(f"{e['item']}:{e['county']}:{e['year']}" for e in result.document["schedule"] if e["item"] == "engine")
    answer = optplan.why_not(plan, result, without=cell)
    assert answer.document["asked"]["wishes"] == [f"{cell}<=0"]
    assert not answer.granted
    with pytest.raises(InputError):
        optplan.why_not(plan, result, without="man:a:2021" if "man" not in str(result.schedule) else "post:a:2021")


def test_an_answer_is_a_document_tables_and_a_workbook_in_both_languages(asked, tmp_path):
    _, plan, result = asked
    told = []
    answer = optplan.why_not(plan, result, "engine:a:2021>=2", first=told.append)
    document = json.loads(answer.text())
    assert document["plan"]["sha256"] == plan.sha256
    assert {"question", "asked", "status", "criteria", "solves", "made_with"} <= set(document)
    assert all(solve["criteria"] for solve in document["solves"] if solve["status"] == "optimal")
    for language in ("zh", "en"):
        answer.to_excel(tmp_path / "answer.xlsx", language)
        assert len(load_workbook(tmp_path / "answer.xlsx").sheetnames) == 3
        assert not any("{" in said or "questions-" in said for said in answer.sentences(language))


def test_a_result_of_another_plan_is_refused(asked):
    _, plan, result = asked
    with pytest.raises(InputError) as problem:
        optplan.why_not(plan.with_changes({"limits": []}), result, "engine:a:2021>=2")
    assert problem.value.findings[0].code == "result-of-other-plan"


@pytest.mark.parametrize(
    ("wishes", "cells"),
    [
        (["target:e>=3", "engine:a:<=1"], {"at_least", "max"}),
        (["standard:s:a:2022", "engine:a:<=1"], {"hard", "max"}),
        (["team:t:2022", "man:a:<=1"], {"meets_by", "max"}),
    ],
)
def test_what_cannot_be_is_answered_with_the_rules_that_exclude_each_other(asked, wishes, cells):
    _, plan, result = asked
    answer = optplan.why_not(plan, result, wishes)
    assert answer.status == "impossible"
    (conflict,) = answer.document["conflict"]["conflicts"]
    assert {cell["column"] for cell in conflict["cells"]} == cells
    for language in ("zh", "en"):
        assert len(answer.sentences(language)) == 4
        assert not any("rule-" in said for said in answer.sentences(language))
