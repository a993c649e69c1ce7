"""Of which years a row speaks."""

from __future__ import annotations

from optplan.tables.content import Row


def counts_in(target: Row, year: int) -> bool:
    """Whether deliveries of ``year`` count for a row of ``targets``: from its ``from_year``, if it has one, to ``by_year``."""
    return bool((target["from_year"] is None or target["from_year"] <= year) and year <= target["by_year"])
