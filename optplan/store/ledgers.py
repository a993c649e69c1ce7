"""Ledgers in the store: the entries of each planning task, in the order in which they were made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from optplan.records import Admission, Record, Records
from optplan.records.record import record_from_texts
from optplan.store import events
from optplan.store.events import Author
from optplan.store.schema import RECORD_TEXTS, records
from optplan.tables.content import Row
from optplan.tables.findings import Finding

NUMBERS = ("number", "year", "quarter", "corrects")


def ledger(connection: Connection, task: str) -> Records:
    """Everything that was entered of a planning task."""
    asked = select(records).where(records.c.task == task).order_by(records.c.number)
    return Records(tuple(_record(dict(row)) for row in connection.execute(asked).mappings()))


def enter(
    connection: Connection, author: Author, task: str, rows: Sequence[Row], admission: Admission
) -> tuple[tuple[Record, ...], list[Finding]]:
    """Keep what ``rows`` say, in a turn to write, each with its entry in the audit log.

    Raises :class:`~optplan.records.RecordError` with nothing kept if one of them cannot be.
    """
    entries, findings = admission.admit(rows, ledger(connection, task), author.who, events.now())
    for entry in entries:
        row = _row(task, entry)
        key = events.record_hash(row)
        connection.execute(records.insert().values(id=key, **row))
        events.append(connection, author, events.SAVE, "record", key, record=key)
    return entries, findings


def _row(task: str, record: Record) -> dict[str, Any]:
    texts = record.texts
    numbers = {name: getattr(record, name) for name in NUMBERS}
    return {"task": task, **numbers, **{name: texts.get(name, "") for name in RECORD_TEXTS}}


def _record(row: dict[str, Any]) -> Record:
    return record_from_texts({name: row[name] if row[name] is None else str(row[name]) for name in (*NUMBERS, *RECORD_TEXTS)})
