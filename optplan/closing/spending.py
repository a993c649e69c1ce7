"""What each fund spent in the year that is closed, where nobody has said so: the adopted payments, led to the real costs.

County money is used before a pool's, because a pool's money is given for what the county cannot pay. It is an assumption
and is marked as one; a file with what was really spent takes its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from optplan.schedule import in_yuan
from optplan.tables.content import Row, Tables
from optplan.tables.declarations import SPENDING_CLASSES

CARRIED = "-carried-"  # between the id of a fund and the year that money was carried out of

Purse = tuple[str, str]  # a fund and the county that holds it, blank for a pool


@dataclass(frozen=True)
class Spending:
    """``spent``: yuan by (fund, holder). ``uncovered``: yuan of cost by (county, class) that no fund had money for."""

    spent: Mapping[Purse, int]
    uncovered: Mapping[tuple[str, str], int]


def worked_out(
    tables: Tables, year: int, costs: Mapping[tuple[str, str], int], adopted: Mapping[tuple[str, str, str], int]
) -> Spending:
    """Who paid ``costs`` (yuan by county and class), given the ``adopted`` payments (yuan by fund, county and class)."""
    funds = {row["fund"]: row for row in tables["funds"]}
    left: dict[Purse, int] = defaultdict(int)
    for row in tables["budgets"]:
        if row["year"] == year:
            left[row["fund"], row["county"] or ""] += in_yuan(row["amount"])
    due = dict(costs)
    spent: dict[Purse, int] = defaultdict(int)

    def pay(fund: str, county: str, kind: str, most: int) -> None:
        row = funds.get(fund)
        if row is None or row["pays"] not in {kind, "both"}:
            return
        purse = (fund, "" if row["level"] == "pool" else county)
        amount = max(0, min(most, due.get((county, kind), 0), left[purse]))
        due[county, kind] = due.get((county, kind), 0) - amount
        left[purse] -= amount
        spent[purse] += amount

    purposeful = {row["fund"] for row in tables["fund_uses"]}  # spent as adopted, and beyond that last
    own_first = sorted(funds, key=lambda fund: (fund in purposeful, funds[fund]["level"] == "pool", CARRIED not in fund))
    for fund in own_first:  # as adopted, as far as the costs go; money carried from the year before stands beside its fund
        for (name, county, kind), amount in adopted.items():
            if fund == name or fund.startswith(name + CARRIED):
                pay(fund, county, kind, amount)
    for fund in own_first:
        for county, kind in list(due):
            pay(fund, county, kind, due[county, kind])
    return Spending(dict(spent), {key: amount for key, amount in due.items() if amount})


def told(rows: tuple[Row, ...]) -> Spending:
    """What a file says was spent by each fund and holder."""
    spent: dict[Purse, int] = defaultdict(int)
    for row in rows:
        spent[row["fund"], row["county"] or ""] += in_yuan(row["amount"])
    return Spending(dict(spent), {})


def classes_of(costs: Mapping[tuple[str, int], tuple[int, int]], year: int) -> dict[tuple[str, str], int]:
    """The costs of ``year`` by county and class, from those by county and year."""
    return {
        (county, kind): amount
        for (county, at), both in costs.items()
        if at == year
        for kind, amount in zip(SPENDING_CLASSES, both, strict=True)
    }
