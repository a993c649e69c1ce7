"""Solving: ask a question, watch the search, go on to the result. The address names the solve, so that a reload finds it."""

from __future__ import annotations

import streamlit as st

from optplan.web.desk import Desk
from optplan.web.solving.question_form import show_asking
from optplan.web.solving.queue_list import show_queue
from optplan.web.solving.solve_panel import show_watching
from optplan.web.solving.watched_solve import watched_solve
from optplan.web.words import words_of

say = words_of("web_solving")


def show(desk: Desk) -> None:
    """Draw the page."""
    st.title(say("title"))
    watched = watched_solve(desk)
    if watched:
        show_watching(desk, watched)
    else:
        show_asking(desk)
        show_queue(desk)
