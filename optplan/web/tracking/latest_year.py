"""Where the plan stands in its latest year, for the top of the overview: nothing where no year is closed and nothing recorded."""

from __future__ import annotations

import streamlit as st

from optplan.following.adopted import schedule_of
from optplan.following.facts import facts_of
from optplan.following.lights import read_lights
from optplan.following.standing import Standing
from optplan.result import Result
from optplan.web.desk import Desk
from optplan.web.tracking.forecast_panel import depends_on
from optplan.web.tracking.ledger import MARK, Room, adopted_result, room_of
from optplan.web.tracking.standing_panel import cards, known_years
from optplan.web.widgets import grid
from optplan.web.widgets.guard import guarded
from optplan.web.words import words_of

say = words_of("web_standing")


def show_where_we_stand(desk: Desk) -> None:
    """Draw the cards of the standing and the way to the room of tracking. What was worked out is kept until it changes."""
    if desk.plan is None:
        return
    room = room_of(desk, desk.plan)
    years = known_years(room)
    if not years:
        return
    adopted = adopted_result(room)
    with guarded():
        _glance(desk, room, years[-1], adopted)


def _glance(desk: Desk, room: Room, year: int, adopted: Result | None) -> None:
    key = depends_on(room, year, adopted)
    kept = st.session_state.get(MARK + "glance")
    if kept is None or kept[0] != key:
        standing = Standing(room.plan, facts_of(room.plan, room.records, year), schedule_of(adopted), read_lights())
        kept = (key, cards(standing, standing.targets), standing.when)
        st.session_state[MARK + "glance"] = kept
    st.subheader(say("glance", when=kept[2]))
    grid.show_cards(kept[1])
    if (page := desk.pages.get("tracking")) is not None:
        st.page_link(page, label=say("more-of-it"), icon=":material/fact_check:")
