"""An edited table beside the base plan: sums, and what differs marked and with what it was."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from optplan.editing.changed_cells import differences
from optplan.editing.matrices import Matrix
from optplan.tables.names import Names
from optplan.tables.schema import Table
from optplan.web.inputs.matrix_editor import BLANK, column_name, grid_height, row_name
from optplan.web.inputs.workbench import Workbench
from optplan.web.words import words_of

say = words_of("web_inputs")
CHANGED = "background-color: #fff3bf; color: #5c4400"
TOTAL = "font-weight: 700; background-color: #f6f8fa"
FEW = 12  # rows of a matrix that is shown beside the base plan even if nothing differs
ICON = ":material/difference:"


def show_matrix_comparison(bench: Workbench, matrix: Matrix, names: Names) -> None:
    """Draw the figures of a matrix to read, with sums where they mean something."""
    grid, planned = (matrix.grid(records) for records in (bench.records(matrix.table), bench.planned(matrix.table)))
    lines = [
        [
            row_name(matrix, row, names),
            *(_beside(matrix.shown(now), matrix.shown(was)) for now, was in zip(cells, before, strict=True)),
        ]
        for row, cells, before in zip(matrix.rows, grid, planned, strict=True)
    ]
    across, down = matrix.sums(grid)
    if matrix.adds_down:
        lines.append([say("total"), *(f"{total:,f}" for total in down)])
    table = pd.DataFrame(lines, columns=["", *(column_name(matrix, column, names) for column in matrix.columns)])
    if matrix.adds_across:
        sums = [*across, sum(down)] if matrix.adds_down else across
        table[say("sum")] = [f"{total:,f}" for total in sums]
    looks = pd.DataFrame("", index=table.index, columns=table.columns)
    changed = 0
    for at, (cells, before) in enumerate(zip(grid, planned, strict=True)):
        for position, (now, was) in enumerate(zip(cells, before, strict=True), start=1):
            if now != was:
                looks.iat[at, position] = CHANGED
                changed += 1
    if matrix.adds_down:
        looks.loc[len(lines) - 1] = TOTAL
    with st.expander(say("compare", number=changed), expanded=bool(changed) or len(lines) <= FEW, icon=ICON):
        config = {head: st.column_config.TextColumn(alignment="right") for head in table.columns[1:]}
        marked = table.style.apply(lambda _: looks, axis=None)
        st.dataframe(marked, hide_index=True, width="stretch", column_config=config, height=grid_height(len(table)))


def show_list_comparison(bench: Workbench, table: Table, names: Names) -> None:
    """Draw the cells of a list that differ; nothing if none does."""
    found = list(differences(table, bench.planned(table.name), bench.records(table.name), names))
    if not found:
        return
    heads = [say(f"column-{name}") for name in ("row", "column", "was", "now")]
    lines = pd.DataFrame([(each.row, each.column, each.was or BLANK, each.now or BLANK) for each in found], columns=heads)
    with st.expander(say("differs", number=len(found)), expanded=True, icon=ICON):
        marked = lines.style.apply(lambda _: [CHANGED] * len(lines), subset=[heads[-1]])
        st.dataframe(marked, hide_index=True, width="stretch", height=grid_height(len(lines)))


def _beside(now: str, was: str) -> str:
    return now if now == was else say("was", now=now or BLANK, was=was or BLANK).words
