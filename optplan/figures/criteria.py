"""How the value of a criterion reads: by its unit, as exact as it means something."""

from __future__ import annotations

from optplan.decision_model import MONEY_CRITERIA, SHARE_CRITERIA
from optplan.language.numbers import amount, percent, score


def criterion_figure(name: str, value: float) -> str:
    """A value of the criterion ``name``: a share in per cent, money in the currency unit (not named), or a sum of shares."""
    if name in SHARE_CRITERIA:
        return percent(value)
    if name in MONEY_CRITERIA:
        return amount(value)
    return score(value).rstrip("0").rstrip(".")
