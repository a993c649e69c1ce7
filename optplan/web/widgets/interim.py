"""A plan of a search that still goes on: shown as such, followed as it gets better, and changed for the final one in the end."""

from __future__ import annotations

import streamlit as st

from optplan.office import Snapshot, server_queue
from optplan.web.desk import Desk
from optplan.web.solving.watched_solve import watch
from optplan.web.widgets.words import clock
from optplan.web.words import words_of

say = words_of("web")


def show_interim(desk: Desk) -> bool:
    """Bring the best plan of the search that the desk follows onto it; whether that is still a provisional one."""
    solve = desk.followed
    if solve is None:
        return False
    snapshot = server_queue().look(desk.author, solve)
    if snapshot is None or snapshot.state.is_over:
        _over(desk, snapshot)
        return False
    if snapshot.best is not None:
        desk.follow(solve, snapshot.best)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":orange-badge[:material/hourglass_top: {say('interim', elapsed=clock(snapshot.seconds))}]")
        st.button(say("interim-newer"), icon=":material/refresh:", key="interim.newer")
        if st.button(say("interim-back"), icon=":material/calculate:", key="interim.back"):
            watch(solve)
            st.switch_page(desk.pages["solving"])
    return True


def _over(desk: Desk, snapshot: Snapshot | None) -> None:
    """The search is over: its final plan takes the place of the provisional one, which may be all that is left."""
    if snapshot is not None and snapshot.run is not None:
        desk.open_run(snapshot.run)
        st.info(say("interim-over"))
    elif snapshot is not None and snapshot.result is not None:
        desk.open_result(snapshot.result)
        st.info(say("interim-over"))
    else:
        desk.follow(None, desk.result)
        st.warning(say("interim-lost"))
