"""A question that the server is working at: how far it is, and a button that stops it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from optplan.office.inquiries import Inquiry
from optplan.web.desk import Desk
from optplan.web.words import Markdown

EVERY = 1.0  # seconds between looks at it


def show_under_way(desk: Desk, inquiry: Inquiry, show_news: Callable[[Inquiry], None], stop: Markdown, key: str) -> None:
    """Draw it again and again until it is over, and then the page. ``stop`` and ``key``: the words and the key of the button."""
    st.fragment(_look, run_every=EVERY)(desk, inquiry, show_news, stop, key)


def _look(desk: Desk, inquiry: Inquiry, show_news: Callable[[Inquiry], None], stop: Markdown, key: str) -> None:
    with desk.speaking():
        if inquiry.is_over:
            st.rerun()
        show_news(inquiry)
        if st.button(stop, icon=":material/stop:", disabled=inquiry.cancel.is_set(), key=key):
            inquiry.cancel.set()
            st.rerun(scope="fragment")
