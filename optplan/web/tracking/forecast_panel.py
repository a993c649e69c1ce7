"""What can still be reached and by when at the latest, asked of the server; of a plan that is over, what came of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import streamlit as st

from optplan.following import Following, follow
from optplan.following.adopted import schedule_of, seal_of
from optplan.following.words import deadline_row, headline
from optplan.language import current_language
from optplan.office.inquiries import Inquiry, server_inquiries
from optplan.records import ledger_bytes
from optplan.result import Result
from optplan.schedule import Schedule
from optplan.web.tracking.ledger import MARK, Room
from optplan.web.tracking.report_panel import show_reports
from optplan.web.widgets import grid
from optplan.web.widgets.guard import guarded
from optplan.web.widgets.inquiry import ask_server, show_failed, show_under_way
from optplan.web.words import plain, words_of

say = words_of("web_standing")
SECONDS = 90.0  # that planning anew may take


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


def show_forecast(room: Room, year: int, adopted: Result | Schedule | None, *, over: bool = False) -> None:
    """Draw the forecast with its reports, how far it is, or the button that asks for it; once the plan is over, the reports."""
    if over:
        st.subheader(say("reports"))
        st.caption(say("reports-over"))
        _found(room, year, _looked_back(room, year, adopted))
        return
    st.subheader(say("forecast"))
    key = depends_on(room, year, adopted)
    inquiry = server_inquiries().of(key)
    if inquiry is not None and inquiry.state == "answered":
        _found(room, year, inquiry.answer)
    elif inquiry is not None and not inquiry.is_over:
        show_under_way(room.desk, inquiry, _show_news, say("forecast-stop"), MARK + "forecast.stop")
    else:
        if inquiry is not None and inquiry.state == "failed":
            show_failed(inquiry, say("forecast-failed"))
        st.caption(say("forecast-how"))
        if st.button(say("forecast-now"), type="primary", icon=":material/online_prediction:", key=MARK + "forecast"):
            with guarded():
                ask_server(key, _work(room, year, adopted), long=True)
                st.rerun()


def _looked_back(room: Room, year: int, adopted: Result | Schedule | None) -> Following:
    """Where a plan that is over has come to; nothing is planned anew for it. It is kept until something changes."""
    key = depends_on(room, year, adopted)
    kept = st.session_state.get(MARK + "over")
    if kept is None or kept[0] != key:
        kept = (key, follow(room.plan, room.records, adopted=adopted, year=year))
        st.session_state[MARK + "over"] = kept
    found: Following = kept[1]
    return found


def _work(room: Room, year: int, adopted: Result | Schedule | None) -> Callable[[Inquiry], Following]:
    """What the server does."""
    plan, records, names = room.plan, room.records, room.names
    tables = {"target": "targets", "standard": "standards"}

    def work(inquiry: Inquiry) -> Following:
        def told(kind: str, key: str) -> None:
            inquiry.news = names.by_table.get(tables.get(kind, ""), {}).get(key, key)

        return follow(plan, records, adopted=adopted, year=year, seconds=SECONDS, told=told, cancel=inquiry.cancel)

    return work


def _show_news(inquiry: Inquiry) -> None:
    if inquiry.state == "waiting":
        st.info(say("forecast-waiting"), icon=":material/hourglass_top:")
    elif inquiry.news:
        st.info(say("forecast-asking", name=plain(inquiry.news)), icon=":material/progress_activity:")
    else:
        st.info(say("forecasting"), icon=":material/progress_activity:")


def _found(room: Room, year: int, found: Following) -> None:
    with room.desk.speaking():
        st.markdown(say("said", words=headline(found)))
        soon = [each for each in found.deadlines if each.year <= year + 2]
        if soon:
            st.caption(say("deadlines"))
            heads = [say(f"head-{name}").words for name in ("deadline", "by", "least", "proof")]
            grid.show_grid(heads, [deadline_row(found, each) for each in soon], words=(0, 1, 3))
    show_reports(room, found)
