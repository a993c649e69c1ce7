"""Which plan is worked on: those that ship with this server and those that were kept here; a page loaded again stays with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from optplan.plan import Plan
from optplan.store import StoreError
from optplan.tables.names import title_of
from optplan.web.cache.plans import shipped_plans
from optplan.web.desk import Desk, store
from optplan.web.drafts import leave_draft
from optplan.web.inputs.workbench import Workbench
from optplan.web.undisturbed import undisturbed
from optplan.web.widgets.words import local_time

PARAMETER = "plan"  # of the address
ASKED = "plan-choice.asked"  # of the visit
NAMED = 12  # letters of a plan's hash that name it
MOST = 30  # plans that were kept


@dataclass(frozen=True)
class Known:
    """A plan that can be worked on: what people call it, and what opens it."""

    label: str
    open: Callable[[], Plan]


def known_plans(desk: Desk) -> dict[str, Known]:
    """The plans other than the one at the desk, by their hash: those that ship, then those that were kept, the latest first.

    Plans of one title are told apart by the folder in which they ship, or by when they were kept.
    """
    found = {plan.sha256: (title_of(plan.tables), folder, lambda plan=plan: plan) for folder, plan in shipped_plans().items()}
    try:
        kept = store().plans(limit=MOST)
    except StoreError:
        kept = []  # which the pages that need the store say
    for record in kept:
        when = local_time(record.when)
        found.setdefault(record.sha256, (record.title, when, lambda sha256=record.sha256: kept_plan(sha256)))
    called = Counter(title for title, _, _ in found.values())
    return {
        sha256: Known(f"{title} · {apart}" if called[title] > 1 else title, open_it)
        for sha256, (title, apart, open_it) in found.items()
        if desk.plan is None or sha256 != desk.plan.sha256
    }


@st.cache_resource(show_spinner=False, max_entries=8)
def kept_plan(sha256: str) -> Plan:
    """A plan of the store, by its hash. Raises :class:`StoreError`."""
    return store().plan(sha256)


@undisturbed()
def restore_plan(desk: Desk) -> None:
    """At the first touch of a visit: the plan that its address names."""
    if not st.session_state.get(ASKED):
        st.session_state[ASKED] = True
        plan = _called(str(st.query_params.get(PARAMETER, "")))
        if plan is not None:
            desk.plan = plan


@undisturbed()
def work_on(desk: Desk, plan: Plan) -> None:
    """Put another plan on the desk, with the answer to it that comes first. The draft of the one before stays kept."""
    if desk.plan is not None:
        Workbench(desk, desk.plan).take_in()
    leave_draft(desk)
    desk.plan = plan
    desk.open_first()


def name_in_address(desk: Desk) -> str:
    """How the address names the plan at the desk; the one that everybody begins with needs no name."""
    plan = desk.plan
    begins = next(iter(shipped_plans().values()), None)
    return "" if plan is None or (begins is not None and plan.sha256 == begins.sha256) else plan.sha256[:NAMED]


def _called(name: str) -> Plan | None:
    """The plan whose hash begins so, if this server knows one."""
    shipped = next((plan for plan in shipped_plans().values() if name and plan.sha256.startswith(name)), None)
    if shipped is not None or len(name) < NAMED:
        return shipped
    try:
        return kept_plan(name)
    except StoreError:
        return None
