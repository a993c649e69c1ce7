"""What can be asked, in the words of an office, before anything else: each leads to where it is answered, with proof."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from optplan.web.desk import Desk
from optplan.web.solving.question_form import choose_full
from optplan.web.words import words_of

say = words_of("web_overview")


@dataclass(frozen=True)
class Lead:
    """A question: its icon, the page on which it is answered, and what is made ready there."""

    icon: str
    page: str
    prepare: Callable[[], None]


def _less_money() -> None:
    """The levers stand at the top of the page."""


def _where_impossible() -> None:
    st.session_state["schedule-section"] = "standards"


def _who_pays() -> None:
    st.session_state["schedule-section"] = "funds"


def _what_differs() -> None:
    """The open plan and the plan as it stood are chosen there already."""


def _asks(question: str) -> Callable[[], None]:
    def prepare() -> None:
        st.session_state["asking.question"] = question

    return prepare


QUESTIONS = {
    "less-money": Lead(":material/savings:", "inputs", _less_money),
    "how-much-is-lacking": Lead(":material/request_quote:", "solving", choose_full),
    "why-here": Lead(":material/help_center:", "asking", _asks("missing")),
    "where-impossible": Lead(":material/block:", "schedule", _where_impossible),
    "can-it-be": Lead(":material/event_upcoming:", "asking", _asks("why-not")),
    "where-money-helps": Lead(":material/add_card:", "asking", _asks("value")),
    "what-is-settled": Lead(":material/lock:", "asking", _asks("certain")),
    "who-pays": Lead(":material/payments:", "schedule", _who_pays),
    "what-differs": Lead(":material/compare_arrows:", "comparing", _what_differs),
}


def show_questions(desk: Desk) -> None:
    """Draw them, side by side."""
    with st.container(horizontal=True, gap="small", key="questions"):
        for name, asked in QUESTIONS.items():
            if st.button(say(f"question-{name}"), icon=asked.icon, help=say(f"question-{name}-help"), key=f"question.{name}"):
                asked.prepare()
                st.switch_page(desk.pages[asked.page])
