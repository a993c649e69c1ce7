"""Answers to questions as pictures: intervals, a heat map of counties and years, the staircase of a fund, firm and flexible."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from optplan.charts.by_year import in_unit, titled, told
from optplan.charts.names_axis import HEAD, names_axis
from optplan.figures.palette import FIRMNESS, INK, NOT_KNOWN
from optplan.figures.palette import SERIES as COLOURS
from optplan.language import text
from optplan.language.printable import in_chart

ROW = 28  # points
LETTERS = 12  # points of what is written into squares


def intervals(rows: pd.DataFrame) -> alt.LayerChart:
    """Bars from ``low`` to ``high``, one for each ``name``: between what a change is proven to lie, with a line at nothing."""
    y = alt.Y("name:N", sort=None, title=text("charts", "axis-criterion"), axis=names_axis(rows["name"]))
    bars = alt.Chart(rows).mark_bar(height=10, color=COLOURS[0]).encode(
        x=alt.X("low:Q", title=text("charts", "axis-change")), x2="high:Q", y=y, tooltip=told("name", "said")
    )  # fmt: skip
    ends = alt.Chart(rows).mark_tick(thickness=3, color=COLOURS[5]).encode(x="high:Q", y=y)
    nothing = alt.Chart(pd.DataFrame({"x": [0.0]})).mark_rule(strokeDash=[4, 3], color="#555555").encode(x="x:Q")
    chart: alt.LayerChart = (bars + ends + nothing).properties(height=HEAD + ROW * max(len(rows), 2))
    return titled(chart, text("charts", "chart-intervals"))


def heat_map(
    cells: pd.DataFrame,
    counties: Sequence[str],
    years: Sequence[str],
    unit: str,
    *,
    estimated: bool = False,
    guesses: pd.DataFrame | None = None,
) -> alt.LayerChart:
    """A square for each of the ``counties`` and ``years``, the darker the more a step of money betters (``gain``, ``said``).

    ``unit``: that of ``gain``, which is ``estimated`` and not proven if it says so. Grey: not known, or no such money; what
    ``guesses`` say of such squares is written into them.
    """
    gain = in_unit(text("charts", "axis-gain-estimated" if estimated else "axis-gain"), unit)
    x = alt.X("year:N", sort=list(years), title=text("charts", "axis-year"), axis=alt.Axis(labelAngle=0))
    y = alt.Y("county:N", sort=list(counties), title=text("charts", "axis-county"), axis=names_axis(counties))
    most = float(cells["gain"].max() or 0) if len(cells) else 0.0
    every = pd.DataFrame([{"county": county, "year": year} for county in counties for year in years])
    ground = alt.Chart(every).mark_rect(stroke="white", color=NOT_KNOWN).encode(x=x, y=y)
    squares = alt.Chart(cells).mark_rect(stroke="white").encode(
        x=x, y=y,
        color=alt.Color("gain:Q", scale=alt.Scale(scheme="blues", domain=[0, most or 1]), title=gain),
        tooltip=told("county", "year", "said"),
    )  # fmt: skip
    words = alt.Chart(cells).mark_text(fontSize=LETTERS).encode(
        x=x, y=y, text="said:N", color=alt.condition(alt.datum.gain > most * 0.6, alt.value("white"), alt.value("black"))
    )  # fmt: skip
    layers = ground + squares + words
    if guesses is not None and len(guesses):
        layers += alt.Chart(guesses).mark_text(fontSize=LETTERS, color=INK).encode(x=x, y=y, text="said:N")
    chart: alt.LayerChart = layers.properties(height=HEAD + ROW * max(len(counties), 2))
    return titled(chart, text("charts", "chart-heat-estimated" if estimated else "chart-heat"))


def staircase(points: pd.DataFrame, name: str, unit: str, currency: str) -> alt.LayerChart:
    """``high`` (reached) as stairs over the ``amount`` of a fund, with what is proven between ``low`` and ``high`` shaded.

    ``name`` and ``unit``: those of the criterion; ``currency``: the unit of ``amount``.
    """
    x = alt.X("amount:Q", title=in_chart(text("charts", "axis-fund-money", None, currency=currency)), scale=alt.Scale(zero=False))
    band = alt.Chart(points).mark_area(interpolate="step-after", opacity=0.25, color=COLOURS[0]).encode(
        x=x, y=alt.Y("low:Q", title=in_unit(name, unit)), y2="high:Q"
    )  # fmt: skip
    stairs = alt.Chart(points).mark_line(interpolate="step-after", point=True, color=COLOURS[0]).encode(
        x=x, y="high:Q", tooltip=told("stair", amount=",.2f", low=",.2f", high=",.2f")
    )  # fmt: skip
    chart: alt.LayerChart = (band + stairs).properties(height=260)
    return titled(chart, text("charts", "chart-stairs", None, name=name))


def firmness(cells: pd.DataFrame) -> alt.LayerChart:
    """Deliveries as squares by ``row`` (item and county) and ``year``: firm, flexible (with the range), or not known."""
    x = alt.X("year:N", title=text("charts", "axis-year"), axis=alt.Axis(labelAngle=0, orient="top"))
    y = alt.Y("row:N", sort=None, title=text("charts", "axis-row"), axis=names_axis(cells["row"]))
    names = {kind: text("charts", f"firm-{kind}") for kind in FIRMNESS}
    shown = cells.assign(kind=[names[kind] for kind in cells["kind"]])
    squares = alt.Chart(shown).mark_rect(stroke="white").encode(
        x=x, y=y,
        color=alt.Color("kind:N", title=None, scale=alt.Scale(domain=list(names.values()), range=list(FIRMNESS.values()))),
        tooltip=told("row", "year", "kind", "said"),
    )  # fmt: skip
    words = alt.Chart(shown).mark_text(fontSize=LETTERS, color=INK).encode(x=x, y=y, text="said:N")
    chart: alt.LayerChart = (squares + words).properties(height=HEAD + ROW * max(cells["row"].nunique() if len(cells) else 0, 2))
    return titled(chart, text("charts", "chart-firmness"))
