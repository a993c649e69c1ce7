"""The pictures of a report: how far the main targets are, and the counties on the map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from optplan.charts import county_map, picture
from optplan.figures.counties import Tile
from optplan.figures.shades import PROGRESS, Shades
from optplan.following.lines import CountyLine, Line
from optplan.following.words import rate
from optplan.language.printable import printable
from optplan.reporting.report import Report, say

MAP_COLOUR, BAR_COLOUR, MARK_COLOUR = "#8FBF8F", "#7FB3D5", "#C0392B"
FONT_SIZE = 9
WIDTH, BAR = 430, 10  # points
MOST_BARS = 10


def progress_chart(lines: Sequence[Line]) -> bytes:
    """A bar for each target, done ÷ total, with a stroke where it was planned to be by then."""
    shown = [line for line in lines if line.total and line.done is not None][:MOST_BARS]
    if not shown:
        return b""
    data: list[dict[str, Any]] = [
        {
            "name": printable(line.name),
            "done": min(1.2, float(line.share or 0)),
            "planned": None if line.planned is None or not line.total else min(1.2, float(line.planned / line.total)),
        }
        for line in shown
    ]
    names: list[str] = [each["name"] for each in data]
    base = alt.Chart(alt.InlineData(values=data)).encode(
        y=alt.Y("name:N", sort=names, title=None, axis=alt.Axis(labelLimit=170, ticks=False, domain=False))
    )
    scale = alt.Scale(domain=[0, max(1.0, *(each["done"] for each in data))])
    bars = base.mark_bar(color=BAR_COLOUR, height=BAR * 0.6).encode(
        x=alt.X("done:Q", title=None, scale=scale, axis=alt.Axis(format="%", grid=True, tickCount=5))
    )
    strokes = base.mark_tick(color=MARK_COLOUR, thickness=2, height=BAR).encode(x="planned:Q")
    chart = alt.layer(bars, strokes).properties(
        width=WIDTH, height=BAR * len(shown), autosize=alt.AutoSizeParams(type="fit-x", contains="padding")
    )
    return picture(chart, FONT_SIZE)


def progress_map(report: Report, lines: Sequence[CountyLine]) -> bytes:
    """The counties about where they lie, darker where more of what was planned to date is done."""
    rows = {row["county"]: row for row in report.found.standing.plan.tables["counties"]}
    tiles = []
    for line in lines:
        lat, lon = rows[line.county]["lat"], rows[line.county]["lon"]
        place = None if lat is None or lon is None else (float(lat), float(lon))
        tiles.append(Tile(line.name, place, float(line.progress or 0), rate(line.progress)))
    return picture(county_map(tiles, say("map-title"), MAP_COLOUR, Shades(PROGRESS), width=340), FONT_SIZE)
