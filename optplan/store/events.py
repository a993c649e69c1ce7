"""The audit log: who did what, when, on what; each entry carries the hash of the one before it."""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from optplan.store.contents import encoded, plain, sha_of
from optplan.store.findings import refusal
from optplan.store.records import AuditEntry
from optplan.store.schema import events

BEGINNING = "0" * 64  # what the first entry has for the hash before it
SAVE, RETIRE, APPROVE = "save", "retire", "approve"


@dataclass(frozen=True)
class Author:
    """Who acts: the name given or the user's, and whom the database takes them for."""

    who: str
    account: str


def now() -> str:
    """The moment, in UTC, to the microsecond, always written alike."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def user_name() -> str:
    """``OPTPLAN_USER`` if set, else the name of the user at this machine."""
    if named := os.environ.get("OPTPLAN_USER", "").strip():
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def append(
    connection: Connection, author: Author, action: str, kind: str, subject: str, *, record: str, reason: str = ""
) -> None:
    """Write an entry at the end of the log, in a turn to write. ``record``: the hash of the row that the entry speaks of."""
    last = connection.execute(select(events.c.number, events.c.hash).order_by(events.c.number.desc()).limit(1)).first()
    entry: dict[str, Any] = {
        "number": last.number + 1 if last else 1,
        "at": now(),
        "who": author.who,
        "account": author.account,
        "action": action,
        "kind": kind,
        "subject": subject,
        "reason": reason,
        "record": record,
        "previous": last.hash if last else BEGINNING,
    }
    connection.execute(events.insert().values(**entry, hash=hash_of(entry)))


def hash_of(entry: Mapping[str, Any]) -> str:
    """The hash of an entry, over everything in it and so over every entry before it."""
    return record_hash({name: value for name, value in entry.items() if name != "hash"})


def record_hash(row: Mapping[str, Any]) -> str:
    """The hash of a row's cells. Raises :class:`StoreError` for text that no database keeps."""
    if any("\0" in value for value in row.values() if isinstance(value, str)):
        raise refusal("store-text")
    return sha_of(encoded(plain(dict(row))))


def log(connection: Connection) -> list[AuditEntry]:
    """The whole log, oldest first."""
    return [
        AuditEntry(row.number, row.at, row.who, row.account, row.action, row.kind, row.subject, row.reason, row.hash)
        for row in connection.execute(select(events).order_by(events.c.number))
    ]


def subjects(connection: Connection, action: str) -> set[str]:
    """Everything that ``action`` was done to."""
    return set(connection.execute(select(events.c.subject).where(events.c.action == action)).scalars())
