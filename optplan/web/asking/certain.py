"""What is certain: of which items, and what counts as as good."""

from __future__ import annotations

from typing import Any

import streamlit as st

from optplan.language.numbers import percent
from optplan.plan import Plan
from optplan.questions import answer_from, certain
from optplan.result import Result
from optplan.schedule import Schedule
from optplan.separate_process import done_apart
from optplan.tables.content import Tables
from optplan.web.asking.subject import About
from optplan.web.words import in_language, words_of

say = words_of("web_asking")
LONGEST = 90.0  # seconds
WITHIN = (None, 0.01, 0.02, 0.05)


def show_form(about: About) -> None:
    """Draw the form, and ask once the button is pressed."""
    items = list(about.plan.items)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.multiselect(
            say("items"),
            items,
            format_func=lambda key: about.called("groups", key),
            key=in_language("asking.items"),
            help=say("items-help"),
        )
        within = st.selectbox(
            say("within"), WITHIN, format_func=lambda share: say("within-tolerance").words if share is None else percent(share),
            key=in_language("asking.within"),
        )  # fmt: skip
    if not st.button(say("ask-certain"), type="primary", key="asking.ask-certain"):
        return
    with st.spinner(say("asking-certain", seconds=f"{LONGEST:.0f}")):
        document = done_apart(
            asked_apart, about.plan.tables, about.result.document, within, chosen, LONGEST, about.reference
        )  # fmt: skip
    about.keep("certain", answer_from(document))


def asked_apart(
    tables: Tables, result: dict[str, Any], within: float | None, items: list[str], seconds: float, reference: Schedule | None
) -> dict[str, Any]:
    """The document of :func:`optplan.certain`, as another process can be asked for it: it searches where it is called."""
    answer = certain(Plan(tables), Result(result), within=within, items=items, time_limit=seconds, reference=reference)
    return answer.document
