"""The scenarios that were kept: who asked what to be different, and why."""

from __future__ import annotations

import streamlit as st

from optplan.language import bilingual
from optplan.office import Role, ScenarioRow, copy_of_scenario, list_scenarios, retire
from optplan.web.desk import Desk, store
from optplan.web.history.copying import put_on_desk
from optplan.web.history.decision import show_decision
from optplan.web.history.filters import chosen_filter, chosen_page, show_filter, show_pages
from optplan.web.widgets.words import local_time, name_of
from optplan.web.words import plain, words_of

say = words_of("web_history")
KIND = "scenarios"


def show_scenarios(desk: Desk) -> None:
    """Draw the list."""
    page = list_scenarios(store(), desk.author, chosen_filter(KIND, runs=False), chosen_page(KIND))
    show_filter(KIND, page, {}, runs=False)
    if not page.rows:
        st.info(say("no-scenarios"))
        return
    for row in page.rows:
        with st.container(border=True):
            _line(desk, row)
    show_pages(KIND, page)


def _line(desk: Desk, row: ScenarioRow) -> None:
    when, what, uses, buttons = st.columns([2.2, 5, 2, 2.6], vertical_alignment="center")
    scenario = row.scenario
    title = bilingual(scenario.title, scenario.title_en)
    reason = bilingual(scenario.reason, scenario.reason_en)
    when.markdown(f"{plain(local_time(row.when))}  \n{plain(name_of(row.who))}")
    what.markdown(f"**{plain(title)}**  \n{plain(reason) or say('no-reason')}")
    retired = f"  \n:gray-badge[{say('retired')}]" if row.retired else ""
    uses.markdown(say("uses", runs=row.runs, changes=sum(len(member.changes) for member in scenario.lineage)) + retired)
    with buttons, st.container(horizontal=True):
        plan = desk.plan
        if plan and st.button(
            say("copy"), key=f"history.copy.{row.sha256}", icon=":material/content_copy:", help=say("copy-help")
        ):
            put_on_desk(desk, copy_of_scenario(store(), desk.author, row.sha256, plan))
        if not row.retired:
            mine = row.who == desk.author.signature
            show_decision(
                "retire", row.sha256, desk.author, Role.EDITOR if mine else Role.APPROVER,
                lambda why: retire(store(), desk.author, row.sha256, why),
            )  # fmt: skip
