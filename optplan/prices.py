"""What a unit, a project and a year of running them cost, exactly (model.md §3.7, Prices)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from optplan.schedule import in_yuan
from optplan.tables.content import Row, Tables


def half_up(amount: Fraction) -> int:
    """Rounded to the nearest whole number, halves upwards; amounts are never negative here."""
    return floor(amount + Fraction(1, 2))


@dataclass(frozen=True)
class Price:
    """What one unit costs, in yuan: once (``unit``), a year (``annual``), and in its first year (``first_year``)."""

    unit: int
    annual: int
    first_year: int


@dataclass(frozen=True)
class ProjectPrice:
    """What a project costs, in yuan: ``instalments`` by year of payment for a start year, running costs by year."""

    capital_cost: int
    spend: tuple[Decimal, ...]
    annual_cost: int
    first_year_share: Fraction


class PriceList:
    """The prices of a plan: the most specific ``costs`` row wins, and a row without a year grows from the price year on."""

    def __init__(self, tables: Tables) -> None:
        self._rows: Mapping[tuple[str, str | None, int | None], Row] = {
            (row["item"], row["county"], row["year"]): row for row in tables["costs"]
        }
        self._price_year: int = tables.setting("price_year") or tables.setting("first_year")
        self._growth = {
            "capital": 1 + Fraction(tables.setting("capital_price_growth")),
            "recurrent": 1 + Fraction(tables.setting("recurrent_price_growth")),
        }
        self._projects = {
            row["project"]: ProjectPrice(
                in_yuan(row["capital_cost"]), row["spend"], in_yuan(row["annual_cost"]), Fraction(row["first_year_share"])
            )
            for row in tables["projects"]
        }
        self._found: dict[tuple[str, str, int], Price] = {}

    def growth(self, spending_class: str, year: int) -> Fraction:
        """(1 + growth of the class)^(year − price_year)."""
        return self._growth[spending_class] ** (year - self._price_year)

    def of(self, item: str, county: str, year: int) -> Price:
        """The price of a unit of ``item`` in ``county`` paid in ``year``; nothing where no row speaks of it."""
        if (item, county, year) not in self._found:
            self._found[item, county, year] = self._price(item, county, year)
        return self._found[item, county, year]

    def _price(self, item: str, county: str, year: int) -> Price:
        for key in ((item, county, year), (item, county, None), (item, None, year), (item, None, None)):
            if row := self._rows.get(key):
                break
        else:
            return Price(0, 0, 0)
        unit, annual = in_yuan(row["unit_cost"]), in_yuan(row["annual_cost"])
        if key[2] is None:
            unit = half_up(unit * self.growth("capital", year))
            annual = half_up(annual * self.growth("recurrent", year))
        return Price(unit, annual, half_up(annual * Fraction(row["first_year_share"])))

    def instalments(self, project: str, start: int) -> Sequence[tuple[int, int]]:
        """(year of payment, yuan) of a project started in ``start``, payments after the plan's end included."""
        price = self._projects[project]
        return [
            (start + age, half_up(price.capital_cost * Fraction(share) * self.growth("capital", start + age)))
            for age, share in enumerate(price.spend)
        ]

    def running(self, project: str, year: int) -> Price:
        """What running an open project costs in ``year``, and in its first year; ``unit`` is 0."""
        price = self._projects[project]
        annual = half_up(price.annual_cost * self.growth("recurrent", year))
        return Price(0, annual, half_up(annual * price.first_year_share))
