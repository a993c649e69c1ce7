"""Indicators that say how they are measured, and observations of those that are observed (model.md §6)."""

from __future__ import annotations

from collections.abc import Iterator

from optplan.plan.checks.reach import Reach
from optplan.tables.content import Row
from optplan.tables.findings import Finding, error, warning
from optplan.tables.references import near

WANTED = {"observation": "", "delivered": "target", "target": "target", "standard": "standard", "teams": "team_class"}
PERCENT = "%"
WHOLE = 100


def check_indicators(reach: Reach) -> Iterator[Finding]:
    """An indicator needs what its measure speaks of and nothing else; a percentage is at most a hundred."""
    classes = {row["class"] for row in reach.tables["teams"] if row["class"]}
    for row in reach.tables["indicators"]:
        wanted = WANTED[row["measure"]]
        for column in ("target", "standard", "team_class"):
            if (column == wanted) != row.given(column):
                code = "indicator-unmeasured" if column == wanted else "indicator-measured-otherwise"
                yield error(code, row.place(column), indicator=row["indicator"], column=column, measure=row["measure"])
        if wanted == "team_class" and row["team_class"] and row["team_class"] not in classes:
            known = near(row["team_class"], classes)
            yield error("indicator-class-unknown", row.place("team_class"), value=row["team_class"], near=known)
        for column in ("goal", "baseline"):
            yield from _percentage(row, column, row["unit"])
        if row["baseline"] is not None and row["measure"] != "delivered":
            better = row["baseline"] > row["goal"] if row["direction"] == "at_least" else row["baseline"] < row["goal"]
            if better:
                yield warning("indicator-goal-behind", row.place("goal"), goal=row["goal"], baseline=row["baseline"])


def check_observations(reach: Reach) -> Iterator[Finding]:
    """Observations are of what is observed, no later than the plan, and no more than a hundred per cent."""
    indicators = {row["indicator"]: row for row in reach.tables["indicators"]}
    for row in reach.tables["observations"]:
        indicator = indicators[row["indicator"]]
        if indicator["measure"] != "observation":
            yield error("observation-of-formula", row.place("indicator"), indicator=row["indicator"])
        if row["year"] > reach.years[-1]:
            yield error("observation-after-plan", row.place("year"), year=row["year"], last=reach.years[-1])
        yield from _percentage(row, "value", indicator["unit"])


def _percentage(row: Row, column: str, unit: str | None) -> Iterator[Finding]:
    if unit == PERCENT and row[column] is not None and row[column] > WHOLE:
        yield error("indicator-above-whole", row.place(column), value=row[column])
