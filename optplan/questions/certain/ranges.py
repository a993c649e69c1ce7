"""Between which values a figure varies: what plans show from the inside, what relaxations and searches prove from the outside."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, inf

from optplan.questions.certain.cells import Cell
from optplan.search.solver.matrix import Floats

EXACT = 1e-6  # what a figure may be off by in a solver's arithmetic


@dataclass
class Range:
    """``low`` … ``high``: proven, no plan lies outside. ``seen_low`` … ``seen_high``: plans that were found reach so far."""

    cell: Cell
    value: float
    low: float = -inf
    high: float = inf
    seen_low: float = inf
    seen_high: float = -inf

    def __post_init__(self) -> None:
        self.low = max(self.low, 0.0)
        self.high = min(self.high, self.cell.most)
        self.seen_low = self.seen_high = self.value

    def open_to(self, side: float) -> bool:
        """Whether it is not known how high (``side`` 1), or how low (−1) it can go."""
        return (self.high - self.seen_high if side > 0 else self.seen_low - self.low) > EXACT

    def seen(self, side: float) -> float:
        """The highest (``side`` 1) or lowest (−1) value that was seen."""
        return self.seen_high if side > 0 else self.seen_low

    @property
    def settled(self) -> bool:
        """Whether it is known exactly between which values it varies."""
        return not self.open_to(-1.0) and not self.open_to(1.0)

    @property
    def firm(self) -> bool | None:
        """Whether it is the same in every plan; ``None``: not known."""
        if self.seen_high - self.seen_low > EXACT:
            return False
        return True if self.high - self.low <= EXACT else None

    def take_over(self, low: float, high: float, seen_low: float, seen_high: float) -> None:
        """All that was known of the same figure before."""
        self.low, self.high = max(self.low, low), min(self.high, high)
        self.seen_low, self.seen_high = min(self.seen_low, seen_low), max(self.seen_high, seen_high)

    def see(self, point: Floats) -> None:
        """A plan was found."""
        at = self.cell.at(point)
        at = float(round(at)) if self.cell.whole else at
        self.seen_low, self.seen_high = min(self.seen_low, at), max(self.seen_high, at)

    def reaches(self, point: Floats | None, side: float) -> bool:
        """Whether a point of the relaxation lies beyond what was seen, above (``side`` 1) or below it (−1).

        Then no relaxation proves that the figure ends there.
        """
        if point is None:
            return False
        beyond = side * (self.cell.at(point) - self.seen(side))
        return beyond > (1.0 - EXACT if self.cell.whole else EXACT)

    def prove(self, side: float, bound: float) -> None:
        """No plan is above (``side`` 1) or below (−1) ``bound``."""
        if self.cell.whole and abs(bound) < inf:
            bound = float(floor(bound + EXACT) if side > 0 else ceil(bound - EXACT))
        if side > 0:
            self.high = max(min(self.high, bound), self.seen_high)
        else:
            self.low = min(max(self.low, bound), self.seen_low)
