"""The chart of a sweep: what each criterion comes to over the first axis, a line for each value of the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import altair as alt

from optplan.charts import COLOURS
from optplan.language import current_language, text
from optplan.sweeps.design import Axis, number_of, shown
from optplan.sweeps.findings import SweepError, refused
from optplan.sweeps.points import Point

if TYPE_CHECKING:
    from optplan.sweeps.runs import Sweep

SHARES = {"readiness_gap", "worst_county", "team_gap", "project_delay"}
MONEY = {"cost", "request"}
WIDTH, HEIGHT = 560, 170  # of a panel
PROVEN, OPEN = "circle", "triangle-up"


def sweep_chart(sweep: Sweep) -> alt.VConcatChart:
    """A panel for each criterion of the decision model, one under the other.

    Raises :class:`SweepError` if no point has a plan.
    """
    language = current_language()
    if not any(run.figures for run in sweep.runs):
        raise SweepError([refused("no-plan", sweep.design.file)])
    across, others = (sweep.design.axis[0], sweep.design.axis[1:]) if sweep.design.axis else (None, ())
    rows = [_row(sweep, run.point, run.status, run.figures, across, others, language) for run in sweep.runs]
    data = alt.InlineData(values=rows)
    last = len(sweep.model.criteria) - 1
    panels = [
        _panel(data, rows, sweep, criterion.name, across, others, named=number == last, language=language)
        for number, criterion in enumerate(sweep.model.criteria)
    ]
    account = text("sweep", "account", language, currency=sweep.currency, model=_model(sweep, language))
    chart: alt.VConcatChart = alt.vconcat(*panels, spacing=14).properties(
        title=alt.Title(sweep.design.called(language), subtitle=[sweep.plan_title, account], anchor="start", offset=14)
    )
    return chart


def _model(sweep: Sweep, language: str) -> str:
    return sweep.model.title_en if language == "en" and sweep.model.title_en else sweep.model.title


def _row(
    sweep: Sweep, point: Point, status: str, figures: Any, across: Axis | None, others: Sequence[Axis], language: str
) -> dict[str, Any]:
    """A point as the chart draws it; without figures it is a break in its line."""
    row: dict[str, Any] = {criterion.name: figures.get(criterion.name) for criterion in sweep.model.criteria}
    row["x"] = point.called(language)
    if across is not None:
        value = point.values[across.name]
        number = number_of(value)
        row["x"] = float(number) if across.numeric and number is not None else shown(value)
    row["series"] = "、".join(f"{axis.called(language)} {shown(point.values[axis.name])}" for axis in others)
    row["proof"] = text("sweep", "proof-yes" if status == "optimal" else "proof-no", language)
    return row


def _panel(
    data: alt.InlineData,
    rows: list[dict[str, Any]],
    sweep: Sweep,
    criterion: str,
    across: Axis | None,
    others: Sequence[Axis],
    *,
    named: bool,
    language: str,
) -> alt.Chart | alt.LayerChart:
    """One criterion; the axis below is ``named`` under the last panel only."""
    numeric = across is not None and across.numeric
    form = ".1%" if criterion in SHARES else ",.6~g"
    title = text("cli", f"criterion-{criterion}", language)
    if criterion in MONEY:
        title = text("sweep", "in-currency", language, figure=title, currency=sweep.currency)
    channels: dict[str, Any] = {
        "x": _below(across, named=named, language=language),
        "y": alt.Y(f"{criterion}:Q", title=title, axis=alt.Axis(format=form, minExtent=52), scale=alt.Scale(zero=not numeric)),
        "tooltip": ["x:N", alt.Tooltip(f"{criterion}:Q", format=form)],
    }
    if others:
        order = list(dict.fromkeys(row["series"] for row in rows))
        colour = alt.Color("series:N", title=None, sort=None, scale=alt.Scale(domain=order, range=COLOURS))
        channels["color"] = colour
        if not numeric:
            channels["xOffset"] = alt.XOffset("series:N", sort=None)
    base = alt.Chart(data)
    if not numeric:
        bars: alt.Chart = base.mark_bar(color=COLOURS[0]).encode(**channels).properties(width=WIDTH, height=HEIGHT)
        return bars
    marks = dict(channels)
    yes, no = text("sweep", "proof-yes", language), text("sweep", "proof-no", language)
    if any(row["proof"] == no and row[criterion] is not None for row in rows):
        marks["shape"] = alt.Shape(
            "proof:N", title=text("sweep", "proof", language), scale=alt.Scale(domain=[yes, no], range=[PROVEN, OPEN])
        )
    line = base.mark_line(color=COLOURS[0], invalid="break-paths-show-domains").encode(**channels)
    dots = base.mark_point(color=COLOURS[0], filled=True, size=55, opacity=1).encode(**marks)
    return alt.LayerChart(layer=[line, dots], width=WIDTH, height=HEIGHT)


def _below(across: Axis | None, *, named: bool, language: str) -> alt.X:
    """The axis below a panel."""
    heading = across.called(language) if across is not None and named else None
    if across is None or not across.numeric:
        return alt.X("x:N", title=heading, sort=None, axis=alt.Axis(labelAngle=-25, labelLimit=220, labels=named))
    labels = alt.Axis(format="%", labels=named) if across.in_percent else alt.Axis(format="~g", labels=named)
    return alt.X("x:Q", title=heading, axis=labels, scale=alt.Scale(zero=False))
