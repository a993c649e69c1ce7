"""Approving and retiring: each asks why, and says who may do it if the visitor may not."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from optplan.office import NotAllowed, Person, Role
from optplan.office.people import require
from optplan.web.widgets.guard import guarded
from optplan.web.words import plain, words_of

say = words_of("web_history")


def show_decision(name: str, subject: str, person: Person, role: Role, decide: Callable[[str], object]) -> None:
    """A button that opens a field for the reason and then calls ``decide`` with it; ``name``: ``approve`` or ``retire``."""
    icon = ":material/verified:" if name == "approve" else ":material/archive:"
    try:
        require(person, role)
    except NotAllowed as problem:
        help_text = "\n\n".join(plain(finding.message()) for finding in problem.findings)
        st.button(say(name), key=f"history.{name}.{subject}", disabled=True, icon=icon, help=help_text)
        return
    with st.popover(say(name), icon=icon, key=f"history.{name}.{subject}"):
        st.write(say(f"{name}-means"))
        reason = st.text_area(
            say("why"), key=f"history.why.{name}.{subject}", max_chars=2_000, placeholder=say(f"{name}-example")
        )
        if st.button(say(f"{name}-now"), key=f"history.now.{name}.{subject}", type="primary"):
            done = False
            with guarded():
                decide(reason)
                done = True
            if done:
                st.session_state["history.said"] = f"{name}-done"
                st.rerun()


def show_said() -> None:
    """What was done at the last touch."""
    done = st.session_state.pop("history.said", None)
    if done:
        st.success(say(done), icon=":material/check_circle:")
