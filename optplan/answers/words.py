"""Intervals in words: what a criterion is, or by how much it moves, and how sure that is."""

from __future__ import annotations

from math import ceil

from optplan.answers.interval import Interval
from optplan.figures.criteria import Measure
from optplan.language import text
from optplan.language.numbers import amount, score
from optplan.tables.units import unit_name

FEWEST = 2  # decimals of a percentage
ROUNDING = 1e-6  # of the last decimal


def figure(measure: Measure, value: float, *, sign: bool = False) -> str:
    """A value of a criterion without its unit: percentage points, money, or a sum of shares."""
    shown = _number(measure, abs(value) / float(measure.per))
    nothing = not any(digit in shown for digit in "123456789")
    if nothing:
        return shown
    return (("+" if value > 0 else "−") if sign or value < 0 else "") + shown


def seen(measure: Measure, value: float) -> bool:
    """Whether a value shows in the figures that are printed."""
    return any(digit in figure(measure, value) for digit in "123456789")


def estimate(measure: Measure, value: float, language: str | None = None) -> str:
    """By how much a criterion may move, with its unit."""
    return estimated_figure(measure, value) + _unit(measure, language, change=True)


def estimated_figure(measure: Measure, value: float) -> str:
    """An estimate without its unit, with a decimal more of a percentage than others, so that places can be ranked by it."""
    size = abs(value) / float(measure.per)
    return f"{size:.{FEWEST + 1}f}" if measure.unit == "percent" else _number(measure, size)


def no_more_than(measure: Measure, value: float, language: str | None = None) -> str:
    """What a change is proven not to exceed, rounded up, with its unit."""
    steps = 10**FEWEST / float(measure.per)
    return figure(measure, ceil(value * steps - ROUNDING) / steps) + _unit(measure, language, change=True)


def change_unit(measure: Measure, language: str | None = None) -> str:
    """The unit of what a criterion moves by, as an axis says it: points, where the criterion itself is a share."""
    return _unit(measure, language, change=True).strip()


def between(measure: Measure, interval: Interval, language: str | None = None, *, change: bool = False) -> str:
    """What a criterion is, or (``change``) by how much it moves, with its unit: ``0.40 to 0.52 points``.

    One figure where both ends read alike. A change between a gain and a loss has signs.
    """
    unit = _unit(measure, language, change=change)
    if not interval.known:
        side = next(
            (each for each in (("at-least", interval.low), ("at-most", interval.high)) if abs(each[1]) != float("inf")), None
        )
        if side is None:
            return text("answers", "not-known", language)
        said = text("answers", f"interval-{side[0]}", language, value=figure(measure, side[1], sign=change))
        return f"{said}{unit}"
    signs = change and interval.low < 0 < interval.high
    low, high = (figure(measure, side, sign=signs) for side in (interval.low, interval.high))
    if low == high:
        return f"{low}{unit}"
    return text("answers", "interval", language, low=low, high=high) + unit


def _unit(measure: Measure, language: str | None, *, change: bool) -> str:
    currency = unit_name(measure.currency, language)
    return text("answers", f"unit-{measure.unit}" + ("-change" if change else ""), language, currency=currency)


def _number(measure: Measure, value: float) -> str:
    if measure.unit == "money":
        return amount(value)
    if measure.criterion == "target_shortfall":  # of which one unit of many thousands may be all that moves
        whole, _, decimals = score(value).partition(".")
        return f"{whole}.{decimals[:FEWEST]}{decimals[FEWEST:].rstrip('0')}"
    return score(value) if measure.unit == "score" else f"{value:.{FEWEST}f}"
