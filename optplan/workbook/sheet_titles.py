"""What sheets are called."""

from __future__ import annotations

import re

from optplan.language import find
from optplan.tables.labels import table_label
from optplan.tables.schema import Table
from optplan.workbook.book import LONGEST_NAME

_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")


def sheet_title(table: Table) -> str:
    """The name of a table's sheet: its label where Excel takes it as it is, else its name, so that it can be read back."""
    label = table_label(table)
    return table.name if len(label) > LONGEST_NAME or _NOT_IN_SHEET_NAMES.search(label) else label


def auxiliary_title(name: str) -> str:
    """The name of a sheet that explains or shows and is not read back: ``guide``, ``lists``, ``matrix-budgets`` …"""
    return find("tables", f"sheet-{name}") or f"sheet-{name}"
