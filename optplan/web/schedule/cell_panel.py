"""What can be asked about the figure that was pressed, its answer with proof, and the inputs that it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from optplan.figures.figures import Figures
from optplan.figures.origins import basis_label, described
from optplan.office.inquiries import server_inquiries
from optplan.web.asking.inquiry_panel import ask, show_asked
from optplan.web.asking.missing import why_missing
from optplan.web.asking.subject import About
from optplan.web.asking.why_not import Wished, cost_of
from optplan.web.desk import Desk
from optplan.web.schedule.cells import Ask, Figure, row_place
from optplan.web.widgets import grid
from optplan.web.words import plain, words_of

say = words_of("web_schedule")
MOST_ROWS = 40


def show_figure(desk: Desk, about: About, figures: Figures, known: Mapping[str, Callable[[], Figure]], at: str) -> None:
    """Draw the panel of the figure ``at``; where none of ``known`` is pressed, only that they can be."""
    if at not in known:
        if known:
            st.caption(say("press-a-figure"))
        return
    figure = known[at]()
    with st.container(border=True, key="figure"):
        st.markdown(f"**{plain(figure.name)}**")
        with st.container(horizontal=True, gap="small"):
            for name, asked in figure.asks.items():
                if st.button(say(f"ask-{name}"), key=f"figure.{name}", icon=":material/help:"):
                    _ask(about, at, name, asked)
        st.markdown(f"**{say('from-where')}**")
        for sentence in figure.prices:
            st.markdown(f"- {plain(sentence)}")
        _rows(figures, figure)
    _answered(desk, about, at, figure)  # outside: a part that draws itself again would draw the page into its container


def _ask(about: About, at: str, name: str, asked: Ask) -> None:
    question = "missing" if asked.missing else "why-not"
    put = why_missing(about, asked.missing) if asked.missing else cost_of(about, Wished(asked.wishes, asked.without))
    key = about.asks(question, put)
    ask(about, question, put, key)
    st.session_state["figure.asked"] = (at, name, question, key)


def _answered(desk: Desk, about: About, at: str, figure: Figure) -> None:
    """What has become of the question that was asked last, if it is about this figure."""
    asked, name, question, key = st.session_state.get("figure.asked", ("", "", "", ""))
    inquiry = server_inquiries().of(key)
    if asked == at and name in figure.asks and inquiry is not None:
        st.markdown(f"**{say(f'ask-{name}')}**")
        show_asked(desk, about, question, inquiry)


def _rows(figures: Figures, figure: Figure) -> None:
    if not figure.rows:
        return
    heads = [say(f"column-{name}") for name in ("place", "content", "basis", "source")]
    rows = [
        [row_place(row), described(row, figures), basis_label(row), figures.source_words(row) or "–"]
        for row in figure.rows[:MOST_ROWS]
    ]
    with st.expander(say("rows-behind", number=len(figure.rows)), icon=":material/source:"):
        grid.show_grid(heads, rows, words=range(4), long=(1, 3))
        if len(figure.rows) > MOST_ROWS:
            st.caption(say("more-rows", number=len(figure.rows) - MOST_ROWS))
