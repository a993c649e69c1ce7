"""The division itself: exact, fair, and the average over the orders that there are."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optplan.attribution.shapley import Orders, part, part_between

FIGURES = st.fractions(min_value=-1000, max_value=1000, max_denominator=60)


@st.composite
def games(draw):
    """Groups, the sets of them that have an answer (always both ends), and a figure for each."""
    count = draw(st.integers(1, 5))
    full = (1 << count) - 1
    answered = {0, full} | draw(st.sets(st.integers(0, full)) if draw(st.booleans()) else st.just(set(range(full + 1))))
    return count, {subset: draw(FIGURES) for subset in sorted(answered)}


def by_permutations(count, values):
    """The marginal effects of each group, averaged over the orders whose every step has an answer; None if there are none."""
    found, orders = [Fraction(0)] * count, 0
    for order in permutations(range(count)):
        steps = [0]
        for group in order:
            steps.append(steps[-1] | 1 << group)
        if all(step in values for step in steps):
            orders += 1
            for group, before, after in zip(order, steps, steps[1:], strict=False):
                found[group] += values[after] - values[before]
    return orders, [each / orders for each in found] if orders else None


@settings(deadline=None, max_examples=200)
@given(games())
def test_parts_are_the_averages_over_all_orders(game):
    count, values = game
    orders = Orders(count, values)
    total, due = by_permutations(count, values)
    assert orders.total == total
    if due is not None:
        parts = [part(orders.weights(group), values) for group in range(count)]
        assert parts == due
        assert sum(parts) == values[orders.full] - values[0]


@settings(deadline=None)
@given(st.integers(2, 6), st.data())
def test_groups_that_can_be_exchanged_have_the_same_part_and_one_that_moves_nothing_has_none(count, data):
    by_size = data.draw(st.lists(FIGURES, min_size=count, max_size=count))  # the last group moves nothing
    idle = 1 << count - 1
    values = {subset: by_size[(subset & ~idle).bit_count()] for subset in range(1 << count)}
    orders = Orders(count, values)
    parts = [part(orders.weights(group), values) for group in range(count)]
    assert len(set(parts[:-1])) == 1
    assert parts[-1] == 0


def test_weights_of_the_textbook():
    weights = Orders(3, range(8)).weights(0)
    assert weights[0b001] == -weights[0] == Fraction(1, 3)
    assert weights[0b011] == weights[0b101] == Fraction(1, 6)
    assert weights[0b111] == Fraction(1, 3)


@pytest.mark.slow
@settings(deadline=None)
@given(games(), st.data())
def test_whatever_lies_between_the_bounds_gives_a_part_between_the_limits(game, data):
    count, highs = game
    orders = Orders(count, highs)
    if not orders.total:
        return
    lows = {subset: high - data.draw(st.fractions(0, 10, max_denominator=8)) for subset, high in highs.items()}
    truth = {s: lows[s] + (highs[s] - lows[s]) * data.draw(st.fractions(0, 1, max_denominator=4)) for s in highs}
    for group in range(count):
        weights = orders.weights(group)
        low, high = part_between(weights, lows, highs, {s: s for s in highs})
        assert low <= part(weights, truth) <= high
        assert low <= part(weights, highs) <= high


def test_what_one_search_left_open_is_not_counted_twice():
    """A group whose plans are the same with and without it has no part, and nothing of it is open."""
    orders = Orders(2, range(4))
    highs, lows = {0: 5, 1: 5, 2: 3, 3: 3}, {0: 4, 1: 4, 2: 1, 3: 1}
    assert part_between(orders.weights(0), lows, highs, {0: "a", 1: "a", 2: "b", 3: "b"}) == (0, 0)
    assert part_between(orders.weights(1), lows, highs, {0: "a", 1: "a", 2: "b", 3: "b"}) == (-4, -1)
