"""How a brief puts figures into words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from optplan.language import text


def say(message: str, /, **values: Any) -> str:
    """The message of the catalogue ``brief`` in the current language."""
    return text("brief", message, None, **values)


def amount(value: Decimal) -> str:
    """Money in the plan's currency unit, as every other output shows it."""
    return f"{value:,.2f}"


def quantity(value: Decimal) -> str:
    """A number of units."""
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"


def share(value: float) -> str:
    """A share in per cent; what is not quite nothing does not read as nothing."""
    return f"{value:.1%}" if value == 0 or value >= 0.0005 else "<0.1%"


def listed(names: Sequence[str]) -> str:
    """Names in a row."""
    return say("comma").join(names)


def shortened(words: str, letters: int) -> str:
    """``words`` cut at ``letters``, the cut marked."""
    return words if len(words) <= letters else words[: letters - 1].rstrip() + "…"
