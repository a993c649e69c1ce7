"""The years of a long plan in as many columns as a page holds, several years in each."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from optplan.brief.words import say
from optplan.figures.figures import ZERO
from optplan.language import year_name

MOST_COLUMNS = 8


class Spans:
    """The columns for ``years``: of one year each where a page holds them, else of as few as it takes."""

    def __init__(self, years: Sequence[int]) -> None:
        length = max(1, -(-len(years) // MOST_COLUMNS))
        self._parts = [slice(start, start + length) for start in range(0, len(years), length)]
        self.names = [self._name(years[part]) for part in self._parts]

    def _name(self, years: Sequence[int]) -> str:
        if len(years) == 1:
            return year_name(years[0])
        return say("years-together", first=year_name(years[0]), last=year_name(years[-1]))

    def sums(self, by_year: Sequence[Decimal]) -> list[Decimal]:
        """What comes in the years of each column."""
        return [sum(by_year[part], ZERO) for part in self._parts]
