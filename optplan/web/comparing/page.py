"""Two to four results side by side."""

from __future__ import annotations

import streamlit as st

from optplan.comparison import Comparison
from optplan.web.cache.results import titled
from optplan.web.comparing.choice import FEWEST, chosen_results
from optplan.web.comparing.side_by_side import show_comparison
from optplan.web.desk import Desk
from optplan.web.drawing_queue import in_turn
from optplan.web.words import words_of

say = words_of("web_comparing")


def show(desk: Desk) -> None:
    """Draw the page."""
    st.title(say("title"))
    st.write(say("about"))
    results = chosen_results(desk)
    if len(results) >= FEWEST:
        with in_turn(desk):
            show_comparison(desk, Comparison([titled(result) for result in results]), Comparison(results))
