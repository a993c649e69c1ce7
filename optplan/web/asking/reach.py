"""What it takes: money, years, a cut or a rise of prices, a click each."""

from __future__ import annotations

import streamlit as st

from optplan.language import text
from optplan.questions import Reach, reach
from optplan.questions.reach.asking import By, ReachProgress
from optplan.web.asking.subject import About
from optplan.web.words import in_language, words_of

say = words_of("web_asking")
WAYS: tuple[By, ...] = ("money", "years", "cut", "price")
LONGEST = 120.0  # seconds


def show_form(about: About) -> None:
    """Draw the form, and ask once the button is pressed."""
    fund = None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        by: By = st.selectbox(say("by"), WAYS, format_func=lambda way: say(f"by-{way}").words, key=in_language("asking.by"))
        wished = "targets"
        if by == "money":
            wished = st.selectbox(
                say("so-that"), ("targets", "standards"), format_func=lambda each: text("questions", f"reach-said-{each}"),
                key=in_language("asking.so-that"),
            )  # fmt: skip
        if by == "cut":
            every = ["", *about.plan.funds]
            fund = st.selectbox(
                say("fund"), every, format_func=lambda key: about.called("funds", key) if key else say("all-funds").words,
                key=in_language("asking.fund"),
            ) or None  # fmt: skip
    if not st.button(say("ask-reach"), type="primary", key="asking.ask-reach"):
        return
    place = st.empty()

    def moved(news: ReachProgress) -> None:
        verdict = text("questions", f"verdict-{news.verdict}")
        place.info(say("tried", tried=news.tried, at=news.at, verdict=verdict))

    with st.spinner(say("asking")):
        answer: Reach = reach(
            about.plan, [wished] if by == "money" else [], by, fund=fund, time_limit=LONGEST, progress=moved
        )  # fmt: skip
    place.empty()
    about.keep("reach", answer)
