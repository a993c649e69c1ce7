"""Forms: an empty one for a county and quarter to take away, filled ones and CSV files to bring back, every fault at its cell."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from optplan.language.printable import file_name
from optplan.office.entries import admission_of, enter
from optplan.records import read_entries
from optplan.tables.findings import Finding, InputError
from optplan.web.tracking.ledger import MARK, Room, adopted_schedule, choose_county, choose_quarter, say_next
from optplan.web.widgets.file_button import file_button
from optplan.web.widgets.file_field import files_field
from optplan.web.words import words_of
from optplan.workbook.record_form import form_content, form_name, read_form

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from optplan.tables.content import Row

say = words_of("web_tracking")
LARGEST_MEGABYTES = 20
MOST_FINDINGS = 60


def show_forms(room: Room) -> None:
    """Draw both halves."""
    take, bring = st.columns(2, gap="large")
    with take:
        st.subheader(say("form-take"))
        _take(room)
    with bring:
        st.subheader(say("form-bring"))
        st.caption(say("form-bring-how", limit=LARGEST_MEGABYTES))
        _bring(room)


def _take(room: Room) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        county = choose_county(room, "form", room.mine)
        period = choose_quarter(room, "form") if county is not None else None
    if county is None or period is None:
        return
    year, quarter = period

    def content() -> bytes:
        adopted = adopted_schedule(room)
        return form_content(room.plan.tables, county, year, quarter, room.records, adopted)

    name = f"{form_name(room.county(county), year, quarter)}.xlsx"
    file_button(say("form-download"), name, content, MARK + "form-download")


def _bring(room: Room) -> None:
    if not room.mine:
        st.info(say("no-county"))
        return
    batch = st.session_state.get(MARK + "forms-batch", 0)  # what was read makes room for what comes next
    files = files_field(say("form-upload"), ("xlsx", "csv"), LARGEST_MEGABYTES, f"{MARK}form-files-{batch}")
    if not files:
        _tell(st.session_state.get(MARK + "forms-said", []))
        return
    findings, entered = _read(room, files)
    st.session_state[MARK + "forms-said"] = findings
    st.session_state[MARK + "forms-batch"] = batch + 1
    if entered is not None:
        say_next(say("entered", count=entered) if entered else say("nothing-entered"))
    st.rerun()


def _read(room: Room, files: list[UploadedFile]) -> tuple[list[Finding], int | None]:
    """Read the files together and enter what they say: all of it, or nothing if there is an error; then ``None``."""
    rows: list[Row] = []
    findings: list[Finding] = []
    with tempfile.TemporaryDirectory(prefix="optplan-forms-") as folder:
        for number, file in enumerate(files):
            path = Path(folder) / str(number) / file_name(file.name)
            path.parent.mkdir()
            path.write_bytes(file.getvalue())
            is_form = path.suffix.lower() == ".xlsx"
            more, found = read_form(path, room.plan.tables, room.records) if is_form else read_entries(path)
            rows += more
            findings += found
    if any(finding.severity == "error" for finding in findings):
        admission = admission_of(room.desk.author, room.plan)
        return [*findings, *admission.faults(rows, room.records, findings)], None
    try:
        entries, odd = enter(room.ledger, room.plan, room.desk.author, rows)
    except InputError as problem:
        return [*findings, *problem.findings], None
    return [*findings, *odd], len(entries)


def _tell(findings: list[Finding]) -> None:
    if not findings:
        return
    wrong = sum(finding.severity == "error" for finding in findings)
    if wrong:
        st.error(say("form-refused", number=wrong))
    ordered = sorted(findings, key=lambda finding: finding.severity)
    lines = [f"{_place(finding)}: {finding.message()}" for finding in ordered]
    more = [say("more", number=len(lines) - MOST_FINDINGS).words] if len(lines) > MOST_FINDINGS else []
    st.code("\n".join([*lines[:MOST_FINDINGS], *more]), language=None, wrap_lines=True)
    st.caption(say("form-mend"))


def _place(finding: Finding) -> str:
    """Where it is, by the name of the file as the visitor knows it."""
    place = finding.place
    named = Path(place.file).name
    return "!".join(part for part in (named, place.sheet, place.cell) if part) if place.sheet else f"{named}:{place.row or ''}"
