"""What the store says of what it keeps: small records for lists, the audit log and the check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

SHORT = 10  # characters of an id that people read; any unique beginning is understood


@dataclass(frozen=True)
class RunRecord:
    """A run in a list. ``when`` is in UTC (ISO 8601); ``criteria`` maps each criterion to its value in the plan; ``plan`` is
    the sha256 of the plan before its ``scenarios`` were applied; ``made_with`` names the tools and the machine.

    ``stopped``: empty if the search came to its own end, else ``limit``, ``user``, ``fault`` or ``unproven``. ``approved``: it
    is, or once was, the adopted plan. ``reference_run`` is the run that changes were measured against, if the store has it.
    """

    id: str
    when: str
    who: str
    plan: str
    plan_title: str
    scenarios: tuple[str, ...]
    scenario_shas: tuple[str, ...]
    model: str
    status: str
    stopped: str
    criteria: Mapping[str, float]
    options: Mapping[str, Any]
    reference_run: str | None
    made_with: Mapping[str, Any]
    approved: bool
    retired: bool

    @property
    def short(self) -> str:
        """The beginning of the id, for people."""
        return self.id[:SHORT]

    @property
    def outcome(self) -> str:
        """``status``; of a quick search that came to its own end without the proof, ``good``."""
        ended = self.status == "feasible" and not self.stopped
        return "good" if ended and self.options.get("quick") else self.status

    @property
    def replayable(self) -> bool:
        """Whether the search came to its own end, so that it can be repeated."""
        return not self.stopped

    def as_dict(self) -> dict[str, Any]:
        """The record as ``--json`` prints it."""
        return {**asdict(self), "replayable": self.replayable}


@dataclass(frozen=True)
class PlanRecord:
    """A plan in a list: its hash and title, who kept it first, and ``when``, in UTC (ISO 8601)."""

    sha256: str
    title: str
    who: str
    when: str


@dataclass(frozen=True)
class AnswerRecord:
    """An answer in a list: which ``question`` about which ``plan`` and ``run`` (``None``: about the plan alone), as ``asked``."""

    id: str
    when: str
    who: str
    question: str
    plan: str
    plan_title: str
    run: str | None
    asked: Mapping[str, Any]
    status: str

    @property
    def short(self) -> str:
        """The beginning of the id, for people."""
        return self.id[:SHORT]

    def as_dict(self) -> dict[str, Any]:
        """The record as ``--json`` prints it."""
        return asdict(self)


@dataclass(frozen=True)
class AuditEntry:
    """Who did what, when, on what, and why. ``account`` is whom the database server takes the user for."""

    number: int
    when: str
    who: str
    account: str
    action: str
    kind: str
    subject: str
    reason: str
    hash: str

    def as_dict(self) -> dict[str, Any]:
        """The entry as ``--json`` prints it."""
        return asdict(self)


@dataclass(frozen=True)
class Fault:
    """Something in the store that is not as it was written. ``code`` names the words in ``store.ftl``."""

    code: str
    subject: str

    def message(self, language: str | None = None) -> str:
        """The fault in words."""
        from optplan.language import text

        return text("store", self.code, language, subject=self.subject)

    def as_dict(self) -> dict[str, Any]:
        """The fault as ``--json`` prints it."""
        return {"code": self.code, "subject": self.subject, "message": self.message()}
