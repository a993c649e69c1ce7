"""Departments and the one target or indicator that each of their duties names (model.md §6)."""

from __future__ import annotations

from collections.abc import Iterator

from optplan.plan.checks.reach import Reach
from optplan.tables.findings import Finding, error, warning


def check_duties(reach: Reach) -> Iterator[Finding]:
    """A duty is one target or one indicator; a department without any cannot be assessed."""
    for row in reach.tables["duties"]:
        if row.given("target") == row.given("indicator"):
            yield error("duty-of-one-thing", row.place("target"))
    on_duty = {row["department"] for row in reach.tables["duties"]}
    for row in reach.tables["departments"]:
        if row["department"] not in on_duty:
            yield warning("department-without-duties", row.place("department"), department=row["department"])
