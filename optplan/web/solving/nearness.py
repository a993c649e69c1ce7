"""How near to the best possible a solve has come: good enough, and what is still open of each criterion."""

from __future__ import annotations

import streamlit as st

from optplan.office import Snapshot
from optplan.web.widgets.wording import clock, criterion_name, figure
from optplan.web.words import words_of

say = words_of("web_solving")


def is_good(snapshot: Snapshot) -> bool:
    """Whether its best plan is good enough in every criterion."""
    return bool(snapshot.near) and all(each.good for each in snapshot.near)


def show_nearness(snapshot: Snapshot) -> None:
    """Draw whether the best plan so far is good enough, once there is one, and what is still open."""
    if snapshot.good_after is not None:
        since = say("good-since" if snapshot.quick else "good-goes-on", elapsed=clock(snapshot.good_after))
        st.success("  \n".join([since, still_open(snapshot)]), icon=":material/thumb_up:")
    elif snapshot.near:
        st.caption(still_open(snapshot))


def still_open(snapshot: Snapshot) -> str:
    """Criterion by criterion how near the best plan is, in figures where that is good enough."""
    said = []
    for each in snapshot.near:
        state = "near-proven" if not each.gap else "near-good" if each.good else "near-open"
        gap = figure(each.criterion, each.gap, snapshot.currency)
        said.append(say(state, criterion=criterion_name(each.criterion), gap=gap))
    return " · ".join(said)
