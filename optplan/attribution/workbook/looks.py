"""How figures of an attribution look, and exact fractions as cells hold them."""

from __future__ import annotations

from optplan.attribution.figures import CRITERION, MONEY, FigureKey
from optplan.decision_model import MONEY_CRITERIA
from optplan.workbook.styles import FRACTIONAL, SCORE, Look


def look_of(figure: FigureKey, *, sign: bool = False) -> Look:
    """The look of a figure: criteria with four decimals, money and units with two; ``sign``: of a change."""
    money = figure.kind in MONEY or figure.name in MONEY_CRITERIA
    form = SCORE if figure.kind == CRITERION and not money else FRACTIONAL
    if sign:
        plain = form.partition(";")[0]
        form = f'+{plain};-{plain};"–"'
    return Look(form, "right")
