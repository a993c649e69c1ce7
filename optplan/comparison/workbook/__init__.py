"""A comparison of results as a workbook: what is compared, the inputs that changed, figures side by side, charts.

The figures of each result stand as values; every difference, sum and chart follows them by formula.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from optplan.language import current_language, speaking
from optplan.tables.year_labels import calling_years_of

if TYPE_CHECKING:
    from optplan.comparison.sides import Sides


def export_comparison(comparison: Sides, path: str | Path, language: str | None = None) -> None:
    """Write ``comparison`` as a workbook, replacing an older one as a whole or not at all."""
    from optplan.comparison.workbook.compose import compose, title_of

    with speaking(language or current_language()), calling_years_of(comparison.sides[0].tables):
        compose(comparison).save(path, title_of(comparison))
