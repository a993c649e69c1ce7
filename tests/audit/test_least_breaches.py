"""A good schedule changed by the least that breaks one rule, with all that follows put right, is refused for that rule."""

from __future__ import annotations

import copy
from decimal import Decimal

import pytest
from plans.strict_plan import Breach, least_breaches, strict_tables

from optplan.audit import audit
from optplan.decision_model import read_model
from optplan.document.document import sections_of
from optplan.document.seal import seal
from optplan.document.verdict import verdict_on
from optplan.plan import Plan
from optplan.result import Result
from optplan.schedule import Schedule
from optplan.solving.solve import solve

TABLES = strict_tables()
RULES = {"hard-need", "use-too-much", "fund-not-for", "overspent", "not-paid"}
WITH = {"not-paid": {"not-paid", "purpose-not-paid"}}  # what is not paid as a whole is not paid for some purpose either


@pytest.fixture(scope="module")
def result() -> Result:
    return solve(Plan(TABLES), "attain", time_limit=60)


@pytest.fixture(scope="module")
def breaches(result: Result) -> list[Breach]:
    return list(least_breaches(TABLES, result.to_schedule()))


def test_nothing_is_lacking_and_nothing_to_spare(result: Result, breaches: list[Breach]) -> None:
    assert result.document["status"] == "optimal"
    assert result.document["loans"]
    assert audit(TABLES, result.to_schedule(), requests=False).ok
    assert {rule for _, rule, _ in breaches} == RULES


def test_each_is_refused_for_the_rule_that_it_breaks_and_for_no_other(breaches: list[Breach]) -> None:
    refused = {
        what: {violation.rule for violation in audit(TABLES, each, requests=False).violations} for what, _, each in breaches
    }
    assert refused == {what: WITH.get(rule, {rule}) for what, rule, _ in breaches}


def test_a_result_made_of_it_and_sealed_anew_is_refused(result: Result, breaches: list[Breach]) -> None:
    """Whoever forges a result may work out every figure that follows; the rule remains."""
    accepted = [what for what, rule, each in breaches if rule not in _rules_of(_forged(result, each))]
    assert accepted == []


def _forged(result: Result, schedule: Schedule) -> Result:
    names = [criterion.name for criterion in read_model("attain").criteria]
    checked = audit(TABLES, schedule, requests=False, criteria=names)
    document = copy.deepcopy(result.document) | sections_of(schedule, checked)
    for level in document["criteria"]:
        level["in_plan"] = level["value"] = float(checked.criteria[level["name"]])
        level["gap"] = level["value"] - level["bound"]
    document["seal"] = seal(document, checked)
    return Result(document)


def _rules_of(result: Result) -> set[str]:
    return {violation.rule for violation in verdict_on(result.document, TABLES).violations}


@pytest.mark.parametrize("figure", ["amount", "instalment", "remaining"])
@pytest.mark.parametrize("yuan", [-1, 1])
def test_what_a_loan_is_told_to_cost_is_recomputed(result: Result, figure: str, yuan: int) -> None:
    document = copy.deepcopy(result.document)
    told = document["loans"][0]
    told[figure] = str(Decimal(told[figure]) + yuan * Decimal("0.0001"))
    document["seal"] = seal(document, audit(TABLES, result.to_schedule(), requests=False))
    refused = verdict_on(document, TABLES).violations
    assert f"loans.{figure}" in {violation.values.get("section") for violation in refused}
