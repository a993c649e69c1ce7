"""What each change of a scenario does by itself: the tables before and after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from optplan.scenarios.applying import steps_in_order
from optplan.scenarios.findings import Step
from optplan.scenarios.patch import Patch
from optplan.scenarios.scenario import Scenario
from optplan.tables.content import Tables
from optplan.tables.findings import Finding, InputError


def trail(tables: Tables, scenarios: Sequence[Scenario]) -> Iterator[tuple[Step, Tables, Tables]]:
    """Each change in the order in which they are made, with the tables before and after it, not yet checked as a plan.

    Raises :class:`InputError` if a change cannot be made.
    """
    patch, before = Patch(tables), tables
    for step in steps_in_order(scenarios):
        findings: list[Finding] = [*patch.apply(step)]
        if findings:
            raise InputError(findings)
        after = patch.as_tables()
        yield step, before, after
        before = after
