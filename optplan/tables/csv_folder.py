"""A plan as a folder of CSV files, one a table: reading what people and Excel write, writing what git keeps."""

from __future__ import annotations

import csv
import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from optplan.tables.content import Row, Tables
from optplan.tables.declarations import TABLES
from optplan.tables.findings import Finding, Place, error, warning
from optplan.tables.sheets import Line, Source, rows_of
from optplan.tables.values import written

LARGEST_FILE = 32 * 2**20  # bytes
LARGEST_CELL = 100_000  # characters; more is not a table


def read_folder(folder: Path, findings: list[Finding]) -> Tables:
    """The tables in a folder. Files that are not CSV are nobody's business; a CSV that is no table is an error."""
    rows: dict[str, tuple[Row, ...]] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() != ".csv" or not path.is_file():
            continue
        name = path.stem.lower()
        if name not in TABLES:
            findings.append(error("table-unknown", Place(str(path)), table=path.stem, known=tuple(TABLES)))
        elif name in rows:
            findings.append(error("table-twice", Place(str(path)), table=name))
        else:
            rows[name] = tuple(read_file(path, name, findings))
    return Tables(rows, str(folder))


def read_file(path: Path, name: str, findings: list[Finding]) -> list[Row]:
    """The rows of a CSV file that holds the table ``name``; what is wrong with it goes into ``findings``."""
    place = Place(str(path), name)
    if path.stat().st_size > LARGEST_FILE:
        findings.append(error("file-too-large", place, limit=LARGEST_FILE))
        return []
    try:
        raw = path.read_bytes()
    except OSError as problem:
        findings.append(error("file-unreadable", place, reason=problem.strerror))
        return []
    text = _decode(raw, place, findings)
    if text is None:
        return []
    header = text.split("\n", 1)[0]
    if "," not in header and any(mark in header for mark in ";\t|"):
        findings.append(error("csv-delimiter", Place(str(path), name, 1), found=next(mark for mark in ";\t|" if mark in header)))
        return []
    return rows_of(_lines(text, place, findings), Source(str(path), TABLES[name]), findings, lambda _: None)


def _decode(raw: bytes, place: Place, findings: list[Finding]) -> str | None:
    """UTF-8 with or without a mark, or wholly GB18030, which is what Excel in Chinese writes."""
    if b"\0" in raw:
        findings.append(error("file-binary", place))
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        row = raw.count(b"\n", 0, problem.start) + 1
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        text = None
    if text is None or any("\ue000" <= mark <= "\uf8ff" for mark in text) or _has_utf8_chinese(raw):
        findings.append(error("file-encoding", Place(place.file, place.table, row)))
        return None
    findings.append(warning("file-gb18030", place))
    return text


def _has_utf8_chinese(raw: bytes) -> bool:
    """Whether some line that is not plain ASCII is UTF-8: with GB18030 lines beside it, the file is a mixture."""
    for line in raw.split(b"\n"):
        if not line.isascii():
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                continue
            return True
    return False


def _lines(text: str, place: Place, findings: list[Finding]) -> Iterator[Line]:
    csv.field_size_limit(LARGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    began = 1
    try:
        for cells in reader:
            yield Line(began, cells)
            began = reader.line_num + 1
    except csv.Error as problem:
        findings.append(error("csv-broken", Place(place.file, place.table, began), reason=problem))


def write_folder(tables: Tables, folder: Path) -> None:
    """Write the tables as CSV files (UTF-8, one a table); reading them back gives the same content.

    The folder appears as a whole: it is written beside its place and then moved there.
    """
    folder = Path(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        for name in tables:
            if tables[name]:
                (fresh / f"{name}.csv").write_bytes(_written(tables[name]).encode("utf-8"))
        fresh.chmod(0o755)
        if folder.exists():
            folder.rmdir()  # only an empty one is ours to replace
        os.replace(fresh, folder)  # noqa: PTH105 — Path.replace is the same
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def _written(rows: tuple[Row, ...]) -> str:
    columns = [column.name for column in rows[0].table.columns if any(row.given(column.name) for row in rows)]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([written(row.values.get(column)) for column in columns] for row in rows)
    return out.getvalue()
