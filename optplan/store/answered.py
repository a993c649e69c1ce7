"""Whether the store has the answer to a question already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from optplan.solving.effort import Effort
from optplan.store import events, forms
from optplan.store.contents import sha_of
from optplan.store.runs import IN_ORDER, LISTED, listed, options_of
from optplan.store.schema import events as event_rows
from optplan.store.schema import runs

if TYPE_CHECKING:
    from optplan.decision_model import DecisionModel
    from optplan.store.records import RunRecord
    from optplan.store.store import Store

ENDED = ("", "limit")  # by itself, or when the time was over that it was given


def answered(store: Store, plan_sha256: str, model: DecisionModel, effort: Effort) -> RunRecord | None:
    """The first run that solved the plan of this hash (scenarios applied) under this very model with these options.

    Runs that are retired, that a person stopped, or whose search died do not count, nor do runs with a reference.
    """
    asked = (
        select(*LISTED)
        .where(
            runs.c.solved_plan == plan_sha256,
            runs.c.model == sha_of(forms.model_bytes(model)),
            runs.c.options == options_of(effort),
            runs.c.stopped.in_(ENDED),
            runs.c.reference.is_(None),
            runs.c.id.not_in(select(event_rows.c.subject).where(event_rows.c.action == events.RETIRE)),
        )
        .order_by(IN_ORDER)
        .limit(1)
    )
    with store._database.reading() as connection:
        found = listed(connection, asked)
    return found[0] if found else None
