"""The sidebar: which plan is worked on, which result is open, who is at the desk."""

from __future__ import annotations

import streamlit as st

from optplan.figures.proven import standing
from optplan.result import Result
from optplan.web.desk import Desk, store
from optplan.web.signing_in import show_author
from optplan.web.words import Markdown, plain, sentence, words_of

say = words_of("web")


def show_sidebar(desk: Desk) -> None:
    """Draw it."""
    plan, result = desk.plan, desk.result
    st.caption(say("current-plan"))
    st.markdown(f"**{plain(plan.title)}**" if plan else say("no-plan"))
    if desk.changes:
        st.caption(say("draft-changes", number=len(desk.changes), name=desk.scenario_name or say("draft-name")))
    st.caption(say("current-result"))
    st.markdown(_status(desk, result) if result else say("no-result"))
    if desk.run_id:
        st.caption(say("current-run", run=store().record(desk.run_id).short))
    st.caption(say("current-user"))
    show_author(desk)


def _status(desk: Desk, result: Result) -> Markdown:
    """How good the open result is, in a sentence."""
    return sentence("proven", "status-interim") if desk.followed else plain(standing(result.document)[0])
