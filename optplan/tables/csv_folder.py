"""A plan as a folder of CSV files, one a table: reading what people and Excel write, writing what git keeps."""

from __future__ import annotations

import csv
import io
import os
import shutil
import tempfile
from pathlib import Path

from optplan.files import UnreadableFile, read_bounded
from optplan.tables.content import Row, Tables
from optplan.tables.csv_text import lines_of, separated_otherwise, text_of
from optplan.tables.declarations import TABLES
from optplan.tables.findings import Finding, Place, error
from optplan.tables.grid import Source
from optplan.tables.schema import Table
from optplan.tables.sheets import rows_of
from optplan.tables.values import written

LARGEST_FILE = 32 * 2**20  # bytes
MOST_FILES = 10_000  # of a folder; more is not a plan
LEDGER = "records"  # what happened, kept in the plan's folder, is no part of the plan
BESIDE = (".", "~$", "~")  # how the files begin that macOS, Excel and LibreOffice leave beside a table


def read_folder(folder: Path, findings: list[Finding]) -> Tables:
    """The tables in a folder. Files that are not CSV are nobody's business; a CSV that is no table is an error."""
    rows: dict[str, tuple[Row, ...]] = {}
    for path in sorted(folder.iterdir())[:MOST_FILES]:
        if path.suffix.lower() != ".csv" or path.name.startswith(BESIDE):
            continue
        name = path.stem.lower()
        if name == LEDGER:
            continue
        if name not in TABLES:
            findings.append(error("table-unknown", Place(str(path)), table=path.stem, known=tuple(TABLES)))
        elif name in rows:
            findings.append(error("table-twice", Place(str(path)), table=name))
        else:
            rows[name] = tuple(read_file(path, name, findings))
    return Tables(rows, str(folder))


def read_file(path: Path, name: str, findings: list[Finding]) -> list[Row]:
    """The rows of a CSV file that holds the table ``name``; what is wrong with it goes into ``findings``."""
    return read_rows(path, TABLES[name], findings)


def read_rows(path: Path, table: Table, findings: list[Finding]) -> list[Row]:
    """The rows of a CSV file that holds ``table``, which need not be one of a plan; what is wrong goes into ``findings``."""
    place = Place(str(path), table.name)
    try:
        raw = read_bounded(path, LARGEST_FILE)
    except UnreadableFile as problem:
        findings.append(error(problem.code, place, **problem.values))
        return []
    text = text_of(raw, place, findings)
    if text is None:
        return []
    if other := separated_otherwise(text, table):
        findings.append(error("csv-delimiter", Place(str(path), table.name, other[0]), found=other[1]))
        return []
    return rows_of(lines_of(text, table, place, findings), Source(str(path), table), findings)


def write_folder(tables: Tables, folder: Path) -> None:
    """Write the tables as CSV files (UTF-8, one a table); reading them back gives the same content.

    The folder appears as a whole: it is written beside its place and then moved there.
    """
    folder = Path(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".optplan-"))
    try:
        for name in tables:
            if tables[name]:
                (fresh / f"{name}.csv").write_bytes(_written(tables[name]).encode("utf-8"))
        fresh.chmod(0o755)
        if folder.exists():
            folder.rmdir()  # only an empty one is ours to replace
        os.replace(fresh, folder)  # noqa: PTH105 — Path.replace is the same
    except BaseException as problem:
        shutil.rmtree(fresh, ignore_errors=True)
        if isinstance(problem, OSError):
            problem.filename, problem.filename2 = str(folder), None  # a full disk says so without saying where
        raise


def _written(rows: tuple[Row, ...]) -> str:
    columns = [column.name for column in rows[0].table.columns if any(row.given(column.name) for row in rows)]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([written(row.values.get(column)) for column in columns] for row in rows)
    return out.getvalue()
