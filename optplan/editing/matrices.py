"""Tables as people know them: counties down, years across. A cell of a matrix is the figure of one row of its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from optplan.editing.edited_rows import Record
from optplan.editing.thousands import number_in, thousands_apart
from optplan.tables.content import Tables
from optplan.tables.declarations import TABLES
from optplan.tables.values import written

Grid = list[list[str]]


@dataclass(frozen=True)
class Matrix:
    """The rows of ``table`` whose cells are those of ``fixed``, laid out by two of their columns.

    ``down`` and ``across`` name these columns, ``rows`` and ``columns`` are the texts that stand there, in order; ``""`` stands
    for a blank cell. ``value`` is the column that is shown. ``given`` are further cells of rows that are new. ``adds_across`` and
    ``adds_down`` say whether the sum of a row, and that of a column, mean anything.
    """

    table: str
    fixed: Mapping[str, str]
    down: str
    rows: tuple[str, ...]
    across: str
    columns: tuple[str, ...]
    value: str
    given: Mapping[str, str] = field(default_factory=dict)
    adds_across: bool = False
    adds_down: bool = False

    def place(self, record: Record) -> tuple[str, str] | None:
        """Row and column of a record in the matrix; ``None``: it is not in it."""
        if any(record.cells.get(name, "") != text for name, text in self.fixed.items()):
            return None
        at = record.cells.get(self.down, ""), record.cells.get(self.across, "")
        return at if at[0] in self.rows and at[1] in self.columns else None

    def grid(self, records: Sequence[Record]) -> Grid:
        """The shown cells, row by row; empty where the table has no row."""
        found = {at: record.cells.get(self.value, "") for record in records if (at := self.place(record))}
        return [[found.get((row, column), "") for column in self.columns] for row in self.rows]

    def positions(self, records: Sequence[Record]) -> dict[tuple[str, str], int]:
        """Where in ``records`` each cell of the matrix has its row."""
        return {at: position for position, record in enumerate(records) if (at := self.place(record))}

    def filled(self, records: Sequence[Record], grid: Grid) -> tuple[Record, ...]:
        """The records with the cells of ``grid``: a cell that is emptied takes its row away, one that is filled brings a row."""
        shown, at = self.grid(records), self.positions(records)
        changed: dict[int, Record | None] = {}
        added: list[Record] = []
        for down, before, now in zip(self.rows, shown, grid, strict=True):
            for across, old, new in zip(self.columns, before, now, strict=True):
                if old == new:
                    continue
                position = at.get((down, across))
                if position is not None:
                    changed[position] = records[position].with_cell(self.value, new) if new else None
                elif new:
                    cells = {**self.given, **self.fixed, self.down: down, self.across: across, self.value: new}
                    added.append(Record(None, cells))
        kept = [changed.get(position, record) for position, record in enumerate(records)]
        return (*(record for record in kept if record is not None), *added)

    def shown(self, text: str) -> str:
        """A cell as people read it, with thousands set apart."""
        return thousands_apart(text, TABLES[self.table].column(self.value).kind)

    def sums(self, grid: Grid) -> tuple[list[Decimal], list[Decimal]]:
        """The sums of rows and of columns; cells that are no number count nothing."""
        column = TABLES[self.table].column(self.value)
        numbers = [[number_in(text, column.kind) or Decimal(0) for text in row] for row in grid]
        return [sum(row, Decimal(0)) for row in numbers], [sum(each, Decimal(0)) for each in zip(*numbers, strict=True)]


def _years(tables: Tables, table: str, column: str) -> tuple[str, ...]:
    """The plan's years, and any others that rows of the table speak of."""
    first, last = tables.setting("first_year"), tables.setting("last_year")
    found = {row[column] for row in tables[table] if row[column] is not None}
    if isinstance(first, int) and isinstance(last, int):
        found |= set(range(first, min(last, first + 30) + 1))
    return tuple(str(year) for year in sorted(found))


def _counties(tables: Tables) -> tuple[str, ...]:
    return tuple(str(row["county"]) for row in tables["counties"] if row["county"])


def budget_matrices(tables: Tables) -> dict[str, Matrix]:
    """A matrix for each fund, by its id: counties × years; one row for a pool."""
    years = _years(tables, "budgets", "year")
    return {
        row["fund"]: Matrix(
            "budgets",
            {"fund": row["fund"]},
            "county",
            _payers(tables, row["fund"], row["level"]),
            "year",
            years,
            "amount",
            adds_across=True,
            adds_down=True,
        )
        for row in tables["funds"]
        if row["fund"]
    }


def _payers(tables: Tables, fund: str, level: str) -> tuple[str, ...]:
    named = {written(row["county"]) for row in tables["budgets"] if row["fund"] == fund}
    return ("",) if level == "pool" and named <= {""} else tuple(c for c in (*_counties(tables), "") if c or "" in named)


def standard_matrices(tables: Tables) -> dict[str, Matrix]:
    """A matrix for each standard, by its id: counties × the years from which a figure holds."""
    years = _years(tables, "standards", "from_year")
    first = {row["standard"]: row for row in reversed(tables["standards"])}
    return {
        standard: Matrix(
            "standards", {"standard": standard}, "county", _counties(tables), "from_year", years, "required",
            {"group": written(first[standard].values.get("group")), "weight": written(first[standard].values.get("weight"))},
        )
        for standard in dict.fromkeys(row["standard"] for row in tables["standards"] if row["standard"])
    }  # fmt: skip


def stock_matrices(tables: Tables) -> dict[str, Matrix]:
    """Items × counties: a matrix for what stays in service (key ``""``), and for each year after which some retires."""
    items = tuple(str(row["item"]) for row in tables["items"] if row["item"])
    retiring = sorted({written(row["retires_after"]) for row in tables["stock"]} | {""})
    return {
        year: Matrix("stock", {"retires_after": year}, "item", items, "county", _counties(tables), "quantity", adds_across=True)
        for year in retiring
    }


MATRICES = {"budgets": budget_matrices, "standards": standard_matrices, "stock": stock_matrices}
