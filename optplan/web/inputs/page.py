"""The inputs: every table of the plan to edit, quick levers, findings as one types, and the draft as a scenario."""

from __future__ import annotations

import streamlit as st

from optplan.editing import Inspection
from optplan.plan import Plan
from optplan.tables.names import Names
from optplan.web.cache.inspections import inspection_of
from optplan.web.desk import Desk
from optplan.web.drawing_queue import in_turn
from optplan.web.inputs.change_list import show_changes, show_tools
from optplan.web.inputs.left_drafts import show_left_drafts
from optplan.web.inputs.lever_panel import show_levers
from optplan.web.inputs.plan_panel import show_plan
from optplan.web.inputs.scenario_panel import open_scenario, show_scenario
from optplan.web.inputs.table_chooser import chosen_table, show_table
from optplan.web.inputs.workbench import MARK, Workbench
from optplan.web.words import plain, words_of

say = words_of("web_inputs")


def show(desk: Desk) -> None:
    """Draw the page."""
    st.title(say("title"))
    if desk.plan is None:
        st.info(say("no-plan"))
        return
    with in_turn(desk):
        bench, inspection = _show_draft(desk, desk.plan)
    show_scenario(bench, inspection)
    show_plan(bench, inspection)


def _show_draft(desk: Desk, plan: Plan) -> tuple[Workbench, Inspection]:
    """Draw the tables, the levers and what is found in them."""
    bench = Workbench(desk, plan)
    before = desk.changes
    bench.take_in()
    open_scenario(bench)
    if desk.changes != before:
        st.rerun()  # the address is to name the draft before the browser hears that what is typed is in it
    tables = bench.tables
    inspection = inspection_of(bench.base, bench.draft, desk.language, bench.title)
    names = Names(tables, desk.language)
    if kept := st.session_state.pop(MARK + "plan-kept", None):
        st.success(say("plan-kept", title=plain(kept[0]), key=kept[1]))
    show_left_drafts(bench)
    st.caption(say("how"))
    show_tools(bench, inspection)
    pull, asked = st.columns([5, 4])
    with pull:
        show_levers(bench, tables, names)
    with asked:
        show_changes(bench)
    name = chosen_table(bench, inspection)
    show_table(bench, name, inspection, tables, names)
    return bench, inspection
