"""How figures read in sentences and tables, whatever the language: thousands set apart, decimals where they say something."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def decimal_of(value: Fraction | Decimal | int) -> Decimal:
    """The value to 28 digits, more than a cell of a workbook keeps."""
    return Decimal(value.numerator) / Decimal(value.denominator) if not isinstance(value, Decimal) else value


def count(value: int) -> str:
    """How many."""
    return f"{value:,}"


def quantity(value: Decimal) -> str:
    """A number of units, parts of one to two decimals."""
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"


def exact(value: Decimal) -> str:
    """A number with every decimal that it was given with."""
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value.normalize():,f}"


def typed(value: Decimal) -> str:
    """A number with the decimals that it was typed with, zeros at its end included."""
    return f"{value:,f}"


def seconds(value: float) -> str:
    """A stretch of time in seconds, to a tenth."""
    return f"{value:.1f}"


def amount(value: Decimal | float) -> str:
    """Money in the plan's currency unit, as every output shows it."""
    return f"{value:,.2f}"


def round_amount(value: Decimal | Fraction | float) -> str:
    """Money in whole currency units, where there is room for no more."""
    return f"{value:,.0f}"


def share(value: Decimal | float) -> str:
    """A share in per cent; what is not quite nothing does not read as nothing."""
    return f"{value:.1%}" if value == 0 or value >= 0.0005 else "<0.1%"


def percent(value: Decimal | float) -> str:
    """A share in per cent to two decimals, where small differences count."""
    return f"{value:.2%}"


def exact_percent(value: Decimal) -> str:
    """A share in per cent with every decimal that it has."""
    return f"{(value * 100).normalize():f}%"


def score(value: Decimal | float) -> str:
    """A sum of shares, of any size."""
    return f"{value:,.4f}"


def file_size(size: int) -> str:
    """A number of bytes as programs show it."""
    return f"{size / 2**20:.3g} MB" if size >= 2**20 else f"{size / 2**10:.3g} KB"
