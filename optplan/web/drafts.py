"""The draft of a visit outlives it: it is kept on the server as it is written, and a page that is loaded again has it again.

The address names the visit, so that a reload finds the draft; it is read only if it is the same person's. The address belongs to
the browser, where a script of the page keeps it right (``address.js``).
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import cast

import streamlit as st
from streamlit.runtime import Runtime, exists
from streamlit.runtime.scriptrunner import get_script_run_ctx

from optplan.editing import Draft
from optplan.office import Drafts, KeptDraft
from optplan.web.desk import Desk
from optplan.web.undisturbed import undisturbed

PARAMETER = "draft"  # of the address
ASKED, RESTORED, REASON = "drafts.asked", "drafts.restored", "solving.reason"  # of the visit
LEFT = "drafts.left"  # what was taken over while its own visit was not known to be over
ADDRESS = Path(__file__).with_name("address.js").read_text("utf-8")


@st.cache_resource(show_spinner=False)
def _drafts() -> Drafts:
    return Drafts()


@st.cache_resource(show_spinner=False)
def _sessions() -> dict[str, str]:
    """The session of Streamlit in which each visit takes place."""
    return {}


@undisturbed()
def restore_draft(desk: Desk) -> None:
    """At the first touch of a visit: the draft that its address names, as it was left."""
    context = get_script_run_ctx()
    if context is not None:
        _sessions()[desk.visit] = context.session_id
    if not st.session_state.get(ASKED):
        st.session_state[ASKED] = True
        named = st.query_params.get(PARAMETER, "")
        kept = _drafts().find(desk.author, named) if named and named != desk.visit else None
        plan = desk.plan
        if kept is not None and plan is not None and kept.plan == plan.sha256:
            take_over(desk, kept)
    _put_away(desk)


def address_script(desk: Desk, **others: str) -> str:
    """What the page runs in the browser so that its address names the visit while it has a draft, and ``others``, each if it is
    not empty."""
    marks = {PARAMETER: desk.visit if desk.changes else "", **others}
    return f"({ADDRESS[ADDRESS.index('(marks)') :].strip()})({json.dumps(marks)})"


@undisturbed()
def leave_draft(desk: Desk) -> None:
    """The draft of this visit stays as it was kept, to be taken up another time; the visit goes on under a new name."""
    session = _sessions().pop(desk.visit, None)
    desk.begin_visit()
    if session is not None:
        _sessions()[desk.visit] = session


@undisturbed()
def take_over(desk: Desk, kept: KeptDraft) -> None:
    """Make a kept draft that of this visit. It leaves the other one, unless somebody is still writing it there."""
    st.session_state[RESTORED] = kept.draft
    desk.changes = kept.draft.asked
    desk.scenario_name = kept.name
    st.session_state[REASON] = kept.reason
    keep_draft(desk, kept.draft)
    st.session_state[LEFT] = kept
    _put_away(desk)


def _put_away(desk: Desk) -> None:
    """The draft that was taken over leaves its own visit as soon as that is over: a page that is loaded again may be here before
    the server knows that it is gone there. What was written there since stays."""
    left = cast("KeptDraft | None", st.session_state.get(LEFT))
    if left is None or _is_open(left.visit):
        return
    del st.session_state[LEFT]
    now = _drafts().find(desk.author, left.visit)
    if now is not None and (now.visit, now.draft) == (left.visit, left.draft):
        _drafts().move(desk.author, left.visit, desk.visit)


@undisturbed()
def restored_draft(desk: Desk) -> Draft:
    """The draft with which the inputs page begins: as it was kept, with what could not be read, if it is that."""
    restored = cast("Draft | None", st.session_state.pop(RESTORED, None))
    return restored if restored is not None and restored.asked == desk.changes else Draft(desk.changes)


@undisturbed()
def keep_draft(desk: Desk, draft: Draft) -> None:
    """Write the draft of this visit down."""
    plan = desk.plan
    if plan is not None:
        reason = str(st.session_state.get(REASON) or "")[:2_000]
        kept = KeptDraft(desk.visit, plan.sha256, draft, desk.scenario_name[:100], reason, time.time())
        _drafts().keep(desk.author, kept)


def left_drafts(desk: Desk) -> list[KeptDraft]:
    """Drafts of the plan that the visitor wrote on other visits, which are over, and that were never put away."""
    plan = desk.plan
    if plan is None:
        return []
    return [
        each
        for each in _drafts().of(desk.author)
        if each.visit != desk.visit and each.plan == plan.sha256 and not _is_open(each.visit)
    ]


def forget(desk: Desk, kept: KeptDraft) -> None:
    """Put a kept draft away for good."""
    _drafts().forget(desk.author, kept.visit)


def _is_open(visit: str) -> bool:
    """Whether a browser still shows that visit."""
    session = _sessions().get(visit)
    return session is not None and exists() and Runtime.instance().is_active_session(session)
