"""Money: what was asked for, what was at hand, what is spent; each fund's account; what falls due after the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from optplan.figures.figures import ZERO, Figures
from optplan.tables.declarations import SPENDING_CLASSES


@dataclass(frozen=True)
class MoneyYear:
    """A year's money. ``given`` anew, ``carried_in`` from the year before, ``asked`` beyond both; ``spent`` by the funds."""

    year: int
    given: Decimal
    carried_in: Decimal
    asked: Decimal
    capital: Decimal
    recurrent: Decimal
    carried_out: Decimal
    lapsed: Decimal

    @property
    def available(self) -> Decimal:
        """What was at hand."""
        return self.given + self.carried_in

    @property
    def cost(self) -> Decimal:
        """What the plan costs."""
        return self.capital + self.recurrent


@dataclass(frozen=True)
class Account:
    """A fund's year. ``holder`` is the county whose fund it is, blank for a pool."""

    fund: str
    holder: str
    year: int
    given: Decimal
    carried_in: Decimal
    spent: Decimal
    carried_out: Decimal
    lapsed: Decimal


@dataclass(frozen=True)
class Commitment:
    """An amount that falls due after the plan: an instalment of a project, or running costs, which recur every year."""

    kind: str
    county: str
    project: str | None
    year: int
    amount: Decimal


def by_year(figures: Figures) -> list[MoneyYear]:
    """The money of each open year."""
    return [_year(figures, year) for year in figures.open_years]


def _year(figures: Figures, year: int) -> MoneyYear:
    parts = {
        part: sum((Decimal(entry[part]) for (_, _, when), entry in figures.balances.items() if when == year), ZERO)
        for part in ("amount", "carried_in", "carried_out", "lapsed")
    }
    spent = {
        kind: sum((figures.costs.get((county, year, kind), ZERO) for county in figures.counties), ZERO)
        for kind in SPENDING_CLASSES
    }
    asked = sum((amount for (_, when, _), amount in figures.requests.items() if when == year), ZERO)
    return MoneyYear(
        year,
        parts["amount"],
        parts["carried_in"],
        asked,
        spent["capital"],
        spent["recurrent"],
        parts["carried_out"],
        parts["lapsed"],
    )


def together(years: Sequence[MoneyYear]) -> MoneyYear | None:
    """All years together: what was carried into the first, and out of the last."""
    if not years:
        return None
    first, last = years[0], years[-1]
    return MoneyYear(
        last.year,
        sum((each.given for each in years), ZERO),
        first.carried_in,
        sum((each.asked for each in years), ZERO),
        sum((each.capital for each in years), ZERO),
        sum((each.recurrent for each in years), ZERO),
        last.carried_out,
        sum((each.lapsed for each in years), ZERO),
    )


def accounts(figures: Figures, fund: str) -> list[Account]:
    """The account of ``fund`` in every open year, holder by holder in the order of the counties; empty ones are left out."""
    places = {county: number for number, county in enumerate(("", *figures.counties))}
    found = [
        Account(
            fund,
            holder,
            year,
            *(Decimal(entry[part]) for part in ("amount", "carried_in", "spent", "carried_out", "lapsed")),
        )
        for (name, holder, year), entry in figures.balances.items()
        if name == fund and year in figures.open_years
    ]
    used = {each.holder for each in found if each.given or each.carried_in or each.spent}
    return sorted((each for each in found if each.holder in used), key=lambda each: (places[each.holder], each.year))


def added_up(account: Sequence[Account]) -> list[Account]:
    """The accounts of several holders of one fund as one, year by year."""
    return [
        Account(
            account[0].fund,
            "",
            year,
            *(
                sum((getattr(each, part) for each in account if each.year == year), ZERO)
                for part in ("given", "carried_in", "spent", "carried_out", "lapsed")
            ),
        )
        for year in sorted({each.year for each in account})
    ]


def commitments(figures: Figures) -> list[Commitment]:
    """What falls due after the plan's last year, instalments first, by year and county."""
    places = {county: number for number, county in enumerate(figures.counties)}
    found = [
        Commitment(entry["kind"], entry["county"], entry["project"], entry["year"], Decimal(entry["amount"]))
        for entry in figures.document["commitments"]
    ]
    return sorted(found, key=lambda each: (each.kind == "running", each.year, places.get(each.county, 0)))


def spent(figures: Figures, county: str) -> Decimal:
    """What is spent in a county in the open years."""
    return sum((figures.costs.get((county, year, kind), ZERO) for year in figures.open_years for kind in SPENDING_CLASSES), ZERO)
