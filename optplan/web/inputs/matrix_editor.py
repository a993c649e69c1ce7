"""A matrix to type into: counties down, years across, sums, and beside each row what is wrong, what changed and its sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from optplan.editing import Inspection, Record, Said, signed
from optplan.editing.matrices import Matrix
from optplan.editing.thousands import number_in
from optplan.language.lists import clauses, listed
from optplan.language.numbers import typed
from optplan.tables.declarations import TABLES
from optplan.tables.labels import choice_label
from optplan.tables.names import Names
from optplan.tables.schema import Kind
from optplan.web.inputs.workbench import Make, Read, Workbench
from optplan.web.sheet.sheet import SheetColumn, SheetRow, show_sheet
from optplan.web.words import words_of
from optplan.workbook.book import display_width

say = words_of("web_inputs")
BLANK, WHOLE = "–", "*"
ZERO = Decimal(0)
LEAST, MOST = 24, 200  # points of the column of names
LONGEST = 200  # characters of a source that are shown


def show_matrix(
    bench: Workbench, matrix: Matrix, what: tuple[str, ...], label: str, inspection: Inspection, names: Names
) -> None:
    """Draw the matrix that ``what`` names and people call ``label``."""
    shown = bench.open(what, _reader(matrix))
    records = bench.records(matrix.table)
    grid, planned = matrix.grid(records), matrix.grid(bench.planned(matrix.table))
    heads = [column_name(matrix, column, names) for column in matrix.columns]
    sums, _ = matrix.sums(grid)
    remarks = _remarks(matrix, records, inspection)
    bases, sources = _origins(matrix, records)
    rows = []
    for at, row in enumerate(matrix.rows):
        cells = [matrix.shown(text) for text in grid[at]]
        looks, notes = {}, {}
        for column, now, was in zip(matrix.columns, grid[at], planned[at], strict=True):
            if now != was:
                looks[column], notes[column] = "changed", say("was", now=now or BLANK, was=was or BLANK).words
            if said := remarks.get((row, column)):
                looks[column] = "wrong" if any(each.stops for each in said) else "warn"
                notes[column] = "\n".join(each.message for each in said)
        total = [typed(sums[at])] if matrix.adds_across else []
        said_of_row = _said(matrix, row, heads, grid[at], planned[at], remarks)
        rows.append(
            SheetRow(
                row or WHOLE, [row_name(matrix, row, names), *cells, *total, said_of_row, bases[at], sources[at]], looks, notes
            )
        )
    columns = [
        SheetColumn("name", matrix_label(matrix), _name_width([row.cells[0] for row in rows]), fixed=True, frozen=True),
        *(SheetColumn(column, head, 82, number=True) for column, head in zip(matrix.columns, heads, strict=True)),
        *([SheetColumn("sum", say("sum").words, 82, number=True, fixed=True)] if matrix.adds_across else []),
        SheetColumn("said", say("said").words, 230, fixed=True),
        SheetColumn("basis", say("basis").words, 70, fixed=True),
        SheetColumn("source", say("source").words, 300, fixed=True),
    ]
    show_sheet(
        bench.sheet_key, bench.sheet_name(what), shown.turn, bench.ack(what), label, columns, rows,
        on_typed=bench.take_in,
    )  # fmt: skip


def _reader(matrix: Matrix) -> Make:
    def make(records: tuple[Record, ...]) -> tuple[Read, tuple[str, ...]]:
        def read(typed: dict[int, dict[str, Any]]) -> Sequence[Record]:
            grid = matrix.grid(records)
            for row, cells in typed.items():
                for column, cell in cells.items():
                    if column in matrix.columns and row < len(grid):
                        grid[row][matrix.columns.index(column)] = cell.strip()
            return matrix.filled(records, grid)

        return read, tuple(row or WHOLE for row in matrix.rows)

    return make


def _remarks(matrix: Matrix, records: Sequence[Record], inspection: Inspection) -> dict[tuple[str, str], list[Said]]:
    """What is said of each cell of the matrix, by row and column."""
    positions = matrix.positions(records)
    return {at: said for at, position in positions.items() if (said := inspection.of_row(matrix.table, position))}


def _said(
    matrix: Matrix, row: str, heads: Sequence[str], now: Sequence[str], was: Sequence[str],
    remarks: Mapping[tuple[str, str], Sequence[Said]],
) -> str:  # fmt: skip
    """What is wrong in a row, at which cell, before what was changed."""
    said = [
        say("remark-error" if each.stops else "remark-warning", cell=head, message=each.message).words
        for column, head in zip(matrix.columns, heads, strict=True)
        for each in remarks.get((row, column), ())
    ]
    changed = [head for head, new, old in zip(heads, now, was, strict=True) if new != old]
    label = [say("changed-in", columns=listed(changed)).words] if changed else []
    kind = TABLES[matrix.table].column(matrix.value).kind
    moved = sum(
        ((number_in(new, kind) or ZERO) - (number_in(old, kind) or ZERO) for new, old in zip(now, was, strict=True)), ZERO
    )
    if label and moved and matrix.adds_across:
        label = [say("changed-by", said=label[0], amount=signed(moved)).words]
    return "　".join([*said, *label])


def _origins(matrix: Matrix, records: Sequence[Record]) -> tuple[list[str], list[str]]:
    """Basis and source of each row's cells, each told once."""
    positions = matrix.positions(records)
    column = TABLES[matrix.table].column("basis")
    bases, sources = [], []
    for row in matrix.rows:
        cells = [records[at].cells for across in matrix.columns if (at := positions.get((row, across))) is not None]
        given = dict.fromkeys(choice_label(column, each.get("basis") or "assumption") for each in cells)
        bases.append(listed(given))
        sources.append(clauses(dict.fromkeys(each["source"] for each in cells if each.get("source")))[:LONGEST])
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


def matrix_label(matrix: Matrix) -> str:
    """What the rows of the matrix are."""
    return say(f"head-{matrix.down}")


def _name_width(names: Iterable[str]) -> int:
    """Wide enough for the longest name, as far as it leaves room for figures; in points."""
    return min(LEAST + round(7 * max((display_width(name) for name in names), default=0)), MOST)
