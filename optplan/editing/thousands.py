"""Figures as people read them: with thousands set apart, as they may be typed too."""

from __future__ import annotations

from decimal import Decimal

from optplan.language.numbers import typed
from optplan.tables.schema import Column, Kind
from optplan.tables.values import BadValue, parse

COUNTED = {Kind.MONEY, Kind.QUANTITY, Kind.WHOLE}


def number_in(text: str, kind: Kind) -> Decimal | None:
    """The number that a cell of ``kind`` holds; ``None`` if it is blank or cannot be read."""
    try:
        value = parse(text, Column("", kind))
    except BadValue:
        return None
    return None if value is None else Decimal(value)


def thousands_apart(text: str, kind: Kind) -> str:
    """A cell of ``kind`` with thousands set apart; as it is where it is not an amount, such as a year or what cannot be read."""
    number = number_in(text, kind) if kind in COUNTED else None
    return text if number is None else typed(number)
