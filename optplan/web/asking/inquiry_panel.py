"""A question put to the server: asked, how far it is, stopped and gone on with, and its answer.

The server answers one after another, whatever the visitor does meanwhile; who asks the same finds the same answer.
"""

from __future__ import annotations

import streamlit as st

from optplan.answers import Answer
from optplan.language import text
from optplan.office.inquiries import Inquiry, server_inquiries
from optplan.questions import Reach, keep_answer
from optplan.store import StoreError
from optplan.web.asking.missing import longer
from optplan.web.asking.subject import About, Asked
from optplan.web.desk import Desk, store
from optplan.web.solving.question_form import choose_full
from optplan.web.widgets.answer import show_answer
from optplan.web.widgets.guard import guarded, show_findings
from optplan.web.widgets.inquiry import ask_server, show_failed, show_under_way
from optplan.web.words import plain, words_of

say = words_of("web_asking")
MARK = "asking.asked."  # before the names of questions, under which a visit keeps what it asked last
GO_ON = ("value", "certain")  # questions that go on from where they were stopped


def show_inquiry(desk: Desk, about: About, question: str, asked: Asked | None) -> None:
    """Draw the button that asks, and what has become of what was asked last."""
    key = None if asked is None else about.asks(question, asked)
    inquiry = server_inquiries().of(_last_key(about, question) or "")
    same = server_inquiries().of(key or "")
    inquiry = same or inquiry
    under_way = same is not None and not same.is_over
    stopped = same is not None and same.state == "stopped" and question in GO_ON
    label = say("go-on") if stopped else say(f"ask-{question}")
    wanted = st.button(label, type="primary", key=f"asking.ask-{question}", disabled=under_way or asked is None)
    if wanted and asked is not None and key is not None:
        ask(about, question, asked, key)
        st.rerun()
    if inquiry is not None:
        show_asked(desk, about, question, inquiry)


def show_asked(desk: Desk, about: About, question: str, inquiry: Inquiry) -> None:
    """Draw what has become of a question: how far it is, or its answer."""
    if not inquiry.is_over:
        show_under_way(desk, inquiry, _show_news, say("stop"), "asking.stop")
    elif inquiry.state == "failed":
        show_failed(inquiry, say("failed"))
    elif inquiry.answer is not None:
        if inquiry.state == "stopped":
            st.info(say("stopped"))
        _answered(about, question, inquiry)
        _way_on(desk, inquiry.answer)
        _longer(about, question, inquiry)


def ask(about: About, question: str, asked: Asked, key: str) -> None:
    """Have it answered, from where it was stopped if it was; the answer speaks the language of now."""
    stopped = server_inquiries().of(key)
    earlier = None if stopped is None else stopped.answer
    with guarded():
        ask_server(key, lambda inquiry: asked.work(inquiry, earlier), long=asked.long)
        st.session_state[MARK + question] = (about.key, key)


def _longer(about: About, question: str, inquiry: Inquiry) -> None:
    """A minute more for what the time was too short to settle; the answer stays unless a better one comes."""
    asked = longer(about, inquiry.answer)
    label = text("explanation", "page-longer")
    if asked is not None and st.button(label, icon=":material/more_time:", key=f"asking.longer-{question}"):
        with guarded():
            earlier = inquiry.answer
            ask_server(inquiry.key, lambda begun: asked.work(begun, earlier), long=asked.long, again=True)
            st.rerun()


def _last_key(about: About, question: str) -> str | None:
    """What this visit asked last about this result."""
    result, key = st.session_state.get(MARK + question, (None, None))
    return key if result == about.key else None


def _show_news(inquiry: Inquiry) -> None:
    if inquiry.share is not None:
        st.progress(min(1.0, inquiry.share))
    news = [plain(line) for line in inquiry.news.splitlines()]
    said = news or [say("waiting") if inquiry.state == "waiting" else say("asking")]
    st.info("  \n".join(said), icon=":material/hourglass_top:")


def _way_on(desk: Desk, answer: Answer) -> None:
    """Where no money is enough, how far money goes and who must find it is a solve of its own, a click away."""
    no_money_is_enough = isinstance(answer, Reach) and answer.status == "impossible" and answer.document["asked"]["by"] == "money"
    if no_money_is_enough and st.button(say("as-far-as-money-goes"), icon=":material/request_quote:", help=say("as-far-help")):
        choose_full()
        st.switch_page(desk.pages["solving"])


def _answered(about: About, question: str, inquiry: Inquiry) -> None:
    show_answer(inquiry.answer, f"asking-{question}")
    if st.button(say("keep"), icon=":material/archive:", key=f"asking.keep-{question}"):
        try:
            record = keep_answer(store(), inquiry.answer, about.plan, about.result, about.reference)
            st.success(say("kept", answer=record.short))
        except StoreError as problem:
            show_findings(problem)
