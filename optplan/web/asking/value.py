"""Where a step of money would help most: of which funds, how large a step; the best so far is shown while it is worked out."""

from __future__ import annotations

import streamlit as st

from optplan.language.numbers import quantity
from optplan.questions import Value, value
from optplan.questions.value.asking import ValueProgress
from optplan.questions.value.levers import least_step, levers_of
from optplan.web.asking.subject import About
from optplan.web.words import in_language, plain, words_of

say = words_of("web_asking")
SHOWN = 5  # sentences of the answer so far
LONGEST = 20.0  # seconds of each plan


def show_form(about: About) -> None:
    """Draw the form, and ask once the button is pressed."""
    plan = about.plan
    funds = list(plan.funds)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.multiselect(
            say("funds"),
            funds,
            default=funds[:1],
            format_func=lambda key: about.called("funds", key),
            key=in_language("asking.funds"),
        )
        step = st.number_input(
            say("step", currency=about.names.currency), min_value=0.0, value=0.0, step=10.0, format="%g",
            help=say("step-help", least=quantity(least_step(plan)), currency=about.names.currency), key="asking.step",
        )  # fmt: skip
    if not st.button(say("ask-value"), type="primary", key="asking.ask-value"):
        return
    cells = [lever.lever for lever in levers_of(plan, ["cell", "pool"], [], None) if lever.fund in chosen]
    if not cells:
        st.warning(say("no-funds"))
        return
    bar, place = st.progress(0.0), st.empty()

    def moved(news: ValueProgress) -> None:
        bar.progress(news.done / news.total, say("solved", done=news.done, total=news.total))
        place.info("  \n".join(map(plain, news.value.sentences()[:SHOWN])))

    answer: Value = value(
        plan, about.result, cells=cells, step=step or None, both=False, quick=True, time_limit=LONGEST,
        reference=about.reference, progress=moved,
    )  # fmt: skip
    bar.empty()
    place.empty()
    about.keep("value", answer)
