"""The draft as a scenario: named, with a reason, kept in the store, taken away as a file, and opened again."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from optplan.editing import Draft, Inspection
from optplan.editing.scenario_text import scenario_of
from optplan.editing.uploads import LARGEST_SCENARIO, uploaded_scenario
from optplan.language import bilingual
from optplan.language.printable import file_name
from optplan.office import Role, list_scenarios, save_scenario
from optplan.scenarios import Scenario, apply_scenarios, read_scenario
from optplan.separate_process import done_apart
from optplan.tables.findings import InputError
from optplan.web.cache.plans import PLANS
from optplan.web.desk import store
from optplan.web.drafts import keep_draft
from optplan.web.inputs.workbench import MARK, Workbench
from optplan.web.widgets.choice import choose
from optplan.web.widgets.file_button import file_button
from optplan.web.widgets.file_field import file_field
from optplan.web.widgets.guard import show_findings
from optplan.web.words import plain, words_of

say = words_of("web_inputs")
NAME, READ, ASKED_FOR = MARK + "name", MARK + "scenario-read", MARK + "scenario-asked-for"
REASON = "solving.reason"  # which the page Solve asks for, too


def show_scenario(bench: Workbench, inspection: Inspection) -> None:
    """Draw the panel; what is in it only while it is open."""
    with st.expander(say("scenario"), icon=":material/bookmark:", key=MARK + "scenario", on_change="rerun") as panel:
        if not panel.open:
            return
        st.caption(say("scenario-how"))
        keep, fetch = st.columns(2, gap="large")
        with keep:
            _keep(bench, inspection)
        with fetch:
            _offer(bench)


def _keep(bench: Workbench, inspection: Inspection) -> None:
    desk = bench.desk
    st.session_state[NAME] = desk.scenario_name

    def rename() -> None:
        bench.take_in()
        desk.scenario_name = st.session_state[NAME].strip()
        keep_draft(desk, bench.draft)

    def explain() -> None:
        keep_draft(desk, bench.draft)

    st.text_input(say("scenario-name"), key=NAME, max_chars=100, on_change=rename, placeholder=say("scenario-example"))
    reason = st.text_area(
        say("scenario-reason"), key=REASON, max_chars=2000, height=80, on_change=explain, persist_state="session"
    )
    changes = bench.draft.changes
    if inspection.stops:
        st.caption(say("mend-first"))
    elif not changes:
        st.caption(say("asked-nothing"))
    scenario = None
    if changes and not inspection.stops:
        scenario = scenario_of(bench.base, changes, title=bench.title, author=desk.author.name, reason=(reason or "").strip())
    with st.container(horizontal=True):
        may = desk.author.may(Role.EDITOR)
        if st.button(say("keep"), type="primary", disabled=scenario is None or not may) and scenario is not None:
            if not desk.scenario_name:
                st.warning(say("name-first"))
            else:
                key = save_scenario(store(), desk.author, scenario)
                st.success(say("kept", name=plain(scenario.title), key=key[:10]))
        written = (scenario.toml if scenario else "").encode("utf-8")
        name = f"{file_name(bench.title)}.toml"
        file_button(say("download-scenario"), name, lambda: written, MARK + "download-scenario", disabled=scenario is None)


def _offer(bench: Workbench) -> None:
    """Scenarios that ship, those of the store, and a field for a file."""
    offered: dict[str, Scenario] = {}
    for path in sorted((PLANS / "scenarios").glob("*/*.toml")):
        try:
            offered[str(path)] = _shipped(path, path.stat().st_mtime)
        except InputError:
            continue  # `optplan solve --scenario` says what is wrong with it
    for row in list_scenarios(store(), bench.desk.author).rows:
        offered[row.sha256] = row.scenario
    chosen = choose(
        say("open-scenario"),
        list(offered),
        lambda key: bilingual(offered[key].title, offered[key].title_en),
        MARK + "open-scenario",
        first=None,
        placeholder=say("choose"),
    )
    if st.button(say("open"), disabled=chosen is None) and chosen is not None:
        _ask_for(offered[chosen])
    file = file_field(say("upload-scenario"), ("toml",), LARGEST_SCENARIO // 2**20, MARK + "scenario-file")
    if file is not None and st.session_state.get(READ) != file.file_id:
        st.session_state[READ] = file.file_id
        try:
            scenario = done_apart(uploaded_scenario, file.name, file.getvalue())
        except InputError as problem:
            show_findings(problem)
        else:
            _ask_for(scenario)


def _ask_for(scenario: Scenario) -> None:
    """Open the scenario at the next touch, before anything is drawn that it changes."""
    st.session_state[ASKED_FOR] = scenario
    st.rerun()


def open_scenario(bench: Workbench) -> None:
    """Make the scenario that was asked for the draft, if the plan takes it; else say why not."""
    scenario = st.session_state.pop(ASKED_FOR, None)
    if scenario is None:
        return
    try:
        apply_scenarios(bench.plan, [scenario])
    except InputError as problem:
        show_findings(problem)
        return
    bench.desk.scenario_name = bilingual(scenario.title, scenario.title_en)[:100]
    st.session_state[REASON] = scenario.reason
    bench.put(Draft(tuple(change for member in scenario.lineage for change in member.changes)))


@st.cache_resource(show_spinner=False)
def _shipped(file: Path, written: float) -> Scenario:
    return read_scenario(file)
