"""What will be asked, in words: levers and typed figures in one list, each of which can be taken back."""

from __future__ import annotations

import streamlit as st

from optplan.editing import Draft, Inspection
from optplan.office import Role
from optplan.web.cache.said_of_changes import sentences_of
from optplan.web.desk import Desk
from optplan.web.inputs.workbench import MARK, Workbench
from optplan.web.solving.question_form import try_draft
from optplan.web.widgets.guard import guarded
from optplan.web.words import plain, words_of

say = words_of("web_inputs")
HEIGHT = 386  # pixels, however many changes there are: what stands below must not move while people type


def show_tools(bench: Workbench, inspection: Inspection) -> None:
    """Draw undo, redo and back to the base plan, and how things stand."""
    errors = sum(said.stops for said in inspection.found)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(say("undo"), icon=":material/undo:", on_click=bench.undo, disabled=not bench.history.can_undo)
        st.button(say("redo"), icon=":material/redo:", on_click=bench.redo, disabled=not bench.history.can_redo)
        st.button(say("reset"), icon=":material/restart_alt:", on_click=bench.reset, disabled=bench.draft == Draft())
        if errors:
            st.badge(say("errors", number=errors), icon=":material/block:", color="red")
        elif bench.draft.asked:
            st.badge(say("can-solve"), icon=":material/check:", color="green")
            _try(bench.desk)
        if warnings := len(inspection.found) - errors:
            st.badge(say("warnings", number=warnings), icon=":material/warning:", color="orange")


def _try(desk: Desk) -> None:
    """The way from a change to what it comes to, for those who may ask."""
    pressed = st.button(
        say("try"), type="primary", icon=":material/play_arrow:", help=say("try-help"), disabled=not desk.author.may(Role.EDITOR)
    )
    if pressed:
        with guarded():
            try_draft(desk)
            st.switch_page(desk.pages["solving"])


def show_changes(bench: Workbench) -> None:
    """Draw the list."""
    changes = bench.draft.asked
    with st.container(height=HEIGHT, border=True):
        st.markdown(f"**{say('asked', number=len(changes))}**")
        if not changes:
            st.caption(say("asked-nothing"))
        for number, sentence in enumerate(sentences_of(bench.base, changes)):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"{number + 1}\\. {plain(sentence)}")
                st.button(
                    say("take-back"), key=f"{MARK}take-back-{number}", on_click=_take_back, args=(bench, number), type="tertiary",
                    help=say("take-back-what"),
                )  # fmt: skip


def _take_back(bench: Workbench, number: int) -> None:
    bench.take_in()
    changes, unread = list(bench.draft.changes), list(bench.draft.unread)
    if number < len(changes):
        del changes[number]
    else:
        asking = [entry for entry in unread if entry.change is not None]
        unread.remove(asking[number - len(changes)])
    bench.put(Draft(tuple(changes), tuple(unread)))
