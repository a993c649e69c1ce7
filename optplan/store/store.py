"""The store as its users see it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from optplan.solving.effort import Effort
from optplan.store import encoding, events, runs
from optplan.store.address import address
from optplan.store.contents import get, sha_of
from optplan.store.database import Database
from optplan.store.events import APPROVE, RETIRE, SAVE, Author
from optplan.store.findings import refusal
from optplan.store.migrating import make_current
from optplan.store.records import AnswerRecord, AuditEntry, Fault, PlanRecord, RunRecord
from optplan.store.schema import answers as answer_rows
from optplan.store.schema import events as event_rows
from optplan.store.schema import models, plans, scenarios
from optplan.store.schema import runs as run_rows

if TYPE_CHECKING:
    from optplan.decision_model import DecisionModel
    from optplan.plan import Plan
    from optplan.records import Admission, Record, Records
    from optplan.result import Result
    from optplan.scenarios import Scenario
    from optplan.schedule import Schedule
    from optplan.store.kept_answers import KeptAnswer
    from optplan.store.replay import KeptQuestion, Replay
    from optplan.tables.content import Row
    from optplan.tables.findings import Finding

KINDS = {
    "run": run_rows.c.id,
    "plan": plans.c.sha256,
    "scenario": scenarios.c.sha256,
    "model": models.c.sha256,
    "answer": answer_rows.c.id,
}


def open_store(url: str | Path | None = None) -> Store:
    """The store at ``url`` (a PostgreSQL URL or the path of a SQLite file), its tables made or upgraded if need be.

    Without ``url``: where ``OPTPLAN_STORE`` says, else a file beside the user's data, which needs no setting up.
    Raises :class:`StoreError`, in words, if the database cannot be reached or was made by a newer optplan.
    """
    database = Database(address(url))
    make_current(database)
    return Store(database)


class Store:
    """Plans, scenarios, decision models, runs and results, kept for good.

    Every content is kept once, under its sha256. Nothing is overwritten: to retire something is to add a note that it is
    retired. ``run``, ``plan`` and ``scenario`` may be given by the beginning of their key if only one key begins so.
    Every method raises :class:`StoreError`, in words, for what the store does not have and when the database fails.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def place(self) -> str:
        """Where the store is: a file, or a URL without its password."""
        return self._database.place

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    # -- saving -------------------------------------------------------------------------------------------------------

    def save_plan(self, plan: Plan, who: str | None = None) -> str:
        """Keep a plan; its sha256, which is the plan's own."""
        from optplan.store.kept import kept_plan

        ready = kept_plan(plan.tables)
        with self._database.writing() as connection:
            return ready.put(connection, self._author(connection, who))

    def save_model(self, model: DecisionModel, who: str | None = None) -> str:
        """Keep a decision model; its sha256."""
        from optplan.store.kept import kept_model

        ready = kept_model(model)
        with self._database.writing() as connection:
            return ready.put(connection, self._author(connection, who))

    def save_scenario(self, scenario: Scenario, who: str | None = None) -> str:
        """Keep a scenario and its parents; its sha256."""
        from optplan.store.kept import kept_scenarios

        ready = kept_scenarios(scenario)
        with self._database.writing() as connection:
            author = self._author(connection, who)
            return [member.put(connection, author) for member in ready][-1]

    def save_run(
        self,
        result: Result,
        *,
        plan: Plan | None = None,
        scenarios: Sequence[Scenario] = (),
        reference: Result | Schedule | str | None = None,
        gap: float = 0.0,
        quick: bool = False,
        time_limit: float | None = None,
        cancelled: bool | None = None,
        who: str | None = None,
    ) -> RunRecord:
        """Keep a result with everything that is needed to find it again: its plan, scenarios, model, options, reference.

        ``plan`` is the plan before ``scenarios`` were applied; without it, the tables that the result carries. ``reference``
        is what changes were measured against: a run of the store, a result, or a schedule. ``gap``, ``quick`` and
        ``time_limit`` are those of the search; ``cancelled`` says whether a person stopped it (``None``: not known). Once this
        returns, the run survives whatever happens to this process or the machine.
        """
        from optplan.result import Result
        from optplan.store.kept import kept_run

        measured = self.open(reference) if isinstance(reference, str) else reference
        schedule = measured.to_schedule() if isinstance(measured, Result) else measured
        effort = Effort(gap, quick, time_limit)
        stopped = runs.stopped_by(result, effort, cancelled)
        ready = kept_run(result, plan, scenarios, schedule, runs.options_of(effort), stopped)
        named = self.record(reference).id if isinstance(reference, str) else self._run_with(schedule)
        with self._database.writing() as connection:
            run = ready.put(connection, self._author(connection, who), named)
        return self.record(run)

    def _run_with(self, schedule: Schedule | None) -> str | None:
        """The latest run whose answer was ``schedule``."""
        if schedule is None:
            return None
        sha = sha_of(encoding.schedule_bytes(schedule))
        asked = select(run_rows.c.id).where(run_rows.c.schedule == sha).order_by(runs.IN_ORDER.desc()).limit(1)
        with self._database.reading() as connection:
            return connection.execute(asked).scalar_one_or_none()

    def save_answer(
        self,
        document: Mapping[str, Any],
        plan: Plan,
        result: Result | None = None,
        reference: Schedule | None = None,
        who: str | None = None,
    ) -> AnswerRecord:
        """Keep an answer (the JSON ``document`` of :mod:`optplan.answers`) about ``plan`` with all that it takes to ask again.

        That is ``result``, which was asked about and is kept as a run if it is not one yet, and the ``reference`` that changes
        were measured against.
        """
        from optplan.store import kept_answers

        run = None if result is None else self.run_of(result) or self.save_run(result, plan=plan, reference=reference, who=who).id
        with self._database.writing() as connection:
            found = kept_answers.keep(connection, self._author(connection, who), document, plan, run, reference)
        return self.kept_answer(found).record

    def run_of(self, result: Result) -> str | None:
        """The id of the run whose result this is, to the byte; ``None`` if it is not kept."""
        sha = sha_of(runs.result_bytes(result))
        with self._database.reading() as connection:
            return connection.execute(select(run_rows.c.id).where(run_rows.c.result == sha).limit(1)).scalar_one_or_none()

    # -- finding ------------------------------------------------------------------------------------------------------

    def runs(
        self,
        *,
        plan: str | None = None,
        model: str | None = None,
        status: str | None = None,
        retired: bool = False,
        limit: int | None = None,
    ) -> list[RunRecord]:
        """The runs, the one that was kept last first. ``plan``: part of a plan's title, or the beginning of its sha256."""
        asked = select(*runs.LISTED).order_by(runs.IN_ORDER.desc())
        if plan:
            named = run_rows.c.plan_title.contains(plan, autoescape=True)
            asked = asked.where(named | run_rows.c.plan.startswith(plan.lower(), autoescape=True))
        if model:
            asked = asked.where(run_rows.c.model_name == model)
        if status:
            asked = asked.where(run_rows.c.status == status)
        if not retired:
            asked = asked.where(run_rows.c.id.not_in(select(event_rows.c.subject).where(event_rows.c.action == RETIRE)))
        with self._database.reading() as connection:
            return runs.listed(connection, asked.limit(limit))

    def answers(
        self, *, plan: str | None = None, question: str | None = None, run: str | None = None, limit: int | None = None
    ) -> list[AnswerRecord]:
        """The answers, the one that was kept last first. ``plan``: part of a plan's title, or the beginning of its sha256."""
        from optplan.store import kept_answers

        asked = select(*kept_answers.LISTED).order_by(answer_rows.c.saved_at.desc(), answer_rows.c.id)
        if plan:
            named = answer_rows.c.plan_title.contains(plan, autoescape=True)
            asked = asked.where(named | answer_rows.c.plan.startswith(plan.lower(), autoescape=True))
        if question:
            asked = asked.where(answer_rows.c.question == question)
        with self._database.reading() as connection:
            if run:
                asked = asked.where(answer_rows.c.run == self._find(connection, run, "run"))
            return kept_answers.listed(connection, asked.limit(limit))

    def kept_answer(self, answer: str) -> KeptAnswer:
        """An answer by the beginning of its id: its record, its document, and what changes were measured against."""
        from optplan.store import kept_answers

        with self._database.reading() as connection:
            return kept_answers.opened(connection, self._find(connection, answer, "answer"))

    def has_answer(self, asked: str) -> bool:
        """Whether an id begins so that is that of an answer."""
        with self._database.reading() as connection:
            return bool(runs.beginning(connection, KINDS["answer"], asked))

    def record(self, run: str) -> RunRecord:
        """What a list says of a run."""
        with self._database.reading() as connection:
            found = self._find(connection, run, "run")
            return runs.listed(connection, select(*runs.LISTED).where(run_rows.c.id == found))[0]

    def open(self, run: str) -> Result:
        """The result of a run, exactly as it was saved."""
        from optplan.result import Result

        return Result(json.loads(self.result_file(run)))

    def result_file(self, run: str) -> bytes:
        """The bytes of a run's result file, exactly as they were saved."""
        with self._database.reading() as connection:
            found = self._find(connection, run, "run")
            return get(connection, connection.execute(select(run_rows.c.result).where(run_rows.c.id == found)).scalar_one())

    def plan(self, plan: str) -> Plan:
        """A plan by its sha256."""
        with self._database.reading() as connection:
            found = self._find(connection, plan, "plan")
            columns = connection.execute(select(plans.c.columns).where(plans.c.sha256 == found)).scalar_one()
            return encoding.plan_from(get(connection, found), columns)

    def plans(self, *, limit: int | None = None) -> list[PlanRecord]:
        """The plans that are not retired, the one that was kept last first."""
        log = event_rows.c
        retired = select(log.subject).where(log.action == RETIRE)
        asked = (
            select(plans.c.sha256, plans.c.title, log.who, log.at)
            .join(event_rows, (log.subject == plans.c.sha256) & (log.action == SAVE))
            .where(plans.c.sha256.not_in(retired))
            .order_by(log.number.desc())
        )
        with self._database.reading() as connection:
            return [PlanRecord(*row) for row in connection.execute(asked.limit(limit))]

    def scenario(self, scenario: str) -> Scenario:
        """A scenario, with its parents, by its sha256."""
        from optplan.store.kept import lineage_of, scenario_of

        with self._database.reading() as connection:
            return scenario_of(lineage_of(connection, self._find(connection, scenario, "scenario")))

    def scenarios_called(self, name: str) -> list[Scenario]:
        """The scenarios of that name, with their parents."""
        from optplan.store.kept import lineage_of, scenario_of

        with self._database.reading() as connection:
            found = connection.execute(select(scenarios.c.sha256).where(scenarios.c.name == name)).scalars().all()
            return [scenario_of(lineage_of(connection, sha)) for sha in found]

    def model(self, model: str) -> DecisionModel:
        """A decision model by its sha256."""
        with self._database.reading() as connection:
            return encoding.model_from(get(connection, self._find(connection, model, "model")))

    def adopted(self, plan: str | None = None) -> RunRecord | None:
        """The adopted plan: the run that was approved last and is not retired (among those of ``plan``, as in :meth:`runs`)."""
        among = {record.id: record for record in self.runs(plan=plan) if record.approved}
        asked = select(event_rows.c.subject).where(event_rows.c.action == APPROVE).order_by(event_rows.c.number.desc())
        with self._database.reading() as connection:
            approvals = connection.execute(asked).scalars().all()
        return next((among[run] for run in approvals if run in among), None)

    # -- deciding -----------------------------------------------------------------------------------------------------

    def approve(self, run: str, reason: str = "", who: str | None = None) -> RunRecord:
        """Note that a run is the adopted plan from now on."""
        with self._database.writing() as connection:
            found = self._find(connection, run, "run")
            if found in events.subjects(connection, RETIRE):
                raise refusal("approve-retired", self.place, run=found[:10])
            has_schedule = connection.execute(select(run_rows.c.schedule).where(run_rows.c.id == found)).scalar_one()
            if has_schedule is None:
                raise refusal("approve-without-schedule", self.place, run=found[:10])
            events.append(
                connection, self._author(connection, who), APPROVE, "run", found, record=events.BEGINNING, reason=reason
            )
        return self.record(found)

    def retire(self, subject: str, reason: str = "", who: str | None = None) -> str:
        """Note that a run, a plan, a scenario or a model is not to be used any more; its key. It can still be opened."""
        with self._database.writing() as connection:
            kind, found = self._find_any(connection, subject)
            if found in events.subjects(connection, RETIRE):
                raise refusal("retired-already", self.place, subject=found[:10])
            events.append(connection, self._author(connection, who), RETIRE, kind, found, record=events.BEGINNING, reason=reason)
        return found

    # -- what happened ------------------------------------------------------------------------------------------------

    def ledger(self, task: str) -> Records:
        """What happened of a planning task, which is called by the title of its plans; empty if nothing was entered."""
        from optplan.store import ledgers

        with self._database.reading() as connection:
            return ledgers.ledger(connection, task)

    def enter(
        self, task: str, rows: Sequence[Row], admission: Admission, who: str | None = None
    ) -> tuple[tuple[Record, ...], list[Finding]]:
        """Enter what happened at the end of the ledger of a planning task: all of ``rows`` or, with an error, nothing.

        What was entered, and what a person should look at. Raises :class:`~optplan.records.RecordError`. Once this returns, the
        entries survive whatever happens to this process or the machine; who enters at the same time waits for the turn.
        """
        from optplan.store import ledgers

        with self._database.writing() as connection:
            return ledgers.enter(connection, self._author(connection, who), task, rows, admission)

    # -- trusting -----------------------------------------------------------------------------------------------------

    def audit_log(self) -> list[AuditEntry]:
        """Who did what, when, on what: every entry ever written, oldest first."""
        with self._database.reading() as connection:
            return events.log(connection)

    def check(self, head: str | None = None) -> list[Fault]:
        """Everything that is not as it was written; an empty list if the store is sound.

        ``head`` is the hash of the last entry of the audit log as somebody wrote it down: that it is still in the log shows
        that no entries were cut off its end, nor the log written anew.
        """
        from optplan.store.integrity import faults

        with self._database.reading() as connection:
            return faults(connection, head)

    def replay(self, run: str, **watching: Any) -> Replay:
        """Solve again what a run solved, and compare byte for byte. ``watching``: as for :func:`optplan.solve`.

        Raises :class:`StoreError` for a run whose search was stopped before its own end: it cannot be repeated.
        """
        from optplan.store.replay import answer_again

        return answer_again(self.question(run), **watching)

    def question(self, run: str) -> KeptQuestion:
        """Everything that a run was asked, made again from the store."""
        from optplan.store.replay import question

        return question(self._database, self.record(run).id)

    # -----------------------------------------------------------------------------------------------------------------

    def _author(self, connection: Connection, who: str | None) -> Author:
        return Author(who or events.user_name(), self._database.account(connection))

    def _find(self, connection: Connection, asked: str, kind: str) -> str:
        return runs.find_one(connection, self.place, KINDS[kind], asked, kind)

    def _find_any(self, connection: Connection, asked: str) -> tuple[str, str]:
        found = [(kind, key) for kind in KINDS for key in runs.beginning(connection, KINDS[kind], asked)]
        if not found:
            raise refusal("subject-unknown", self.place, asked=asked[:80])
        if len(found) > 1:
            raise refusal("ambiguous", self.place, asked=asked[:80], found=", ".join(key[:16] for _, key in found))
        return found[0]
