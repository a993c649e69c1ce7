"""What a result delivers and who pays for it, by year, in colours that the colour-blind can tell apart."""

from __future__ import annotations

import altair as alt
import pandas as pd

from optplan.figures.summary import Summary
from optplan.language import text

COLOURS = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#999999"]  # Okabe and Ito
MOST_TARGETS = 6


def deliveries_by_year(summary: Summary) -> alt.Chart:
    """The share of each headline target that every year delivers."""
    rows = [
        {"target": target.name, "year": str(year), "share": float(quantity / target.total)}
        for target in summary.targets[:MOST_TARGETS]
        if target.total
        for year, quantity in zip(summary.years, target.by_year, strict=True)
    ]
    chart: alt.Chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar()
        .encode(
            x=alt.X("share:Q", axis=alt.Axis(format="%"), title=text("charts", "axis-share")),
            y=alt.Y("target:N", sort=None, title=None, axis=alt.Axis(labelLimit=260)),
            color=alt.Color("year:N", scale=alt.Scale(range=COLOURS), title=text("charts", "axis-year")),
            order=alt.Order("year:O"),
            tooltip=["target", "year", alt.Tooltip("share:Q", format=".1%")],
        )
        .properties(height=240)
    )
    return chart


def money_by_year(summary: Summary) -> alt.Chart:
    """What each fund pays in each open year."""
    rows = [
        {"payer": payer.name, "year": str(year), "amount": float(amount)}
        for payer in summary.payers[:-1]
        for year, amount in zip(summary.open_years, payer.by_year, strict=True)
    ]
    chart: alt.Chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar()
        .encode(
            x=alt.X("year:N", title=text("charts", "axis-year"), axis=alt.Axis(labelAngle=0)),
            y=alt.Y("amount:Q", title=summary.currency),
            color=alt.Color("payer:N", scale=alt.Scale(range=COLOURS), sort=None, title=None, legend=alt.Legend(labelLimit=300)),
            tooltip=["payer", "year", alt.Tooltip("amount:Q", format=",.2f")],
        )
        .properties(height=320)
    )
    return chart
