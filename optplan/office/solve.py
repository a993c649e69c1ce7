"""One solve on the server: what was asked, how far it is, what came out."""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum

from optplan.decision_model import DecisionModel
from optplan.document.good_enough import Nearness
from optplan.figures.criteria import target_weight
from optplan.office.people import Person
from optplan.office.question import Question
from optplan.office.timeline import Moment, Timeline
from optplan.result import Result
from optplan.solving.effort import Effort
from optplan.tables.findings import Finding


class State(StrEnum):
    """Where a solve stands."""

    WAITING = "waiting"
    RUNNING = "running"
    STOPPING = "stopping"  # asked to stop and keep the best
    DONE = "done"
    WITHDRAWN = "withdrawn"  # taken back while it waited
    FAILED = "failed"
    LOST = "lost"  # the server was stopped, and there was nothing to keep

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self not in {State.WAITING, State.RUNNING, State.STOPPING}


@dataclass(frozen=True)
class Snapshot:
    """A solve as it stood at one moment. ``place`` counts those waiting from 1; ``seconds`` is the time spent searching.

    ``best`` is the best sealed plan so far. Once it is done, ``run`` is its id in the store; ``result`` is only there if it
    could not be saved, and then ``findings`` say why. ``scenarios`` are titles; ``currency`` is the unit of money.
    ``interrupted``: the server was stopped. ``quick``: it ends once it is good enough; ``good_after``: seconds of searching after
    which it was, ``None`` before. ``near``: how near to its bound the best plan is in each criterion. ``target_weight``: that of
    all targets together, by which their shortfall is shown.
    """

    id: str
    person: Person
    state: State
    place: int | None
    plan_title: str
    model: DecisionModel
    scenarios: tuple[str, ...]
    currency: str
    asked_at: datetime
    seconds: float = 0.0
    effort: Effort = field(default_factory=Effort)
    moments: tuple[Moment, ...] = ()
    best: Result | None = None
    status: str = ""
    has_schedule: bool = False
    run: str | None = None
    result: Result | None = None
    findings: tuple[Finding, ...] = ()
    interrupted: bool = False
    good_after: float | None = None
    near: tuple[Nearness, ...] = ()
    target_weight: Decimal = Decimal(0)


@dataclass
class Solve:
    """A solve in the queue. The queue's lock guards it; ``cancel`` is what the search looks at."""

    question: Question | None  # dropped when it is over: plans are large
    person: Person
    title: str
    model: DecisionModel
    scenarios: tuple[str, ...]
    currency: str
    effort: Effort
    fingerprint: str
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    asked_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    state: State = State.WAITING
    stopped_by_user: bool = False
    interrupted: bool = False
    cancel: threading.Event = field(default_factory=threading.Event)
    timeline: Timeline = field(default_factory=Timeline)
    best: Result | None = None
    result: Result | None = None
    status: str = ""
    has_schedule: bool = False
    run: str | None = None
    findings: tuple[Finding, ...] = ()
    good_after: float | None = None
    near: tuple[Nearness, ...] = ()
    target_weight: Decimal = Decimal(0)  # of all targets together
    started: float | None = None  # of time.monotonic
    ended: float | None = None
    thread: threading.Thread | None = None

    @classmethod
    def of(cls, question: Question, person: Person) -> Solve:
        """A solve that waits."""
        return cls(
            question=question,
            person=person,
            title=question.plan.title,
            model=question.model,
            scenarios=tuple(member.title for scenario in question.scenarios for member in scenario.lineage),
            currency=str(question.plan.tables.setting("currency")),
            effort=question.effort,
            fingerprint=question.fingerprint,
            target_weight=target_weight(question.asked_plan.tables),
        )

    def snapshot(self, place: int | None) -> Snapshot:
        """How it stands now."""
        until = time.monotonic() if self.ended is None else self.ended
        return Snapshot(
            id=self.id,
            person=self.person,
            state=self.state,
            place=place,
            plan_title=self.title,
            model=self.model,
            scenarios=self.scenarios,
            currency=self.currency,
            asked_at=self.asked_at,
            seconds=0.0 if self.started is None else until - self.started,
            effort=self.effort,
            moments=self.timeline.moments,
            best=self.best,
            status=self.status,
            has_schedule=self.has_schedule,
            run=self.run,
            result=self.result,
            findings=self.findings,
            interrupted=self.interrupted,
            good_after=self.good_after,
            near=self.near,
            target_weight=self.target_weight,
        )
