"""The schedule that changes are measured against: an adopted result, or a workbook that a person edited."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from optplan.schedule import Schedule
    from optplan.tables.content import Tables


def read_reference(path: str | Path, tables: Tables) -> Schedule:
    """The schedule of a result (a file, or the id of a run in the store) or of an exported workbook of the plan with ``tables``.

    Raises :class:`InputError` if it is none of them.
    """
    from optplan.repairs import read_edit
    from optplan.store.named_results import sealed_result_called

    if Path(path).suffix.lower() == ".xlsx":
        return read_edit(path, tables).schedule
    return sealed_result_called(path).to_schedule()
