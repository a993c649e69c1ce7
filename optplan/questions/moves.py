"""What moves from one schedule to another, the dearest first, each change in units and money."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from optplan.figures.changes import Change, changes, sentence
from optplan.language import text
from optplan.language.numbers import amount
from optplan.plan import Plan
from optplan.schedule import Schedule, from_yuan
from optplan.tables.content import Tables
from optplan.tables.units import currency_name


def moves(plan: Plan, before: Schedule, after: Schedule) -> list[dict[str, Any]]:
    """Every change, as JSON: what moves, how much, and what that is worth at the prices of its year; the dearest first."""
    found = [
        {**change.as_dict(), "money": str(from_yuan(_worth(plan, change)))} for change in changes(plan.tables, before, after)
    ]
    return sorted(found, key=lambda entry: -Decimal(entry["money"]))


def _worth(plan: Plan, change: Change) -> int:
    """What is moved, added or dropped costs to buy or, where it is people, a year, in yuan."""
    match change.of:
        case "project":
            return sum(yuan for _, yuan in plan.prices.instalments(change.subject, change.year))
        case "team":
            price = plan.prices.of(plan.teams[change.subject].item, change.county, change.year)
            return int(change.quantity * (price.unit + price.annual))
        case _:
            return int(change.quantity * sum(yuan for _, yuan in plan.prices.order(change.subject, change.county, change.year)))


def move_sentence(entry: Mapping[str, Any], tables: Tables, language: str | None = None) -> str:
    """A change in words, with what it is worth."""
    values = {name: value for name, value in entry.items() if name != "money"}
    change = Change(**{**values, "quantity": Decimal(values["quantity"])})
    money = Decimal(entry["money"])
    said = sentence(change, tables, language)
    if not money:
        return said
    return text("questions", "move-worth", language, said=said, money=amount(money), currency=currency_name(tables, language))
