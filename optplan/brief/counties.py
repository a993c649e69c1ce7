"""Where the plan delivers: a line for each county, and the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from optplan.brief.words import say
from optplan.charts import county_map, side_by_side
from optplan.figures.counties import MEASURES, Tile, place_of, shades
from optplan.figures.figures import ZERO, Figures
from optplan.figures.money import spent
from optplan.figures.readiness import county_gap, lacks
from optplan.figures.summary import Summary
from optplan.language.lists import listed
from optplan.language.numbers import amount, quantity, round_amount, share
from optplan.tables.scopes import counts_in

if TYPE_CHECKING:
    import altair as alt

    from optplan.tables.content import Row

MOST_COUNTIES = 14
MOST_HEADS = 4  # targets beside each other


def counties_part(figures: Figures, summary: Summary) -> dict[str, Any]:
    """What each county gets of the headline targets, what is spent there, and how far it stays from its standards."""
    heads = _heads(figures, summary)
    order = sorted(figures.counties, key=lambda county: -spent(figures, county))
    left_out = order[MOST_COUNTIES:]
    shown = [county for county in figures.counties if county not in left_out]
    return {
        "county_heads": [name for name, _ in heads],
        "counties": [_line(figures, county, [row for _, row in heads]) for county in shown],
        "counties_note": say("counties-note", number=len(left_out)) if left_out else "",
    }


def _heads(figures: Figures, summary: Summary) -> list[tuple[str, Row]]:
    """The first targets of the whole plan, by name."""
    rows = zip(summary.targets, figures.tables["targets"], strict=True)
    return [(line.name, row) for line, row in rows if row["county"] is None and row["total"]][:MOST_HEADS]


def _line(figures: Figures, county: str, heads: list[Row]) -> dict[str, Any]:
    gap = county_gap(figures, county)
    return {
        "name": figures.county_names[county],
        "cells": [_delivered(figures, row, county) for row in heads],
        "spent": amount(spent(figures, county)),
        "gap": "–" if gap is None else share(float(gap)),
    }


def _delivered(figures: Figures, target: Row, county: str) -> str:
    items = figures.members[target["group"]]
    years = [year for year in figures.years if counts_in(target, year)]
    total = sum((figures.x(item, county, year) for item in items for year in years), ZERO)
    return quantity(total) if total else "–"


def map_of_counties(figures: Figures) -> alt.HConcatChart:
    """Readiness gap and spending of every county that has standards (of every county if none has)."""
    on_map = _on_map(figures)
    gaps = [float(county_gap(figures, county) or 0) for county in on_map]
    money = [spent(figures, county) for county in on_map]
    places = [(figures.county_names[county], place_of(figures.county_rows[county])) for county in on_map]
    readiness = [Tile(name, place, gap, share(gap)) for (name, place), gap in zip(places, gaps, strict=True)]
    spending = [Tile(name, place, float(sum_), round_amount(sum_)) for (name, place), sum_ in zip(places, money, strict=True)]
    return side_by_side(
        county_map(readiness, say("map-gap", year=figures.last), MEASURES["gap"], shades(figures, "gap")),
        county_map(spending, say("map-spending", currency=figures.currency), MEASURES["spending"], shades(figures, "spending")),
    )


def map_note(figures: Figures) -> str:
    """What the map is, and who is not on it."""
    on_map = _on_map(figures)
    absent = [figures.county_names[county] for county in figures.counties if county not in on_map]
    said = [say("map-note")]
    if absent:
        said.append(say("map-absent", names=listed(absent)))
    return say("sentence-gap").join(said)


def _on_map(figures: Figures) -> list[str]:
    measured = [county for county in figures.counties if county_gap(figures, county) is not None]
    return measured or list(figures.counties)


def worst(figures: Figures) -> tuple[int, int, str, float]:
    """Counties without a gap, counties with standards, and the county furthest from them with its gap."""
    gaps = {county: gap for county in figures.counties if (gap := county_gap(figures, county)) is not None}
    if not gaps:
        return 0, 0, "", 0.0
    furthest = max(gaps, key=lambda county: gaps[county])
    return sum(not lacks(figures, county) for county in gaps), len(gaps), figures.county_names[furthest], float(gaps[furthest])
