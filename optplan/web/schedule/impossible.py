"""Which of the standards that are not met cannot be met at all, one after the other, each with what stands in the way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st

from optplan.figures.figures import Figures
from optplan.figures.shortfalls import Gap
from optplan.language.lists import clauses
from optplan.office.inquiries import Inquiry, server_inquiries
from optplan.plan import Plan
from optplan.questions.possible import SECONDS, Possible, possible
from optplan.result import Result
from optplan.schedule import Schedule
from optplan.tables.content import Tables
from optplan.web.asking.subject import About, answered_apart
from optplan.web.desk import Desk
from optplan.web.widgets import grid
from optplan.web.widgets.guard import guarded
from optplan.web.widgets.inquiry import ask_server, show_failed, show_under_way
from optplan.web.words import words_of

say = words_of("web_schedule")
asking = words_of("web_asking")
Known = Mapping[str, Possible]


def show_impossible(desk: Desk, about: About, figures: Figures, gaps: Sequence[Gap]) -> None:
    """A button that has the server ask about each of ``gaps``, how far it is, and what was answered so far."""
    asked = {f"standard:{each.standard}:{each.county}:{each.year}": each for each in gaps if each.standard}
    if not asked:
        return
    key = about.key_of("impossible", tuple(asked))
    inquiry = server_inquiries().of(key)
    known: Known = {} if inquiry is None or inquiry.answer is None else inquiry.answer
    left = [wish for wish in asked if wish not in known]
    under_way = inquiry is not None and not inquiry.is_over
    label = say("ask-impossible", number=len(left))
    if left and st.button(label, icon=":material/block:", key="ask-impossible", disabled=under_way):
        with guarded():
            ask_server(key, lambda begun: _settled(begun, about, left, known), long=True)
            st.rerun()
    if inquiry is not None and inquiry.state == "failed":
        show_failed(inquiry, asking("failed"))
    if inquiry is not None and under_way:
        show_under_way(desk, inquiry, partial(_show_news, figures, asked), asking("stop"), "stop-impossible")
    else:
        _show(figures, asked, known)


def _settled(inquiry: Inquiry, about: About, wishes: Sequence[str], known: Known) -> Known:
    """``known`` and, of ``wishes``, all that are settled before somebody stops it; the inquiry tells each at once."""
    inquiry.answer = known
    total = len(known) + len(wishes)

    def told(found: Possible) -> None:
        if not inquiry.cancel.is_set():  # what is stopped half way is not settled
            inquiry.answer = {**inquiry.answer, found.wish: found}
            inquiry.share = len(inquiry.answer) / total

    given = (about.plan.tables, about.result.document, list(wishes), about.reference)
    answered_apart(inquiry, SECONDS * len(wishes), told, asked_apart, *given)
    return inquiry.answer  # type: ignore[no-any-return]  # an inquiry does not know what it is about


def asked_apart(
    tables: Tables,
    result: dict[str, object],
    wishes: list[str],
    reference: Schedule | None,
    *,
    told: Callable[[Possible], None],
    cancel: threading.Event,
) -> None:
    """Tells each that :func:`optplan.questions.possible.possible` finds; it searches where it is called."""
    for found in possible(Plan(tables), Result(result), wishes, reference=reference, cancel=cancel):
        told(found)
        if cancel.is_set():
            return


def _show_news(figures: Figures, asked: Mapping[str, Gap], inquiry: Inquiry) -> None:
    known: Known = inquiry.answer or {}
    st.progress(inquiry.share or 0.0, say("asked-of", done=len(known), total=len(asked)))
    _show(figures, asked, known)


def _show(figures: Figures, asked: Mapping[str, Gap], known: Known) -> None:
    found = [(gap, known[wish]) for wish, gap in asked.items() if wish in known]
    if not found:
        return
    order = ("impossible", "unknown", "possible")
    rows = [
        [figures.county_names[gap.county], gap.name, say(f"can-{one.status}").words, _in_the_way(one)]
        for gap, one in sorted(found, key=lambda each: order.index(each[1].status))
    ]
    heads = [say(f"column-{name}") for name in ("county", "standard", "can", "in-the-way")]
    grid.show_grid(heads, rows, words=range(4), long=(3,), caption=say("caption-impossible").words)


def _in_the_way(found: Possible) -> str:
    if found.status != "impossible":
        return "–"
    return clauses(found.reasons) or say("not-singled-out").words
