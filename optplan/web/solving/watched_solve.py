"""Which solve the visitor watches. The address names it for reloads and bookmarks; the visit itself is what counts, because
the address that a browser sends while a fragment runs by itself may be older than what the visitor has clicked since."""

from __future__ import annotations

from typing import cast

import streamlit as st

from optplan.office import server_queue
from optplan.web.desk import Desk

PARAMETER = "solve"  # of the address
WATCHED = "solving.watched"  # of the visit


def watched_solve(desk: Desk) -> str | None:
    """The id of the solve, or ``None`` if the visitor is to ask something. One that is over is not come back to."""
    named = st.query_params.get(PARAMETER)
    watched = cast("str | None", st.session_state.setdefault(WATCHED, named))
    if watched and named is None:
        snapshot = server_queue().look(desk.author, watched)
        if snapshot is None or snapshot.state.is_over:
            watched = st.session_state[WATCHED] = None
    if watched != named:
        if watched:
            st.query_params[PARAMETER] = watched
        else:
            del st.query_params[PARAMETER]
    return watched


def watch(solve: str | None) -> None:
    """Watch ``solve`` from the next drawing on; ``None``: leave."""
    st.session_state[WATCHED] = solve
    if solve:
        st.query_params[PARAMETER] = solve
