"""An edited table beside the base plan: sums, and what differs marked and with what it was."""

from __future__ import annotations

from decimal import Decimal
from itertools import islice

import streamlit as st

from optplan.editing.changed_cells import differences
from optplan.editing.matrices import Matrix
from optplan.language.numbers import typed
from optplan.tables.names import Names
from optplan.tables.schema import Table
from optplan.web.inputs.matrix_editor import BLANK, column_name, matrix_label, row_name
from optplan.web.inputs.workbench import Workbench
from optplan.web.widgets import grid
from optplan.web.widgets.grid import Cell, Changed
from optplan.web.words import words_of

say = words_of("web_inputs")
FEW = 12  # rows of a matrix that is shown beside the base plan even if nothing differs
MOST = 200  # differences of a list that are shown
ICON = ":material/difference:"


def show_matrix_comparison(bench: Workbench, matrix: Matrix, names: Names) -> None:
    """Draw the figures of a matrix to read, with sums where they mean something."""
    cells, planned = (matrix.grid(records) for records in (bench.records(matrix.table), bench.planned(matrix.table)))
    lines: list[list[Cell]] = []
    for row, now, before in zip(matrix.rows, cells, planned, strict=True):
        beside = (_beside(matrix.shown(one), matrix.shown(other)) for one, other in zip(now, before, strict=True))
        lines.append([row_name(matrix, row, names), *beside])
    across, down = matrix.sums(cells)
    if matrix.adds_down:
        lines.append([say("total"), *map(typed, down)])
    heads: list[Cell] = [matrix_label(matrix), *(column_name(matrix, column, names) for column in matrix.columns)]
    if matrix.adds_across:
        heads.append(say("sum"))
        sums = [*across, sum(down, Decimal(0))] if matrix.adds_down else across
        for line, total in zip(lines, sums, strict=True):
            line.append(typed(total))
    changed = sum(isinstance(cell, Changed) for line in lines for cell in line)
    with st.expander(say("compare", number=changed), expanded=bool(changed) or len(lines) <= FEW, icon=ICON):
        grid.show_grid(heads, lines, strong=(-1,) if matrix.adds_down else ())


def show_list_comparison(bench: Workbench, table: Table, names: Names) -> None:
    """Draw the cells of a list that differ; nothing if none does."""
    every = differences(table, bench.planned(table.name), bench.records(table.name), names)
    found = list(islice(every, MOST))
    more = sum(1 for _ in every)
    if not found:
        return
    heads = [say(f"column-{name}") for name in ("row", "column", "was", "now")]
    lines: list[list[Cell]] = [[each.row, each.column, each.was or BLANK, Changed(each.now or BLANK)] for each in found]
    with st.expander(say("differs", number=len(found) + more), expanded=True, icon=ICON):
        grid.show_grid(heads, lines, words=(0, 1, 2, 3))
        if more:
            st.caption(say("more-differences", number=more))


def _beside(now: str, was: str) -> Cell:
    return now if now == was else Changed(say("was", now=now or BLANK, was=was or BLANK).words)
