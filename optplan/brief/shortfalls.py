"""What cannot be met, and why as far as the figures tell."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from optplan.brief.words import say, shortened
from optplan.figures.figures import Figures
from optplan.figures.reasons import Reasons
from optplan.figures.summary import Summary
from optplan.language.numbers import quantity, share

MOST_SHORTFALLS = 5
MOST_GAPS = 6
LONGEST_REASON = 240  # letters; the workbook has every reason in full


def shortfalls_part(figures: Figures, summary: Summary) -> dict[str, Any]:
    """Targets that fall short, standards that are not met in the last year, teams below their least staff."""
    reasons = Reasons(figures)
    shortfalls, gaps = _shortfalls(figures, summary, reasons), _gaps(figures, reasons)
    return {
        "shortfalls": shortfalls[:MOST_SHORTFALLS],
        "shortfalls_note": _note("shortfalls", len(shortfalls), MOST_SHORTFALLS),
        "gaps": gaps[:MOST_GAPS],
        "gaps_note": _note("gaps", len(gaps), MOST_GAPS, year=figures.last),
    }


def _note(name: str, number: int, shown: int, **values: Any) -> str:
    if not number:
        return say(f"{name}-none", **values)
    return say(f"{name}-more", number=number - shown, **values) if number > shown else ""


def _shortfalls(figures: Figures, summary: Summary, reasons: Reasons) -> list[dict[str, str]]:
    rows = zip(summary.targets, figures.tables["targets"], strict=True)
    return [
        {
            "name": line.name,
            "total": quantity(line.total),
            "delivered": quantity(line.delivered),
            "short": quantity(line.shortfall),
            "reason": shortened(reasons.of_target(row), LONGEST_REASON),
        }
        for line, row in sorted(rows, key=lambda each: -_share(each[0].shortfall, each[0].total))
        if line.shortfall
    ]


def _gaps(figures: Figures, reasons: Reasons) -> list[dict[str, str]]:
    """The gaps of the last year, the widest first, staffing among them."""
    found: list[tuple[Decimal, dict[str, str]]] = []
    for entry in figures.document["gaps"]:
        required, stock, gap = (Decimal(str(entry[key])) for key in ("required", "stock", "gap"))
        if entry["year"] == figures.last and gap > 0:
            group = figures.standard_groups[entry["standard"]]
            name = figures.group_names.get(group, group)
            why = reasons.of_gap(entry["standard"], entry["county"])
            found.append(_line(figures, entry["county"], name, (required, stock, gap), why))
    for county, teams in figures.teams.items():
        lacking = sum(not figures.meets(team["team"], figures.last) for team in teams)
        if lacking:
            counted = (Decimal(len(teams)), Decimal(len(teams) - lacking), Decimal(lacking))
            found.append(_line(figures, county, say("standard-staffing"), counted, reasons.of_staffing(county)))
    return [line for _, line in sorted(found, key=lambda each: -each[0])]


def _line(
    figures: Figures, county: str, standard: str, figures_of_it: tuple[Decimal, Decimal, Decimal], reason: str
) -> tuple[Decimal, dict[str, str]]:
    required, stock, gap = figures_of_it
    part = _share(gap, required)
    return part, {
        "county": figures.county_names[county],
        "standard": standard,
        "required": quantity(required),
        "stock": quantity(stock),
        "gap": quantity(gap),
        "share": share(float(part)),
        "reason": shortened(reason, LONGEST_REASON),
    }


def _share(part: Decimal, whole: Decimal) -> Decimal:
    return part / whole if whole else part
