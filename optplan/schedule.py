"""What is decided: deliveries, hires, project starts, and who pays what. Plain data, no rules.

Both the search, which writes it, and the exact check, which judges it, know this form; they share nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

YUAN_IN_UNIT = 10_000  # 万元; the smallest part of any currency unit is a ten-thousandth (model.md: four decimals)
YUAN = Decimal(1) / YUAN_IN_UNIT  # one yuan in the currency unit


def in_yuan(amount: Decimal) -> int:
    """An amount in the currency unit as a whole number of its ten-thousandths; ``ValueError`` if it has finer parts."""
    scaled = amount / YUAN
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{amount} is finer than {YUAN}")
    return int(scaled)


def from_yuan(yuan: int) -> Decimal:
    """The amount in the currency unit, with exactly four decimals."""
    return (yuan * YUAN).quantize(YUAN)


@dataclass(frozen=True)
class Schedule:
    """Who gets how much, when, and who pays. Keys with nothing are left out.

    ``deliveries``: units by (item, county, year), closed years included; whole numbers for whole items.
    ``hires``: people by (team, year). ``starts``: the year in which a project is started; one that never starts is absent.
    ``payments``: yuan by (fund, county, year, class), class being ``capital`` or ``recurrent``.
    ``requests``: yuan asked beyond the funds by (county, year, class).
    ``purposes``: where money is told apart, yuan by (fund, or blank for a request, county, year, class, purpose), which add up
    to ``payments`` and ``requests``.
    """

    deliveries: Mapping[tuple[str, str, int], Decimal] = field(default_factory=dict)
    hires: Mapping[tuple[str, int], int] = field(default_factory=dict)
    starts: Mapping[str, int] = field(default_factory=dict)
    payments: Mapping[tuple[str, str, int, str], int] = field(default_factory=dict)
    requests: Mapping[tuple[str, int, str], int] = field(default_factory=dict)
    purposes: Mapping[tuple[str, str, int, str, str], int] = field(default_factory=dict)
