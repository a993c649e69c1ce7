"""The ledger as a CSV file: ``records.csv`` in the plan's folder, or beside a workbook. It holds what the store would hold."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from optplan.files import write_atomically
from optplan.records.declaration import LEDGER, RECORDS
from optplan.records.findings import RecordError, wrong
from optplan.records.record import Record, record_of
from optplan.records.records import Records
from optplan.tables.content import Row
from optplan.tables.csv_folder import LEDGER as NAME
from optplan.tables.csv_folder import read_rows
from optplan.tables.findings import Finding, InputError, Place

PATIENCE = 30  # seconds that who enters waits for others


def ledger_beside(plan: str | Path) -> Path:
    """Where the ledger of a plan on disk stands: in its folder, or beside its workbook. It need not be there yet."""
    path = Path(plan)
    return path.with_name(f"{path.stem}-{NAME}.csv") if path.suffix.lower() == ".xlsx" else path / f"{NAME}.csv"


def read_ledger(path: str | Path) -> Records:
    """The ledger in a CSV file; an empty one if there is no such file.

    Raises :class:`InputError` for a file that cannot be read, and for entries that could not have been kept as they stand:
    numbers that do not rise, a correction of what is not before it.
    """
    path, findings = Path(path), list[Finding]()
    if not path.exists():
        return Records()
    rows = read_rows(path, LEDGER, findings)
    if not any(finding.severity == "error" for finding in findings):
        findings += _out_of_order(rows)
    if any(finding.severity == "error" for finding in findings):
        raise InputError(findings)
    return Records(tuple(record_of(row.values) for row in rows))


def _out_of_order(rows: Iterable[Row]) -> Iterator[Finding]:
    known: set[int] = set()
    corrected: dict[int, int] = {}
    last = 0
    for row in rows:
        number, corrects = row["number"], row["corrects"]
        if number <= last:
            yield wrong("record-number-order", row.place("number"), number=number, before=last)
        if corrects is not None:
            if corrects not in known:
                yield wrong("record-corrects-unknown", row.place("corrects"), number=corrects)
            elif corrects in corrected:
                yield wrong("record-corrected-already", row.place("corrects"), number=corrects, by=corrected[corrects])
            corrected[corrects] = number
        known.add(number)
        last = max(last, number)


def ledger_bytes(records: Records) -> bytes:
    """The CSV file of a ledger; columns that no entry fills are left out."""
    texts = [record.texts for record in records]
    columns = [name for name in RECORDS.by_name if not texts or any(name in cells for cells in texts)]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cells.get(name, "") for name in columns] for cells in texts)
    return out.getvalue().encode("utf-8")


def write_ledger(records: Records, path: str | Path) -> None:
    """Write a ledger as a CSV file, as a whole or not at all."""
    write_atomically(Path(path), ledger_bytes(records))


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """The turn to write the file; others wait."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path.with_name(f".{path.name}.lock"))
    try:
        with lock.acquire(timeout=PATIENCE):
            yield
    except Timeout:
        raise RecordError([wrong("record-file-busy", Place(str(path)))]) from None


def append_to_file(path: str | Path, admit: Callable[[Records], tuple[Record, ...]]) -> tuple[Record, ...]:
    """Add entries at the end of the ledger in ``path``, which appears with the first ones; what was added.

    ``admit`` gets the ledger as it stands when it is our turn, and gives the entries to add or raises. Once this returns, the
    entries survive the death of the program; two who enter at once both keep their entries.
    """
    path = Path(path)
    with _alone(path):
        records = read_ledger(path)
        added = admit(records)
        if added:
            write_ledger(records.with_more(added), path)
    return added
