"""What a criterion is called and how its value reads: by its unit, as exact as it means something."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from optplan.decision_model import MONEY_CRITERIA, SHARE_CRITERIA
from optplan.language import text
from optplan.language.numbers import amount, percent, score


def criterion_name(name: str, language: str | None = None) -> str:
    """What people call the criterion ``name``. ``language``: the current one if none is given."""
    return text("cli", f"criterion-{name}", language)


def criterion_figure(name: str, value: float | Decimal | Fraction) -> str:
    """A value of the criterion ``name``: a share in per cent, money in the currency unit (not named), or a sum of shares."""
    value = float(value) if isinstance(value, Fraction) else value
    if name in SHARE_CRITERIA:
        return percent(value)
    if name in MONEY_CRITERIA:
        return amount(value)
    return score(value).rstrip("0").rstrip(".")
