"""Which plan is adopted, who says so, and what is no longer used."""

from __future__ import annotations

from collections.abc import Iterable

from optplan.decision_model import WITH_A_PLAN
from optplan.office.findings import refusal
from optplan.office.people import Person, require
from optplan.office.roles import Role
from optplan.plan import Plan
from optplan.store import AuditEntry, RunRecord, Store


def approve(store: Store, person: Person, run: str, reason: str) -> RunRecord:
    """Make the schedule of ``run`` the adopted plan: from now on, re-planning measures changes against it.

    Raises :class:`NotAllowed` below approver, and :class:`InputError` without a ``reason`` or for a run without a schedule
    or that is retired.
    """
    require(person, Role.APPROVER)
    return store.approve(run, _given(reason), who=person.signature)


def retire(store: Store, person: Person, subject: str, reason: str) -> str:
    """Note that a run or a scenario is not to be used any more; its key. Nothing is deleted, and it can still be opened.

    Editors retire what they saved themselves, approvers everything but the adopted plan.
    Raises :class:`NotAllowed`, or :class:`InputError` without a ``reason``.
    """
    require(person, Role.EDITOR)
    given = _given(reason)
    if not person.may(Role.APPROVER) and _saved_by(store, subject) != person.signature:
        require(person, Role.APPROVER)
    if any(record.id.startswith(subject.strip().lower()) for record in adopted(store).values()):
        raise refusal("adopted-stays")
    return store.retire(subject, given, who=person.signature)


def adopted(store: Store) -> dict[str, RunRecord]:
    """The adopted plan of every planning task, by the plan's title: the run approved last that is not retired."""
    records = store.runs()
    return adopted_among(records, store.audit_log() if any(record.approved for record in records) else ())


def adopted_among(records: Iterable[RunRecord], log: Iterable[AuditEntry]) -> dict[str, RunRecord]:
    """As :func:`adopted`, from the store's runs and log as they were read."""
    among = {record.id: record for record in records if record.approved and not record.retired}
    approvals = [entry.subject for entry in log if entry.action == "approve"]
    return {among[run].plan_title: among[run] for run in approvals if run in among}


def adopted_for(store: Store, plan: Plan) -> RunRecord | None:
    """The adopted plan of the same planning task as ``plan``: of the same title, for figures change from year to year."""
    return adopted(store).get(plan.title)


def first_answer(store: Store, plan: Plan) -> RunRecord | None:
    """What a visitor of ``plan`` is shown first: its adopted run, else the latest one to the plan as it stands."""
    runs = [run for run in store.runs(plan=plan.sha256) if run.plan == plan.sha256 and run.status in WITH_A_PLAN]
    adopted_run = adopted_for(store, plan)
    among = [run for run in runs if (adopted_run is not None and run.id == adopted_run.id) or not run.scenarios]
    return next((run for run in among if adopted_run is not None and run.id == adopted_run.id), next(iter(among), None))


def _saved_by(store: Store, subject: str) -> str:
    key = subject.strip().lower()
    saved = [entry.who for entry in store.audit_log() if entry.action == "save" and entry.subject.startswith(key)]
    return saved[0] if key and len(saved) == 1 else ""


def _given(reason: str) -> str:
    given = " ".join(reason.split())
    if not given:
        raise refusal("reason-missing")
    return given[:2_000]
