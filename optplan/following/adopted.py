"""What was adopted: the sealed result, or a schedule that has no seal, as that of an edited workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optplan.schedule import Schedule

if TYPE_CHECKING:
    from optplan.result import Result


def schedule_of(adopted: Result | Schedule | None) -> Schedule | None:
    """Its schedule."""
    return adopted if adopted is None or isinstance(adopted, Schedule) else adopted.to_schedule()


def seal_of(adopted: Result | Schedule | None) -> str | None:
    """Its seal; ``None``: it has none."""
    seal = None if adopted is None or isinstance(adopted, Schedule) else adopted.document["seal"]
    return None if seal is None else str(seal["sha256"])
