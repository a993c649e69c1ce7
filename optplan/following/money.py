"""Money budgeted and spent: what records tell; of years that they say nothing of, what was delivered, at the plan's prices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from optplan.audit import Audit
from optplan.closing.spending import CARRIED
from optplan.following.facts import Facts, Spent
from optplan.following.lights import LightRules
from optplan.following.lines import MoneyLine
from optplan.language import current_language
from optplan.language.numbers import decimal_of
from optplan.plan import Plan
from optplan.schedule import from_yuan
from optplan.tables.content import Row
from optplan.tables.names import names

ZERO = Decimal(0)


@dataclass(frozen=True)
class Purse:
    """All money of a plan through the year of ``facts``. ``checked``: what follows from what happened."""

    plan: Plan
    facts: Facts
    checked: Audit
    rules: LightRules

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years that are over."""
        return tuple(year for year in self.plan.years if year <= self.facts.year)

    @cached_property
    def told(self) -> frozenset[int]:
        """The years of which records tell what was spent."""
        return frozenset(each.year for each in self.facts.spent)

    @cached_property
    def all(self) -> MoneyLine:
        """All funds and counties together."""
        return self._line("", "", lambda row: True, lambda spent: True, list(self.plan.counties))

    @cached_property
    def funds(self) -> tuple[MoneyLine, ...]:
        """A line for each fund; what is only worked out is not known by fund."""
        called = names(self.plan.tables, "funds", current_language())
        return tuple(self._fund(fund, called[fund]) for fund in called if CARRIED not in fund)

    def _fund(self, fund: str, name: str) -> MoneyLine:
        return self._line(fund, name, lambda row: row["fund"] == fund, lambda spent: _purse(spent.fund) == fund, [])

    def of_county(self, county: str, name: str) -> MoneyLine:
        """What a county's own funds were given, and what was spent of them."""
        pools = {row["fund"] for row in self.plan.tables["funds"] if row["level"] == "pool"}

        def own(spent: Spent) -> bool:
            return spent.county == county and _purse(spent.fund) not in pools

        return self._line(county, name, lambda row: row["county"] == county, own, [])

    def in_county(self, county: str) -> Decimal:
        """What was spent in a county from whatever fund; of years without records what was delivered, at the plan's prices."""
        told = sum((each.amount for each in self.facts.spent if each.county == county), ZERO)
        return told + sum((self._cost(county, year) for year in self.years if year not in self.told), ZERO)

    def _cost(self, county: str, year: int) -> Decimal:
        return from_yuan(sum(self.checked.costs.get((county, year), (0, 0))))

    def _line(
        self, key: str, name: str, budget: Callable[[Row], bool], spending: Callable[[Spent], bool], counties: list[str]
    ) -> MoneyLine:
        rows = [row for row in self.plan.tables["budgets"] if CARRIED not in row["fund"] and budget(row)]
        spent = [each for each in self.facts.spent if spending(each)]
        by_year = {}
        worked_out = ZERO
        for year in self.years:
            given = sum((row["amount"] for row in rows if row["year"] == year), ZERO)
            paid = sum((each.amount for each in spent if each.year == year), ZERO)
            if year not in self.told:
                paid = sum((self._cost(county, year) for county in counties), ZERO)
                worked_out += paid
            by_year[year] = (given, paid)
        line = MoneyLine(
            key,
            name,
            sum((given for given, _ in by_year.values()), ZERO),
            sum((paid for _, paid in by_year.values()), ZERO),
            worked_out,
            by_year,
            known=bool(counties) or self.told.issuperset(self.years),
            origins=tuple(each.origin for each in spent),
        )
        last = by_year[self.facts.year][0] if self.facts.year in by_year else ZERO
        share = decimal_of(self.rules.quarters.share(self.facts.quarter))
        by_now = line.budgeted - last + last * share
        pace = Fraction(line.spent) / Fraction(by_now) if by_now and line.known else None
        return replace(line, by_now=by_now, light=self.rules.money.of(pace))


def _purse(fund: str) -> str:
    """The fund whose money it is, carried or not."""
    return fund.partition(CARRIED)[0]
