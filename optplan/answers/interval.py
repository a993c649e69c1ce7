"""What is proven of a figure: that it lies between two values, the bound and the value reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, isfinite
from typing import Any

SAME = 1e-9  # relative: what two figures may differ by and be the same


@dataclass(frozen=True)
class Interval:
    """``low`` ≤ figure ≤ ``high``; a side of which nothing is known is infinite."""

    low: float = -inf
    high: float = inf

    @property
    def known(self) -> bool:
        """Whether both sides are."""
        return isfinite(self.low) and isfinite(self.high)

    @property
    def width(self) -> float:
        """How much is open."""
        return self.high - self.low

    @property
    def negative(self) -> bool:
        """Whether the figure is proven to be below nothing."""
        return self.high < -SAME

    @property
    def zero(self) -> bool:
        """Whether the figure is proven to be nothing."""
        return abs(self.low) <= SAME and abs(self.high) <= SAME

    def less(self, other: Interval) -> Interval:
        """The difference of two figures of which no more is known than their intervals: ``self − other``."""
        return Interval(self.low - other.high, self.high - other.low)

    def within(self, other: Interval) -> Interval:
        """What is known of one figure from two sources; where they exclude each other by arithmetic alone, the nearest point."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Interval(low, high) if low <= high else Interval(high, high)

    def as_list(self) -> list[float | None]:
        """``[bound, value]`` as JSON keeps it, ``null`` for a side of which nothing is known."""
        return [side if isfinite(side) else None for side in (self.low, self.high)]


def interval_from(sides: list[float | None]) -> Interval:
    """The interval that :meth:`Interval.as_list` wrote."""
    low, high = sides
    return Interval(-inf if low is None else low, inf if high is None else high)


UNKNOWN = Interval()


def criteria_of(document: Mapping[str, Any]) -> dict[str, Interval]:
    """What a result document proves of each criterion, the ones before it held at what was reached; empty without a schedule."""
    return {level["name"]: Interval(min(level["bound"], level["value"]), level["value"]) for level in document["criteria"]}
