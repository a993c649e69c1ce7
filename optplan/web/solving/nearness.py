"""How near to the best possible a solve has come: good enough, and what is still open of each criterion."""

from __future__ import annotations

import streamlit as st

from optplan.figures.criteria import Measure, measure_of
from optplan.figures.proven import proven_at
from optplan.language.lists import clauses
from optplan.office import Moment, Snapshot
from optplan.web.widgets.words import clock
from optplan.web.words import Markdown, plain, words_of

say = words_of("web_solving")


def is_good(snapshot: Snapshot) -> bool:
    """Whether its best plan is good enough in every criterion."""
    return bool(snapshot.near) and all(each.good for each in snapshot.near)


def measure(snapshot: Snapshot, criterion: str) -> Measure:
    """How values of a criterion of what is solved are shown."""
    return measure_of(criterion, snapshot.currency, snapshot.target_weight)


def shown(snapshot: Snapshot, now: Moment) -> tuple[str, str, str]:
    """The best plan of the level at which the search stands, what is proven, and the difference, as they are shown everywhere."""
    how = measure(snapshot, now.criterion)
    if now.value is None:
        return say("none-yet"), how.bound(now.bound or 0.0), say("none-yet")
    level = proven_at(how, now.value, now.bound or 0.0)
    return level.figures


def show_nearness(snapshot: Snapshot) -> None:
    """Draw whether the best plan so far is good enough, once there is one, and what is still open."""
    if snapshot.good_after is not None:
        since = say("good-since" if snapshot.effort.quick else "good-goes-on", elapsed=clock(snapshot.good_after))
        met = any(each.criterion == "target_shortfall" and not each.value for each in snapshot.near)
        (st.success if met else st.info)("  \n".join([since, still_open(snapshot)]), icon=":material/thumb_up:")
    elif snapshot.near:
        st.caption(still_open(snapshot))


def still_open(snapshot: Snapshot) -> Markdown:
    """Criterion by criterion what the best plan has, what is proven, and the difference."""
    levels = [proven_at(measure(snapshot, each.criterion), each.value, each.bound) for each in snapshot.near]
    return plain(clauses(level.sentence for level in levels))
