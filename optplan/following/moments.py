"""The moment at which a plan stands somewhere, in words."""

from __future__ import annotations

from optplan.following.facts import YEAR_END
from optplan.language import sentences_of

say = sentences_of("follow")


def moment(year: int, quarter: int) -> str:
    """The end of a year, or of a quarter within it."""
    return say("when-quarter", year=year, quarter=quarter) if quarter < YEAR_END else say("when-year", year=year)
