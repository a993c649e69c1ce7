"""What is asked about, and what a form of the page asks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import streamlit as st

from optplan.answers import Answer
from optplan.office.inquiries import Inquiry
from optplan.plan import Plan
from optplan.result import Result
from optplan.schedule import Schedule
from optplan.separate_process import BEHIND_ALL, NICENESS, watched_apart
from optplan.store import StoreError
from optplan.tables.names import Names
from optplan.web.desk import Desk, store

Work = Callable[[Inquiry, Answer | None], Answer]
PATIENCE = 60.0  # seconds beyond what a question may take, after which the server no longer waits for who answers it


@dataclass(frozen=True)
class Asked:
    """A question as a form has it: ``parts`` tell it from others about the same result.

    ``work`` answers it, wherever that is done; it gets what had been answered when somebody stopped the same question. ``long``:
    it takes minutes.
    """

    parts: tuple[object, ...]
    work: Work
    long: bool = False


@dataclass(frozen=True)
class About:
    """The open result, the plan that it answers, and what its changes were measured against."""

    plan: Plan
    result: Result
    reference: Schedule | None

    @cached_property
    def names(self) -> Names:
        """What people call everything in the plan."""
        return Names(self.plan.tables)

    @cached_property
    def deliveries(self) -> Mapping[tuple[str, str, int], Decimal]:
        """What the result delivers, by item, county and year."""
        return self.result.to_schedule().deliveries

    @cached_property
    def key(self) -> str:
        """A hash of the result."""
        return hashlib.sha256(self.result.text().encode()).hexdigest()

    def called(self, table: str, key: str) -> str:
        """The name of a county, item, fund, project, team, target or standard."""
        return self.names.by_table[table].get(key, key)

    def asks(self, question: str, asked: Asked) -> str:
        """A hash of all that an answer follows from."""
        return self.key_of(question, asked.parts)

    def key_of(self, question: str, parts: tuple[object, ...]) -> str:
        """The same of a question that is told by its parts."""
        return hashlib.sha256(repr((self.key, question, parts)).encode()).hexdigest()


def answered_apart(inquiry: Inquiry, longest: float, told: Callable[[Any], None], work: Callable[..., Any], *given: Any) -> Any:
    """What ``work(*given)`` makes in another process within about ``longest`` seconds; it hears of a stop.

    What takes minutes leaves the cores to what others wait for.
    """
    niceness = BEHIND_ALL if inquiry.long else NICENESS
    return watched_apart(work, *given, told=told, cancel=inquiry.cancel, seconds=longest + PATIENCE, niceness=niceness)


def about_open(desk: Desk, result: Result) -> About:
    """The open result as what is asked about."""
    return About(_plan(result.plan_sha256, result), result, _reference(desk))


@st.cache_resource(show_spinner=False, max_entries=8)
def _plan(plan_sha256: str, _result: Result) -> Plan:
    return Plan(_result.tables())


def _reference(desk: Desk) -> Schedule | None:
    """What the changes of the open result were measured against, where the store has it."""
    try:
        return _reference_of(desk.run_id) if desk.run_id else None
    except StoreError:
        return None


@st.cache_resource(show_spinner=False, max_entries=8)
def _reference_of(run_id: str) -> Schedule | None:
    """That of a run, which never changes: read once, not whenever the page is drawn."""
    run = store().record(run_id).reference_run
    return store().open(run).to_schedule() if run else None
