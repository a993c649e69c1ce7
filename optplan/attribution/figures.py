"""The headline figures of a result that are divided, in exact numbers, and how far the search left each of them open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from optplan.result import Result

ZERO = Fraction(0)
CRITERION, TARGET, COST, FUND, REQUEST = KINDS = ("criterion", "target", "cost", "fund", "request")
MONEY = {COST, FUND, REQUEST}


class FigureKey(NamedTuple):
    """Which figure: its kind (one of ``KINDS``) and the criterion, target or fund; blank for ``cost`` and ``request``."""

    kind: str
    name: str


@dataclass(frozen=True)
class Headline:
    """The figures of one result: criteria in their own units, units delivered to each target by its year, spending.

    Money is in the plan's currency unit, over all years and not discounted. ``bounds``: what is proven that no plan can
    go below; only criteria have one.
    """

    values: Mapping[FigureKey, Fraction]
    bounds: Mapping[FigureKey, Fraction]


def headline(result: Result) -> Headline:
    """The headline figures of a result that carries a schedule."""
    document = result.document
    values: dict[FigureKey, Fraction] = defaultdict(Fraction)
    bounds: dict[FigureKey, Fraction] = {}
    exact = document["seal"]["criteria"]
    for level in document["criteria"]:
        key = FigureKey(CRITERION, level["name"])
        values[key] = Fraction(exact[level["name"]])
        bounds[key] = min(Fraction(level["bound"]), values[key])
    for entry in document["targets"]:
        values[FigureKey(TARGET, entry["target"])] = Fraction(str(entry["delivered"]))
    values[FigureKey(COST, "")] = sum(
        (Fraction(entry[kind]) for entry in document["costs"] for kind in ("capital", "recurrent")), ZERO
    )
    for entry in document["payments"]:
        values[FigureKey(FUND, entry["fund"])] += Fraction(entry["amount"])
    for entry in document["requests"]:
        values[FigureKey(REQUEST, "")] += Fraction(entry["amount"])
    return Headline(dict(values), bounds)
