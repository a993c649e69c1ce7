"""Reading a plan: a folder of CSV files, a workbook, or Python values; findings are about form, keys and references."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from optplan.language.years import calling_years, current_year_names
from optplan.tables.content import Tables
from optplan.tables.csv_folder import read_folder
from optplan.tables.declarations import TABLES
from optplan.tables.findings import Finding, Place, error
from optplan.tables.grid import Line, Source
from optplan.tables.sheets import rows_of
from optplan.tables.structure import check_structure
from optplan.tables.title_units import without_right_units
from optplan.tables.year_labels import year_names


def read_tables(path: str | Path) -> tuple[Tables, list[Finding]]:
    """The tables at ``path`` and everything wrong with their form. Never raises for bad input.

    Years may be written as the plan calls them (``year_label``).
    """
    tables, findings = _read(Path(path))
    if any(finding.severity == "error" for finding in findings) and (names := year_names(tables)) is not None:
        with calling_years(names):
            return _read(Path(path))
    return tables, findings


def _read(path: Path) -> tuple[Tables, list[Finding]]:
    findings: list[Finding] = []
    try:
        if path.is_dir():
            tables = read_folder(path, findings)
        elif not path.exists():
            code = "file-dangling" if path.is_symlink() else "plan-missing"
            return Tables({}, str(path)), [error(code, Place(str(path)))]
        elif path.suffix.lower() == ".xlsx":
            from optplan.tables.workbook_reading import read_workbook  # a folder needs nothing of openpyxl, slow to load

            tables = read_workbook(path, findings)
        else:
            return Tables({}, str(path)), [error("plan-neither", Place(str(path)))]
    except (OSError, ValueError) as problem:  # such as a name with a NUL
        reason = (problem.strerror if isinstance(problem, OSError) else None) or problem
        return Tables({}, str(path)), [error("file-unreadable", Place(str(path)), reason=reason)]
    findings = without_right_units(findings, tables)
    if not any(finding.severity == "error" and finding.place.row is None for finding in findings):
        findings += _certain(check_structure(tables), findings)
    return tables, findings


def _certain(found: list[Finding], of_cells: list[Finding]) -> list[Finding]:
    """Without what only follows from cells that could not be read: keys alike without them, references to what they name."""
    faults = [finding.place for finding in of_cells if finding.severity == "error"]
    rows = {(place.file, place.table, place.row) for place in faults}
    nameless = {place.table for place in faults if place.table in TABLES and place.column == TABLES[place.table].key[0]}
    return [
        finding
        for finding in found
        if (finding.place.file, finding.place.table, finding.place.row) not in rows
        and not (finding.code == "reference-missing" and finding.values["table"] in nameless)
    ]


def tables_from(changes: Mapping[str, Any], base: Tables | None = None) -> tuple[Tables, list[Finding]]:
    """Tables from Python values: a DataFrame or a list of dicts for each table's name, the others as in ``base``.

    Values may be typed or text, as in the cells of a CSV file. Findings count rows from 2, as in a file with a header.
    """
    findings: list[Finding] = []
    rows = dict(base.rows) if base is not None else {}
    for name, content in changes.items():
        if name not in TABLES:
            findings.append(error("table-unknown", Place(name), table=name, known=tuple(TABLES)))
            continue
        records = content.to_dict("records") if hasattr(content, "to_dict") else [dict(record) for record in content]
        columns = list(dict.fromkeys(column for record in records for column in record))
        if not records:
            rows[name] = ()
            continue
        lines = [Line(1, columns)]
        lines += [
            Line(number, [_cell(record.get(column)) for column in columns]) for number, record in enumerate(records, start=2)
        ]
        with calling_years(year_names(base) if base is not None else current_year_names()):
            rows[name] = tuple(rows_of(lines, Source(name, TABLES[name]), findings))
    tables = Tables(rows, base.origin if base is not None else "")
    if not findings:
        findings += check_structure(tables)
    return tables, findings


def _cell(value: Any) -> Any:
    """A value as a cell: pandas' missing values are blank, sequences are shares."""
    if isinstance(value, (tuple, list)):
        return ";".join(str(part) for part in value)
    if value is None or value != value or type(value).__name__ in {"NAType", "NaTType"}:  # noqa: PLR0124 — NaN
        return None
    return value.item() if hasattr(value, "item") else value
