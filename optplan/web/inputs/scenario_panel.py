"""The draft as a scenario: named, with a reason, kept in the store, taken away as a file, and opened again."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from optplan.editing import Draft, Inspection
from optplan.editing.scenario_text import scenario_of
from optplan.editing.uploads import LARGEST_SCENARIO, uploaded_scenario
from optplan.scenarios import Scenario, apply_scenarios, read_scenario
from optplan.tables.findings import InputError
from optplan.web.desk import store
from optplan.web.guard import show_findings
from optplan.web.inputs.workbench import MARK, Workbench
from optplan.web.plans import PLANS
from optplan.web.words import words_of

say = words_of("web_inputs")
READER = "reader"
MOST_KEPT = 30  # kept scenarios that are offered


def show_scenario(bench: Workbench, inspection: Inspection) -> None:
    """Draw the panel."""
    with st.expander(say("scenario"), icon=":material/bookmark:"):
        st.caption(say("scenario-how"))
        keep, fetch = st.columns(2, gap="large")
        with keep:
            _keep(bench, inspection)
        with fetch:
            _open(bench)


def _keep(bench: Workbench, inspection: Inspection) -> None:
    desk = bench.desk
    st.session_state.setdefault(MARK + "name", desk.scenario_name)
    if st.session_state[MARK + "name"] != desk.scenario_name:
        st.session_state[MARK + "name"] = desk.scenario_name

    def rename() -> None:
        bench.take_in()
        desk.scenario_name = st.session_state[MARK + "name"].strip()

    st.text_input(say("scenario-name"), key=MARK + "name", max_chars=100, on_change=rename, placeholder=say("scenario-example"))
    reason = st.text_area(say("scenario-reason"), key=MARK + "reason", max_chars=2000, height=80)
    changes = bench.draft.changes
    ready = bool(changes) and not inspection.stops
    if inspection.stops:
        st.caption(say("mend-first"))
    elif not changes:
        st.caption(say("asked-nothing"))
    scenario = (
        scenario_of(bench.base, changes, title=bench.title, author=desk.author.name, reason=reason.strip()) if ready else None
    )
    with st.container(horizontal=True):
        may = desk.author.role != READER
        if st.button(say("keep"), type="primary", disabled=scenario is None or not may) and scenario is not None:
            if not desk.scenario_name:
                st.warning(say("name-first"))
            else:
                key = store().save_scenario(scenario, who=desk.author.name)
                st.success(say("kept", name=scenario.title, key=key[:10]))
        st.download_button(
            say("download-scenario"), scenario.toml if scenario else "", file_name=f"{_file_name(bench.title)}.toml",
            mime="application/toml", disabled=scenario is None, on_click="ignore", icon=":material/download:",
        )  # fmt: skip


def _file_name(title: str) -> str:
    return (
        "".join("-" if letter in '\\/:*?"<>|' or not letter.isprintable() else letter for letter in title)[:80].strip() or "draft"
    )


def _open(bench: Workbench) -> None:
    offered: dict[str, Scenario] = {}
    for path in sorted((PLANS / "scenarios").glob("*/*.toml")):
        try:
            offered[str(path)] = _shipped(path, path.stat().st_mtime)
        except InputError:
            continue  # `optplan solve --scenario` says what is wrong with it
    offered |= _kept()
    chosen = st.selectbox(say("open-scenario"), list(offered), index=None, format_func=lambda key: _title(offered[key]))
    if st.button(say("open"), disabled=chosen is None) and chosen is not None:
        _fill(bench, offered[chosen])
    file = st.file_uploader(
        say("upload-scenario"), type=["toml"], max_upload_size=LARGEST_SCENARIO // 2**20, key=MARK + "scenario-file"
    )
    if file is not None and st.session_state.get(MARK + "scenario-read") != file.file_id:
        st.session_state[MARK + "scenario-read"] = file.file_id
        try:
            _fill(bench, uploaded_scenario(file.name, file.getvalue()))
        except InputError as problem:
            show_findings(problem)


@st.cache_resource(show_spinner=False)
def _shipped(file: Path, written: float) -> Scenario:
    return read_scenario(file)


def _kept() -> dict[str, Scenario]:
    """The scenarios of the store that are not retired, newest first."""
    log = store().audit_log()
    retired = {entry.subject for entry in log if entry.action == "retire"}
    keys = [entry.subject for entry in reversed(log) if entry.kind == "scenario" and entry.subject not in retired]
    return {key: store().scenario(key) for key in list(dict.fromkeys(keys))[:MOST_KEPT]}


def _title(scenario: Scenario) -> str:
    from optplan.language import current_language

    return scenario.title_en if current_language() == "en" and scenario.title_en else scenario.title


def _fill(bench: Workbench, scenario: Scenario) -> None:
    """Make the scenario the draft, if the plan takes it."""
    try:
        apply_scenarios(bench.plan, [scenario])
    except InputError as problem:
        show_findings(problem)
        return
    bench.desk.scenario_name = _title(scenario)
    bench.put(Draft(tuple(change for member in scenario.lineage for change in member.changes)))
    st.session_state[MARK + "opened"] = (scenario.title, scenario.reason)
    st.rerun()
