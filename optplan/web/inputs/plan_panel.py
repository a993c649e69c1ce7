"""The inputs as a workbook to take away, and a workbook or CSV files as a new base plan."""

from __future__ import annotations

from functools import partial

import streamlit as st

from optplan.editing import Inspection
from optplan.editing.uploads import LARGEST_MEGABYTES, uploaded_plan
from optplan.language.printable import file_name
from optplan.office import Role, save_plan
from optplan.separate_process import done_apart, file_of
from optplan.tables.content import Tables
from optplan.tables.findings import InputError
from optplan.tables.names import title_of
from optplan.web.desk import store
from optplan.web.inputs.workbench import MARK, Workbench
from optplan.web.widgets.file_button import file_button
from optplan.web.widgets.file_field import file_field
from optplan.web.words import Markdown, plain, words_of
from optplan.workbook import write_inputs

say = words_of("web_inputs")
MOST_FINDINGS = 40


def show_plan(bench: Workbench, inspection: Inspection) -> None:
    """Draw the panel; what is in it only while it is open."""
    with st.expander(say("files"), icon=":material/table_view:", key=MARK + "files", on_change="rerun") as panel:
        if not panel.open:
            return
        take, bring = st.columns(2, gap="large")
        with take:
            st.caption(say("workbook-how"))
            title = title_of(bench.base)
            _download(say("download-base"), bench.base, file_name(title))
            if bench.draft.changes and not inspection.stops:
                _download(say("download-draft"), bench.tables, file_name(f"{title}-{bench.desk.draft_title}"))
        with bring:
            st.caption(say("upload-how", limit=LARGEST_MEGABYTES))
            _upload(bench)


def _download(label: Markdown, tables: Tables, name: str) -> None:
    file_button(label, f"{name}.xlsx", partial(file_of, write_inputs, tables, ".xlsx"), MARK + label)


def _upload(bench: Workbench) -> None:
    may = bench.desk.author.may(Role.EDITOR)
    file = file_field(say("upload-plan"), ("xlsx", "zip"), LARGEST_MEGABYTES, MARK + "plan-file", disabled=not may)
    if file is None or not may:
        return
    if st.session_state.get(MARK + "plan-read", ("", []))[0] != file.file_id:
        try:
            with st.spinner(say("reading")):
                plan = done_apart(uploaded_plan, file.name, file.getvalue())
        except InputError as problem:
            st.session_state[MARK + "plan-read"] = (file.file_id, problem.findings)
        else:
            key = save_plan(store(), bench.desk.author, plan)
            st.session_state[MARK + "plan-read"] = (file.file_id, [])
            st.session_state[MARK + "plan-kept"] = (plan.title, key[:10])
            bench.desk.plan = plan
            st.rerun()
    findings = st.session_state[MARK + "plan-read"][1]
    if findings:
        lines = [f"{finding.place}: {finding.message()}" for finding in findings if finding.severity == "error"]
        more = [say("more", number=len(lines) - MOST_FINDINGS)] if len(lines) > MOST_FINDINGS else []
        st.error(say("upload-refused", name=plain(file.name), number=len(lines)))
        st.code("\n".join([*lines[:MOST_FINDINGS], *more]), language=None, wrap_lines=True)
