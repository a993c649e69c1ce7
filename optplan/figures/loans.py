"""What is borrowed: by whom, what it costs each year, and what remains to be paid back after the plan."""

from __future__ import annotations

from decimal import Decimal

from optplan.figures.figures import Figures
from optplan.language import sentences_of
from optplan.language.numbers import amount

say = sentences_of("views")


def sentences(figures: Figures) -> list[str]:
    """A sentence for each county, loan and year in which something is borrowed; none where a plan has no loans."""
    years = {fund["fund"]: fund["repay_years"] for fund in figures.loans}
    return [
        say(
            "loan",
            county=figures.county_names[entry["county"]],
            fund=figures.fund_names[entry["fund"]],
            year=entry["year"],
            years=years[entry["fund"]],
            currency=figures.currency,
            **{part: amount(Decimal(entry[part])) for part in ("amount", "instalment", "remaining")},
        )
        for entry in figures.document.get("loans", ())
    ]
