"""Questions about the open result: choose one, say what is meant, and ask; answers stay until another result is opened."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from optplan.plan import Plan
from optplan.questions import answer_from, keep_answer
from optplan.result import Result
from optplan.schedule import Schedule
from optplan.store import StoreError
from optplan.tables.findings import InputError
from optplan.web.asking import certain, reach, value, why_not
from optplan.web.asking.subject import About
from optplan.web.desk import Desk, store
from optplan.web.widgets.answer import show_answer
from optplan.web.widgets.guard import show_findings
from optplan.web.widgets.shown_result import readable_result
from optplan.web.words import words_of

say = words_of("web_asking")
FORMS: dict[str, Callable[[About], None]] = {
    "why-not": why_not.show_form, "value": value.show_form, "reach": reach.show_form, "certain": certain.show_form,
}  # fmt: skip


def show(desk: Desk) -> None:
    """Draw the page."""
    st.title(say("title"))
    result = readable_result(desk)
    if result is None:
        return
    about = About(_plan(result.plan_sha256, result), result, _reference(desk))
    chosen = st.segmented_control(
        say("which"), list(FORMS), format_func=lambda name: say(f"question-{name}"), key="asking.question",
        label_visibility="collapsed",
    ) or "why-not"  # fmt: skip
    st.caption(say(f"about-{chosen}"))
    try:
        FORMS[chosen](about)
    except InputError as problem:
        show_findings(problem)
    document = about.document(chosen)
    if document is None:
        return
    answer = answer_from(document)
    show_answer(answer, f"asking-{chosen}")
    if st.button(say("keep"), icon=":material/archive:", key=f"asking.keep-{chosen}"):
        try:
            record = keep_answer(store(), answer, about.plan, result, about.reference)
            st.success(say("kept", answer=record.short))
        except StoreError as problem:
            show_findings(problem)


@st.cache_resource(show_spinner=False, max_entries=8)
def _plan(plan_sha256: str, _result: Result) -> Plan:
    return Plan(_result.tables())


def _reference(desk: Desk) -> Schedule | None:
    """What the changes of the open result were measured against, where the store has it."""
    try:
        run = store().record(desk.run_id).reference_run if desk.run_id else None
        return store().open(run).to_schedule() if run else None
    except StoreError:
        return None
