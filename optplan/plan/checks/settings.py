"""Settings and rates that do not fit the rest of the plan: years without money, a price year far off, a forgotten %."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from optplan.plan.checks.reach import Reach
from optplan.tables.content import Row
from optplan.tables.findings import Finding, warning

LIKELY_RATE = Decimal("0.5")  # a year; more is most often 5 meant as 5%
NEAR = 10  # years between a price year and the plan
RATES = ("capital_price_growth", "recurrent_price_growth", "discount_rate")


def check_settings(reach: Reach) -> Iterator[Finding]:
    """The plan's years against those of its budgets, and the price year against the plan's."""
    tables = reach.tables
    settings = {row["key"]: row for row in tables["plan"] if row.given("value")}
    budgeted = {row["year"] for row in tables["budgets"]} & set(reach.years)
    kept = {row["fund"] for row in tables["funds"] if row["carry_share"]}  # whose money may be spent later: check_kept_money
    kept &= {row["fund"] for row in tables["budgets"] if row["amount"]}
    if budgeted:
        for key, first, last in (
            ("first_year", reach.years[0], min(budgeted) - 1),
            ("last_year", max(budgeted) + 1, reach.years[-1]),
        ):
            if first <= last and not (kept and key == "last_year"):
                yield warning("years-without-budget", settings[key].place("value"), first=first, last=last)
    price_year = settings.get("price_year")
    if price_year is not None and not reach.years[0] - NEAR <= price_year["value"] <= reach.years[-1]:
        yield warning("price-year-far", price_year.place("value"), year=price_year["value"])


def check_rates(reach: Reach) -> Iterator[Finding]:
    """Growth and discount rates beyond half a year's worth."""
    settings = [(row, "value") for row in reach.tables["plan"] if row["key"] in RATES and row.given("value")]
    for row, column in [*settings, *((row, "rate") for row in reach.tables["growth"])]:
        yield from _rate(row, column)


def _rate(row: Row, column: str) -> Iterator[Finding]:
    rate = row[column]
    if abs(rate) > LIKELY_RATE:
        yield warning("rate-unlikely", row.place(column), rate=rate, percent=f"{100 * rate:f}", meant=f"{rate / 100:f}")
