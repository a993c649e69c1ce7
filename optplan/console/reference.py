"""The schedule that changes are measured against: an adopted result, or a workbook that a person edited."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from optplan.result import Result
    from optplan.schedule import Schedule
    from optplan.tables.content import Tables


def read_reference(path: str | Path, tables: Tables) -> Schedule:
    """The schedule of a result (a file, or the id of a run in the store) or of an exported workbook of the plan with ``tables``.

    Raises :class:`InputError` if it is none of them.
    """
    from optplan.following.adopted import schedule_of

    schedule = schedule_of(read_adopted(path, tables))
    assert schedule is not None
    return schedule


def read_adopted(path: str | Path, tables: Tables) -> Result | Schedule:
    """The same, as the sealed result where it is one. Raises :class:`InputError` alike."""
    from optplan.repairs import read_edit
    from optplan.store.named_results import sealed_result_called

    return read_edit(path, tables).schedule if Path(path).suffix.lower() == ".xlsx" else sealed_result_called(path)
