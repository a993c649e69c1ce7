"""The reports to take away: which one, who writes to whom, by which number and on which day, in whose template."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import streamlit as st

from optplan.following import Following
from optplan.language import current_language
from optplan.language.printable import file_name
from optplan.reporting import Letter, write_report
from optplan.reporting.kinds import kind_for, kinds_for
from optplan.separate_process import file_of
from optplan.tables.findings import InputError
from optplan.web.tracking.ledger import MARK, Room
from optplan.web.widgets.choice import choose
from optplan.web.widgets.file_button import file_button
from optplan.web.widgets.file_field import file_field
from optplan.web.widgets.guard import show_findings
from optplan.web.words import words_of
from optplan.word.document import LARGEST_TEMPLATE

say = words_of("web_standing")
LARGEST_MEGABYTES = LARGEST_TEMPLATE // 2**20


def show_reports(room: Room, found: Following) -> None:
    """Draw the fields, then the buttons; an office's own template is tried out before it is used."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = _kind(found)
        county = _county(room) if kind == "plan" else None
        letter = _letter()
    limit = say("template", limit=LARGEST_MEGABYTES)
    template = file_field(limit, ("docx",), LARGEST_MEGABYTES, MARK + "report.template")
    content = template.getvalue() if template is not None else None
    write = partial(_written, kind=kind, letter=letter, county=county, template=content)
    if template is not None and not _fits((template.file_id, kind, county, current_language(), id(found)), write, found):
        return
    with st.container(horizontal=True):
        for suffix in (".docx", ".pdf"):
            name = file_name(say(f"report-{kind}").words) + suffix
            label = say(f"download{suffix.replace('.', '-')}")
            file_button(label, name, partial(file_of, write, found, suffix), f"{MARK}report{suffix}")
    st.caption(say("report-how"))


def _kind(found: Following) -> str:
    kinds = list(kinds_for(found))
    return str(
        choose(
            say("report"), kinds, lambda name: say(f"report-{name}").words, MARK + "report.kind",
            first=kinds.index(kind_for(found)), width=240,
        )
    )  # fmt: skip


def _county(room: Room) -> str | None:
    places = ["", *room.all_counties]
    named = {"": say("whole").words, **{each: room.county(each) for each in room.all_counties}}
    return choose(say("of-county"), places, lambda each: named[each], MARK + "report.county", width=200) or None


def _letter() -> Letter:
    unit = st.text_input(say("unit"), key=MARK + "report.unit", width=240)
    addressee = st.text_input(say("addressee"), key=MARK + "report.to", width=240)
    number = st.text_input(say("number"), key=MARK + "report.number", width=200)
    day = st.date_input(say("day"), value="today", format="YYYY-MM-DD", key=MARK + "report.day", width=160)
    return Letter(unit, addressee, number, day if isinstance(day, date) else date.today())


def _fits(tried: tuple[object, ...], write: Callable[[Following, Path], None], found: Following) -> bool:
    """Whether the report can be written in the template; what is wrong is said. It is tried once for each choice."""
    key = MARK + "report.tried"
    if st.session_state.get(key, (None,))[0] != tried:
        problem = None
        try:
            file_of(write, found, ".docx")
        except InputError as refusal:
            problem = refusal
        st.session_state[key] = (tried, problem)
    problem = st.session_state[key][1]
    if problem is not None:
        show_findings(problem)
    return problem is None


def _written(found: Following, path: Path, *, kind: str, letter: Letter, county: str | None, template: bytes | None) -> None:
    own = None
    if template is not None:
        own = path.with_name("template.docx")
        own.write_bytes(template)
    write_report(found, path, kind, letter, county=county, template=own)
