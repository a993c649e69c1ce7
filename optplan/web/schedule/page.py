"""The schedule: who gets what in which year, who pays, what is missing, and where every figure comes from."""

from __future__ import annotations

import streamlit as st

from optplan.web.asking.subject import about_open
from optplan.web.cache.results import figures_of
from optplan.web.desk import Desk
from optplan.web.schedule import after_the_plan, delivery, funds, staff, standards, stations, targets
from optplan.web.widgets.shown_result import readable_result
from optplan.web.widgets.takeaway import show_takeaway
from optplan.web.words import words_of

say = words_of("web_schedule")
SECTIONS = ("delivery", "targets", "stations", "staff", "funds", "standards", "later")


def show(desk: Desk) -> None:
    """Draw the page."""
    st.title(say("title"))
    result = readable_result(desk)
    if result is None:
        return
    figures, about = figures_of(result), about_open(desk, result)
    st.session_state.setdefault("schedule-section", SECTIONS[0])
    section = st.segmented_control(
        say("choose-section"),
        SECTIONS,
        format_func=lambda name: say(f"section-{name}"),
        key="schedule-section",
        label_visibility="collapsed",
        required=True,
        wrap=True,
        persist_state="session",
    )
    match section:
        case "targets":
            targets.show(figures, result, about, desk)
        case "stations":
            stations.show(figures, about, desk)
        case "staff":
            staff.show(figures)
        case "funds":
            funds.show(figures, result)
        case "standards":
            standards.show(figures, about, desk)
        case "later":
            after_the_plan.show(figures)
        case _:
            delivery.show(figures, about, desk)
    st.subheader(say("take-away"))
    show_takeaway(result, "schedule")
