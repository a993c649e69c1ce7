"""The chart of a sweep: what each criterion comes to over the first axis, a line for each value of the others.

Where a value is not proven, a thin stroke goes down to what is: the truth lies on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from optplan.figures.criteria import measures_of
from optplan.figures.palette import SERIES as COLOURS
from optplan.language import bilingual, current_language, text
from optplan.language.lists import in_brackets, listed
from optplan.language.printable import in_chart
from optplan.sweeps.design import number_of, shown
from optplan.sweeps.findings import SweepError, refused

if TYPE_CHECKING:
    from optplan.sweeps.runs import Runs, SweepRun

WIDTH, HEIGHT = 560, 170  # of a panel
PROVEN, OPEN = "circle", "triangle-up"


def sweep_chart(sweep: Runs) -> alt.VConcatChart:
    """A panel for each criterion of the decision model, one under the other.

    Raises :class:`SweepError` if no point has a plan.
    """
    if not any(run.figures for run in sweep.runs):
        raise SweepError([refused("no-plan", sweep.design.file)])
    return _Drawing(sweep).chart()


class _Drawing:
    """The panels of one sweep, in the language that is spoken now."""

    def __init__(self, sweep: Runs) -> None:
        self.sweep, self.language = sweep, current_language()
        measures = map(measures_of(sweep.tables), (criterion.name for criterion in sweep.model.criteria))
        self.measures = {measure.criterion: measure for measure in measures}
        self.across = sweep.design.axis[0] if sweep.design.axis else None
        self.others = sweep.design.axis[1:]
        self.numeric = self.across is not None and self.across.numeric
        self.yes, self.no = (text("sweep", f"proof-{answer}", self.language) for answer in ("yes", "no"))
        self.rows = [self._row(run) for run in sweep.runs]
        self.base = alt.Chart(alt.InlineData(values=self.rows))

    def chart(self) -> alt.VConcatChart:
        """All panels, with what they are about."""
        sweep, language = self.sweep, self.language
        model = bilingual(sweep.model.title, sweep.model.title_en, language)
        account = text("sweep", "account", language, currency=sweep.currency, model=model)
        *upper, last = self.measures
        panels = [*(self._panel(criterion, named=False) for criterion in upper), self._panel(last, named=True)]
        chart: alt.VConcatChart = alt.vconcat(*panels, spacing=14).properties(
            title=alt.Title(sweep.design.called(language), subtitle=[sweep.plan_title, account], anchor="start", offset=14)
        )
        return chart

    def _row(self, run: SweepRun) -> dict[str, Any]:
        """A point as the chart draws it; without figures it is a break in its line."""
        point, row = run.point, dict[str, Any]()
        for criterion, measure in self.measures.items():
            whole = float(measure.whole)
            row[criterion] = run.figures[criterion] / whole if run.figures else None
            if run.figures:
                row[f"{criterion} proof"] = self.yes if criterion in run.proven else self.no
                row[f"{criterion} bound"] = None if criterion in run.proven else run.figures[f"{criterion}_bound"] / whole
        row["x"] = point.called(self.language)
        if self.across is not None:
            value = point.values[self.across.name]
            number = number_of(value)
            row["x"] = float(number) if self.numeric and number is not None else shown(value)
        row["series"] = listed(f"{axis.called(self.language)} {shown(point.values[axis.name])}" for axis in self.others)
        return row

    def _panel(self, criterion: str, *, named: bool) -> alt.LayerChart:
        """One criterion; the axis below is ``named`` under the last panel only."""
        measure = self.measures[criterion]
        form = ".1%" if measure.unit == "percent" else ",.6~g"
        title = in_chart(in_brackets(measure.name, self.sweep.currency) if measure.unit == "money" else measure.name)
        y = alt.Y(f"{criterion}:Q", title=title, axis=alt.Axis(format=form, minExtent=52), scale=alt.Scale(zero=not self.numeric))
        channels: dict[str, Any] = {
            "x": self._below(named),
            "y": y,
            "tooltip": ["x:N", alt.Tooltip(f"{criterion}:Q", format=form)],
        }
        if self.others:
            order = list(dict.fromkeys(row["series"] for row in self.rows))
            channels["color"] = alt.Color("series:N", title=None, sort=None, scale=alt.Scale(domain=order, range=COLOURS))
            if not self.numeric:
                channels["xOffset"] = alt.XOffset("series:N", sort=None)
        layers = self._line(criterion, channels) if self.numeric else [self.base.mark_bar(color=COLOURS[0]).encode(**channels)]
        if any(row.get(f"{criterion} bound") is not None for row in self.rows):
            layers.insert(0, self._unproven(criterion, channels))
        return alt.LayerChart(layer=layers, width=WIDTH, height=HEIGHT)

    def _line(self, criterion: str, channels: dict[str, Any]) -> list[alt.Chart]:
        line = self.base.mark_line(color=COLOURS[0], invalid="break-paths-show-domains").encode(**channels)
        if any(row.get(f"{criterion} proof") == self.no for row in self.rows):
            scale = alt.Scale(domain=[self.yes, self.no], range=[PROVEN, OPEN])
            channels = {
                **channels,
                "shape": alt.Shape(f"{criterion} proof:N", title=text("sweep", "proof", self.language), scale=scale),
            }
        return [line, self.base.mark_point(color=COLOURS[0], filled=True, size=55, opacity=1).encode(**channels)]

    def _unproven(self, criterion: str, channels: dict[str, Any]) -> alt.Chart:
        """Strokes from what is proven to what was found."""
        strokes: alt.Chart = (
            self.base.transform_filter(f"isValid(datum['{criterion} bound'])")
            .mark_rule(color=COLOURS[0], opacity=0.45, strokeWidth=2)
            .encode(**channels, y2=f"{criterion} bound:Q")
        )
        return strokes

    def _below(self, named: bool) -> alt.X:
        """The axis below a panel."""
        heading = in_chart(self.across.called(self.language)) if self.across is not None and named else None
        if self.across is None or not self.numeric:
            return alt.X("x:N", title=heading, sort=None, axis=alt.Axis(labelAngle=-25, labelLimit=220, labels=named))
        labels = alt.Axis(format="%" if self.across.in_percent else "~g", labels=named)
        return alt.X("x:Q", title=heading, axis=labels, scale=alt.Scale(zero=False))
