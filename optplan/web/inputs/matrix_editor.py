"""A matrix to type into: counties down, years across, sums, and beside each row what is wrong, what changed and its sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from optplan.editing import Inspection, Record
from optplan.editing.matrices import Grid, Matrix
from optplan.editing.naming import Names
from optplan.language import text
from optplan.tables.declarations import TABLES
from optplan.tables.schema import Kind
from optplan.web.inputs.workbench import Read, Workbench
from optplan.web.words import words_of
from optplan.workbook.wording import choice_label

say = words_of("web_inputs")
CHANGED = "background-color: #fff3bf; color: #5c4400"
TOTAL = "font-weight: 700; background-color: #f6f8fa"
BLANK = "–"
FEW = 12  # rows of a matrix that is shown beside the base plan even if nothing differs
LONGEST = 200  # characters of a source that are shown


def show_matrix(
    bench: Workbench, matrix: Matrix, what: tuple[str, ...], label: str, inspection: Inspection, names: Names
) -> None:
    """Draw the matrix that ``what`` names and people call ``label``; below it its sums and what differs from the base plan."""
    shown = bench.open((*what, names.language), _reader(matrix))
    mounted, records = matrix.grid(shown.records), bench.records(matrix.table)
    grid, planned = matrix.grid(records), matrix.grid(bench.planned(matrix.table))
    heads = [_head(matrix, column, names) for column in matrix.columns]
    frame = pd.DataFrame(mounted, columns=list(matrix.columns), dtype="str")
    frame.insert(0, "name", [_row_name(matrix, row, names) for row in matrix.rows])
    sums, totals = matrix.sums(grid)
    frame["sum"] = [f"{total:,f}" if matrix.adds_across else "" for total in sums]
    frame["said"] = _remarks(matrix, records, grid, planned, inspection, heads)
    frame["basis"], frame["source"] = _origins(matrix, records)
    cell = st.column_config.TextColumn
    st.data_editor(
        frame,
        key=shown.key,
        hide_index=True,
        width="stretch",
        height=_height(len(frame)),
        disabled=["name", "sum", "said", "basis", "source"],
        column_config={
            "name": cell(_label(matrix, names), pinned=True, width=110),
            **{column: cell(head, width=92, alignment="right") for column, head in zip(matrix.columns, heads, strict=True)},
            "sum": cell(say("sum"), width=90, alignment="right") if matrix.adds_across else None,
            "said": cell(say("said"), width=300),
            "basis": cell(say("basis"), width=90),
            "source": cell(say("source"), width=400),
        },
        alt=label,
        placeholder=BLANK,
    )
    below = [f"{total:,f}" for total in totals] if matrix.adds_down else []
    right = {say("sum"): [*frame["sum"], f"{sum(totals):,f}"][: len(frame) + len(below[:1])]} if matrix.adds_across else {}
    _compare(frame["name"].tolist(), heads, grid, planned, below, right)


def _reader(matrix: Matrix) -> Callable[[tuple[Record, ...]], Read]:
    def make(records: tuple[Record, ...]) -> Read:
        def read(typed: dict[int, dict[str, Any]]) -> Sequence[Record]:
            grid = matrix.grid(records)
            for row, cells in typed.items():
                for column, cell in cells.items():
                    if column in matrix.columns and row < len(grid):
                        grid[row][matrix.columns.index(column)] = "" if cell is None else str(cell).strip()
            return matrix.filled(records, grid)

        return read

    return make


def _compare(
    rows: list[str], heads: list[str], grid: Grid, planned: Grid, below: list[str], right: Mapping[str, list[str]]
) -> None:
    """The same figures to read: sums ``below`` and on the ``right``, changed cells marked and with what they were."""
    cells = [
        [now if now == was else say("was", now=now or BLANK, was=was or BLANK) for now, was in zip(row, before, strict=True)]
        for row, before in zip(grid, planned, strict=True)
    ]
    lines = [[name, *row] for name, row in zip(rows, cells, strict=True)]
    if below:
        lines.append([say("total"), *below])
    table = pd.DataFrame(lines, columns=["", *heads])
    for head, sums in right.items():
        table[head] = sums
    looks = pd.DataFrame("", index=table.index, columns=table.columns)
    for at, (row, before) in enumerate(zip(grid, planned, strict=True)):
        for position, (now, was) in enumerate(zip(row, before, strict=True)):
            if now != was:
                looks.iat[at, position + 1] = CHANGED
    if below:
        looks.loc[len(rows)] = TOTAL
    changed = int((looks == CHANGED).to_numpy().sum())
    with st.expander(say("compare", number=changed), expanded=bool(changed) or len(rows) <= FEW, icon=":material/difference:"):
        config = {head: st.column_config.TextColumn(alignment="right") for head in table.columns[1:]}
        marked = table.style.apply(lambda _: looks, axis=None)
        st.dataframe(marked, hide_index=True, width="stretch", column_config=config, height=_height(len(table)))


def _remarks(
    matrix: Matrix, records: Sequence[Record], grid: Grid, planned: Grid, inspection: Inspection, heads: list[str]
) -> list[str]:
    positions = matrix.positions(records)
    found = []
    for row, now, was in zip(matrix.rows, grid, planned, strict=True):
        changed = [head for head, new, old in zip(heads, now, was, strict=True) if new != old]
        label = say("changed-in", columns=text("editing", "comma").join(changed)) if changed else ""
        said = []
        for column, head in zip(matrix.columns, heads, strict=True):
            at = positions.get((row, column))
            for each in inspection.of_row(matrix.table, at) if at is not None else ():
                said.append(say("remark-error" if each.stops else "remark-warning", cell=head, message=each.message))
        found.append("　".join([*said, *([label] if label else [])]))
    return found


def _origins(matrix: Matrix, records: Sequence[Record]) -> tuple[list[str], list[str]]:
    """Basis and source of each row's cells, each told once."""
    positions = matrix.positions(records)
    column = TABLES[matrix.table].column("basis")
    bases, sources = [], []
    for row in matrix.rows:
        cells = [records[at].cells for across in matrix.columns if (at := positions.get((row, across))) is not None]
        given = dict.fromkeys(choice_label(column, each.get("basis") or "assumption") for each in cells)
        bases.append(text("editing", "comma").join(given))
        sources.append(
            text("editing", "semicolon").join(dict.fromkeys(each["source"] for each in cells if each.get("source")))[:LONGEST]
        )
    return bases, sources


def _row_name(matrix: Matrix, row: str, names: Names) -> str:
    return names.of(TABLES[matrix.table].column(matrix.down), row) if row else say("whole-city")


def _head(matrix: Matrix, column: str, names: Names) -> str:
    declared = TABLES[matrix.table].column(matrix.across)
    if declared.kind is not Kind.YEAR:
        return names.of(declared, column)
    return say("from-year" if declared.name == "from_year" else "in-year", year=column)


def _label(matrix: Matrix, names: Names) -> str:
    return say(f"head-{matrix.down}")


def _height(rows: int) -> int:
    return min(36 * (rows + 1) + 3, 620)
