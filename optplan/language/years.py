"""What years are called where people read them: by their number, or as a plan whose years are fiscal calls them, such as FY25.

Data, keys and formulas keep the number of the year; only what is shown goes through :func:`year_name`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache

NUMBER = re.compile(r"\d+")
REACH = 40  # years before and after the first that can be named
NEAR = 1  # years: FY24/25 speaks of two of them


@dataclass(frozen=True)
class YearNames:
    """``label``: what the year ``first`` is called; the numbers in it are counted on from year to year."""

    label: str
    first: int

    def name(self, year: int) -> str:
        """What a year is called."""
        every = [*NUMBER.finditer(self.label)]
        counted = {found.start() for found in every if self._is_near(found[0])} or {found.start() for found in every}

        def later(found: re.Match[str]) -> str:
            digits = found[0]
            if found.start() not in counted:
                return digits
            number = int(digits) + year - self.first
            return str(number % 10 ** len(digits)).zfill(len(digits)) if len(digits) > 1 else str(number)

        return NUMBER.sub(later, self.label)

    def _is_near(self, digits: str) -> bool:
        return len(digits) in {2, 4} and any(
            int(digits) == year % 10 ** len(digits) for year in range(self.first - NEAR, self.first + NEAR + 1)
        )


_names: ContextVar[YearNames | None] = ContextVar("optplan_year_names", default=None)


@contextmanager
def calling_years(names: YearNames | None) -> Iterator[None]:
    """Call years by ``names`` inside the block; ``None``: by their numbers."""
    token = _names.set(names)
    try:
        yield
    finally:
        _names.reset(token)


def call_years(names: YearNames | None) -> None:
    """Call years by ``names`` until the block that this stands in ends, or somebody calls them otherwise."""
    _names.set(names)


def current_year_names() -> YearNames | None:
    """What years are called at present; ``None``: by their numbers."""
    return _names.get()


def year_called(name: str) -> int | None:
    """The year that is called so at present; ``None``: none is."""
    names = _names.get()
    return None if names is None else _by_name(names).get(name.casefold())


@cache
def _by_name(names: YearNames) -> dict[str, int]:
    within = range(names.first - REACH, names.first + REACH)
    nearest_last = sorted(within, key=lambda year: -abs(year - names.first))  # which counts where two are called the same
    return {names.name(year).casefold(): year for year in nearest_last}


def year_name(year: int) -> str:
    """What a year is called at present."""
    names = _names.get()
    return str(year) if names is None else names.name(year)
