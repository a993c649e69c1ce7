"""History: every run and scenario that was kept, with who, when and why."""

from __future__ import annotations

import streamlit as st

from optplan.web.desk import Desk
from optplan.web.history.decision import show_said
from optplan.web.history.run_list import show_runs
from optplan.web.history.scenario_list import show_scenarios
from optplan.web.words import words_of

say = words_of("web_history")
LISTS = {"runs": show_runs, "scenarios": show_scenarios}


def show(desk: Desk) -> None:
    """Draw the page."""
    st.title(say("title"))
    show_said()
    chosen = st.segmented_control(
        say("title"), list(LISTS), default="runs", format_func=lambda name: say(f"list-{name}"), key="history.list",
        label_visibility="collapsed", required=True, persist_state="session",
    )  # fmt: skip
    LISTS[chosen](desk)
