"""Exact Shapley values: the change of a figure, divided over the groups of changes that brought it about.

A set of groups is a bit mask: group number ``n`` is in it if bit ``n`` is set. The part of a group is its marginal effect
averaged over the orders in which the groups can be made one after another. Where a set of groups has no answer (no plan
exists with just these changes), only the orders that avoid it are averaged; on each of them the marginal effects add up
to the whole change, and so do the parts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from functools import cached_property


class Orders:
    """The orders in which ``count`` groups can be made, each of whose steps is a set in ``answered``."""

    def __init__(self, count: int, answered: Collection[int]) -> None:
        self.count, self.answered = count, frozenset(answered)
        self.full = (1 << count) - 1

    @cached_property
    def _from_none(self) -> Mapping[int, int]:
        """In how many ways each answered set can be reached from the empty one."""
        ways = {0: 1} if 0 in self.answered else {}
        for subset in range(1, self.full + 1):
            if subset in self.answered:
                ways[subset] = sum(ways.get(subset ^ 1 << n, 0) for n in range(self.count) if subset >> n & 1)
        return ways

    @cached_property
    def _to_all(self) -> Mapping[int, int]:
        """In how many ways the set of all groups can be reached from each answered one."""
        ways = {self.full: 1} if self.full in self.answered else {}
        for subset in range(self.full - 1, -1, -1):
            if subset in self.answered:
                ways[subset] = sum(ways.get(subset | 1 << n, 0) for n in range(self.count) if not subset >> n & 1)
        return ways

    @cached_property
    def total(self) -> int:
        """How many orders there are; 0 if nothing can be divided."""
        return self._from_none.get(self.full, 0)

    def weights(self, group: int) -> dict[int, Fraction]:
        """What each set's figure counts in the part of ``group``: positive with the group, negative without it.

        Raises :class:`ZeroDivisionError` if there are no orders.
        """
        bit, found = 1 << group, dict[int, Fraction]()
        for without in self.answered:
            if without & bit or without | bit not in self.answered:
                continue
            orders = self._from_none.get(without, 0) * self._to_all.get(without | bit, 0)
            if orders:
                weight = Fraction(orders, self.total)
                found[without | bit], found[without] = weight, -weight
        return found


def part(weights: Mapping[int, Fraction], values: Mapping[int, Fraction]) -> Fraction:
    """The part of the group with ``weights`` of a figure that is ``values[subset]`` under each set of groups."""
    return sum((weight * values[subset] for subset, weight in weights.items()), Fraction(0))


def part_between(
    weights: Mapping[int, Fraction], lows: Mapping[int, Fraction], highs: Mapping[int, Fraction], same: Mapping[int, object]
) -> tuple[Fraction, Fraction]:
    """The least and the greatest that the part can be, if each figure is only known to lie between ``lows`` and ``highs``.

    Sets with the same ``same`` are answered by one and the same search, so that what is open of it is open once.
    """
    together: dict[object, tuple[int, Fraction]] = {}
    for subset, weight in weights.items():
        first, before = together.get(same[subset], (subset, Fraction(0)))
        together[same[subset]] = (first, before + weight)
    low = sum((weight * (lows if weight > 0 else highs)[subset] for subset, weight in together.values()), Fraction(0))
    high = sum((weight * (highs if weight > 0 else lows)[subset] for subset, weight in together.values()), Fraction(0))
    return low, high
