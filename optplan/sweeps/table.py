"""The tidy table of a sweep: a row a point, a column a figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from optplan.decision_model import noise

ZERO = Decimal(0)


def figures_of(document: Mapping[str, Any], gap: float) -> dict[str, Any]:
    """What the table says of a result: criteria with their bounds, cost, spending by fund, targets; nothing without a plan.

    Money is :class:`~decimal.Decimal` in the plan's currency unit.
    """
    if document["seal"] is None:
        return {}
    found: dict[str, Any] = {}
    for level in document["criteria"]:
        found[level["name"]] = level["in_plan"]
        found[f"{level['name']}_bound"] = certain_bound(level, gap)
    found["total_cost"] = sum((Decimal(row["capital"]) + Decimal(row["recurrent"]) for row in document["costs"]), ZERO)
    paid: dict[str, Decimal] = defaultdict(Decimal)
    for row in document["payments"]:
        paid[row["fund"]] += Decimal(row["amount"])
    for fund in _funds(document):
        found[f"spent_{fund}"] = paid[fund]
    if document["model_content"]["requests"]:
        found["requested"] = sum((Decimal(row["amount"]) for row in document["requests"]), ZERO)
    for row in document["targets"]:
        found[f"delivered_{row['target']}"] = row["delivered"]
        found[f"shortfall_{row['target']}"] = row["shortfall"]
    return found


def proven_of(document: Mapping[str, Any]) -> frozenset[str]:
    """The criteria of a result that were proven."""
    return frozenset(level["name"] for level in document["criteria"] if level["proven"])


def certain_bound(level: Mapping[str, Any], gap: float) -> float:
    """What a criterion certainly cannot fall below.

    Of a level that was proven this is its value less what the proof may leave open, which every machine finds alike; how much
    closer the search happened to come when it stopped depends on its speed, and is in the run's own result.
    """
    value, bound = float(level["value"]), float(level["bound"])
    allowed = max(float(level["tolerance"]), max(float(level["relative_tolerance"]), gap) * value)
    allowed += float(noise(level["name"], Fraction(value)))
    return bound if value - bound > allowed else max(0.0, value - allowed)


def _funds(document: Mapping[str, Any]) -> list[str]:
    """The ids of the plan's funds, in its order."""
    funds = document["inputs"].get("funds")
    if funds is None:
        return []
    at = funds["columns"].index("fund")
    return [row[at] for row in funds["rows"]]


def columns_of(rows: Sequence[Mapping[str, Any]], first: Iterable[str], last: Iterable[str]) -> list[str]:
    """The columns of all rows: those of the most detailed row in its order, each other one after what it follows in its own."""
    columns: list[str] = []
    for row in sorted(rows, key=len, reverse=True):
        before = None
        for name in row:
            if name not in columns:
                columns.insert(0 if before is None else columns.index(before) + 1, name)
            before = name
    return [*first, *columns, *last]
