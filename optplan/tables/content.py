"""A plan's tables as read: typed values, each with its place in the input, and the hash of the content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from optplan.tables.declarations import PLAN_KEYS, TABLES
from optplan.tables.findings import Place
from optplan.tables.schema import Column, Kind, Table


@dataclass(frozen=True)
class Row:
    """A row of a table: ``row["amount"]`` gives the value, the column's default where the cell is blank.

    ``values`` holds only the cells that are given. ``number`` is the row as people count it (a header is row 1), ``file``
    and ``sheet`` say where; ``letters`` maps a column's name to its letter in that sheet.
    """

    table: Table
    values: Mapping[str, Any]
    number: int | None = None
    file: str = ""
    sheet: str | None = None
    letters: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    def __getitem__(self, column: str) -> Any:
        value = self.values.get(column)
        if value is not None:
            return value
        declared = self.table.column(column)
        return self.values.get(declared.named_by) if declared.named_by else declared.default

    def given(self, column: str) -> bool:
        """Whether the cell is filled in."""
        return self.values.get(column) is not None

    @property
    def key(self) -> tuple[Any, ...]:
        """What identifies the row in its table."""
        return tuple(self[column] for column in self.table.key)

    def place(self, column: str | None = None) -> Place:
        """Where the row, or one of its cells, stands."""
        letter = self.letters.get(column) if column else None
        cell = f"{letter}{self.number}" if letter and self.number else (f"A{self.number}" if self.sheet else None)
        return Place(self.file, self.table.name, self.number, column, self.sheet, cell)


@dataclass(frozen=True, eq=False)
class Tables:
    """All tables of a plan. ``tables["budgets"]`` is a tuple of :class:`Row`, empty where the plan has no such table.

    ``origin`` is the folder or workbook they were read from, as the user named it.
    """

    rows: Mapping[str, tuple[Row, ...]]
    origin: str = ""

    def __getitem__(self, table: str) -> tuple[Row, ...]:
        if table not in TABLES:
            raise KeyError(table)
        return self.rows.get(table, ())

    def __iter__(self) -> Iterator[str]:
        return iter(TABLES)

    def setting(self, key: str) -> Any:
        """The value of a key of the ``plan`` table, or its default."""
        for row in self["plan"]:
            if row["key"] == key and row.given("value"):
                return row["value"]
        return PLAN_KEYS[key].default

    @property
    def canonical(self) -> dict[str, list[list[Any]]]:
        """The content as plain data: the same for a folder and a workbook, whatever the order of rows and columns.

        Blank cells are the default they mean; comments on where a figure is from count as content. A row's cells stand in
        the order in which its table's columns are declared, then those of added columns by name where they say something.
        """
        return {
            name: sorted([_cells(row) for row in self[name]], key=lambda cells: json.dumps(cells, ensure_ascii=False))
            for name in TABLES
            if self[name]
        }

    @property
    def canonical_text(self) -> str:
        """:attr:`canonical` as text, of which :attr:`sha256` is the hash."""
        return json.dumps(self.canonical, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @cached_property
    def sha256(self) -> str:
        """The hash of the content."""
        return hashlib.sha256(self.canonical_text.encode("utf-8")).hexdigest()

    def __getstate__(self) -> dict[str, Any]:
        """Without the hash: whoever receives the tables works it out from what has arrived."""
        return {name: value for name, value in self.__dict__.items() if name != "sha256"}


def _cells(row: Row) -> list[Any]:
    columns = row.table.columns
    first = [_canonical(row[column.name], column) for column in columns if not column.added]
    more = [column for column in columns if column.added and row[column.name] != column.default]
    return first + [[column.name, _canonical(row[column.name], column)] for column in more]


def _canonical(value: Any, column: Column) -> Any:
    if value is None:
        return None
    if column.kind is Kind.SHARES or isinstance(value, tuple):
        return [_canonical_number(share) for share in value]
    if isinstance(value, Decimal):
        return _canonical_number(value)
    if isinstance(value, bool):
        return int(value)
    return value


def _canonical_number(value: Decimal) -> str:
    """``1``, ``1.0`` and ``1.00`` are the same number and hash alike."""
    return format(value.normalize(), "f")
