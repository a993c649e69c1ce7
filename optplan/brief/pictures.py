"""The pictures of a brief: the map and the charts, each with a description in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from optplan.brief.counties import map_of_counties
from optplan.brief.delivery import chart_title
from optplan.brief.words import say
from optplan.charts import MOST_TARGETS, MOST_YEARS, deliveries_by_year, money_by_year, picture
from optplan.figures.figures import Figures
from optplan.figures.summary import summarise
from optplan.language import current_language
from optplan.language.lists import listed

if TYPE_CHECKING:
    from optplan.document.document import ResultDocument

WIDTH = 476  # points between the margins, so that letters are on paper as large as they are told to be
FONT_SIZE = 9
BAR, AROUND_BARS = 15, 42  # height of a bar, and of the axis below them
YEAR, ABOVE_YEARS = 16, 38  # height of a year in the legend, and of what stands above the first and below the last
MONEY_HEIGHT = 150


def pictures_of(result: ResultDocument) -> dict[str, tuple[bytes, str]]:
    """PNGs and what they show, by the names that a template gives them."""
    figures, summary = Figures(result), summarise(result, current_language())
    counties, shown = listed(list(figures.county_names.values())), [target for target in summary.targets if target.total]
    bars = min(len(shown), MOST_TARGETS)
    delivered = any(target.delivered for target in shown)
    spent = any(summary.payers[-1].by_year)
    deliveries = _fitted(
        deliveries_by_year(summary), max(BAR * bars + AROUND_BARS, YEAR * min(len(summary.years), MOST_YEARS) + ABOVE_YEARS)
    )
    money = _fitted(money_by_year(summary), MONEY_HEIGHT)
    return {
        "map": (picture(map_of_counties(figures), FONT_SIZE), say("describe-map", counties=counties)),
        "chart_deliveries": (picture(deliveries, FONT_SIZE) if delivered else b"", chart_title(summary)),
        "chart_money": (picture(money, FONT_SIZE) if spent else b"", say("word-chart-money", currency=summary.currency)),
    }


def _fitted(chart: alt.Chart, height: float) -> alt.Chart:
    """The chart as wide as the text, its labels and legend included; its title stands in the text."""
    fitted: alt.Chart = chart.properties(width=WIDTH, height=height, autosize=alt.AutoSizeParams(type="fit", contains="padding"))
    fitted.title = alt.Undefined
    return fitted
