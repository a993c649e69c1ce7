"""What a server that was killed had under way: its best plan goes into the store, or it is said to be lost."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from optplan.decision_model import WITH_A_PLAN, DecisionModel
from optplan.office.findings import finding
from optplan.office.journal import Entry, Journal
from optplan.office.people import Person
from optplan.office.roles import Role
from optplan.office.solve import Snapshot, State
from optplan.result import Result
from optplan.solving.effort import Effort
from optplan.store import RunRecord, Store
from optplan.tables.findings import InputError

log = logging.getLogger("optplan.office")


def recovered(journal: Journal, open_store: Callable[[], Store]) -> Iterator[Snapshot]:
    """What became of every solve that former servers left behind. One that could not be saved is tried again next time."""
    for entry in journal.left_behind():
        try:
            snapshot = _recovered(entry, open_store)
        except InputError:
            log.exception("solve %s cannot be saved", entry.id)
            continue
        except (ValueError, KeyError, TypeError):
            log.exception("solve %s cannot be read", entry.id)
        else:
            yield snapshot
        journal.settle(entry)


def _recovered(entry: Entry, open_store: Callable[[], Store]) -> Snapshot:
    content = entry.content
    person = content["person"]
    who = Person(person["name"], Role(person["role"]), person["address"])
    run = _saved(entry.keys, entry.best, who, open_store)
    return Snapshot(
        id=entry.id,
        person=who,
        state=State.DONE if run else State.LOST,
        place=None,
        plan_title=content["plan_title"],
        model=DecisionModel.model_validate(content["model"]),
        scenarios=tuple(content["scenarios"]),
        currency=content["currency"],
        asked_at=datetime.fromisoformat(content["asked_at"]),
        effort=Effort(**content.get("effort", {})),
        status=run.status if run else "",
        has_schedule=run is not None and run.status in WITH_A_PLAN,
        run=run.id if run else None,
        findings=() if run else (finding("lost-with-server"),),
        interrupted=True,
    )


def _saved(keys: Mapping[str, Any], best: Result | None, who: Person, open_store: Callable[[], Store]) -> RunRecord | None:
    """The run that the server saved before it stopped, or that its best plan is saved as now."""
    if "run" in keys:
        return open_store().record(keys["run"])
    if best is None or not keys:
        return None
    store = open_store()
    return store.save_run(
        best.with_fault("server"),
        plan=store.plan(keys["plan"]),
        scenarios=[store.scenario(sha) for sha in keys["scenarios"]],
        reference=keys["reference"],
        **keys.get("effort", {}),
        who=who.signature,
    )
