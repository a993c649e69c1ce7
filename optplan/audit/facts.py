"""The tables as the exact check reads them: sets, scopes and prices, worked out here once more (model.md §2, §3.7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property, lru_cache
from math import floor

from optplan.schedule import YUAN_IN_UNIT
from optplan.tables.content import Row, Tables


def exactly(quantity: Decimal) -> int | Fraction:
    """A quantity as a number that adds up exactly, and quickly where it is whole."""
    numerator, denominator = quantity.as_integer_ratio()
    return numerator if denominator == 1 else Fraction(numerator, denominator)


def nearest(amount: int | Fraction) -> int:
    """Half-up to the whole yuan."""
    return floor(2 * amount + 1) // 2


class Facts:
    """What the tables say, by id."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.first: int = tables.setting("first_year")
        self.last: int = tables.setting("last_year")
        self.closed: int = tables.setting("closed_through") or self.first - 1
        self.years = range(self.first, self.last + 1)
        self.open_years = range(max(self.first, self.closed + 1), self.last + 1)
        self.counties = {row["county"]: row for row in tables["counties"]}
        self.items = {row["item"]: row for row in tables["items"]}
        self.teams = {row["team"]: row for row in tables["teams"]}
        self.projects = {row["project"]: row for row in tables["projects"]}
        self.funds = {row["fund"]: row for row in tables["funds"]}
        self.budgets = {(row["fund"], row["county"], row["year"]): yuan(row["amount"]) for row in tables["budgets"]}
        self._growths: dict[tuple[str, int], Fraction] = {}
        # asked for again and again, of one schedule and of the next
        self.unit_cost, self.annual_cost = cache(self._unit_cost), cache(self._annual_cost)
        self.first_year_cost = cache(self._first_year_cost)

    @cached_property
    def members(self) -> dict[str, set[str]]:
        """The items of each group; an item is also a group of one."""
        found: dict[str, set[str]] = {item: {item} for item in self.items}
        for row in self.tables["groups"]:
            found.setdefault(row["group"], set()).add(row["item"])
        return found

    @cached_property
    def starting_stock(self) -> dict[tuple[str, str], list[tuple[int | Fraction, int | None]]]:
        """(quantity, last year in which it still stands or ``None``) by item and county."""
        found: dict[tuple[str, str], list[tuple[int | Fraction, int | None]]] = defaultdict(list)
        for row in self.tables["stock"]:
            found[row["item"], row["county"]].append((exactly(row["quantity"]), row["retires_after"]))
        return found

    @cached_property
    def leaving(self) -> dict[str, list[tuple[int, int]]]:
        """(year, how many) of the staff who leave each team."""
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for row in self.tables["losses"]:
            found[row["team"]].append((row["year"], row["quantity"]))
        return found

    def may_be_open(self, project: str, year: int) -> bool:
        """Whether a project could be open in ``year``, by its own dates and what was started in closed years."""
        row = self.projects[project]
        done = next((act["year"] for act in self.tables["actuals"] if act["project"] == project), None)
        earliest = max(row["earliest_start"] or self.first, self.closed + 1) if done is None else done
        latest = min(row["latest_opening"] or self.last, self.last) if done is None else self.last
        return bool(earliest + row["build_years"] <= min(year, latest))

    def where(self, row: Row) -> Iterable[str]:
        """The counties a row speaks of."""
        return [row["county"]] if row["county"] else list(self.counties)

    def when(self, row: Row) -> Iterable[int]:
        """The years a row speaks of."""
        return [row["year"]] if row["year"] else self.years

    # -- prices, in yuan -----------------------------------------------------------------------------------------------

    def _growth(self, setting: str, year: int) -> Fraction:
        if (setting, year) not in self._growths:
            since = year - (self.tables.setting("price_year") or self.first)
            self._growths[setting, year] = (1 + Fraction(self.tables.setting(setting))) ** since
        return self._growths[setting, year]

    @cached_property
    def _cost_rows(self) -> dict[str, dict[tuple[str | None, int | None], Row]]:
        rows: dict[str, dict[tuple[str | None, int | None], Row]] = defaultdict(dict)
        for row in self.tables["costs"]:
            rows[row["item"]][row["county"], row["year"]] = row
        return rows

    def _cost_row(self, item: str, county: str, year: int) -> Row | None:
        rows = self._cost_rows.get(item, {})
        return next((rows[key] for key in ((county, year), (county, None), (None, year), (None, None)) if key in rows), None)

    def _unit_cost(self, item: str, county: str, year: int) -> int:
        """What a unit bought in ``year`` costs."""
        row = self._cost_row(item, county, year)
        if row is None:
            return 0
        return (
            yuan(row["unit_cost"])
            if row["year"]
            else nearest(yuan(row["unit_cost"]) * self._growth("capital_price_growth", year))
        )

    def _annual_cost(self, item: str, county: str, year: int) -> int:
        """What a unit costs in a full ``year``."""
        row = self._cost_row(item, county, year)
        if row is None:
            return 0
        annual = yuan(row["annual_cost"])
        return annual if row["year"] else nearest(annual * self._growth("recurrent_price_growth", year))

    def _first_year_cost(self, item: str, county: str, year: int) -> int:
        """What a unit delivered in ``year`` costs to run in that year."""
        row = self._cost_row(item, county, year)
        return 0 if row is None else nearest(self.annual_cost(item, county, year) * Fraction(row["first_year_share"]))

    def still_stands(self, item: str, delivered: int, year: int) -> bool:
        """Whether a unit delivered in ``delivered`` is in service in ``year``."""
        life = self.items[item]["service_life"]
        return delivered <= year and (life is None or year < delivered + life)

    def order(self, item: str, county: str, delivered: int) -> list[tuple[int, int]]:
        """(year, yuan) of what a unit delivered in ``delivered`` costs to buy."""
        row = self.items[item]
        shares, ordered = row["spend"], delivered - row["lead_years"]
        if shares is None:
            return [(delivered, self.unit_cost(item, county, delivered))]
        return [
            (ordered + age, nearest(self.unit_cost(item, county, ordered + age) * Fraction(s))) for age, s in enumerate(shares)
        ]

    def instalments(self, project: str, start: int) -> list[tuple[int, int]]:
        """(year, yuan) of what a project started in ``start`` costs to build."""
        row = self.projects[project]
        whole = yuan(row["capital_cost"])
        return [
            (start + age, nearest(whole * Fraction(share) * self._growth("capital_price_growth", start + age)))
            for age, share in enumerate(row["spend"])
        ]

    def project_annual_cost(self, project: str, year: int) -> int:
        """What an open project costs in a full ``year``."""
        return nearest(yuan(self.projects[project]["annual_cost"]) * self._growth("recurrent_price_growth", year))

    def project_first_year_cost(self, project: str, year: int) -> int:
        """What a project opened in ``year`` costs to run in that year."""
        return nearest(self.project_annual_cost(project, year) * Fraction(self.projects[project]["first_year_share"]))

    # -- funds ---------------------------------------------------------------------------------------------------------

    def pays(self, fund: str) -> tuple[str, ...]:
        """The classes of spending that a fund may pay."""
        pays = self.funds[fund]["pays"]
        return ("capital", "recurrent") if pays == "both" else (pays,)

    def is_pool(self, fund: str) -> bool:
        """Whether all counties share the fund."""
        return bool(self.funds[fund]["level"] == "pool")

    def amount(self, fund: str, county: str | None, year: int) -> int:
        """The appropriation, 0 where there is none."""
        return self.budgets.get((fund, None if self.is_pool(fund) else county, year), 0)

    def operating_budget(self, county: str, year: int) -> int:
        """A[c,y]: the amounts of county funds that pay recurrent costs."""
        return sum(self.amount(f, county, year) for f in self.funds if not self.is_pool(f) and "recurrent" in self.pays(f))


@lru_cache(maxsize=2)
def facts_of(tables: Tables) -> Facts:
    """What the tables say; kept, as one schedule after another of the same plan is checked."""
    return Facts(tables)


def yuan(amount: Decimal) -> int:
    """An amount of the tables in whole yuan."""
    scaled = Fraction(amount) * YUAN_IN_UNIT
    return scaled.numerator if scaled.denominator == 1 else nearest(scaled)
