"""The files that close a year: what was delivered (a table ``actuals``) and what was spent (a table like ``budgets``)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from optplan.tables.content import Row
from optplan.tables.csv_folder import read_file
from optplan.tables.findings import Finding, InputError, Place, error
from optplan.tables.workbook_reading import read_workbook


def read_rows(path: str | Path, table: str, year: int, lead: Mapping[str, int] | None = None) -> tuple[Row, ...]:
    """The rows of ``table`` in a CSV file, or in the sheet of that name of a workbook, all of them of ``year``.

    ``lead``: years from order to delivery by item; of such an item there may be rows for what was ordered and comes later.
    Raises :class:`InputError` for a file that cannot be read, and for a row of another year.
    """
    path, findings = Path(path), list[Finding]()
    if not path.is_file():
        raise InputError([error("closing-file-missing", Place(str(path)))])
    is_workbook = path.suffix.lower() == ".xlsx"
    rows = read_workbook(path, findings)[table] if is_workbook else tuple(read_file(path, table, findings))
    findings += [
        error("closing-other-year", row.place("year"), value=row["year"], year=year)
        for row in rows
        if row["year"] is None or not year <= row["year"] <= year + ((lead or {}).get(row["item"], 0) if lead else 0)
    ]
    if any(finding.severity == "error" for finding in findings):
        raise InputError(findings)
    return rows
