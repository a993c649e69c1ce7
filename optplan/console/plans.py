"""The plan that a command is about, by whose names of years the command speaks from then on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from optplan.plan import Plan
    from optplan.tables.content import Tables


def read_plan(path: Path) -> Plan:
    """The plan at ``path``. Raises :class:`PlanError` with every finding if it is not valid."""
    from optplan.plan import read_plan

    plan = read_plan(path)
    speak_of(plan.tables)
    return plan


def speak_of(tables: Tables) -> None:
    """Call years as the plan does, until the command ends."""
    from optplan.language.years import call_years
    from optplan.tables.year_labels import year_names

    call_years(year_names(tables))
