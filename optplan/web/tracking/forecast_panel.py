"""What can still be reached and by when at the latest, asked of the server, and the reports of it to take away."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import streamlit as st

from optplan.following import Following, follow
from optplan.following.adopted import schedule_of, seal_of
from optplan.following.words import deadline_row, headline
from optplan.language import current_language, speaking
from optplan.language.printable import file_name
from optplan.office.inquiries import Inquiry, server_inquiries
from optplan.records import ledger_bytes
from optplan.reporting import Letter, write_report
from optplan.reporting.kinds import KINDS, kind_for
from optplan.result import Result
from optplan.schedule import Schedule
from optplan.separate_process import file_of
from optplan.tables.findings import InputError
from optplan.web.tracking.ledger import MARK, Room
from optplan.web.widgets import grid
from optplan.web.widgets.guard import guarded
from optplan.web.words import in_language, plain, words_of

say = words_of("web_standing")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SECONDS = 90.0  # that planning anew may take
EVERY = 1.0  # seconds between looks at what is under way


def forecast_of(room: Room, year: int, adopted: Result | Schedule | None) -> Following | None:
    """The forecast, if somebody has asked for it and nothing has changed since."""
    inquiry = server_inquiries().of(depends_on(room, year, adopted))
    return inquiry.answer if inquiry is not None and inquiry.state == "answered" else None


def depends_on(room: Room, year: int, adopted: Result | Schedule | None) -> str:
    """A hash of all that a standing and its forecast follow from, and of the language of its names."""
    told = hashlib.sha256(ledger_bytes(room.records))
    schedule = schedule_of(adopted)
    meant = seal_of(adopted) or (sorted(schedule.deliveries.items()) if schedule else None)
    told.update(repr((current_language(), room.plan.sha256, year, meant)).encode())
    return told.hexdigest()


def show_forecast(room: Room, year: int, adopted: Result | Schedule | None) -> None:
    """Draw the forecast with its reports, how far it is, or the button that asks for it."""
    st.subheader(say("forecast"))
    key = depends_on(room, year, adopted)
    inquiry = server_inquiries().of(key)
    if inquiry is not None and inquiry.state == "answered":
        _found(room, year, inquiry.answer)
    elif inquiry is not None and not inquiry.is_over:
        st.fragment(_going, run_every=EVERY)(room, inquiry)
    else:
        if inquiry is not None and inquiry.state == "failed":
            _failed(inquiry)
        st.caption(say("forecast-how"))
        if st.button(say("forecast-now"), type="primary", icon=":material/online_prediction:", key=MARK + "forecast"):
            with guarded():
                server_inquiries().ask(key, _work(room, year, adopted))
                st.rerun()


def _work(room: Room, year: int, adopted: Result | Schedule | None) -> Callable[[Inquiry], Following]:
    """What the server does, in the language of now: no visitor's page is there while it goes on."""
    language, plan, records, names = current_language(), room.plan, room.records, room.names
    tables = {"target": "targets", "standard": "standards"}

    def work(inquiry: Inquiry) -> Following:
        def told(kind: str, key: str) -> None:
            inquiry.news = names.by_table.get(tables.get(kind, ""), {}).get(key, key)

        with speaking(language):
            return follow(plan, records, adopted=adopted, year=year, seconds=SECONDS, told=told, cancel=inquiry.cancel)

    return work


def _going(room: Room, inquiry: Inquiry) -> None:
    with room.desk.speaking():
        if inquiry.is_over:
            st.rerun()
        if inquiry.state == "waiting":
            st.info(say("forecast-waiting"), icon=":material/hourglass_top:")
        elif inquiry.news:
            st.info(say("forecast-asking", name=plain(inquiry.news)), icon=":material/progress_activity:")
        else:
            st.info(say("forecasting"), icon=":material/progress_activity:")
        if st.button(say("forecast-stop"), icon=":material/stop:", disabled=inquiry.cancel.is_set(), key=MARK + "forecast.stop"):
            inquiry.cancel.set()
            st.rerun()


def _failed(inquiry: Inquiry) -> None:
    if isinstance(inquiry.problem, InputError):
        st.error("\n\n".join(plain(finding.message()) for finding in inquiry.problem.findings))
    else:
        st.error(say("forecast-failed"))


def _found(room: Room, year: int, found: Following) -> None:
    with room.desk.speaking():
        st.markdown(say("said", words=headline(found)))
        soon = [each for each in found.deadlines if each.year <= year + 2]
        if soon:
            st.caption(say("deadlines"))
            heads = [say(f"head-{name}").words for name in ("deadline", "by", "least", "proof")]
            grid.show_grid(heads, [deadline_row(found, each) for each in soon], words=(0, 1, 3))
    _reports(room, found)


def _reports(room: Room, found: Following) -> None:
    """The reports to take away, with who writes to whom."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kinds = list(KINDS)
        kind = st.selectbox(
            say("report"), kinds, index=kinds.index(kind_for(found)), format_func=lambda name: say(f"report-{name}").words,
            key=in_language(MARK + "report.kind"), width=240,
        )  # fmt: skip
        county = None
        if kind == "plan":
            places = ["", *room.all_counties]
            named = {"": say("whole").words, **{each: room.county(each) for each in room.all_counties}}
            key = in_language(MARK + "report.county")
            county = st.selectbox(say("of-county"), places, format_func=lambda each: named[each], key=key, width=200) or None
        unit = st.text_input(say("unit"), key=MARK + "report.unit", width=240)
        addressee = st.text_input(say("addressee"), key=MARK + "report.to", width=240)
        letter = Letter(unit, addressee, "", date.today())
        for suffix, mime in ((".docx", WORD), (".pdf", "application/pdf")):
            st.download_button(
                say(f"download{suffix.replace('.', '-')}"),
                _made(found, str(kind), letter, county, suffix),
                file_name=file_name(say(f"report-{kind}").words) + suffix,
                mime=mime,
                key=f"{MARK}report{suffix}",
                on_click="ignore",
                icon=":material/download:",
            )
    st.caption(say("report-how"))


def _made(found: Following, kind: str, letter: Letter, county: str | None, suffix: str) -> Callable[[], bytes]:
    """What makes the file, in the language of now, since the button calls it outside of the page."""
    language = current_language()

    def made() -> bytes:
        with speaking(language):
            return file_of(partial(_written, kind=kind, letter=letter, county=county), found, suffix)

    return made


def _written(found: Following, path: Path, *, kind: str, letter: Letter, county: str | None) -> None:
    write_report(found, path, kind, letter, county=county)
