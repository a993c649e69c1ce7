"""Excel, both ways: a plan's tables as a workbook to fill in, and a sealed schedule as a workbook to print and to edit.

The functions load openpyxl when they are called, not before.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from optplan.document.document import ResultDocument
    from optplan.records.records import Records
    from optplan.tables.content import Tables


def write_template(path: str | Path, language: str | None = None) -> None:
    """Write an empty input workbook, ready to be filled in. ``language``: ``zh`` or ``en``, by default the current one."""
    from optplan.workbook import inputs

    inputs.write_template(path, language)


def write_inputs(tables: Tables, path: str | Path, language: str | None = None) -> None:
    """Write a plan's tables as a workbook; reading it gives the same ``sha256``. An old file is replaced whole or not at all."""
    from optplan.workbook import inputs

    inputs.write_inputs(tables, path, language)


def export_schedule(
    result: ResultDocument, path: str | Path, language: str | None = None, records: Records | None = None
) -> None:
    """Write a sealed schedule as a workbook with live formulas. :class:`InputError` (``export-unsealed``) without a seal.

    ``records``: show what was done beside what is planned, on two sheets at the end.
    """
    from optplan.workbook import schedule

    schedule.export_schedule(result, path, language, records)
