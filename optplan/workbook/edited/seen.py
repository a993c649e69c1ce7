"""What a cell of an edited workbook is seen as: a figure that looks like another one is refused, a rounded one is pointed out."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from optplan.tables.cells import Formatted, Unseen
from optplan.tables.findings import Finding, Place, error, warning
from optplan.tables.money_units import same_money

NOTICED = Decimal("0.005")  # by how much what is seen may differ: the workbook as exported shows two decimals


def seen_otherwise(value: Any, place: Place, currency: str) -> Finding | None:
    """That a cell shows another figure than it holds, or one in another unit of money, or none."""
    if isinstance(value, Unseen):
        return error("cell-unseen", place, value=value[:40])
    if not isinstance(value, Formatted):
        return None
    held = format(value, ".15g")
    if value.wrong:
        return error(value.wrong, place, value=held)
    if value.money and not same_money(value.money, currency):
        return error("edit-money-unit", place, value=held, unit=value.money, currency=currency)
    return None


def seen_rounded(value: Any, place: Place) -> Finding | None:
    """That a cell shows less of its figure than cells of the workbook do as exported."""
    if not isinstance(value, Formatted) or not value.shown or value.percent:
        return None
    held = format(value, ".15g")
    if abs(Decimal(value.shown) - Decimal(held)) <= NOTICED:
        return None
    return warning("edit-rounded", place, value=held, shown=value.shown)
