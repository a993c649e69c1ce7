"""Rows that no rule ever uses: most often a slip in an id, a year or a kind."""

from __future__ import annotations

from collections.abc import Iterator

from optplan.plan.checks.reach import Reach
from optplan.tables.findings import Finding, warning


def check_unused(reach: Reach) -> Iterator[Finding]:
    """Items that nothing asks for, groups that nobody names, standards and budgets out of time."""
    tables = reach.tables
    asked: set[str] = set()
    named: set[str] = set()
    for name, columns in (("targets", ("group",)), ("standards", ("group",)), ("limits", ("group",)), ("mix", ("part", "whole"))):
        for row in tables[name]:
            for column in columns:
                named.add(row[column])
                wanted = name != "limits" or row["min"]
                if wanted and name != "mix":
                    asked |= reach.members[row[column]]
    named |= {row["group"] for row in tables["fund_uses"]}
    for row in tables["groups"]:
        if row["group"] not in named:
            yield warning("group-unused", row.place("group"), group=row["group"])
            named.add(row["group"])
    owned = {row["item"] for row in (*tables["teams"], *tables["projects"])}
    delivered = {row["item"] for row in tables["actuals"]}
    for row in tables["items"]:
        if row["kind"] == "goods" and row["item"] not in asked and row["item"] not in delivered:
            yield warning("item-unasked", row.place("item"), item=row["item"])
        if row["kind"] != "goods" and row["item"] not in owned:
            yield warning("item-undeliverable", row.place("item"), item=row["item"], kind=row["kind"])
    for row in tables["standards"]:
        if row["from_year"] > reach.years[-1]:
            yield warning("standard-too-late", row.place("from_year"), standard=row["standard"], year=row["from_year"])
    for row in tables["costs"]:
        if row["year"] is not None and row["year"] <= reach.closed:
            yield warning("cost-of-closed-year", row.place("year"), item=row["item"], year=row["year"])
    counted = {item for row in tables["standards"] for item in reach.members[row["group"]]}
    for row in tables["stock"]:
        if row["item"] not in counted:
            yield warning("stock-uncounted", row.place("item"), item=row["item"])
