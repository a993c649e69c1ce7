"""Intervals in words: what a criterion is, or by how much it moves, and how sure that is."""

from __future__ import annotations

from optplan.answers.interval import Interval
from optplan.decision_model import MONEY_CRITERIA, SHARE_CRITERIA
from optplan.language import text
from optplan.language.numbers import amount, score

SCALE = {"share": 100.0, "money": 1.0, "sum": 1.0}


def unit_of(criterion: str) -> str:
    """``share``, ``money`` or ``sum`` (of shares, of any size)."""
    return "share" if criterion in SHARE_CRITERIA else "money" if criterion in MONEY_CRITERIA else "sum"


def figure(criterion: str, value: float, *, sign: bool = False) -> str:
    """A value of a criterion without its unit: percentage points, money, or a sum of shares."""
    unit = unit_of(criterion)
    shown = (amount if unit == "money" else score if unit == "sum" else _points)(abs(value) * SCALE[unit])
    nothing = not any(digit in shown for digit in "123456789")
    if nothing:
        return shown
    return (("+" if value > 0 else "−") if sign or value < 0 else "") + shown


def between(criterion: str, interval: Interval, currency: str, language: str | None = None, *, change: bool = False) -> str:
    """What a criterion is, or (``change``) by how much it moves, with its unit: ``0.40 to 0.52 points``.

    One figure where both ends read alike. A change between a gain and a loss has signs.
    """
    unit = text("answers", f"unit-{unit_of(criterion)}" + ("-change" if change else ""), language, currency=currency)
    if not interval.known:
        side = next(
            (each for each in (("at-least", interval.low), ("at-most", interval.high)) if abs(each[1]) != float("inf")), None
        )
        if side is None:
            return text("answers", "not-known", language)
        said = text("answers", f"interval-{side[0]}", language, value=figure(criterion, side[1], sign=change))
        return f"{said}{unit}"
    signs = change and interval.low < 0 < interval.high
    low, high = (figure(criterion, side, sign=signs) for side in (interval.low, interval.high))
    if low == high:
        return f"{low}{unit}"
    return text("answers", "interval", language, low=low, high=high) + unit


def _points(value: float) -> str:
    return f"{value:.2f}"
