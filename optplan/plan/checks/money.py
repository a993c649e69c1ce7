"""Money rules that contradict each other, budgets that break the operating-budget rule, prices far from their kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from statistics import median

from optplan.plan.checks.reach import Reach
from optplan.tables.findings import Finding, Place, warning

FAR = 10  # times the median of an item's other rows
FAR_OF_KIND = 100  # times the median of the other items of its category and unit
FAR_OF_FUND = 100  # times the median of a fund's appropriations


def check_funds(reach: Reach) -> Iterator[Finding]:
    """Rules of a fund that keep its money from ever being spent."""
    tables = reach.tables
    funded = {row["fund"] for row in tables["budgets"] if row["amount"]}
    supported = [row for row in tables["counties"] if row["supported"]]
    levels = {row["fund"]: row["level"] for row in tables["funds"]}
    own = {row["county"] for row in tables["budgets"] if row["county"] and row["amount"] and levels.get(row["fund"]) == "county"}
    for row in tables["funds"]:
        if row["fund"] not in funded:
            yield warning("fund-without-budget", row.place("fund"), fund=row["fund"])
        if row["level"] == "county":
            for column in ("county_cap_share", "support_floor", "match_rate", "match_rate_supported"):
                if row.given(column) and row[column]:
                    yield warning("pool-rule-on-county-fund", row.place(column), fund=row["fund"], column=column)
            continue
        cap, floor = row["county_cap_share"], row["support_floor"]
        if floor and not supported:
            yield warning("support-floor-nobody", row.place("support_floor"), fund=row["fund"])
        if cap is not None and cap * len(tables["counties"]) < 1:
            yield warning(
                "county-cap-too-low", row.place("county_cap_share"), fund=row["fund"], share=cap * len(tables["counties"])
            )
        elif cap is not None and floor and cap * len(supported) < floor:
            yield warning(
                "cap-against-floor", row.place("support_floor"), fund=row["fund"], floor=floor, share=cap * len(supported)
            )
        for county in tables["counties"]:
            rate = row["match_rate_supported"] if county["supported"] and row.given("match_rate_supported") else row["match_rate"]
            if rate and county["county"] not in own:
                yield warning("matching-without-own", row.place("match_rate"), fund=row["fund"], county=county["county"])


def check_kept_money(reach: Reach) -> Iterator[Finding]:
    """Money that may be kept, but not until the plan ends, with none after it: a bond or reserve, most often."""
    last = reach.years[-1]
    for row in reach.tables["funds"]:
        years = [each["year"] for each in reach.tables["budgets"] if each["fund"] == row["fund"] and each["amount"]]
        if not years or not row["carry_share"] or row["carry_years"] == "all":
            continue
        until = max(years) + int(row["carry_years"])
        if reach.closed < until < last:
            place = row.place("carry_years" if row.given("carry_years") else "carry_share")
            yield warning(
                "money-kept-too-short", place, fund=row["fund"], year=max(years), until=until, first=until + 1, last=last
            )


def check_nothing_costs(reach: Reach) -> Iterator[Finding]:
    """A plan in which nothing costs anything, or nobody has money for what does: most often a table that was forgotten."""
    tables = reach.tables
    costs = any(row["unit_cost"] or row["annual_cost"] for row in tables["costs"])
    works = any(row["capital_cost"] or row["annual_cost"] for row in tables["projects"])
    if not tables["costs"] and any(row["kind"] != "project" for row in tables["items"]):
        yield warning("plan-without-costs", Place(tables.origin, "costs"))
    if (costs or works) and not tables["funds"]:
        yield warning("plan-without-funds", Place(tables.origin, "funds"))


def check_operating_budgets(reach: Reach) -> Iterator[Finding]:
    """A[c,y] ≥ (1 + rate)·A[c,y−1] after the first open year (model.md §3.7)."""
    tables = reach.tables
    pays = {row["fund"]: row["level"] == "county" and row["pays"] != "capital" for row in tables["funds"]}
    operating: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    cell = {}
    for row in tables["budgets"]:
        if row["county"] and pays.get(row["fund"]):
            operating[row["county"], row["year"]] += row["amount"]
            cell[row["county"], row["year"]] = row
    for row in tables["growth"]:
        county, year = row["county"], row["year"]
        if not reach.closed + 1 < year <= reach.years[-1]:
            continue
        asked = (1 + row["rate"]) * operating[county, year - 1]
        if operating[county, year] < asked:
            place = cell[county, year].place("amount") if (county, year) in cell else row.place("rate")
            yield warning(
                "operating-budget-shrinks", place, county=county, year=year, given=operating[county, year], asked=f"{asked:.4f}"
            )


def check_appropriations(reach: Reach) -> Iterator[Finding]:
    """An appropriation a hundred times the fund's others: in yuan, most often, where the plan counts in ten thousands."""
    by_fund = defaultdict(list)
    for row in reach.tables["budgets"]:
        if row["amount"]:
            by_fund[row["fund"]].append(row)
    for fund, rows in by_fund.items():
        middle = median(row["amount"] for row in rows)
        for row in rows:
            if len(rows) > 2 and (row["amount"] > FAR_OF_FUND * middle or row["amount"] * FAR_OF_FUND < middle):
                yield warning("budget-far-from-others", row.place("amount"), fund=fund, amount=row["amount"], usual=middle)


def check_free(reach: Reach) -> Iterator[Finding]:
    """A price row that leaves an item free without saying so with a 0."""
    for row in reach.tables["costs"]:
        blank = [column for column in ("unit_cost", "annual_cost") if not row.given(column)]
        if blank and not row["unit_cost"] and not row["annual_cost"]:
            yield warning("price-blank", row.place(blank[0]), item=row["item"])


def check_prices(reach: Reach) -> Iterator[Finding]:
    """A price ten times its item's other prices, or a hundred times those of its kind: a slip of the decimal point."""
    tables = reach.tables
    by_item = defaultdict(list)
    for row in tables["costs"]:
        if row["unit_cost"]:
            by_item[row["item"]].append(row)
    for rows in by_item.values():
        middle = median(row["unit_cost"] for row in rows)
        for row in rows:
            if row["unit_cost"] > FAR * middle or row["unit_cost"] * FAR < middle:
                yield warning(
                    "price-far-from-others", row.place("unit_cost"), item=row["item"], price=row["unit_cost"], usual=middle
                )
    kinds = {row["item"]: (row["category"], row["unit"]) for row in tables["items"]}
    usual = {item: median(row["unit_cost"] for row in rows) for item, rows in by_item.items()}
    for item, rows in by_item.items():
        others = [price for other, price in usual.items() if other != item and kinds[other] == kinds[item]]
        if kinds[item][0] == "other" or len(others) < 2:
            continue
        middle = median(others)
        if usual[item] > FAR_OF_KIND * middle or usual[item] * FAR_OF_KIND < middle:
            yield warning("price-far-from-kind", rows[0].place("unit_cost"), item=item, price=usual[item], usual=middle)
