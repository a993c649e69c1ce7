"""What was borrowed in a year that is closed: its instalments stay with the county, as running costs of something it has.

A loan of a closed year is no payment of the plan any more. It becomes an item, delivered to the county that borrowed, whose
yearly cost is the instalment in the years of repayment and nothing after them; nobody can order more of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any

from optplan.language import text
from optplan.schedule import from_yuan

if TYPE_CHECKING:
    from optplan.plan import Plan

REPAID = "-repaid-"  # between the id of a loan and the year in which it was spent
Records = dict[str, list[dict[str, Any]]]


def instalments_of(plan: Plan, year: int, spent: Mapping[tuple[str, str], int], basis: str) -> Records:
    """Rows to add to ``items``, ``costs``, ``limits`` and ``actuals``. ``spent``: yuan of loans by (fund, county)."""
    found: Records = {"items": [], "costs": [], "limits": [], "actuals": []}
    source = text("closing", "source-borrowed", None, year=year)
    origin = {"source": source, "basis": basis}
    names = {row["fund"]: row["name"] for row in plan.tables["funds"]}
    for fund in plan.loans:
        owing = {c: yuan for (f, c), yuan in sorted(spent.items()) if f == fund.fund and yuan}
        if not owing:
            continue
        years = fund.repay_years or 0
        item, name = f"{fund.fund}{REPAID}{year}", text("closing", "item-repaid", None, fund=names[fund.fund], year=year)
        found["items"].append(
            {"item": item, "name": name, "kind": "goods", "whole": "1", "service_life": str(years + 1), **origin}
        )
        found["limits"].append({"limit": item, "group": item, "max": str(len(owing)), "kind": "ceiling", **origin})
        for county, yuan in owing.items():
            instalment = str(from_yuan(floor(yuan * fund.annuity + Fraction(1, 2))))
            found["actuals"].append({"item": item, "county": county, "year": str(year), "quantity": "1", **origin})
            found["costs"] += [
                {"item": item, "county": county, "year": str(later), "unit_cost": "0", "annual_cost": instalment, **origin}
                for later in range(year + 1, min(year + years, plan.last_year) + 1)
            ]
    return {table: rows for table, rows in found.items() if rows}
