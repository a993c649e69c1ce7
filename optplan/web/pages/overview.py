"""A page that is still to come."""

from __future__ import annotations

import streamlit as st

from optplan.web.desk import Desk
from optplan.web.words import words_of

say = words_of("web_overview")


def show(desk: Desk) -> None:
    """Draw the page."""
    st.header(say("title"))
    st.write(say("to-come"))
