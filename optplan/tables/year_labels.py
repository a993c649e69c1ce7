"""What a plan calls its years (``year_label``), for all that is shown of it."""

from __future__ import annotations

from contextlib import AbstractContextManager

from optplan.language.years import YearNames, calling_years
from optplan.tables.content import Tables


def year_names(tables: Tables) -> YearNames | None:
    """What the years of a plan are called; ``None``: by their numbers."""
    label, first = tables.setting("year_label"), tables.setting("first_year")
    return YearNames(label, first) if isinstance(label, str) and isinstance(first, int) else None


def calling_years_of(tables: Tables) -> AbstractContextManager[None]:
    """Call years as the plan does inside a block."""
    return calling_years(year_names(tables))
