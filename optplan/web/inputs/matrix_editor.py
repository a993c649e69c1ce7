"""A matrix to type into: counties down, years across, sums, and beside each row what is wrong, what changed and its sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from optplan.editing import Inspection, Record
from optplan.editing.matrices import Grid, Matrix
from optplan.language import text
from optplan.tables.declarations import TABLES
from optplan.tables.labels import choice_label
from optplan.tables.names import Names
from optplan.tables.schema import Kind
from optplan.web.inputs.workbench import Read, Workbench
from optplan.web.words import words_of
from optplan.workbook.book import display_width

say = words_of("web_inputs")
BLANK = "–"
LEAST, MOST = 24, 200  # points of the column of names
LONGEST = 200  # characters of a source that are shown


def show_matrix(
    bench: Workbench, matrix: Matrix, what: tuple[str, ...], label: str, inspection: Inspection, names: Names
) -> None:
    """Draw the matrix that ``what`` names and people call ``label``."""
    shown = bench.open((*what, names.language), _reader(matrix))
    mounted, records = matrix.grid(shown.records), bench.records(matrix.table)
    grid, planned = matrix.grid(records), matrix.grid(bench.planned(matrix.table))
    heads = [column_name(matrix, column, names) for column in matrix.columns]
    frame = pd.DataFrame([list(map(matrix.shown, row)) for row in mounted], columns=list(matrix.columns), dtype="str")
    frame.insert(0, "name", [row_name(matrix, row, names) for row in matrix.rows])
    sums, _ = matrix.sums(grid)
    frame["sum"] = [f"{total:,f}" if matrix.adds_across else "" for total in sums]
    frame["said"] = _remarks(matrix, records, grid, planned, inspection, heads)
    frame["basis"], frame["source"] = _origins(matrix, records)
    cell = st.column_config.TextColumn
    st.data_editor(
        frame,
        key=shown.key,
        on_change=bench.take_in,
        hide_index=True,
        width="stretch",
        height=grid_height(len(frame)),
        disabled=["name", "sum", "said", "basis", "source"],
        column_config={
            "name": cell(_label(matrix, names), pinned=True, width=_name_width(frame["name"])),
            **{column: cell(head, width=82, alignment="right") for column, head in zip(matrix.columns, heads, strict=True)},
            "sum": cell(say("sum"), width=82, alignment="right") if matrix.adds_across else None,
            "said": cell(say("said"), width=230),
            "basis": cell(say("basis"), width=70),
            "source": cell(say("source"), width=400),
        },
        alt=label,
        placeholder=BLANK,
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


def _remarks(
    matrix: Matrix, records: Sequence[Record], grid: Grid, planned: Grid, inspection: Inspection, heads: list[str]
) -> list[str]:
    positions = matrix.positions(records)
    found = []
    for row, now, was in zip(matrix.rows, grid, planned, strict=True):
        changed = [head for head, new, old in zip(heads, now, was, strict=True) if new != old]
        label = say("changed-in", columns=text("editing", "comma").join(changed)).words if changed else ""
        said = []
        for column, head in zip(matrix.columns, heads, strict=True):
            at = positions.get((row, column))
            for each in inspection.of_row(matrix.table, at) if at is not None else ():
                said.append(say("remark-error" if each.stops else "remark-warning", cell=head, message=each.message).words)
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


def row_name(matrix: Matrix, row: str, names: Names) -> str:
    """What people call a row of the matrix."""
    return names.of(TABLES[matrix.table].column(matrix.down), row) if row else say("whole-city")


def column_name(matrix: Matrix, column: str, names: Names) -> str:
    """What people call a column of the matrix."""
    declared = TABLES[matrix.table].column(matrix.across)
    if declared.kind is not Kind.YEAR:
        return names.of(declared, column)
    return say("from-year" if declared.name == "from_year" else "in-year", year=column)


def _label(matrix: Matrix, names: Names) -> str:
    return say(f"head-{matrix.down}")


def _name_width(names: Iterable[str]) -> int:
    """Wide enough for the longest name, as far as it leaves room for figures; in points."""
    return min(LEAST + round(7 * max((display_width(name) for name in names), default=0)), MOST)


def grid_height(rows: int) -> int:
    """How tall a table of so many rows is drawn, in points; beyond that it scrolls."""
    return min(36 * (rows + 1) + 3, 620)
