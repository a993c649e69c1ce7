"""What was entered, by whom and when; each entry with what it corrects and what corrects it."""

from __future__ import annotations

import streamlit as st

from optplan.records import Record, ledger_bytes
from optplan.records.declaration import HAPPENED
from optplan.records.words import kind_in_words, size_in_words, what_in_words
from optplan.web.tracking.ledger import MARK, Room
from optplan.web.widgets import grid
from optplan.web.widgets.choice import choose
from optplan.web.widgets.file_button import file_button
from optplan.web.widgets.words import local_time, name_of
from optplan.web.words import sentence, words_of

say = words_of("web_tracking")
HEADS = ("number", "kind", "county", "when", "what", "size", "evidence", "who", "state")
PER_PAGE = 50


def show_records(room: Room) -> None:
    """Draw the filters, the list, and the history of one entry."""
    if not room.records.entries:
        st.info(say("no-records"))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        county = _any("county", room.all_counties, room.county)
        years = sorted({entry.year for entry in room.records})
        year = _any("year", [str(each) for each in years], str)
        kind = _any("kind", list(HAPPENED), kind_in_words)
        everything = st.toggle(say("with-corrected"), key=MARK + "list.all")
    entries = room.records.entries if everything else room.records.standing
    shown = [
        entry
        for entry in reversed(entries)
        if county in {None, entry.county} and year in {None, str(entry.year)} and kind in {None, entry.kind}
    ]
    pages = max(1, -(-len(shown) // PER_PAGE))
    page = 1 if pages == 1 else int(st.number_input(say("page-of", pages=pages), 1, pages, 1, key=MARK + "list.page", width=160))
    rows = [_row(room, entry) for entry in shown[(page - 1) * PER_PAGE : page * PER_PAGE]]
    grid.show_grid([say(f"head-{name}").words for name in HEADS], rows, words=(0, 1, 2, 3, 4, 6, 7, 8))
    st.caption(say("listed", count=len(shown), all=len(room.records)))
    file_button(say("download-records"), "records.csv", lambda: ledger_bytes(room.records), MARK + "list.download")
    _history(room)


def _any(name: str, choices: list[str], words: object) -> str | None:
    said = words if callable(words) else str
    return choose(
        say(name),
        [None, *choices],
        lambda each: say("any").words if each is None else str(said(each)),
        f"{MARK}list.{name}",
        width=200,
    )


def _row(room: Room, entry: Record) -> list[str]:
    when = str(entry.date) if entry.date else sentence("record_form", "in-quarter", year=entry.year, quarter=entry.quarter).words
    return [
        str(entry.number),
        kind_in_words(entry.kind),
        room.county(entry.county),
        when,
        what_in_words(entry, room.names),
        size_in_words(entry, room.names),
        " ".join(part for part in (entry.source, entry.document) if part),
        f"{name_of(entry.who)} {local_time(entry.at)}",
        _state(room, entry),
    ]


def _state(room: Room, entry: Record) -> str:
    """What has become of an entry, and why it was made."""
    parts = []
    if entry.corrects is not None:
        parts.append(say("state-corrects", number=entry.corrects).words)
    if (later := room.records.corrected_by.get(entry.number)) is not None:
        parts.append(say("state-corrected", number=later.number).words)
    elif entry.period in room.records.confirmed and not entry.is_confirmation:
        parts.append(say("state-confirmed").words)
    return " · ".join([*parts, *([entry.note] if entry.note else [])])


def _history(room: Room) -> None:
    """One entry with all its corrections."""
    st.subheader(say("history"))
    numbers = [entry.number for entry in room.records if not entry.is_confirmation]
    if not numbers:
        return
    corrected = [number for number in numbers if number in room.records.corrected_by]
    asked = st.number_input(
        say("history-of"), 1, numbers[-1], corrected[-1] if corrected else numbers[-1], key=MARK + "list.history", width=200
    )
    entry = room.records.number(int(asked))
    if entry is None:
        st.info(say("no-such-record", number=int(asked)))
        return
    chain = room.records.history(entry.number)
    grid.show_grid(
        [say(f"head-{name}").words for name in HEADS], [_row(room, each) for each in chain], words=(0, 1, 2, 3, 4, 6, 7, 8)
    )
