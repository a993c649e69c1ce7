"""Charts of a result, the same on the page and on paper."""

from __future__ import annotations

from optplan.charts.by_year import MOST_TARGETS, MOST_YEARS, deliveries_by_year, money_by_year
from optplan.charts.county_map import county_map, side_by_side
from optplan.charts.picture import picture

__all__ = [
    "MOST_TARGETS", "MOST_YEARS", "county_map", "deliveries_by_year", "money_by_year", "picture", "side_by_side",
]  # fmt: skip
