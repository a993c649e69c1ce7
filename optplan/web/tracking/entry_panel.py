"""Entering what happened in a quarter, as a sheet with the same lines as the form that counties get."""

from __future__ import annotations

from datetime import date

import streamlit as st

from optplan.office.entries import admission_of, enter
from optplan.records import RecordError
from optplan.web.sheet.sheet import SheetColumn, SheetRow, show_sheet
from optplan.web.tracking.filled_lines import FilledLines
from optplan.web.tracking.ledger import MARK, Room, adopted_schedule, choose_county, choose_quarter, say_next
from optplan.web.tracking.typed_forms import KEY, TURN, Forms
from optplan.web.widgets.guard import guarded
from optplan.web.words import plain, sentence, words_of
from optplan.workbook.record_form import ENTRIES, FormSheet, Layout, printed_text

say = words_of("web_tracking")
MOST_SHOWN = 40  # findings
WIDTHS = {
    "what": 200,
    "about": 64,
    "unit": 52,
    "planned": 84,
    "recorded": 92,
    "least": 76,
    "most": 76,
    "quantity": 90,
    "amount": 90,
    "purpose": 150,
    "date": 100,
    "source": 110,
    "document": 130,
    "note": 150,
    "number": 76,
    "when": 110,
    "document-was": 120,
    "was": 90,
}  # fmt: skip; pixels
FIGURES = {"quantity", "amount", "planned", "recorded", "was", "least", "most", "number"}
SHEETS = ("deliveries", "hires", "projects", "spending", "corrections")


def show_entering(room: Room) -> None:
    """Draw the choice of county, quarter and kind, and the sheet."""
    forms = Forms(room)
    forms.take_in()
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
        key=MARK + "sheet-chosen",
        label_visibility="collapsed",
        required=True,
    )
    if (county, year, quarter) in room.records.confirmed:
        st.info(say("quarter-confirmed", county=room.county(county), year=year, quarter=quarter))
    sheet = sheets[name]
    if not sheet.lines:
        st.info(say(f"no-lines-{name}"))
        return
    form = f"{county}/{year}/{quarter}/{name}"
    filled = FilledLines(layout, sheet, forms.typed(form).cells)
    _show(room, forms, form, filled)
    st.caption(say("grid-how"))
    if st.button(say("enter-now"), type="primary", icon=":material/playlist_add:", key=MARK + "enter-now"):
        _enter(room, forms, form, filled)


def _enter(room: Room, forms: Forms, form: str, filled: FilledLines) -> None:
    with guarded():
        try:
            entries, odd = enter(room.ledger, room.plan, room.desk.author, filled.rows())
        except RecordError as problem:
            told = [f"{plain(each.place.file)}: {plain(each.message())}" for each in problem.findings[:MOST_SHOWN]]
            st.error("\n\n".join(told))
            return
        forms.entered(form, filled.typed)
        said = say("entered", count=len(entries)) if entries else say("nothing-entered")
        say_next(said, *(plain(finding.message()) for finding in odd))
        st.rerun()


def _show(room: Room, forms: Forms, form: str, filled: FilledLines) -> None:
    """The sheet: what is printed is fixed, and what cannot be kept as it is typed has the colour of what is wrong, with why."""
    sheet = filled.sheet
    names = ["what", *(name for name in sheet.columns if name not in {"key", "subject", "what"})]
    wrong = filled.wrong(admission_of(room.desk.author, room.plan, date.today()), room.records)
    rows = []
    for line in sheet.lines:
        cells = [
            filled.typed.get((line.key, name), "") if _is_entry(name) else printed_text(line.printed.get(name)) for name in names
        ]
        notes = wrong.get(line.key, {})
        remark = "　".join(dict.fromkeys(notes.values()))
        rows.append(SheetRow(line.key, [*cells, remark], dict.fromkeys(notes, "wrong"), notes))
    columns = [_column(sheet, name) for name in names]
    said = SheetColumn("said", sentence("web_inputs", "said").words, 220, fixed=True)
    show_sheet(
        KEY, forms.sheet_name(form), TURN, forms.ack(form), sheet.title, [*columns, said], rows, on_typed=forms.take_in
    )  # fmt: skip


def _column(sheet: FormSheet, name: str) -> SheetColumn:
    return SheetColumn(
        name, sheet.label(name), WIDTHS[name], number=name in FIGURES, fixed=not _is_entry(name), frozen=name == "what",
        options=tuple(sheet.purposes) if name == "purpose" else (),
    )  # fmt: skip


def _is_entry(name: str) -> bool:
    return name in (*ENTRIES, "purpose")
