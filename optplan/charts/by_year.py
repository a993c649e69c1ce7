"""What a result delivers and who pays for it, by year, in colours that the colour-blind can tell apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import altair as alt
import pandas as pd

from optplan.charts.names_axis import HEAD, names_axis
from optplan.figures.palette import NEUTRAL, year_colours
from optplan.figures.summary import Summary
from optplan.language import text, year_name
from optplan.language.printable import in_chart, printable

MOST_TARGETS = 6
MOST_YEARS = 10  # one below another in a legend
ROW = 30  # points of height

Chart = TypeVar("Chart", bound=alt.TopLevelMixin)


def told(*names: str, **formats: str) -> list[alt.Tooltip]:
    """What is said of a mark that is pointed at: words and, in their formats, numbers, each under its name in the catalogue."""
    words = [alt.Tooltip(f"{name}:N", title=text("charts", f"axis-{name}")) for name in names]
    return words + [alt.Tooltip(f"{name}:Q", format=form, title=text("charts", f"axis-{name}")) for name, form in formats.items()]


def in_unit(name: str, unit: str) -> str:
    """What an axis is called: the name with its unit, if it has one."""
    return in_chart(text("charts", "axis-in-unit", None, name=name, unit=unit) if unit else name)


def money_axis(currency: str) -> str:
    """What an axis of amounts is called."""
    return in_chart(text("charts", "axis-money", None, currency=currency))


def titled(chart: Chart, title: str, below: Sequence[str] = ()) -> Chart:
    """The chart under its title, which is also what is said to those who cannot see it, and the lines that stand below that."""
    smaller = list(map(printable, below)) or alt.Undefined
    heading = alt.Title(printable(title), anchor="start", offset=14, subtitle=smaller)
    named: Chart = chart.properties(title=heading, description=printable(" ".join([title, *below])))
    return named


def deliveries_by_year(summary: Summary) -> alt.Chart:
    """The share of each headline target that every year delivers."""
    targets = [target for target in summary.targets if target.total]
    rows = [
        {"target": target.name, "year": year_name(year), "share": float(quantity / target.total)}
        for target in targets[:MOST_TARGETS]
        for year, quantity in zip(summary.years, target.by_year, strict=True)
    ]
    names = list(dict.fromkeys(str(row["target"]) for row in rows))
    chart: alt.Chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar()
        .encode(
            x=alt.X("share:Q", axis=alt.Axis(format="%"), title=text("charts", "axis-share")),
            y=alt.Y("target:N", sort=None, title=text("charts", "axis-target"), axis=names_axis(names)),
            color=alt.Color(
                "year:N",
                scale=alt.Scale(domain=list(map(year_name, summary.years)), range=year_colours(summary.years)),
                title=text("charts", "axis-year"),
                legend=alt.Legend(columns=-(-len(summary.years) // MOST_YEARS)),
            ),
            order=alt.Order("year:O"),
            tooltip=told("target", "year", share=".1%"),
        )
        .properties(height=HEAD + ROW * len(names))
    )
    return titled(chart, text("charts", "chart-deliveries"), first_of(len(targets)))


def first_of(targets: int) -> list[str]:
    """What stands below the title of a chart that shows the first of so many targets: nothing if it shows them all."""
    return [text("charts", "chart-first-of", None, shown=MOST_TARGETS, number=targets)] if targets > MOST_TARGETS else []


def money_by_year(summary: Summary) -> alt.Chart:
    """What each fund pays in each open year."""
    rows = [
        {"payer": payer.name, "year": year_name(year), "amount": float(amount)}
        for payer in summary.payers[:-1]
        for year, amount in zip(summary.open_years, payer.by_year, strict=True)
    ]
    payers = summary.payers[:-1]
    colours = alt.Scale(
        domain=[payer.name for payer in payers], range=[summary.colours.get(payer.fund, NEUTRAL) for payer in payers]
    )
    chart: alt.Chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar()
        .encode(
            x=alt.X("year:N", title=text("charts", "axis-year"), axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            y=alt.Y("amount:Q", title=money_axis(summary.currency)),
            color=alt.Color("payer:N", scale=colours, sort=None, title=None, legend=alt.Legend(labelLimit=300)),
            tooltip=[*told("payer", "year"), alt.Tooltip("amount:Q", format=",.2f", title=in_chart(summary.currency))],
        )
        .properties(height=320)
    )
    return titled(chart, text("charts", "chart-money"))
