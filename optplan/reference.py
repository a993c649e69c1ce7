"""The schedule that changes are measured against: an adopted result, or a workbook that a person edited."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from optplan.schedule import Schedule
    from optplan.tables.content import Tables


def read_reference(path: str | Path, tables: Tables) -> Schedule:
    """The schedule in a result file, or in an exported workbook of the plan with ``tables``.

    Raises :class:`InputError` if the file is neither.
    """
    from optplan.edits import read_edit
    from optplan.result import read_result

    if Path(path).suffix.lower() == ".xlsx":
        return read_edit(path, tables).schedule
    return read_result(path).to_schedule()
