"""How near to the best possible a solve has come: good enough, and what is still open of each criterion."""

from __future__ import annotations

from fractions import Fraction

import streamlit as st

from optplan.decision_model import SHARE_CRITERIA, Level
from optplan.decision_model import is_good as criterion_is_good
from optplan.office import Moment, Snapshot
from optplan.web.widgets.wording import clock, criterion_name, figure
from optplan.web.words import Markdown, words_of

say = words_of("web_solving")


def is_good(snapshot: Snapshot) -> bool:
    """Whether its best plan is good enough in every criterion."""
    return bool(snapshot.near) and all(each.good for each in snapshot.near)


def good_to(snapshot: Snapshot, now: Moment) -> str:
    """How near the level at which the search stands is to its bound; while that is not good enough, that it is being improved."""
    if now.value is None or now.bound is None:
        return say("none-yet")
    level = Level(now.criterion, Fraction(now.value), now.bound, now.seconds)
    near = criterion_is_good(snapshot.model.criteria[now.level], level)
    return _gap(now.criterion, now.value - now.bound, snapshot.currency) if near else say("improving")


def show_nearness(snapshot: Snapshot) -> None:
    """Draw whether the best plan so far is good enough, once there is one, and what is still open."""
    if snapshot.good_after is not None:
        since = say("good-since" if snapshot.quick else "good-goes-on", elapsed=clock(snapshot.good_after))
        st.success("  \n".join([since, still_open(snapshot)]), icon=":material/thumb_up:")
    elif snapshot.near:
        st.caption(still_open(snapshot))


def still_open(snapshot: Snapshot) -> Markdown:
    """Criterion by criterion how near the best plan is, in figures where that is good enough."""
    said = []
    for each in snapshot.near:
        state = "near-proven" if not each.gap else "near-good" if each.good else "near-open"
        gap = _gap(each.criterion, each.gap, snapshot.currency)
        said.append(say(state, criterion=criterion_name(each.criterion), gap=gap))
    return Markdown(" · ".join(said), " · ".join(each.words for each in said))


def _gap(criterion: str, gap: float, currency: str) -> str:
    """A difference of two values of a criterion, with its unit."""
    gap = max(gap, 0.0)
    return say("points", number=f"{100 * gap:.2f}") if criterion in SHARE_CRITERIA else figure(criterion, gap, currency)
