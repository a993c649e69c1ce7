"""Entering what happened in a quarter, as a grid with the same lines as the form that counties get."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pandas as pd
import streamlit as st

from optplan.office.entries import enter
from optplan.records import RecordError
from optplan.records.declaration import RECORDS, SPENDING
from optplan.tables.content import Row
from optplan.tables.findings import Finding, Place, error
from optplan.tables.values import BadValue, parse
from optplan.web.tracking.ledger import MARK, Room, adopted_schedule, choose_county, choose_quarter, say_next
from optplan.web.widgets.guard import guarded
from optplan.web.words import plain, words_of
from optplan.workbook.record_form import ENTRIES, FormSheet, Layout, Line, printed_text

say = words_of("web_tracking")
HEIGHT = 560  # pixels
MOST_SHOWN = 40  # findings
WIDTHS = {
    "what": 220,
    "about": 70,
    "unit": 70,
    "planned": 100,
    "recorded": 100,
    "least": 80,
    "most": 80,
    "quantity": 120,
    "amount": 120,
    "purpose": 170,
    "date": 110,
    "source": 150,
    "document": 150,
    "note": 170,
    "number": 80,
    "when": 120,
    "document-was": 140,
    "was": 110,
}  # fmt: skip; pixels
SHEETS = ("deliveries", "hires", "projects", "spending", "corrections")


def show_entering(room: Room) -> None:
    """Draw the choice of county, quarter and kind, and the grid."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        county = choose_county(room, "enter", room.mine)
        period = choose_quarter(room, "enter") if county is not None else None
    if county is None or period is None:
        return
    year, quarter = period
    layout = Layout(room.plan.tables, county, year, quarter, room.records, adopted_schedule(room))
    sheets = {sheet.name: sheet for sheet in layout.sheets}
    name = st.segmented_control(
        say("kind"),
        SHEETS,
        default="deliveries",
        format_func=lambda each: plain(sheets[each].title),
        key=MARK + "sheet",
        label_visibility="collapsed",
        required=True,
    )
    if (county, year, quarter) in room.records.confirmed:
        st.info(say("quarter-confirmed", county=room.county(county), year=str(year), quarter=quarter))
    sheet = sheets[name]
    if not sheet.lines:
        st.info(say(f"no-lines-{name}"))
        return
    shown = _grid(room, sheet, f"{MARK}grid.{county}.{year}.{quarter}.{name}.{len(room.records)}.{room.desk.language}")
    st.caption(say("grid-how"))
    if st.button(say("enter-now"), type="primary", icon=":material/playlist_add:", key=MARK + "enter-now"):
        with guarded(), _line_by_line():
            rows = list(_rows(sheet, shown, county, year, quarter))
            entries, odd = enter(room.ledger, room.plan, room.desk.author, rows)
            said = say("entered", count=len(entries)) if entries else say("nothing-entered")
            say_next(said, *(plain(finding.message()) for finding in odd))
            st.rerun()


@contextmanager
def _line_by_line() -> Iterator[None]:
    """Tell what is wrong with which line of the grid."""
    try:
        yield
    except RecordError as problem:
        st.error("\n\n".join(f"{plain(each.place.file)}: {plain(each.message())}" for each in problem.findings[:MOST_SHOWN]))


def _grid(room: Room, sheet: FormSheet, key: str) -> pd.DataFrame:
    columns = [column for column in sheet.columns if column not in {"key", "subject"}]
    frame = pd.DataFrame([[_shown(line, column) for column in columns] for line in sheet.lines], columns=columns, dtype="object")
    config: dict[str, Any] = {}
    for column in columns:
        label = sheet.label(column)
        if column == "purpose":
            config[column] = st.column_config.SelectboxColumn(label, options=list(sheet.purposes), width=WIDTHS[column])
        else:
            right = column in {"quantity", "amount", "planned", "recorded", "was", "least", "most"}
            config[column] = st.column_config.TextColumn(label, alignment="right" if right else "left", width=WIDTHS[column])
    config["what"] = st.column_config.TextColumn(sheet.label("what"), pinned=True, width=WIDTHS["what"])
    return st.data_editor(
        frame,
        key=key,
        hide_index=True,
        width="content",
        height=min(36 * (len(frame) + 1) + 3, HEIGHT),
        disabled=[column for column in columns if column not in (*ENTRIES, "purpose")],
        column_config=config,
        column_order=["what", *(column for column in columns if column != "what")],
        alt=sheet.title,
        placeholder="–",
    )


def _shown(line: Line, column: str) -> str | None:
    return printed_text(line.printed.get(column)) or None


def _rows(sheet: FormSheet, frame: pd.DataFrame, county: str, year: int, quarter: int) -> Iterator[Row]:
    """The rows that were filled in. Raises :class:`RecordError` for cells that cannot be read, by what their line is about."""
    findings: list[Finding] = []
    for line, cells in zip(sheet.lines, frame.to_dict("records"), strict=True):
        typed = {name: str(cells[name]).strip() for name in (*ENTRIES, "purpose") if name in cells and _given(cells[name])}
        if not typed:
            continue
        money = line.cells["kind"] == SPENDING
        values: dict[str, Any] = dict(sheet.purposes.get(typed.pop("purpose", ""), {}))
        about = str(line.printed.get("what", ""))
        for name, text in typed.items():
            column = "amount" if money and name == "quantity" else name
            try:
                values[column] = parse(text, RECORDS.column(column))
            except BadValue as problem:
                place = Place(about, RECORDS.name, column=sheet.label(name))
                findings.append(error(problem.code, place, **problem.values))
        size = "amount" if money else "quantity"
        if size not in values:
            findings.append(error("cell-blank", Place(about), column=sheet.label("amount" if "amount" in cells else "quantity")))
        elif line.key.startswith("corrects:") and not values.get("note"):
            findings.append(error("cell-blank", Place(about), column=sheet.label("note")))
        yield Row(RECORDS, _told(line, values, county, year, quarter), None, about)
    if findings:
        raise RecordError(findings)


def _told(line: Line, values: Mapping[str, Any], county: str, year: int, quarter: int) -> dict[str, Any]:
    told = {"county": county, "year": year, "quarter": str(quarter), **line.cells, **values}
    return {name: value for name, value in told.items() if value is not None}


def _given(cell: Any) -> bool:
    return cell is not None and cell == cell and str(cell).strip() != ""  # noqa: PLR0124 — NaN
