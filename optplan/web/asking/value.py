"""Where a step of money would help most, or what more and less money of one fund does; the best so far is shown meanwhile."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from optplan.answers import Answer
from optplan.language.numbers import quantity
from optplan.office.inquiries import Inquiry
from optplan.questions import Value, staircase, value
from optplan.questions.value.asking import ValueProgress
from optplan.questions.value.levers import least_step, levers_of
from optplan.web.asking.subject import About, Asked, Work
from optplan.web.words import in_language, words_of

say = words_of("web_asking")
SHOWN = 10  # sentences of the answer so far
LONGEST = 20.0  # seconds of each plan
LARGER = 10  # least steps that the page asks about at first: a million yuan
WAYS = ("places", "stairs")


def show_form(about: About) -> Asked | None:
    """Draw the form; ``None`` while no fund is chosen."""
    beside = st.container(horizontal=True, vertical_alignment="bottom")
    way = beside.selectbox(
        say("value-way"), WAYS, format_func=lambda each: say(f"way-{each}").words, key=in_language("asking.way")
    )
    return _stairs(about, beside) if way == "stairs" else _places(about, beside)


def _places(about: About, beside: DeltaGenerator) -> Asked | None:
    plan = about.plan
    funds = list(plan.funds)
    chosen = st.multiselect(
        say("funds"),
        funds,
        default=funds,
        format_func=lambda key: about.called("funds", key),
        wrap=True,
        key=in_language("asking.funds"),
        placeholder=say("choose-funds"),
    )
    least = least_step(plan)
    step = beside.number_input(
        say("step", currency=about.names.currency), min_value=0.0, value=float(LARGER * least), step=float(least), format="%g",
        help=say("step-help", least=quantity(least), currency=about.names.currency), key="asking.step",
    )  # fmt: skip
    cells = [lever.lever for lever in levers_of(plan, ["cell", "pool"], [], None) if lever.fund in chosen]
    if not cells:
        st.warning(say("no-funds"))
        return None

    def work(inquiry: Inquiry, earlier: Answer | None) -> Answer:
        def moved(news: ValueProgress) -> None:
            inquiry.share = news.done / news.total
            solved = say("solved", done=news.done, total=news.total).words
            inquiry.news = "\n".join([solved, *news.value.sentences()[:SHOWN]])

        return value(
            plan, about.result, cells=cells, step=step or None, both=False, quick=True, time_limit=LONGEST,
            reference=about.reference, progress=moved, cancel=inquiry.cancel,
            earlier=earlier if isinstance(earlier, Value) else None,
        )  # fmt: skip

    return Asked(("places", tuple(cells), step), work)


def _stairs(about: About, beside: DeltaGenerator) -> Asked:
    fund = beside.selectbox(
        say("fund"), list(about.plan.funds), format_func=lambda key: about.called("funds", key), key=in_language("asking.stairs")
    )
    return Asked(("stairs", fund), _stairs_of(about, str(fund)))


def _stairs_of(about: About, fund: str) -> Work:
    def work(inquiry: Inquiry, earlier: Answer | None) -> Answer:
        def moved(done: int, total: int) -> None:
            inquiry.share = done / total
            inquiry.news = say("solved", done=done, total=total).words

        return staircase(
            about.plan, about.result, fund, quick=True, time_limit=LONGEST, reference=about.reference, progress=moved,
            cancel=inquiry.cancel,
        )  # fmt: skip

    return work
