"""Where a step of money would help most, or what more and less money of one fund does; the best so far is shown meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from optplan.answers import Answer
from optplan.language.numbers import quantity
from optplan.office.inquiries import Inquiry
from optplan.plan import Plan
from optplan.questions import Staircase, Value, staircase, value
from optplan.questions.value.asking import ValueProgress
from optplan.questions.value.levers import least_step, levers_of
from optplan.result import Result
from optplan.schedule import Schedule
from optplan.tables.content import Tables
from optplan.web.asking.subject import About, Asked, answered_apart
from optplan.web.widgets.choice import choose, choose_several
from optplan.web.words import words_of

say = words_of("web_asking")
SHOWN = 10  # sentences of the answer so far
LONGEST = 20.0  # seconds of each plan
POINTS = 11  # of the staircase
LARGER = 10  # least steps that the page asks about at first: a million yuan
WAYS = ("places", "stairs")


def show_form(about: About) -> Asked | None:
    """Draw the form; ``None`` while no fund is chosen."""
    beside = st.container(horizontal=True, vertical_alignment="bottom")
    way = choose(say("value-way"), WAYS, lambda each: say(f"way-{each}").words, "asking.way", beside)
    return _stairs(about, beside) if way == "stairs" else _places(about, beside)


def _places(about: About, beside: DeltaGenerator) -> Asked | None:
    plan = about.plan
    funds = list(plan.funds)
    chosen = choose_several(
        say("funds"),
        funds,
        lambda key: about.called("funds", key),
        "asking.funds",
        default=funds,
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
        def told(news: tuple[int, int, list[str]]) -> None:
            done, total, found = news
            inquiry.share = done / total
            inquiry.news = "\n".join(found or [say("solved", done=done, total=total).words])  # what is found says how many are

        before = earlier.document if isinstance(earlier, Value) else None
        given = (plan.tables, about.result.document, cells, step or None, about.reference, before)
        return Value(answered_apart(inquiry, LONGEST * len(cells), told, places_apart, *given))

    return Asked(("places", tuple(cells), step), work, long=True)


def places_apart(
    tables: Tables,
    result: dict[str, Any],
    cells: list[str],
    step: float | None,
    reference: Schedule | None,
    earlier: dict[str, Any] | None,
    *,
    told: Callable[[Any], None],
    cancel: threading.Event,
) -> dict[str, Any]:
    """The document of :func:`optplan.value`, as another process can be asked for it: it prepares and tells much."""

    def moved(news: ValueProgress) -> None:
        told((news.done, news.total, news.value.sentences()[:SHOWN]))

    return value(
        Plan(tables), Result(result), cells=cells, step=step, both=False, quick=True, time_limit=LONGEST, reference=reference,
        progress=moved, cancel=cancel, earlier=None if earlier is None else Value(earlier),
    ).document  # fmt: skip


def _stairs(about: About, beside: DeltaGenerator) -> Asked:
    fund = choose(say("fund"), list(about.plan.funds), lambda key: about.called("funds", key), "asking.stairs", beside)

    def work(inquiry: Inquiry, earlier: Answer | None) -> Answer:
        def told(news: tuple[int, int]) -> None:
            done, total = news
            inquiry.share = done / total
            inquiry.news = say("solved", done=done, total=total).words

        given = (about.plan.tables, about.result.document, str(fund), about.reference)
        return Staircase(answered_apart(inquiry, LONGEST * POINTS, told, stairs_apart, *given))

    return Asked(("stairs", fund), work, long=True)


def stairs_apart(
    tables: Tables,
    result: dict[str, Any],
    fund: str,
    reference: Schedule | None,
    *,
    told: Callable[[Any], None],
    cancel: threading.Event,
) -> dict[str, Any]:
    """The document of :func:`optplan.questions.staircase`, as another process can be asked for it."""
    return staircase(
        Plan(tables), Result(result), fund, points=POINTS, quick=True, time_limit=LONGEST, reference=reference,
        progress=lambda done, total: told((done, total)), cancel=cancel,
    ).document  # fmt: skip
