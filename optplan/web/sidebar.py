"""The sidebar: which plan is worked on, which result is open, who is at the desk."""

from __future__ import annotations

import streamlit as st

from optplan.figures.proven import standing
from optplan.language import current_language
from optplan.language.lists import listed
from optplan.plan import Plan
from optplan.result import Result
from optplan.tables.names import title_of
from optplan.web.base_plan import others
from optplan.web.cache.scenario_titles import scenario_title
from optplan.web.desk import Desk, store
from optplan.web.plan_choice import known_plans, work_on
from optplan.web.signing_in import show_author
from optplan.web.widgets.guard import guarded
from optplan.web.words import Markdown, in_language, plain, sentence, words_of

say = words_of("web")
FEWEST = 2  # plans between which there is a choice
SHIPPED = "shipped"
NAMED = ("counties", "items", "funds", "teams", "projects")


def show_sidebar(desk: Desk) -> None:
    """Draw it."""
    plan, result = desk.plan, desk.result
    st.caption(say("current-plan"))
    st.markdown(f"**{plain(title_of(plan.tables))}**" if plan else say("no-plan"))
    if plan and current_language() == "en":
        _in_english(plan)
    _other_plans(desk)
    if desk.changes:
        st.caption(say("draft-changes", number=len(desk.changes), name=desk.draft_title))
    st.caption(say("current-result"))
    if result and result.document["scenario"]:  # in full, as the box below it cuts long names off
        st.markdown(f"**{plain(listed(map(scenario_title, result.document['scenario'])))}**")
    st.markdown(_status(desk, result) if result else say("no-result"))
    _switcher(desk)
    if desk.run_id:
        st.caption(say("current-run", run=store().record(desk.run_id).short))
    st.caption(say("current-user"))
    show_author(desk)


def _in_english(plan: Plan) -> None:
    """What a reader of English has to know of a plan that is written in Chinese, once for all pages."""
    if plan.tables.setting("currency") == "万元":
        st.caption(say("money-unit"))
    if any(not row["name_en"] and not str(row["name"]).isascii() for table in NAMED for row in plan.tables[table] if row["name"]):
        st.caption(say("names-as-they-are"))


def _other_plans(desk: Desk) -> None:
    """Another planning task, at a click; the draft of the one that is left stays kept."""
    known = known_plans(desk)
    if not known:
        return
    key = in_language(f"sidebar.plan.{desk.plan.sha256 if desk.plan else ''}")

    def switch() -> None:
        chosen = st.session_state[key]
        if chosen in known:
            with desk.speaking(), guarded():
                work_on(desk, known[chosen].open())

    st.selectbox(
        say("switch-plan"),
        list(known),
        index=None,
        format_func=lambda each: known[each].label,
        key=key,
        on_change=switch,
        placeholder=say("switch-plan-other").words,
    )


def _status(desk: Desk, result: Result) -> Markdown:
    """How good the open result is, in a sentence."""
    return sentence("proven", "status-interim") if desk.followed else plain(standing(result.document)[0])


def _switcher(desk: Desk) -> None:
    """Another plan of the same task, at a click; what was open before is among them."""
    offered = others(desk)
    if len(offered) < FEWEST:
        return
    here = desk.run_id or (
        SHIPPED if SHIPPED in offered and desk.result is not None and not desk.result.document["scenario"] else None
    )
    key = in_language(f"sidebar.switch.{here}")

    def switch() -> None:
        chosen = st.session_state[key]
        if chosen in offered and chosen != here:
            with desk.speaking(), guarded():
                offered[chosen].open()

    st.selectbox(
        say("switch"),
        list(offered),
        index=list(offered).index(here) if here in offered else None,
        format_func=lambda each: offered[each].label,
        key=key,
        on_change=switch,
        placeholder=say("switch-other").words,
    )
