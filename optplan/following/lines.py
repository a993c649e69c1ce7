"""Where a plan stands, as data: a line for each target, standard, indicator, programme and county, and for the money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from optplan.following.lights import Light

if TYPE_CHECKING:
    from optplan.following.forecast import Forecast


@dataclass(frozen=True)
class Line:
    """``done`` of what is asked (``total``) through the year, and what was ``planned`` to be by then (``None``: not known).

    ``by_year``: what came in each year. ``origins``: the rows and records that ``done`` adds up from. Standards are in per
    cent of what is required; indicators in their unit, ``done`` being ``None`` where nothing was observed.
    """

    kind: str
    key: str
    name: str
    unit: str
    done: Fraction | None
    total: Fraction | None
    planned: Fraction | None
    by_year: Mapping[int, Fraction] = field(default_factory=dict)
    forecast: Forecast | None = None
    light: Light = "none"
    origins: tuple[str, ...] = ()
    due: bool = False
    spent: Decimal | None = None
    source: str = ""

    @property
    def rate(self) -> Fraction | None:
        """done ÷ planned to date; ``None`` where nothing was planned."""
        return self.done / self.planned if self.done is not None and self.planned else None

    @property
    def is_met(self) -> bool:
        """Whether all that is asked is done."""
        return self.done is not None and self.total is not None and self.done >= self.total

    @property
    def share(self) -> Fraction | None:
        """done ÷ total."""
        return self.done / self.total if self.done is not None and self.total else None


@dataclass(frozen=True)
class MoneyLine:
    """Money budgeted and spent through the year, in the currency unit; ``key`` a fund, a county, or blank for all.

    ``worked_out``: the part of ``spent`` that no record tells: what was delivered, at the plan's prices. ``known`` is false where
    that cannot be worked out, as for a single fund. ``by_now``: the part of ``budgeted`` that should be spent by now.
    """

    key: str
    name: str
    budgeted: Decimal
    spent: Decimal
    worked_out: Decimal
    by_year: Mapping[int, tuple[Decimal, Decimal]]
    known: bool = True
    by_now: Decimal = Decimal(0)
    light: Light = "none"
    origins: tuple[str, ...] = ()

    @property
    def rate(self) -> Fraction | None:
        """spent ÷ budgeted; ``None`` where it is not known what was spent."""
        return Fraction(self.spent) / Fraction(self.budgeted) if self.budgeted and self.known else None


@dataclass(frozen=True)
class CountyLine:
    """A county: the mean of done ÷ planned to date over the targets of which something was planned there, each at most one.

    ``parts``: what it is the mean of, by target: done and planned. ``milestones``: how many due targets of the county alone are
    reached, and how many were due. ``money``: of its own funds. ``spent``: in the county, from whatever fund.
    """

    county: str
    name: str
    progress: Fraction | None
    parts: Mapping[str, tuple[Fraction, Fraction]]
    milestones: tuple[int, int]
    money: MoneyLine
    spent: Decimal
    light: Light = "none"
