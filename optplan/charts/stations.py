"""Projects from start to opening, year by year, as a chart of bars."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from optplan.charts.by_year import titled
from optplan.charts.names_axis import HEAD, names_axis
from optplan.figures.projects import ProjectYears
from optplan.language import text, year_name
from optplan.language.numbers import amount as shown_amount

COLOURS = {"building": "#F0C56D", "opening": "#0072B2", "running": "#BBD9EC"}
INK = {"building": "#1F2933", "opening": "#FFFFFF", "running": "#1F2933"}
ROW = 32  # points of height


def stations_by_year(projects: Sequence[ProjectYears], years: Sequence[int], currency: str) -> alt.LayerChart:
    """A cell for each project and year that says what happens: being built, opened, in use, and what is paid."""
    rows = [row for project in projects for row in _cells(project, years, currency)]
    called = list(map(year_name, years))
    order = [project.name for project in projects]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X(
            "year:O",
            title=text("charts", "axis-year"),
            scale=alt.Scale(domain=called),
            axis=alt.Axis(orient="top", labelAngle=0),
        ),
        y=alt.Y(
            "project:N",
            title=text("charts", "axis-project"),
            sort=order,
            scale=alt.Scale(domain=order),
            axis=names_axis(order),
        ),
    )
    phases = list(COLOURS)
    ground = base.mark_rect(stroke="#FFFFFF", strokeWidth=2).encode(
        color=alt.Color("phase:N", scale=alt.Scale(domain=phases, range=list(COLOURS.values())), legend=None),
        tooltip=[alt.Tooltip(f"{name}:N", title=text("charts", f"axis-{name}")) for name in ("project", "year", "said", "paid")],
    )
    words = base.mark_text(fontSize=12).encode(
        text="said:N",
        color=alt.Color("phase:N", scale=alt.Scale(domain=phases, range=list(INK.values())), legend=None),
    )
    chart: alt.LayerChart = alt.layer(ground, words).resolve_scale(color="independent").properties(height=HEAD + ROW * len(order))
    return titled(chart, text("charts", "chart-stations"))


def _cells(project: ProjectYears, years: Sequence[int], currency: str) -> list[dict[str, object]]:
    if project.start is None or project.opens is None:
        return []
    paid = dict(project.paid)
    cells: list[dict[str, object]] = []
    for year in (year for year in years if year >= project.start):
        phase = "building" if year < project.opens else "opening" if year == project.opens else "running"
        starts = "start" if year == project.start and phase == "building" else phase
        amount = paid.get(year)
        cells.append(
            {
                "project": project.name,
                "year": year_name(year),
                "phase": phase,
                "said": text("charts", f"phase-{starts}"),
                "paid": f"{shown_amount(amount)} {currency}" if amount else "–",
            }
        )
    return cells
