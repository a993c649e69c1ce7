"""What a unit, a project and a year of running them cost, exactly (model.md §3.7, Prices)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from optplan.schedule import in_yuan
from optplan.tables.content import Row, Tables

Key = tuple[str, str | None, int | None]  # item, county and year of a row of ``costs``


def half_up(amount: Fraction | int) -> int:
    """Rounded to the nearest whole number, halves upwards."""
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


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
        self._rows: Mapping[Key, Row] = {(row["item"], row["county"], row["year"]): row for row in tables["costs"]}
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
        self._shares: Mapping[str, tuple[Decimal, ...]] = {
            row["item"]: row["spend"] or (*[Decimal(0)] * row["lead_years"], Decimal(1)) for row in tables["items"]
        }
        self._found: dict[tuple[str, str, int], Price] = {}
        # all counties of which the same row speaks share its price
        self._of_row: dict[tuple[Key, int], Price] = {}
        self._grown: dict[tuple[str, int], Fraction] = {}

    def growth(self, spending_class: str, year: int) -> Fraction:
        """(1 + growth of the class)^(year − price_year)."""
        if (spending_class, year) not in self._grown:
            self._grown[spending_class, year] = self._growth[spending_class] ** (year - self._price_year)
        return self._grown[spending_class, year]

    def of(self, item: str, county: str, year: int) -> Price:
        """The price of a unit of ``item`` in ``county`` paid in ``year``; nothing where no row speaks of it."""
        if (item, county, year) not in self._found:
            speaking = self._speaking(item, county, year)
            self._found[item, county, year] = Price(0, 0, 0) if speaking is None else self._price(speaking, year)
        return self._found[item, county, year]

    def row_of(self, item: str, county: str, year: int) -> Row | None:
        """The row that says it."""
        speaking = self._speaking(item, county, year)
        return None if speaking is None else self._rows[speaking]

    def _speaking(self, item: str, county: str, year: int) -> Key | None:
        keys = ((item, county, year), (item, county, None), (item, None, year), (item, None, None))
        return next((key for key in keys if key in self._rows), None)

    def _price(self, key: Key, year: int) -> Price:
        if (key, year) not in self._of_row:
            self._of_row[key, year] = self._price_in(self._rows[key], year)
        return self._of_row[key, year]

    def _price_in(self, row: Row, year: int) -> Price:
        unit, annual = in_yuan(row["unit_cost"]), in_yuan(row["annual_cost"])
        if row["year"] is None:
            unit = half_up(unit * self.growth("capital", year))
            annual = half_up(annual * self.growth("recurrent", year))
        return Price(unit, annual, half_up(annual * Fraction(row["first_year_share"])))

    def order(self, item: str, county: str, delivered: int) -> Sequence[tuple[int, int]]:
        """(year of payment, yuan) of a unit delivered in ``delivered``, from the year of its order to that of its delivery.

        Each share is at the price of its year; payments before the plan are included.
        """
        shares = self._shares[item]
        if len(shares) == 1:
            return [(delivered, self.of(item, county, delivered).unit)]
        return [
            (year, half_up(self.of(item, county, year).unit * Fraction(share)))
            for year, share in enumerate(shares, start=delivered + 1 - len(shares))
        ]

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
