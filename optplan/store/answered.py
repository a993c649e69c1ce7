"""Whether the store has the answer to a question already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from optplan.store import encoding, events
from optplan.store.contents import sha_of
from optplan.store.runs import IN_ORDER, LISTED, listed, options_of
from optplan.store.schema import events as event_rows
from optplan.store.schema import runs

if TYPE_CHECKING:
    from optplan.solving.terms import Terms
    from optplan.store.records import RunRecord
    from optplan.store.store import Store

ENDED = ("", "limit")  # by itself, or when the time was over that it was given


def answered(store: Store, plan_sha256: str, terms: Terms) -> RunRecord | None:
    """The first run that solved the plan of this hash (scenarios applied) on these very terms.

    Runs that are retired, that a person stopped, or whose search died do not count.
    """
    schedule = terms.measured_from
    reference = None if schedule is None else sha_of(encoding.schedule_bytes(schedule))
    asked = (
        select(*LISTED)
        .where(
            runs.c.solved_plan == plan_sha256,
            runs.c.model == sha_of(encoding.model_bytes(terms.model)),
            runs.c.options == options_of(terms.effort),
            runs.c.stopped.in_(ENDED),
            runs.c.reference.is_(None) if reference is None else runs.c.reference == reference,
            runs.c.id.not_in(select(event_rows.c.subject).where(event_rows.c.action == events.RETIRE)),
        )
        .order_by(IN_ORDER)
        .limit(1)
    )
    with store._database.reading() as connection:
        found = listed(connection, asked)
    return found[0] if found else None
