"""Bounds that are worked out without a solver: by hand, on plans, and from multipliers that somebody made up."""

from __future__ import annotations

import copy
import json
import random
from fractions import Fraction

import pytest
from plans.random_plans import Size, random_tables
from slow_set import mostly_slow

import optplan
from optplan.cli import main
from optplan.plan import Plan
from optplan.proof.bound import bound_of, limits_that_follow
from optplan.proof.program import Linear, Row
from optplan.result import Result, check_proof
from optplan.tables import write_folder

PLAN = Plan(random_tables(4, Size(counties=3, years=3, goods=4, teams=3, projects=2, money=0.6)))


class TestByHand:
    """Two columns: minimise 1 + 2a + 3b, with a + b ≥ 5/2, a ≤ 2 and b ≤ 10."""

    OBJECTIVE = Linear(Fraction(1), {0: Fraction(2), 1: Fraction(3)})
    ENOUGH = Row(Fraction(5, 2), {0: Fraction(1), 1: Fraction(1)}, None)
    LOWER, UPPER = [Fraction(0), Fraction(0)], [Fraction(2), Fraction(10)]

    def bound(self, multiplier, upper=None):
        return bound_of(self.OBJECTIVE, [(Fraction(multiplier), self.ENOUGH)], self.LOWER, upper or self.UPPER)

    def test_the_best_multiplier_gives_the_least_value(self):
        # a = 2, b = 1/2: 1 + 4 + 3/2; with multiplier 3 the reduced costs are −1 and 0: 1 + 15/2 − 1·2
        assert self.bound(3) == Fraction(13, 2)

    @pytest.mark.parametrize(
        ("multiplier", "bound"), [(0, Fraction(1)), (2, Fraction(6)), (4, Fraction(1) + 10 - 4 - 10), (-1, Fraction(1))]
    )
    def test_every_other_gives_a_weaker_one(self, multiplier, bound):
        assert self.bound(multiplier) == bound <= Fraction(13, 2)

    def test_nothing_follows_where_a_column_has_no_limit(self):
        assert self.bound(3, [None, Fraction(10)]) is None
        assert self.bound(2, [None, None]) == 6

    def test_limits_follow_from_rows_where_columns_have_none(self):
        rows = [
            Row(None, {0: Fraction(1), 1: Fraction(2)}, Fraction(8)),
            Row(Fraction(-3), {2: Fraction(-1), 0: Fraction(1, 2)}, None),
        ]
        low, high = limits_that_follow(rows, [Fraction(0)] * 3, [None] * 3)
        assert low == [0, 0, 0]
        assert high == [8, 4, 7]  # a ≤ 8, 2b ≤ 8, c ≤ 3 + a/2

    def test_no_limit_follows_from_what_may_be_endless_itself(self):
        _, high = limits_that_follow([Row(None, {0: Fraction(1), 1: Fraction(-1)}, Fraction(8))], [Fraction(0)] * 2, [None] * 2)
        assert high == [None, None]


@pytest.fixture(scope="module", params=mostly_slow(["attain", "price", "fair"], 1))
def result(request) -> Result:
    return optplan.solve(PLAN, request.param, gap=0.02)


@pytest.fixture(scope="module")
def thrifty() -> Result:
    return optplan.solve(PLAN, "thrift", gap=0.02)


def test_what_is_checked_never_exceeds_what_was_reached_and_mostly_says_much(result):
    bounds = check_proof(PLAN, result)
    assert [each.criterion for each in bounds] == list(result.criteria.name)
    for each in bounds:
        assert 0 <= each.checked <= each.value * (1 + 1e-9) + 1e-9
    cost = bounds[-1]
    assert cost.value == 0 or cost.checked > 0.8 * cost.bound
    assert "contradicts" not in {each.standing for each in bounds}


def test_multipliers_that_somebody_made_up_prove_nothing_false(result):
    """Weaker bounds they give, never one above a plan that there is."""
    dice = random.Random(5)
    for _ in range(4):
        forged = copy.deepcopy(result.document)
        for entry in forged.get("proof", []):
            for of_rule in entry["multipliers"].values():
                for index in of_rule:
                    of_rule[index] *= dice.choice([-1.0, 0.0, 0.5, 1.0, 1.0, 2.0, 1e6])
            entry["multipliers"]["no such rule"] = {"nowhere": 1e9}
        for each in check_proof(PLAN, Result(forged)):
            assert 0 <= each.checked <= each.value * (1 + 1e-9) + 1e-9


def test_a_value_below_all_that_is_possible_is_found_out_without_a_solver(thrifty):
    forged = copy.deepcopy(thrifty.document)
    forged["criteria"][-1]["value"] = check_proof(PLAN, thrifty)[-1].checked * 0.9
    assert check_proof(PLAN, Result(forged))[-1].standing == "contradicts"


def test_a_result_without_multipliers_proves_nothing_and_says_so():
    result = optplan.solve(PLAN, "thrift", gap=0.02, quick=True)
    assert "proof" not in result.document
    assert {each.checked for each in check_proof(PLAN, result)} == {0.0}
    assert check_proof(PLAN, result)[-1].standing == "far"


def test_a_plan_changed_from_another_needs_that_one(thrifty):
    replanned = optplan.solve(PLAN, "replan", reference=thrifty, gap=0.02)
    assert len(check_proof(PLAN, replanned, reference=thrifty)) == len(replanned.criteria)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_shell_says_what_was_checked_and_what_is_the_solvers_word(thrifty, tmp_path, capsys, language):
    write_folder(PLAN.tables, tmp_path / "plan")
    thrifty.to_json(tmp_path / "result.json")
    with pytest.raises(SystemExit) as done:
        main(["verify", str(tmp_path / "plan"), str(tmp_path / "result.json"), "--proof", "--lang", language])
    assert done.value.code == 0
    said = capsys.readouterr().out
    assert {"zh": "已复核：不低于", "en": "Checked: not below"}[language] in said
    with pytest.raises(SystemExit):
        main(["verify", str(tmp_path / "plan"), str(tmp_path / "result.json"), "--proof", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert [each["criterion"] for each in told["proof"]] == ["target_shortfall", "cost"]
    assert all(each["checked"] <= each["value"] + 1e-9 for each in told["proof"])
