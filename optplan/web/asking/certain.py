"""What is certain: of which items, and what counts as as good."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import streamlit as st

from optplan.answers import Answer
from optplan.language import text
from optplan.language.numbers import percent
from optplan.office.inquiries import Inquiry
from optplan.plan import Plan
from optplan.questions import Certain, CertainProgress, certain
from optplan.result import Result
from optplan.schedule import Schedule
from optplan.tables.content import Tables
from optplan.web.asking.subject import About, Asked, answered_apart
from optplan.web.widgets.choice import choose, choose_several
from optplan.web.words import words_of

say = words_of("web_asking")
LONGEST = 180.0  # seconds
WITHIN = (None, 0.01, 0.02, 0.05)
OF_EVERYTHING: tuple[tuple[str, ...], None] = ((), None)  # the parts of the question as the form first has it


def show_form(about: About) -> Asked:
    """Draw the form."""
    items = list(about.plan.items)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = choose_several(
            say("items"),
            items,
            lambda key: about.called("groups", key),
            "asking.items",
            help=say("items-help"),
            placeholder=say("every-item"),
        )
        within = choose(
            say("within"), WITHIN, lambda share: say("within-tolerance").words if share is None else percent(share),
            "asking.within",
        )  # fmt: skip

    def work(inquiry: Inquiry, earlier: Answer | None) -> Answer:
        def told(news: CertainProgress) -> None:
            inquiry.news = text("questions", "certain-progress", **asdict(news))
            inquiry.share = news.share

        given = (about.plan.tables, about.result.document, within, chosen, about.reference)
        before = None if earlier is None else earlier.document
        return Certain(answered_apart(inquiry, LONGEST, told, asked_apart, *given, before))

    return Asked((tuple(chosen), within), work, long=True)


def asked_apart(
    tables: Tables,
    result: dict[str, Any],
    within: float | None,
    items: list[str],
    reference: Schedule | None,
    earlier: dict[str, Any] | None,
    *,
    told: Callable[[Any], None],
    cancel: threading.Event,
) -> dict[str, Any]:
    """The document of :func:`optplan.certain`, as another process can be asked for it: it searches where it is called."""

    return certain(
        Plan(tables), Result(result), within=within, items=items, reference=reference, time_limit=LONGEST, progress=told,
        cancel=cancel, earlier=None if earlier is None else Certain(earlier),
    ).document  # fmt: skip
