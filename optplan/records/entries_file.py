"""A CSV file of entries to be made: the columns of a record, without those that are written when it is kept."""

from __future__ import annotations

from pathlib import Path

from optplan.records.declaration import RECORDS
from optplan.records.findings import unreadable
from optplan.tables.content import Row
from optplan.tables.csv_folder import read_rows
from optplan.tables.findings import Finding


def read_entries(path: str | Path) -> tuple[list[Row], list[Finding]]:
    """The rows of a CSV file, and what is wrong with it. Of a ledger from elsewhere, corrections stay corrections."""
    findings: list[Finding] = []
    rows = read_rows(Path(path), RECORDS, findings)
    return rows, [unreadable(finding) for finding in findings]
