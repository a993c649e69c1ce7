"""The smallest list of changes that turns the rows of a table into others, by key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from optplan.editing.draft import Key
from optplan.scenarios import Add, Change, Remove, Set
from optplan.tables.content import Row
from optplan.tables.schema import Table
from optplan.tables.values import written

Values = Mapping[str, Any]
Box = tuple[tuple[Any, ...], ...]  # for each key column the values that are meant: all keys in their product


@dataclass(frozen=True)
class Wanted:
    """What a row should hold, but for ``source`` and ``basis``: these rest on the scenario unless ``said`` holds them."""

    values: Values
    said: Values = field(default_factory=dict)


def difference(table: Table, before: Sequence[Row], wanted: Mapping[Key, Wanted]) -> list[Change]:
    """The changes from the rows ``before`` to those ``wanted``, by key. Rows that are changed alike share a change."""
    rows = {row.key: row for row in before}
    writes: dict[Key, list[dict[str, Any]]] = {}
    for key, want in wanted.items():
        if key in rows:
            writes[key] = list(_writes(rows[key], want))
    changes: list[Change] = []
    for turn in (0, 1):
        alike: dict[tuple[tuple[str, Any], ...], list[Key]] = {}
        for key, some in writes.items():
            if len(some) > turn:
                alike.setdefault(tuple(some[turn].items()), []).append(key)
        for cells, keys in alike.items():
            changes += [Set(table=table.name, where=_where(table, box), set=dict(cells)) for box in boxes(keys)]
    gone = [key for key in rows if key not in wanted]
    changes += [Remove(table=table.name, where=_where(table, box)) for box in boxes(gone)]
    added = [_row(want) for key, want in wanted.items() if key not in rows]
    return [*changes, Add(table=table.name, rows=tuple(added))] if added else changes


def _writes(row: Row, want: Wanted) -> Iterator[dict[str, Any]]:
    """What is set in a row: first the figures, then what is said of their source if that is what it was before.

    A change of figures marks its rows as its own, and a source that stays the same is not told from one not given.
    """
    names = [column.name for column in row.table.columns if column.name not in {"source", "basis"}]
    cells = {name: cell(want.values.get(name)) for name in names if want.values.get(name) != row.values.get(name)}
    said = {name: cell(value) for name, value in want.said.items() if value != row.values.get(name)}
    same = {name: cell(value) for name, value in want.said.items() if value == row.values.get(name) and cells}
    if cells or said:
        yield {**cells, **said}
    if same:
        yield same


def _row(want: Wanted) -> dict[str, Any]:
    return {name: cell(value) for name, value in {**want.values, **want.said}.items() if value is not None}


def cell(value: Any) -> Any:
    """A typed value as the cell of a change: numbers where the file has them, text else."""
    if isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value.normalize()
    return written(value)


def _where(table: Table, box: Box) -> dict[str, Any]:
    """The rows of a box, each column with one value or a list."""
    named = {
        name: tuple("" if value is None else cell(value) for value in values) for name, values in zip(table.key, box, strict=True)
    }
    return {name: values[0] if len(values) == 1 else values for name, values in named.items()}


def boxes(keys: Iterable[Key]) -> list[Box]:
    """The keys in as few products of lists as merging column by column finds; each key in exactly one."""
    found: list[Box] = [tuple((part,) for part in key) for key in keys]
    for column in reversed(range(len(found[0]) if found else 0)):
        beside: dict[Box, list[Any]] = {}
        for box in found:
            beside.setdefault((*box[:column], *box[column + 1 :]), []).extend(box[column])
        found = [(*rest[:column], tuple(values), *rest[column:]) for rest, values in beside.items()]
    return found
