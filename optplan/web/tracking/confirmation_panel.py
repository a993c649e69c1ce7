"""Confirming quarters, which locks them, and closing the year with what is confirmed."""

from __future__ import annotations

import streamlit as st

from optplan.closing import close_year
from optplan.language.lists import listed
from optplan.office import NotAllowed, Role, save_plan
from optplan.office.entries import confirm
from optplan.office.people import require
from optplan.records.records import ALL_QUARTERS
from optplan.web.desk import store
from optplan.web.tracking.ledger import MARK, Room, adopted_schedule, say_next
from optplan.web.widgets import grid
from optplan.web.widgets.choice import choose, choose_several
from optplan.web.widgets.guard import guarded
from optplan.web.words import plain, words_of

say = words_of("web_tracking")


def show_confirming(room: Room) -> None:
    """Draw the state of the year's quarters, and what the city may do."""
    years = list(room.plan.open_years)
    if not years:
        st.info(say("nothing-open"))
        return
    year = int(st.selectbox(say("year"), years, key=MARK + "confirm.year", width=140))
    _states(room, year)
    try:
        require(room.desk.author, Role.APPROVER)
    except NotAllowed as problem:
        st.info("\n\n".join(plain(finding.message()) for finding in problem.findings))
    else:
        _confirm(room, year)
    if year == years[0]:
        _close(room, year)


def _states(room: Room, year: int) -> None:
    rows = []
    for county in room.all_counties:
        cells = [room.county(county)]
        for quarter in ALL_QUARTERS:
            number = len(room.records.of(county=county, year=year, quarter=quarter))
            confirmed = (county, year, quarter) in room.records.confirmed
            cells.append(say("cell-confirmed" if confirmed else "cell-open", number=number).words)
        rows.append(cells)
    heads = [say("county").words, *(say("quarter-number", number=quarter).words for quarter in ALL_QUARTERS)]
    grid.show_grid(heads, rows, words=(0, 1, 2, 3, 4), caption=say("states", year=year).words)


def _confirm(room: Room, year: int) -> None:
    wanting = room.records.unconfirmed(year, room.all_counties)
    if not wanting:
        st.success(say("all-confirmed", year=year))
        return
    with st.container(border=True):
        st.markdown(f"**{say('confirm')}**")
        st.caption(say("confirm-means"))
        quarter = choose(
            say("quarter"),
            list(wanting),
            lambda number: say("quarter-number", number=number).words,
            MARK + "confirm.quarter",
            width=160,
        )
        counties = choose_several(
            say("counties"),
            list(wanting[quarter]),
            room.county,
            f"{MARK}confirm.counties.{year}.{quarter}.{len(room.records)}",
            default=list(wanting[quarter]),
        )
        note = st.text_input(say("note"), key=MARK + "confirm.note", max_chars=500)
        if st.button(say("confirm-now"), type="primary", disabled=not counties, key=MARK + "confirm.now"):
            with guarded():
                entries = confirm(room.ledger, room.plan, room.desk.author, year, int(quarter), counties, note)
                say_next(say("confirmed", count=len(entries), year=year, quarter=quarter))
                st.rerun()


def _close(room: Room, year: int) -> None:
    st.subheader(say("close", year=year))
    st.caption(say("close-means"))
    wanting = room.records.unconfirmed(year, room.all_counties)
    adopted = adopted_schedule(room)
    if wanting:
        st.info(say("close-unconfirmed", quarters=listed(map(str, wanting))))
    elif adopted is None:
        st.info(say("close-unadopted"))
    may = room.desk.author.may(Role.EDITOR) and not wanting and adopted is not None
    if st.button(say("close-now", year=year), disabled=not may, icon=":material/lock:", key=MARK + "close.now"):
        with guarded():
            assert adopted is not None
            closing = close_year(room.plan, adopted, records=room.records)
            save_plan(store(), room.desk.author, closing.plan)
            room.desk.plan = closing.plan
            say_next(say("closed", year=year), *(plain(note.message()) for note in closing.notes))
            st.rerun()
