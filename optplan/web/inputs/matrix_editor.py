"""A matrix to type into: counties down, years across, sums, and beside each row what is wrong, what changed and its sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from optplan.editing import Inspection, Record
from optplan.editing.matrices import Grid, Matrix
from optplan.editing.naming import Names
from optplan.tables.declarations import TABLES
from optplan.tables.schema import Kind
from optplan.web.inputs.workbench import Read, Workbench
from optplan.web.words import words_of
from optplan.workbook.wording import choice_label

say = words_of("web_inputs")
CHANGED = "background-color: #fff3bf; color: #5c4400"
TOTAL = "font-weight: 700; background-color: #f6f8fa"
LONGEST = 200  # characters of a source that are shown


def show_matrix(bench: Workbench, matrix: Matrix, name: str, inspection: Inspection, names: Names) -> None:
    """Draw the matrix ``name`` and, below it, its sums and what differs from the base plan."""
    shown = bench.open((matrix.table, name, names.language), _reader(matrix))
    mounted, records = matrix.grid(shown.records), bench.records(matrix.table)
    grid, planned = matrix.grid(records), matrix.grid(bench.planned(matrix.table))
    heads = [_head(matrix, column, names) for column in matrix.columns]
    frame = pd.DataFrame(mounted, columns=list(matrix.columns), dtype="str").replace("", None)
    frame.insert(0, "name", [_row_name(matrix, row, names) for row in matrix.rows])
    sums, totals = matrix.sums(grid)
    frame["sum"] = [f"{total:,f}" for total in sums]
    frame["said"] = _remarks(matrix, records, grid, planned, inspection, heads)
    frame["basis"], frame["source"] = _origins(matrix, records)
    text = st.column_config.TextColumn
    st.data_editor(
        frame,
        key=shown.key,
        hide_index=True,
        width="stretch",
        height=_height(len(frame)),
        disabled=["name", "sum", "said", "basis", "source"],
        column_config={
            "name": text(_label(matrix, names), pinned=True, width=110),
            **{column: text(head, width=84, alignment="right") for column, head in zip(matrix.columns, heads, strict=True)},
            "sum": text(say("sum"), width=90, alignment="right"),
            "said": text(say("said"), width=300),
            "basis": text(say("basis"), width=90),
            "source": text(say("source"), width=400),
        },
        alt=name,
    )
    _compare(
        frame["name"].tolist(), heads, grid, planned, [f"{total:,f}" for total in (*totals, sum(totals))], frame["sum"].tolist()
    )


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


def _compare(rows: list[str], heads: list[str], grid: Grid, planned: Grid, totals: list[str], sums: list[str]) -> None:
    """The same figures to read: sums below, changed cells marked and with what they were."""
    cells = [
        [now if now == was else say("was", now=now or "–", was=was or "–") for now, was in zip(row, before, strict=True)]
        for row, before in zip(grid, planned, strict=True)
    ]
    lines = [[name, *row, total] for name, row, total in zip(rows, cells, sums, strict=True)]
    table = pd.DataFrame(lines, columns=["", *heads, say("sum")])
    looks = pd.DataFrame("", index=table.index, columns=table.columns)
    for at, (row, before) in enumerate(zip(grid, planned, strict=True)):
        for position, (now, was) in enumerate(zip(row, before, strict=True)):
            if now != was:
                looks.iat[at, position + 1] = CHANGED
    if len(rows) > 1:
        table.loc[len(rows)] = [say("total"), *totals]
        looks.loc[len(rows)] = TOTAL
    changed = int((looks == CHANGED).to_numpy().sum())
    with st.expander(say("compare", number=changed), expanded=bool(changed) or len(rows) <= 12, icon=":material/difference:"):
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
        label = say("changed-in", columns="、".join(changed)) if changed else ""
        said = []
        for column, head in zip(matrix.columns, heads, strict=True):
            at = positions.get((row, column))
            for each in inspection.of_row(matrix.table, at) if at is not None else ():
                said.append(f"{'⛔' if each.stops else '⚠'} {head}：{each.message}")
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
        bases.append("、".join(given))
        sources.append("；".join(dict.fromkeys(each["source"] for each in cells if each.get("source")))[:LONGEST])
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
