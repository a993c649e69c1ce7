"""What may be noise is not read as an effect: neither of all targets together nor of one."""

import copy
from decimal import Decimal

import pytest

from optplan.comparison import differences
from optplan.comparison.effects import effects, proven_targets
from optplan.figures.figures import Figures
from optplan.result import Result


def answer(result, missing, unproven=Decimal(0)):
    """An answer that misses these shares of the targets, and is proven but for so much of the criterion."""
    document = copy.deepcopy(result.document)
    weights = {row["target"]: Decimal(row["weight"]) for row in result.tables()["targets"]}
    for entry in document["targets"]:
        entry["shortfall"] = float(missing.get(entry["target"], 0) * Decimal(str(entry["total"])))
    value = sum((weights[target] * share for target, share in missing.items()), Decimal(0))
    whole = next(each for each in document["criteria"] if each["name"] == "target_shortfall")
    whole.update({"value": float(value), "in_plan": float(value), "bound": float(max(value - unproven, 0))})
    return Result(document)


def proven_of(one, other):
    return proven_targets(one, other, effects(one, other))


@pytest.fixture
def targets(two):
    return [entry["target"] for entry in two[0].document["targets"] if Decimal(str(entry["total"]))]


def test_two_equal_answers_have_no_effect_on_any_target(two, targets):
    same = answer(two[0], {targets[0]: Decimal("0.2")}, Decimal("0.1"))
    assert proven_of(same, same) == set()
    assert not any(each.certain for each in effects(same, same))


def test_one_target_that_alone_is_missed_by_far_is_an_effect_and_others_are_not(two, targets):
    one, another = targets[:2]
    base = answer(two[0], {})
    found = proven_of(base, answer(two[0], {one: Decimal("0.5"), another: Decimal("0.0001")}, Decimal("0.02")))
    assert found == {one}


def test_what_is_within_what_is_not_proven_is_noise_though_all_together_differ(two, targets):
    one, another = targets[:2]
    base = answer(two[0], {another: Decimal("0.1")}, Decimal("0.05"))
    other = answer(two[0], {one: Decimal("0.8"), another: Decimal("0.09")}, Decimal("0.05"))
    assert effects(base, other)[0].certain
    assert proven_of(base, other) == {one}  # the other target even gains


def test_no_target_is_an_effect_where_what_is_not_proven_is_more_than_the_difference(two, targets):
    base = answer(two[0], {})
    assert proven_of(base, answer(two[0], {targets[0]: Decimal("0.3")}, Decimal(100))) == set()


def test_noise_is_marked_beside_each_figure(two):
    sides = [Figures(result) for result in two]
    plain = differences.totals(sides, {1: {row["target"] for row in two[0].tables()["targets"]}})
    marked = differences.totals(sides, {1: set()})
    moved = [at for at, line in enumerate(plain) if line.cells()[-1][:1] in "+−" and marked[at].noise]
    assert moved, "the two answers deliver the same"
    for at in moved:
        assert marked[at].cells()[-1] == f"± {plain[at].cells()[-1][1:]}"


def test_a_later_criterion_is_no_effect_where_one_before_it_differs_by_what_may_be_noise(two, targets):
    base, noisy = answer(two[0], {}), answer(two[0], {targets[0]: Decimal("0.2")}, Decimal(100))
    cost = next(each for each in noisy.document["criteria"] if each["name"] == "cost")
    cost.update({"value": cost["value"] / 2, "in_plan": cost["in_plan"] / 2, "bound": cost["bound"] / 2})
    of_cost = {each.now.criterion: each for each in effects(base, noisy)}["cost"]
    assert of_cost.most < 0
    assert not of_cost.certain
