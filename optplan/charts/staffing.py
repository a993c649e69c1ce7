"""The staff of teams at the end of a year, against what each needs at least and may have at most."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from optplan.charts.by_year import titled
from optplan.charts.names_axis import HEAD, names_axis
from optplan.figures.palette import MET, MISSED
from optplan.figures.projects import TeamYears
from optplan.language import text, year_name

COLOURS = {"met": MET, "below": MISSED}
SHAPES = {"met": "circle", "below": "diamond"}
ROW = 34  # points of height, in which a name of two lines finds room


def staffing(teams: Sequence[TeamYears], position: int, year: int) -> alt.LayerChart:
    """A band for each team and where its staff stands at the end of ``year``, which is at ``position`` of the plan's years."""
    states = {name: text("charts", f"staff-{name}") for name in COLOURS}
    rows = [
        {
            "team": team.name,
            "least": team.least,
            "most": team.most,
            "before": team.before,
            "staff": team.staff[position],
            "state": states["met" if team.meets[position] else "below"],
        }
        for team in teams
    ]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y(
            "team:N",
            sort=None,
            title=text("charts", "axis-team"),
            axis=names_axis(team.name for team in teams),
        ),
        tooltip=[
            alt.Tooltip(f"{name}:{kind}", title=text("charts", f"axis-{name}"))
            for name, kind in (("team", "N"), ("before", "Q"), ("staff", "Q"), ("least", "Q"), ("most", "Q"), ("state", "N"))
        ],
    )
    band = base.mark_bar(color="#D3DAE2", height=12).encode(x=alt.X("least:Q", title=text("charts", "axis-people")), x2="most:Q")
    names = list(states.values())
    now = base.mark_point(filled=True, size=80, opacity=1).encode(
        x="staff:Q",
        color=alt.Color(
            "state:N",
            scale=alt.Scale(domain=names, range=list(COLOURS.values())),
            legend=alt.Legend(title=None, orient="top", columns=1),
        ),
        shape=alt.Shape(
            "state:N",
            scale=alt.Scale(domain=names, range=list(SHAPES.values())),
            legend=alt.Legend(title=None, orient="top", columns=1),
        ),
    )
    drawn = alt.LayerChart(layer=[band, now], height=HEAD + ROW * max(1, len(rows)))
    return titled(drawn, text("charts", "chart-staffing", None, year=year_name(year)), [text("charts", "staff-band")])
