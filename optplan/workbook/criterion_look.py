"""How values of a criterion look in a workbook, whatever it is a workbook of."""

from __future__ import annotations

from optplan.figures.criteria import Measure
from optplan.language.lists import in_brackets
from optplan.workbook.styles import AMOUNT, FINE_PERCENT, PLAIN_SCORE, UP_TO_FINEST_PERCENT, Look


def criterion_head(measure: Measure) -> str:
    """Its name, with the unit where the cells do not write it themselves."""
    return in_brackets(measure.name, measure.symbol if measure.unit == "money" else "")


def criterion_look(measure: Measure, *, finer: bool = False) -> Look:
    """Of values that are divided by ``measure.whole``; ``finer``: with the decimals that a small change needs."""
    percent = UP_TO_FINEST_PERCENT if finer else FINE_PERCENT
    return {"money": AMOUNT, "percent": Look(percent, "right")}.get(measure.unit, Look(PLAIN_SCORE, "right"))
