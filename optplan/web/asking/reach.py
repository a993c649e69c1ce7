"""What it takes: money, years, a cut or a rise of prices, a click each."""

from __future__ import annotations

import streamlit as st

from optplan.answers import Answer
from optplan.language import text
from optplan.office.inquiries import Inquiry
from optplan.questions import reach
from optplan.questions.reach.asking import By, ReachProgress
from optplan.web.asking.subject import About, Asked
from optplan.web.widgets.choice import choose
from optplan.web.words import words_of

say = words_of("web_asking")
WAYS: tuple[By, ...] = ("money", "years", "cut", "price")
WISHED = {"all": ["targets", "standards"], "targets": ["targets"], "standards": ["standards"]}
LONGEST = 120.0  # seconds


def show_form(about: About) -> Asked:
    """Draw the form."""
    fund: str | None = None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        by: By = choose(say("by"), WAYS, lambda way: say(f"by-{way}").words, "asking.by")
        wished = "targets"
        if by == "money":
            wished = choose(
                say("so-that"), list(WISHED), lambda each: say(f"so-that-{each}").words, "asking.so-that"
            )  # fmt: skip
        if by == "cut":
            every = ["", *about.plan.funds]
            fund = choose(
                say("fund"), every, lambda key: about.called("funds", key) if key else say("all-funds").words, "asking.fund"
            ) or None  # fmt: skip

    def work(inquiry: Inquiry, earlier: Answer | None) -> Answer:
        def moved(news: ReachProgress) -> None:
            verdict = text("questions", f"verdict-{news.verdict}")
            inquiry.news = say("tried", tried=news.tried, at=news.tried_with, verdict=verdict).words

        wishes = WISHED[wished] if by == "money" else []
        return reach(about.plan, wishes, by, fund=fund, time_limit=LONGEST, progress=moved, cancel=inquiry.cancel)

    return Asked((by, wished, fund), work)
