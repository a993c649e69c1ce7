"""How figures read in sentences and small tables, whatever the language."""

from __future__ import annotations

from decimal import Decimal


def amount(value: Decimal) -> str:
    """Money in the plan's currency unit, as every other output shows it."""
    return f"{value:,.2f}"


def quantity(value: Decimal) -> str:
    """A number of units."""
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"


def share(value: float) -> str:
    """A share in per cent; what is not quite nothing does not read as nothing."""
    return f"{value:.1%}" if value == 0 or value >= 0.0005 else "<0.1%"
