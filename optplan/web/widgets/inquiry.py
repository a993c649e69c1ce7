"""A question to the server: put to it, how far it is, a button that stops it, and why it failed."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from optplan.language import current_language, speaking
from optplan.office.inquiries import Inquiry, server_inquiries
from optplan.tables.findings import InputError
from optplan.web.desk import Desk
from optplan.web.widgets.guard import show_findings
from optplan.web.words import Markdown

EVERY = 1.0  # seconds between looks at it


def ask_server(key: str, work: Callable[[Inquiry], object], *, long: bool = False, again: bool = False) -> None:
    """Have the server do ``work`` about ``key``, in the language of now: no visitor's page is there while it goes on.

    ``long``: it takes minutes; ``again``: though it is answered. Raises as :meth:`~optplan.office.inquiries.Inquiries.ask`.
    """
    language = current_language()

    def spoken(inquiry: Inquiry) -> object:
        with speaking(language):
            return work(inquiry)

    server_inquiries().ask(key, spoken, long=long, again=again)


def show_under_way(desk: Desk, inquiry: Inquiry, show_news: Callable[[Inquiry], None], stop: Markdown, key: str) -> None:
    """Draw it again and again until it is over, and then the page. ``stop`` and ``key``: the words and the key of the button."""
    st.fragment(_look, run_every=EVERY)(desk, inquiry, show_news, stop, key)


def show_failed(inquiry: Inquiry, fault: Markdown) -> None:
    """Draw why it has no answer: what was wrong with what was asked, or else that the program met a ``fault``."""
    if isinstance(inquiry.problem, InputError):
        show_findings(inquiry.problem)
    else:
        st.error(fault)


def _look(desk: Desk, inquiry: Inquiry, show_news: Callable[[Inquiry], None], stop: Markdown, key: str) -> None:
    with desk.speaking():
        if inquiry.is_over:
            st.rerun()
        show_news(inquiry)
        if st.button(stop, icon=":material/stop:", disabled=inquiry.cancel.is_set(), key=key):
            inquiry.cancel.set()
            st.rerun(scope="fragment")
