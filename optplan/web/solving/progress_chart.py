"""How the best plan so far and the proven bound close in on each other, one small chart a level."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from optplan.charts.by_year import in_unit, told
from optplan.figures.criteria import Measure
from optplan.figures.palette import SERIES
from optplan.language import text
from optplan.office import Moment
from optplan.web.words import words_of

say = words_of("web_solving")
BEST, BOUND = SERIES[0], SERIES[5]
DASHES = [[1, 0], [5, 3]]


def progress_chart(moments: Sequence[Moment], until: float, measure: Measure) -> alt.LayerChart:
    """The moments of one level. The last figures hold on until ``until`` seconds; ``measure``: how figures are shown."""
    per = float(measure.per) * (100 if measure.unit == "percent" else 1)
    written = {"percent": ".2%", "money": ",.0f", "score": ",.2f"}[measure.unit]
    axis = in_unit(text("charts", "axis-value"), measure.symbol)
    rows = [
        {"seconds": moment.seconds, "value": moment.value / per, "bound": None if moment.bound is None else moment.bound / per}
        for moment in moments
        if moment.value is not None
    ]
    if rows:
        rows.append({**rows[-1], "seconds": max(until, float(rows[-1]["seconds"] or 0.0))})
    frame = pd.DataFrame(rows, columns=["seconds", "value", "bound"], dtype=float)
    names = {"value": say("best"), "bound": text("proven", "column-bound")}
    long = frame.melt("seconds", var_name="line", value_name="figure").dropna()
    long["line"] = long["line"].map(names)
    time = alt.X("seconds:Q", title=say("axis-seconds"), scale=alt.Scale(zero=False, nice=False), axis=alt.Axis(tickCount=5))
    between = (
        alt.Chart(frame.dropna())
        .mark_area(interpolate="step-after", opacity=0.15, color=BEST)
        .encode(x=time, y=alt.Y("value:Q", title=axis, scale=alt.Scale(zero=False)), y2="bound:Q")
    )
    lines = (
        alt.Chart(long)
        .mark_line(interpolate="step-after", strokeWidth=2)
        .encode(
            x=time,
            y=alt.Y("figure:Q", title=axis, scale=alt.Scale(zero=False), axis=alt.Axis(format=written, tickCount=5)),
            color=alt.Color(
                "line:N",
                title=None,
                scale=alt.Scale(domain=list(names.values()), range=[BEST, BOUND]),
                legend=alt.Legend(orient="top", labelLimit=320),
            ),
            strokeDash=alt.StrokeDash("line:N", legend=None, scale=alt.Scale(domain=list(names.values()), range=DASHES)),
            tooltip=[
                *told("line"),
                alt.Tooltip("figure:Q", title=axis, format=written),
                alt.Tooltip("seconds:Q", title=say("axis-seconds"), format=".0f"),
            ],
        )
    )
    return alt.LayerChart(layer=[between, lines], height=220, description=text("charts", "chart-search", None, name=measure.name))
