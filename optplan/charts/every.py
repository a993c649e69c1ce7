"""Every chart of a result, by name, to be taken away as a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import altair as alt

from optplan.charts.by_year import deliveries_by_year, money_by_year
from optplan.charts.county_map import county_map
from optplan.charts.stations import stations_by_year
from optplan.figures import counties, projects
from optplan.figures.figures import Figures
from optplan.figures.summary import summarise
from optplan.language import current_language, text

if TYPE_CHECKING:
    from optplan.document.document import ResultDocument

WIDTH = 640  # points


def charts_of(result: ResultDocument) -> Mapping[str, Callable[[], alt.TopLevelMixin]]:
    """What draws each chart, by the name that the catalogue ``charts`` calls it by (``chart-…``)."""
    figures = Figures(result)

    def on_map(measure: str) -> Callable[[], alt.TopLevelMixin]:
        title = text("charts", f"map-{measure}", None, year=figures.last, currency=figures.currency)
        return lambda: county_map(
            counties.tiles(figures, measure),
            title,
            counties.MEASURES[measure],
            counties.shades(figures, measure),
            width=WIDTH,
            font_size=16,
        ).configure_view(stroke=None)

    def deliveries() -> alt.TopLevelMixin:
        drawn: alt.Chart = deliveries_by_year(summarise(result, current_language())).properties(width=WIDTH)
        return drawn

    def money() -> alt.TopLevelMixin:
        drawn: alt.Chart = money_by_year(summarise(result, current_language())).properties(width=WIDTH)
        return drawn

    found: dict[str, Callable[[], alt.TopLevelMixin]] = {
        "deliveries": deliveries,
        "money": money,
        **{f"map-{measure}": on_map(measure) for measure in counties.MEASURES},
    }
    built = [each for each in projects.projects(figures) if each.start is not None]
    if built:

        def stations() -> alt.TopLevelMixin:
            drawn: alt.LayerChart = stations_by_year(built, figures.years, figures.currency).properties(width=WIDTH)
            return drawn

        found["stations"] = stations
    return found
