"""Charts of a result, the same on the page and on paper."""

from __future__ import annotations

from optplan.charts.by_year import COLOURS, MOST_TARGETS, deliveries_by_year, money_by_year

__all__ = ["COLOURS", "MOST_TARGETS", "deliveries_by_year", "money_by_year"]
