"""Where no plan exists: which rules exclude each other, in which cells, and what would do; a repair is a click away."""

from __future__ import annotations

import hashlib
import json
from functools import partial
from typing import Any

import streamlit as st

from optplan.decision_model import DecisionModel
from optplan.editing.scenario_text import scenario_of
from optplan.explanation import Explanation, explained_apart
from optplan.explanation.sentences import in_short, places_of, told_lines, worth_of
from optplan.figures.criteria import measures_of
from optplan.language import bilingual, current_language
from optplan.language.lists import listed
from optplan.language.printable import file_name
from optplan.office import Role, save_scenario
from optplan.office.inquiries import Inquiry, server_inquiries
from optplan.result import Result
from optplan.web.asking.subject import answered_apart
from optplan.web.desk import Desk, store
from optplan.web.widgets import grid
from optplan.web.widgets.file_button import file_button
from optplan.web.widgets.guard import guarded
from optplan.web.widgets.inquiry import ask_server, show_failed, show_under_way
from optplan.web.words import plain, words_of

say = words_of("explanation")
asking = words_of("web_asking")
MARK = "conflict."
SOON, LATE = 10.0, 60.0  # seconds that are given to it at first, and once more where that was too short
KEPT = MARK + "kept"  # the repair that was kept as a scenario


def show_conflict(desk: Desk, result: Result) -> None:
    """The way to an explanation of a result without a schedule, and the explanation once it was asked for."""
    if result.status != "infeasible":
        return
    asked = MARK + result.plan_sha256
    seconds = float(st.session_state.get(asked, SOON))
    inquiry = server_inquiries().of(_key(result, seconds))
    if inquiry is None:
        if st.button(say("page-ask"), type="primary", icon=":material/troubleshoot:"):
            _ask(result, SOON)
        return
    if not inquiry.is_over:
        show_under_way(desk, inquiry, partial(_show_news, seconds), asking("stop"), f"{MARK}stop")
        return
    if inquiry.state == "failed":
        show_failed(inquiry, asking("failed"))
    if kept := st.session_state.get(KEPT):
        st.success(say("page-kept", name=kept))
    explanation = Explanation(inquiry.answer) if inquiry.answer else None
    if explanation is not None:
        _show_conflicts(explanation.document)
        _show_repairs(desk, result, explanation)
    stopped = inquiry.state != "answered"
    settled = explanation and explanation.repairs and all(conflict["irreducible"] for conflict in explanation.conflicts)
    if (stopped or (not settled and seconds < LATE)) and st.button(
        say("page-longer"), icon=":material/more_time:", key=f"{MARK}longer"
    ):
        _ask(result, LATE, inquiry.answer)


def _key(result: Result, seconds: float) -> str:
    model = json.dumps(result.document["model_content"], sort_keys=True)
    return hashlib.sha256(f"{MARK}{result.plan_sha256}{model}{seconds:g}".encode()).hexdigest()


def _ask(result: Result, seconds: float, known: dict[str, Any] | None = None) -> None:
    """Have the server look for so many ``seconds``, whoever asks; ``known`` is shown until more is."""
    tables, model = result.tables(), DecisionModel.model_validate(result.document["model_content"])

    def work(inquiry: Inquiry) -> dict[str, Any]:
        inquiry.answer = known

        def told(news: tuple[str, int, dict[str, Any] | None]) -> None:
            stage, found, so_far = news
            inquiry.news = say(f"progress-{stage}", found=found).words
            inquiry.answer = so_far or inquiry.answer

        document: dict[str, Any] = answered_apart(inquiry, seconds, told, explained_apart, tables, model, seconds)
        return document

    with guarded():
        ask_server(_key(result, seconds), work, long=seconds > SOON)
        st.session_state[MARK + result.plan_sha256] = seconds
        st.rerun()


def _show_news(seconds: float, inquiry: Inquiry) -> None:
    said = asking("waiting") if inquiry.state == "waiting" else inquiry.news or say("page-asking", seconds=f"{seconds:g}")
    st.info(plain(said), icon=":material/hourglass_top:")
    if inquiry.answer:
        _show_conflicts(inquiry.answer)


def _show_conflicts(document: dict[str, Any]) -> None:
    language, conflicts = current_language(), document["conflicts"]
    if not conflicts:
        st.warning(say(f"status-{document['status']}" if document["status"] != "infeasible" else "conflict-unknown"))
        return
    for number, conflict in enumerate(conflicts, 1):
        code = "conflict-proven" if conflict["irreducible"] else "conflict-not-proven"
        st.write(say(code, number=number, of=len(conflicts), rows=len(conflict["cells"])))
        lines, more = told_lines(conflict)
        rows = [[line["messages"][language], listed(places_of(conflict, line, language))] for line in lines]
        grid.show_grid([say("column-rule").words, say("column-place").words], rows, words=(0, 1))
        if more:
            st.caption(say("lines-more", number=more))


def _show_repairs(desk: Desk, result: Result, explanation: Explanation) -> None:
    if not explanation.conflicts:
        return
    language, repairs = current_language(), explanation.repairs
    measure_in = measures_of(explanation.plan_tables)
    st.write(say("repairs", number=len(repairs)) if repairs else say("repairs-none"))
    for number, repair in enumerate(repairs, 1):
        with st.container(border=True):
            st.write(say("page-repair", number=number, change=repair["messages"][language]))
            st.caption(plain(worth_of(repair, measure_in, language)))
            _offer(desk, result, explanation, number)


def _offer(desk: Desk, result: Result, explanation: Explanation, number: int) -> None:
    """Buttons of one repair: keep it as a scenario and go on with it, or take it away as a file."""
    repair = explanation.scenario(number)
    base, changes, title = desk.plan, (*desk.changes, *repair.changes), bilingual(repair.title, repair.title_en)
    mine = base is not None and desk.is_answered_by(result)
    with st.container(horizontal=True):
        may = desk.author.may(Role.EDITOR)
        if st.button(say("page-apply"), key=f"{MARK}apply-{number}", disabled=not (mine and may)) and base is not None:
            reason = say("page-repair-of", rules=in_short(explanation.document)).words
            scenario = scenario_of(base.tables, changes, title=title, author=desk.author.name, reason=reason)
            save_scenario(store(), desk.author, scenario)
            desk.changes, desk.scenario_name = scenario.changes, title
            st.session_state[KEPT] = title
            if "solving" in desk.pages:
                st.switch_page(desk.pages["solving"])
            st.rerun()
        written = explanation.scenario_text(number).encode("utf-8")
        file_button(say("page-download"), f"{file_name(title)}.toml", lambda: written, f"{MARK}file-{number}")
        if not mine:
            st.caption(say("page-other-plan"))
