"""What somebody asks to have solved, held against the plan before anything waits for it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

from optplan.decision_model import DecisionModel
from optplan.office.findings import refusal
from optplan.office.people import Person, require
from optplan.office.roles import Role
from optplan.plan import Plan
from optplan.result import Result
from optplan.scenarios import Scenario, apply_scenarios, names_of
from optplan.solving.effort import Effort
from optplan.solving.terms import Terms
from optplan.store import Store


@dataclass(frozen=True)
class Question:
    """``plan`` with ``scenarios`` written into it, under ``model``.

    ``reference_run`` is the run of the store whose result is ``reference``: what changes are measured against. ``effort`` says
    when the search may end.
    """

    plan: Plan
    model: DecisionModel
    scenarios: tuple[Scenario, ...] = ()
    reference: Result | None = None
    reference_run: str | None = None
    effort: Effort = field(default_factory=Effort)

    @cached_property
    def asked_plan(self) -> Plan:
        """The plan that is solved. Raises :class:`InputError` if a scenario does not fit the plan."""
        return apply_scenarios(self.plan, self.scenarios) if self.scenarios else self.plan

    @property
    def terms(self) -> Terms:
        """On what terms it is solved."""
        return Terms(self.model, self.reference, self.effort)

    @property
    def scenario_names(self) -> tuple[str, ...]:
        """The names of every scenario applied, parents first."""
        return names_of(self.scenarios)

    @cached_property
    def fingerprint(self) -> str:
        """The same for questions that have the same answer."""
        reference = "" if self.reference is None else self.reference.document["seal"]["sha256"]
        parts = (
            self.plan.sha256, self.asked_plan.sha256, self.model.model_dump_json(), *self.scenario_names,
            self.reference_run, reference, self.effort,
        )  # fmt: skip
        return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()

    def check(self) -> None:
        """Raise :class:`InputError` for a question that no search can answer."""
        if self.model.needs_reference and self.reference is None:
            raise refusal("no-adopted-plan", model=self.model.title)
        self.fingerprint  # noqa: B018 - the scenarios are applied


def save_scenario(store: Store, person: Person, scenario: Scenario) -> str:
    """Keep a scenario under the person's name; its sha256. Raises :class:`NotAllowed` below editor."""
    require(person, Role.EDITOR)
    return store.save_scenario(scenario, who=person.signature)


def save_plan(store: Store, person: Person, plan: Plan) -> str:
    """Keep a plan that was brought in under the person's name; its sha256. Raises :class:`NotAllowed` below editor."""
    require(person, Role.EDITOR)
    return store.save_plan(plan, who=person.signature)
