"""Answers to questions about plans, kept with the plan and the run that was asked about: rows that are only added."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, Select, select

from optplan.store import encoding, events
from optplan.store.contents import encoded, get, pack, plain
from optplan.store.events import Author
from optplan.store.kept import kept_plan
from optplan.store.records import AnswerRecord
from optplan.store.schema import answers

if TYPE_CHECKING:
    from optplan.plan import Plan
    from optplan.schedule import Schedule

LISTED = [answers.c[name] for name in ("id", "saved_at", "saved_by", "question", "plan", "plan_title", "run", "asked", "status")]


@dataclass(frozen=True)
class KeptAnswer:
    """An answer with what it was asked about, made again from the store."""

    record: AnswerRecord
    document: dict[str, Any]
    reference: Schedule | None


def keep(
    connection: Connection, author: Author, document: Mapping[str, Any], plan: Plan, run: str | None, reference: Schedule | None
) -> str:
    """Keep the JSON ``document`` of an answer about ``plan`` and the run with the id ``run``; its id."""
    content = pack(encoded(json.dumps(document, ensure_ascii=False, sort_keys=True)))
    measured = None if reference is None else pack(encoding.schedule_bytes(reference))
    row = {
        "saved_at": events.now(),
        "saved_by": author.who,
        "question": str(document["question"]),
        "plan": kept_plan(plan.tables).put(connection, author),
        "plan_title": plan.title,
        "run": run,
        "reference": None if measured is None else measured.put(connection),
        "asked": plain(document["asked"]),
        "status": str(document["status"]),
        "document": content.put(connection),
    }
    answer = events.record_hash(row)
    connection.execute(answers.insert().values(id=answer, **row))
    events.append(connection, author, events.SAVE, "answer", answer, record=answer)
    return answer


def listed(connection: Connection, asked: Select[Any]) -> list[AnswerRecord]:
    """The records of the rows that ``asked`` selects."""
    return [_record(row) for row in connection.execute(asked)]


def opened(connection: Connection, answer: str) -> KeptAnswer:
    """The answer with this id."""
    row = connection.execute(select(answers).where(answers.c.id == answer)).one()
    reference = None if row.reference is None else encoding.schedule_from(get(connection, row.reference))
    return KeptAnswer(_record(row), json.loads(get(connection, row.document)), reference)


def _record(row: Row[Any]) -> AnswerRecord:
    return AnswerRecord(
        row.id, row.saved_at, row.saved_by, row.question, row.plan, row.plan_title, row.run, json.loads(row.asked), row.status
    )
