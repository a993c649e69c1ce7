"""What narrows a list, and the pages of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from optplan.figures.proven import outcome
from optplan.office import Filter, Page
from optplan.web.widgets.choice import choose, kept
from optplan.web.widgets.words import name_of
from optplan.web.words import words_of

say = words_of("web_history")
STATUSES = ("optimal", "feasible", "infeasible", "unknown")
MARK = "history."


def chosen_filter(kind: str, *, runs: bool) -> Filter:
    """The filter as it was last set; the fields are drawn by :func:`show_filter` once the list is known."""
    state = st.session_state

    def as_set(name: str) -> str:
        return str(kept(f"{MARK}{kind}.{name}") or "")

    return Filter(
        search=as_set("search"),
        who=as_set("who"),
        model=as_set("model") if runs else "",
        status=as_set("status") if runs else "",
        approved=bool(state.get(f"{MARK}{kind}.approved")) if runs else False,
        retired=bool(state.get(f"{MARK}{kind}.retired")),
    )


def show_filter(kind: str, page: Page[Any], titles: dict[str, str], *, runs: bool) -> None:
    """The fields. ``titles`` are what the models of the list are called."""

    def first_page() -> None:
        st.session_state[f"{MARK}{kind}.page"] = 0

    def key(name: str) -> dict[str, Any]:
        return {"key": f"{MARK}{kind}.{name}", "persist_state": "session", "on_change": first_page}

    every = say("everything")
    columns = st.columns([4, 2, 2, 2, 1.6] if runs else [4, 2, 1.6], vertical_alignment="bottom")
    columns[0].text_input(say("search"), placeholder=say(f"search-{kind}"), **key("search"))

    def narrowed(column: int, name: str, options: Sequence[str], called: Callable[[str], str]) -> None:
        choose(
            say(name),
            options,
            called,
            f"{MARK}{kind}.{name}",
            columns[column],
            first=None,
            placeholder=every,
            on_change=first_page,
        )

    narrowed(1, "who", page.authors, name_of)
    if runs:
        narrowed(2, "model", page.models, lambda name: titles.get(name, name))
        narrowed(3, "status", STATUSES, outcome)
    with columns[-1]:
        if runs:
            st.checkbox(say("only-approved"), **key("approved"))
        st.checkbox(say("with-retired"), **key("retired"))


def chosen_page(kind: str) -> int:
    """The page of the list that is turned to."""
    return int(st.session_state.get(f"{MARK}{kind}.page", 0))


def show_pages(kind: str, page: Page[Any]) -> None:
    """Turning over."""

    def turn(to: int) -> None:
        st.session_state[f"{MARK}{kind}.page"] = to

    with st.container(horizontal=True, horizontal_alignment="center", vertical_alignment="center"):
        if page.pages > 1:
            st.button(say("previous"), key=f"{MARK}{kind}.previous", disabled=page.number == 0, on_click=turn,
                      args=(page.number - 1,))  # fmt: skip
        st.caption(say("found", total=page.total, page=page.number + 1, pages=page.pages), width="content")
        if page.pages > 1:
            st.button(say("next"), key=f"{MARK}{kind}.next", disabled=page.number + 1 == page.pages, on_click=turn,
                      args=(page.number + 1,))  # fmt: skip
