"""How dark a county is on a map: in fixed bands, so that the same figure has the same shade on every map."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from math import floor, log10

from optplan.language.numbers import exact_percent, round_amount
from optplan.tables.content import Tables

SHARES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
PROGRESS = (0.2, 0.4, 0.6, 0.8, 0.999)
STEPS = 5  # bands of money in a county
NARROW = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02)  # of all money: bands of differences


@dataclass(frozen=True)
class Shades:
    """Bands, each up to and with one of ``most``; what is beyond the last is darkest. ``money``: they are sums of money."""

    most: tuple[float, ...]
    money: bool = False

    def depth(self, value: float) -> float:
        """How dark a figure is: 0 for nothing, 1 for the last band; figures below nothing as those above."""
        return (bisect_left(self.most, abs(value)) + 1) / (len(self.most) + 1) if value else 0.0

    @property
    def labels(self) -> list[str]:
        """What each shade means, from nothing on."""
        said = [(round_amount if self.money else exact_percent)(Decimal(str(each))) for each in self.most]
        return ["0", *(f"≤ {each}" for each in said), f"> {said[-1]}"]

    @property
    def depths(self) -> list[float]:
        """How dark each of :attr:`labels` is."""
        return [at / (len(self.most) + 1) for at in range(len(self.most) + 2)]


def share_shades() -> Shades:
    """For shares of what is required that are missing."""
    return Shades(SHARES)


def money_shades(tables: Tables) -> Shades:
    """For what is spent in a county: in steps of a round part of what all funds of the plan give a county on the average."""
    step = _round(_given(tables) / max(1, len(tables["counties"])) / STEPS)
    return Shades(tuple(step * number for number in range(1, STEPS + 1)), money=True)


def difference_shades(tables: Tables, measure: str) -> Shades:
    """For differences between two results of the measure ``spending`` or ``gap``."""
    if measure == "gap":
        return Shades(SHARES)
    whole = _round(_given(tables))
    return Shades(tuple(whole * part for part in NARROW), money=True)


def _given(tables: Tables) -> float:
    return float(sum((row["amount"] for row in tables["budgets"]), Decimal(0))) or 1.0


def _round(value: float) -> float:
    """The next of 1, 2, 5, 10, 20 … that is no less."""
    power = 10.0 ** floor(log10(value))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= value * 0.999)
