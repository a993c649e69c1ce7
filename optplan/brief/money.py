"""What the plan costs and who pays."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from optplan.brief.spans import Spans
from optplan.brief.words import say
from optplan.figures import lapses
from optplan.figures.figures import ZERO, Figures
from optplan.figures.summary import Summary
from optplan.language.lists import listed
from optplan.language.numbers import amount, round_amount, share
from optplan.tables.declarations import SPENDING_CLASSES

MOST_PAYERS = 10
WIDEST = 1_000_000  # amounts in a column of a year; of larger ones a line holds no decimals


def money_part(figures: Figures, summary: Summary) -> dict[str, Any]:
    """Cost by class, who pays in which year, and what is left to pay after the plan."""
    *payers, total = summary.payers
    folded = payers[MOST_PAYERS:]
    spans = Spans(summary.open_years)
    shown = amount if max(spans.sums(total.by_year), default=ZERO) < WIDEST else round_amount

    def line(name: str, by_year: tuple[Decimal, ...]) -> dict[str, Any]:
        return {"name": name, "by_year": [shown(each) for each in spans.sums(by_year)], "total": shown(sum(by_year, ZERO))}

    lines = [line(payer.name, payer.by_year) for payer in payers[:MOST_PAYERS]]
    if folded:
        together = tuple(sum(each, ZERO) for each in zip(*(payer.by_year for payer in folded), strict=True))
        lines.append(line(say("payers-other", number=len(folded)), together))
    return {
        "open_years": spans.names,
        "currency": summary.currency,
        "payers": lines,
        "payers_total": line(total.name, total.by_year),
        "unit": _unit(summary.currency),
        "money_points": _points(figures, total.by_year),
    }


def _points(figures: Figures, by_year: tuple[Decimal, ...]) -> list[str]:
    total = sum(by_year, ZERO)
    kinds = {
        kind: sum((figures.costs.get((c, y, kind), ZERO) for c in figures.counties for y in figures.open_years), ZERO)
        for kind in SPENDING_CLASSES
    }
    points = [
        say("money-cost", total=amount(total), currency=figures.currency, **{kind: amount(sum_) for kind, sum_ in kinds.items()})
    ]
    if total:
        dearest = max(range(len(by_year)), key=lambda position: by_year[position])
        points.append(
            say("money-dearest", year=figures.open_years[dearest], amount=amount(by_year[dearest]), currency=figures.currency)
        )
        points.append(say("money-payers", payers=who_pays(figures)))
    return [*points, *lapses.in_one(figures), *_later(figures)]


def who_pays(figures: Figures) -> str:
    """The shares of the counties' own money, of the shared pools, and of what is asked beyond both."""
    paid: dict[str, Decimal] = defaultdict(Decimal)
    level = {row["fund"]: row["level"] for row in figures.funds}
    for (fund, _, _, _), sum_ in figures.payments.items():
        paid[level[fund]] += sum_
    paid["request"] = sum(figures.requests.values(), ZERO)
    total = sum(paid.values(), ZERO)
    return listed(
        [
            say(f"payer-{name}", share=share(float(paid[name] / total)), amount=amount(paid[name]), currency=figures.currency)
            for name in ("county", "pool", "request")
            if paid[name]
        ]
    )


def _later(figures: Figures) -> list[str]:
    """What has to be found once the plan is over."""
    due: dict[str, Decimal] = defaultdict(Decimal)
    for (kind, *_), sum_ in figures.commitments.items():
        due[{"running": "running", "loan": "loans"}.get(kind, "instalments")] += sum_
    return [
        say(f"money-later-{kind}", amount=amount(due[kind]), currency=figures.currency, year=figures.last)
        for kind in ("running", "instalments", "loans")
        if due[kind]
    ]


def _unit(currency: str) -> str:
    return say("money-unit", currency=currency) if currency != "万元" else say("money-unit-wan", currency=currency)
