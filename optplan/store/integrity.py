"""Is everything as it was written? Hashes of contents and rows, the chain of the audit log, and the triggers that guard them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, select, text

from optplan.store import events
from optplan.store.contents import unpacked
from optplan.store.events import BEGINNING, hash_of, record_hash
from optplan.store.migrations.append_only import unguarded
from optplan.store.records import Fault
from optplan.store.schema import answers, contents, metadata, models, plans, records, runs, scenarios
from optplan.store.schema import events as event_rows

SHORTEST_HEAD = 16  # characters; fewer are too easily met by chance, or by trying
NAMED = {"plan": plans, "scenario": scenarios, "model": models}


def faults(connection: Connection, head: str | None) -> list[Fault]:
    """Everything that is wrong, the database's own complaints first."""
    return [
        *_complaints(connection),
        *_unguarded(connection),
        *_contents(connection),
        *_log(connection, head),
        *_rows(connection),
    ]


def _complaints(connection: Connection) -> Iterator[Fault]:
    if connection.dialect.name != "sqlite":
        return
    for said in connection.execute(text("PRAGMA integrity_check")).scalars():
        if said != "ok":
            yield Fault("fault-database", str(said))
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        yield Fault("fault-link", f"{row[0]} {row[1]}")


def _unguarded(connection: Connection) -> Iterator[Fault]:
    keys = {name: str(next(iter(table.primary_key)).name) for name, table in metadata.tables.items()}
    for name in unguarded(connection, keys):
        yield Fault("fault-trigger", name)


def _contents(connection: Connection) -> Iterator[Fault]:
    for sha, size, packed in connection.execution_options(yield_per=20).execute(select(contents)):
        content = unpacked(packed)
        if content is None or len(content) != size or hashlib.sha256(content).hexdigest() != sha:
            yield Fault("fault-content", sha)


def _log(connection: Connection, head: str | None) -> Iterator[Fault]:
    """The chain: numbers without a hole, each entry with the hash of the one before and of itself."""
    previous, number, seen = BEGINNING, 0, {BEGINNING}
    for row in map(dict, connection.execute(select(event_rows).order_by(event_rows.c.number)).mappings()):
        if row["number"] != number + 1 or row["previous"] != previous or row["hash"] != hash_of(row):
            yield Fault("fault-log", str(row["number"]))
        previous, number = row["hash"], row["number"]
        seen.add(previous)
    if head is not None and not _known(head.strip().lower(), seen):
        yield Fault("fault-head", head[:64])


def _known(head: str, hashes: Iterable[str]) -> bool:
    return len(head) >= SHORTEST_HEAD and any(known.startswith(head) for known in hashes)


def _rows(connection: Connection) -> Iterator[Fault]:
    """Every row is what its entry in the log says, every entry has its row, and everything that a row names is there."""
    there = set(connection.execute(select(contents.c.sha256)).scalars())
    told = {
        (row.kind, row.subject): row.record
        for row in connection.execute(select(event_rows).where(event_rows.c.action == events.SAVE))
    }
    for kind, table in NAMED.items():
        for row in map(dict, connection.execute(select(table)).mappings()):
            if told.pop((kind, row["sha256"]), None) != record_hash(row):
                yield Fault(f"fault-{kind}", row["sha256"])
            if row["sha256"] not in there:
                yield Fault("fault-missing", row["sha256"])
    kept = set(connection.execute(select(scenarios.c.sha256)).scalars())
    for run in connection.execute(select(runs)).mappings():
        if told.pop(("run", run["id"]), None) != run["id"] or _id_of(run) != run["id"]:
            yield Fault("fault-run", run["id"])
        named = {run["plan"], run["model"], run["result"], *({run["reference"]} - {None})}
        for sha in sorted((named - there) | (set(json.loads(run["scenarios"])) - kept)):
            yield Fault("fault-missing", sha)
    for answer in connection.execute(select(answers)).mappings():
        if told.pop(("answer", answer["id"]), None) != answer["id"] or _id_of(answer) != answer["id"]:
            yield Fault("fault-answer", answer["id"])
        for sha in sorted({answer["plan"], answer["document"], *({answer["reference"]} - {None})} - there):
            yield Fault("fault-missing", sha)
    yield from _ledgers(connection, told)
    for kind, subject in sorted(told):
        yield Fault("fault-lost", f"{kind} {subject}")


def _ledgers(connection: Connection, told: dict[tuple[str, str], str]) -> Iterator[Fault]:
    """Every entry of a ledger is as it was made, and none is missing between them."""
    last: dict[str, int] = {}
    for row in connection.execute(select(records).order_by(records.c.task, records.c.number)).mappings():
        sound = row["number"] == last.get(row["task"], 0) + 1
        if told.pop(("record", row["id"]), None) != row["id"] or _id_of(row) != row["id"] or not sound:
            yield Fault("fault-record", row["id"])
        last[row["task"]] = row["number"]


def _id_of(run: Any) -> str:
    return record_hash({name: value for name, value in run.items() if name != "id"})
