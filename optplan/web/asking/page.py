"""Questions about the open result: choose one, say what is meant, and ask."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from optplan.tables.findings import InputError
from optplan.web.asking import certain, missing, reach, value, why_not
from optplan.web.asking.inquiry_panel import show_inquiry
from optplan.web.asking.subject import About, Asked, about_open
from optplan.web.desk import Desk
from optplan.web.widgets.guard import show_findings
from optplan.web.widgets.shown_result import readable_result
from optplan.web.words import words_of

say = words_of("web_asking")
FORMS: dict[str, Callable[[About], Asked | None]] = {
    "missing": missing.show_form, "value": value.show_form, "reach": reach.show_form, "why-not": why_not.show_form,
    "certain": certain.show_form,
}  # fmt: skip


def show(desk: Desk) -> None:
    """Draw the page."""
    st.title(say("title"))
    result = readable_result(desk)
    if result is None:
        return
    about = about_open(desk, result)
    st.session_state.setdefault("asking.question", next(iter(FORMS)))
    chosen = st.segmented_control(
        say("which"), list(FORMS), format_func=lambda name: say(f"question-{name}"), key="asking.question",
        label_visibility="collapsed", required=True, wrap=True, persist_state="session",
    )  # fmt: skip
    st.caption(say(f"about-{chosen}"))
    try:
        show_inquiry(desk, about, str(chosen), FORMS[str(chosen)](about))
    except InputError as problem:
        show_findings(problem)
