"""What the server is solving now and what waits, whoever asked; and what was over lately."""

from __future__ import annotations

import streamlit as st

from optplan.figures.proven import outcome
from optplan.office import Snapshot, State, server_queue
from optplan.web.desk import Desk
from optplan.web.solving.watched_solve import watch
from optplan.web.widgets.guard import guarded
from optplan.web.widgets.words import clock, local_time, model_title
from optplan.web.words import Markdown, plain, words_of

say = words_of("web_solving")
EVERY = 3.0  # seconds between looks
ICONS = {"optimal": ":material/check_circle:", "feasible": ":material/check_circle:", "infeasible": ":material/block:"}
MOST_OVER = 5  # solves that are over and still listed here; the page History has them all


def show_queue(desk: Desk) -> None:
    """Draw the list, if there is anything in it."""
    known = server_queue().all(desk.author)
    if known:
        going = any(not each.state.is_over for each in known)
        st.subheader(say("queue", number=server_queue().at_once))
        st.fragment(_list, run_every=EVERY if going else None)(desk)


def _list(desk: Desk) -> None:
    with desk.speaking(), guarded():
        known = server_queue().all(desk.author)
        over = [each for each in known if each.state.is_over][:MOST_OVER]
        for snapshot in [each for each in known if not each.state.is_over] + over:
            _line(snapshot)


def _line(snapshot: Snapshot) -> None:
    state, what, who, button = st.columns([2, 5, 3, 1.2], vertical_alignment="center")
    state.markdown(_state(snapshot))
    what.markdown(plain(" · ".join([model_title(snapshot.model), *(snapshot.scenarios or [snapshot.plan_title])])))
    who.caption(f"{plain(snapshot.person.name)} {plain(local_time(snapshot.asked_at))}")
    if button.button(say("look"), key=f"solving.look.{snapshot.id}"):
        watch(snapshot.id)
        st.rerun()


def _state(snapshot: Snapshot) -> Markdown:
    if snapshot.state is State.DONE:
        return Markdown(f"{ICONS.get(snapshot.status, '')} {plain(outcome(snapshot.status))}")
    return say(f"state-{snapshot.state}", place=snapshot.place, elapsed=clock(snapshot.seconds))
