"""Runs: what was asked of which plan, with what, and what came out, as one row whose id is the hash of the rest."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, Select, func, select

from optplan.decision_model import CRITERIA, SETTLED
from optplan.document.canonical import FORM, canonical_bytes
from optplan.document.good_enough import is_good_enough
from optplan.solving.effort import Effort
from optplan.store import events
from optplan.store.contents import encoded, plain, sha_of
from optplan.store.events import record_hash
from optplan.store.findings import refusal
from optplan.store.records import RunRecord
from optplan.store.schema import events as event_rows
from optplan.store.schema import runs

if TYPE_CHECKING:
    from optplan.result import Result

LISTED = [
    runs.c[name]
    for name in (
        "id", "saved_at", "saved_by", "plan", "plan_title", "scenarios", "scenario_names", "model_name", "options",
        "reference_run", "status", "stopped", "criteria", "made_with",
    )
]  # fmt: skip
# In which order runs were kept: by their entries in the log, whatever the clocks of those who kept them said.
IN_ORDER = (
    select(func.min(event_rows.c.number))
    .where(event_rows.c.subject == runs.c.id, event_rows.c.action == events.SAVE)
    .correlate(runs)
    .scalar_subquery()
)
HOME = Path(__file__).resolve().parents[1]  # the package optplan
MOST_NAMED = 6  # keys that a message names when a beginning does not tell them apart


def stopped_by(result: Result, effort: Effort, cancelled: bool | None) -> str:
    """What kept the search from its own end: ``fault``, ``user``, ``limit``, ``unproven`` (nobody knows), or nothing.

    The end of a ``quick`` search is a plan that is good enough.
    """
    if result.status in SETTLED:
        return ""
    if result.document["made_with"].get("fault"):
        return "fault"
    if cancelled:
        return "user"
    if effort.quick and is_good_enough(result.document):
        return ""
    if effort.time_limit is not None:
        return "limit"
    return "unproven" if cancelled is None else ""


def kept_with() -> dict[str, str]:
    """The machine and the program that keep a run, beside the versions that its result carries."""
    return {
        "machine": platform.node(),
        "platform": platform.platform(),
        "processors": str(os.cpu_count() or 0),
        "program": program(),
    }


@cache
def program() -> str:
    """The hash of the program's own text: between two releases a version says too little."""
    found = hashlib.sha256()
    for path in sorted(HOME.rglob("*.py")):
        found.update(path.relative_to(HOME).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:16]


def described(result: Result) -> dict[str, Any]:
    """What a run's row says of its result."""
    document = result.document
    return {
        "plan_title": str(document["plan"]["title"]),
        "solved_plan": str(document["plan"]["sha256"]),
        "scenario_names": plain(document["scenario"]),
        "model_name": str(document["model"]),
        "status": result.status,
        "criteria": plain({level["name"]: float(level["in_plan"]) for level in document["criteria"]}),
        "canonical": sha_of(canonical_bytes(result)),
        "made_with": plain({**document["made_with"], **kept_with(), "canonical_form": FORM}),
    }


def add(connection: Connection, row: Mapping[str, Any]) -> str:
    """Keep a run; its id."""
    run = record_hash(row)
    if connection.execute(select(runs.c.id).where(runs.c.id == run)).first() is None:
        connection.execute(runs.insert().values(id=run, **row))
    return run


def options_of(effort: Effort) -> str:
    """The options of a search as they are kept; those of a search that is not ``quick`` do not speak of it."""
    limit = None if effort.time_limit is None else float(effort.time_limit)
    options: dict[str, Any] = {"gap": float(effort.gap), "time_limit": limit}
    return plain({**options, "quick": True} if effort.quick else options)


def listed(connection: Connection, asked: Select[Any]) -> list[RunRecord]:
    """The records of the rows that ``asked`` selects."""
    approved, retired = events.subjects(connection, events.APPROVE), events.subjects(connection, events.RETIRE)
    return [_record(row, approved, retired) for row in connection.execute(asked)]


def _record(row: Row[Any], approved: set[str], retired: set[str]) -> RunRecord:
    return RunRecord(
        id=row.id,
        when=row.saved_at,
        who=row.saved_by,
        plan=row.plan,
        plan_title=row.plan_title,
        scenarios=tuple(json.loads(row.scenario_names)),
        scenario_shas=tuple(json.loads(row.scenarios)),
        model=row.model_name,
        status=row.status,
        stopped=row.stopped,
        criteria=_in_order(json.loads(row.criteria)),
        options=json.loads(row.options),
        reference_run=row.reference_run,
        made_with=json.loads(row.made_with),
        approved=row.id in approved,
        retired=row.id in retired,
    )


def beginning(connection: Connection, column: Any, asked: str) -> Sequence[str]:
    """The first few keys in ``column`` that begin with ``asked``."""
    prefix = asked.strip().lower()
    if not re.fullmatch(r"[0-9a-f]{1,64}", prefix):
        return ()
    return connection.execute(select(column).where(column.startswith(prefix)).order_by(column).limit(MOST_NAMED)).scalars().all()


def find_one(connection: Connection, place: str, column: Any, asked: str, kind: str) -> str:
    """The one key in ``column`` that begins with ``asked``. Raises :class:`StoreError` if there is none, or several."""
    found = beginning(connection, column, asked)
    if not found:
        raise refusal(f"{kind}-unknown", place, asked=asked[:80])
    if len(found) > 1:
        raise refusal("ambiguous", place, asked=asked[:80], found=", ".join(key[:16] for key in found))
    return found[0]


def result_bytes(result: Result) -> bytes:
    """The bytes of the result file."""
    return encoded(result.text())


def _in_order(criteria: Mapping[str, float]) -> dict[str, float]:
    """The criteria as they are listed everywhere, rather than as they are kept."""
    return {name: criteria[name] for name in (*CRITERIA, *criteria) if name in criteria}
