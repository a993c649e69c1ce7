"""From the base to the changed plan, step by step: how each group of changes moves a figure."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from optplan.attribution.figures import MONEY
from optplan.attribution.words import figure_names, measure, shown
from optplan.charts.by_year import in_unit, titled, told
from optplan.charts.names_axis import labels
from optplan.figures.palette import INK, LESS, MORE
from optplan.language import current_language, text
from optplan.tables.units import currency_name

if TYPE_CHECKING:
    from optplan.attribution.division import Division
    from optplan.attribution.figures import FigureKey

END = "#8592A0"
WIDTH, HEIGHT = 560, 300  # points
LONGEST, MOST = 9, 4  # letters of a line below a bar, lines
ROOM = 0.15  # of the span of the steps, left free above and below them
STARTS_AT_ZERO = 0.35  # the axis starts at zero if the steps span at least this share of what is above it


def waterfall(attribution: Division, figure: FigureKey) -> alt.LayerChart:
    """The figure of both plans, and between them the part of each group with what the proven bounds leave open of it."""
    rows, reach = _steps(attribution, figure)
    below = labels({row["place"]: row["name"] for row in rows}, LONGEST, MOST)
    title = figure_names(attribution, current_language())[figure]
    how = measure(attribution, figure)
    unit = how.symbol if how else currency_name(attribution.base.tables) if figure.kind in MONEY else ""
    axis = in_unit(text("attribution", "axis-from-zero" if reach[0] <= 0 else "axis-not-from-zero"), unit)
    base = alt.Chart(pd.DataFrame(rows)).encode(
        x=alt.X("place:O", title=None, axis=alt.Axis(labelExpr=below, labelAngle=0, labelLimit=WIDTH // len(rows)))
    )
    height_of = alt.Scale(domain=list(reach), nice=False, zero=False)
    colour = alt.Scale(domain=["end", "rise", "fall"], range=[END, MORE, LESS])
    bars = base.mark_bar(clip=True).encode(
        y=alt.Y("from:Q", scale=height_of, title=axis, axis=alt.Axis(format=",")),
        y2="to:Q",
        color=alt.Color("kind:N", scale=colour, legend=None),
        tooltip=told("name", "label"),
    )
    left_open = base.transform_filter("datum.low !== null").mark_rule(color=INK, clip=True).encode(y="low:Q", y2="high:Q")
    said = base.mark_text(baseline="bottom", dy=-4, color=INK).encode(y="top:Q", text="label:N")
    return titled(alt.LayerChart(layer=[bars, left_open, said], width=WIDTH, height=HEIGHT), title)


def _steps(attribution: Division, figure: FigureKey) -> tuple[list[dict[str, Any]], tuple[float, float]]:
    """The bars, and between what the axis reaches."""
    values = attribution.values[figure]
    how = measure(attribution, figure)
    per = how.per if how else Fraction(1)
    before, after = values[0] / per, values[attribution.full] / per
    level, levels, steps = before, [before, after], list[dict[str, Any]]()
    for group, part in zip(attribution.groups, attribution.parts[figure], strict=True):
        reached = level + part.part / per
        within = None if part.low is None or part.high is None else (part.low, part.high)
        limits = (None, None) if within is None else tuple(float(level + side / per) for side in within)
        steps.append(
            {
                "name": group.name, "from": float(level), "to": float(reached), "top": float(max(level, reached)),
                "kind": "rise" if part.part > 0 else "fall", "label": shown(attribution, part.part, figure, sign=True),
                "low": limits[0], "high": limits[1],
            }
        )  # fmt: skip
        level = reached
        levels.append(reached)
    low, high = float(min(levels)), float(max(levels))
    room = ROOM * ((high - low) or abs(high) or 1.0)
    floor = min(0.0, low - room) if low < 0 or high - low >= STARTS_AT_ZERO * high else low - room
    if low >= 0:
        floor = max(0.0, floor)
    ends: list[dict[str, Any]] = [
        {
            "name": text("attribution", f"column-{name}"), "from": floor, "to": float(value), "top": float(value), "kind": "end",
            "label": shown(attribution, value * per, figure), "low": None, "high": None,
        }
        for name, value in (("base", before), ("changed", after))
    ]  # fmt: skip
    if floor <= 0:
        for end in ends:
            end["from"] = 0.0
    rows = [ends[0], *steps, ends[1]]
    return [{**row, "place": place} for place, row in enumerate(rows)], (floor, high + room)
