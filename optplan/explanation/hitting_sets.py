"""The smallest set that has something in common with each of some sets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import Any

MOST_STEPS = 20_000  # of the search; beyond, the best so far


def smallest_hitting(sets: Sequence[Collection[Any]], order: Callable[[Any], object]) -> frozenset[Any]:
    """A smallest set that meets every one of ``sets``; of several, one whose members come first by ``order``.

    Branches on a set that is not met, bounded below by the disjoint sets that are left.
    """
    wanted = sorted({frozenset(one) for one in sets}, key=lambda one: (len(one), sorted(map(str, one))))
    wanted = [one for one in wanted if not any(other < one for other in wanted)]
    best = _greedy(wanted, order)
    steps = 0

    def search(chosen: frozenset[Any], left: list[frozenset[Any]]) -> None:
        nonlocal best, steps
        steps += 1
        if not left:
            best = chosen if len(chosen) < len(best) else best
            return
        if steps > MOST_STEPS or len(chosen) + _disjoint(left) >= len(best):
            return
        often = Counter(member for one in left for member in one)
        for member in sorted(left[0], key=lambda each: (-often[each], order(each), str(each))):
            search(chosen | {member}, [one for one in left if member not in one])

    search(frozenset(), wanted)
    return best


def _disjoint(sets: Sequence[frozenset[Any]]) -> int:
    """How many of the sets have nothing in common with one another, as far as they are easily found: so many must be met."""
    used: set[Any] = set()
    number = 0
    for one in sets:
        if not used & one:
            used |= one
            number += 1
    return number


def _greedy(sets: Sequence[frozenset[Any]], order: Callable[[Any], object]) -> frozenset[Any]:
    chosen: set[Any] = set()
    left = list(sets)
    while left:
        often = Counter(member for one in left for member in one)
        member = min(often, key=lambda each: (-often[each], order(each), str(each)))
        chosen.add(member)
        left = [one for one in left if member not in one]
    return frozenset(chosen)
