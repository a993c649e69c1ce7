"""Tracking: what happened in each county and quarter, entered, corrected, confirmed, and made fact when the year is closed."""

from __future__ import annotations

import streamlit as st

from optplan.web.desk import Desk
from optplan.web.tracking.assessment_panel import show_assessing
from optplan.web.tracking.confirmation_panel import show_confirming
from optplan.web.tracking.entry_panel import show_entering
from optplan.web.tracking.form_panel import show_forms
from optplan.web.tracking.ledger import MARK, just_said, room_of
from optplan.web.tracking.record_list import show_records
from optplan.web.tracking.standing_panel import show_standing
from optplan.web.words import words_of

say = words_of("web_tracking")
PARTS = {
    "standing": show_standing,
    "enter": show_entering,
    "forms": show_forms,
    "records": show_records,
    "confirm": show_confirming,
    "assess": show_assessing,
}


def show(desk: Desk) -> None:
    """Draw the page."""
    st.title(say("title"))
    if desk.plan is None:
        st.info(say("no-plan"))
        return
    done = just_said()
    if done:
        st.success(done, icon=":material/check_circle:")
    room = room_of(desk, desk.plan)
    st.caption(say("how", count=len(room.records.standing)))
    chosen = st.segmented_control(
        say("title"),
        list(PARTS),
        default="enter",
        format_func=lambda name: say(f"part-{name}"),
        key=MARK + "part",
        label_visibility="collapsed",
        required=True,
        persist_state="session",
    )
    PARTS[chosen](room)
