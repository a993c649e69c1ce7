"""Which table is open, and how it is shown."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from optplan.editing import Inspection
from optplan.editing.matrices import MATRICES, Matrix
from optplan.language.lists import in_brackets, listed
from optplan.tables.content import Tables
from optplan.tables.declarations import TABLES
from optplan.tables.labels import table_label, table_meaning
from optplan.tables.names import Names
from optplan.web.inputs.comparison import show_list_comparison, show_matrix_comparison
from optplan.web.inputs.finding_list import show_findings
from optplan.web.inputs.list_editor import show_list
from optplan.web.inputs.matrix_editor import show_matrix
from optplan.web.inputs.workbench import MARK, Workbench
from optplan.web.widgets.choice import choose
from optplan.web.words import Markdown, plain, sentence, words_of

say = words_of("web_inputs")
ORDER = ("budgets", "standards", "stock")  # those that people look for first
LAYOUTS = ("matrix", "list")
MOST_TOLD = 8  # entries that have no place any more


def chosen_table(bench: Workbench, inspection: Inspection) -> str:
    """Draw the choice of a table; the name of the one that was chosen. Tables with changes or findings are marked."""
    order = [*ORDER, *(name for name in TABLES if name not in ORDER)]
    touched = {change.table for change in bench.draft.asked}
    stopped = {said.table for said in inspection.found if said.stops}

    def label(name: str) -> Markdown:
        mark = "marked-wrong" if name in stopped else "marked-changed" if name in touched else ""
        return say(mark, table=table_label(TABLES[name])) if mark else plain(table_label(TABLES[name]))

    chosen = st.pills(
        say("table"), order, format_func=label, default=order[0], key=MARK + "table", required=True, label_visibility="collapsed",
        persist_state="session",
    )  # fmt: skip
    return chosen or order[0]


def show_table(bench: Workbench, name: str, inspection: Inspection, tables: Tables, names: Names) -> None:
    """Draw the table to edit, below it what is wrong, and below that what differs from the base plan."""
    table = TABLES[name]
    if lost := bench.lost():
        st.warning(sentence("web_sheet", "no-place", number=len(lost), texts=listed(lost[:MOST_TOLD])))
    matrices = MATRICES[name](tables) if name in MATRICES else {}
    key = _chosen_matrix(name, matrices, names)
    if key is None:
        st.caption(plain(table_meaning(table)))
        show_list(bench, table, inspection, names)
        show_findings(inspection, name)
        show_list_comparison(bench, table, names)
    else:
        st.caption(say(f"matrix-{name}", currency=plain(names.currency)))
        show_matrix(bench, matrices[key], (name, "matrix", key, names.language), _name(name, key, names), inspection, names)
        show_findings(inspection, name)
        show_matrix_comparison(bench, matrices[key], names)


def _chosen_matrix(name: str, matrices: Mapping[str, Matrix], names: Names) -> str | None:
    """Draw the choice of a matrix; ``None`` for a table that is shown as a list."""
    if not matrices:
        return None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        layout = st.segmented_control(
            say("layout"),
            LAYOUTS,
            format_func=lambda each: say(f"layout-{each}"),
            default="matrix",
            key=f"{MARK}layout-{name}",
            required=True,
            persist_state="session",
        )
        if layout == "list":
            return None
        return choose(say(f"choose-{name}"), list(matrices), lambda each: _name(name, each, names), f"{MARK}matrix-{name}")


def _name(table: str, key: str, names: Names) -> str:
    match table:
        case "budgets":
            return names.by_table["funds"].get(key, key)
        case "standards":
            return in_brackets(names.by_table["standards"].get(key, key), key)
        case _:
            return say("retires-after", year=key) if key else say("stays")
