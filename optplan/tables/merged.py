"""Merged cells of a sheet: one value shown over several cells, of which only the first holds it.

Where the cells say which county, year or group a row is about, the value is meant for each row and is filled down, and said so.
Where they are figures, nobody can tell whether the figure is for each row or for all together; where they are the ids or names
of rows, or lie across columns, they cannot be meant for each. Those are refused.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from optplan.tables.findings import Finding, error, warning
from optplan.tables.grid import Line, Source, is_blank, letter
from optplan.tables.schema import Column, Kind, Table

_SAID_OF_EACH = {Kind.ID, Kind.CHOICE, Kind.FLAG, Kind.YEAR, Kind.TEXT}


@dataclass(frozen=True)
class Merge:
    """A merged range: rows as people count them, positions of columns counted from 0, all inclusive."""

    top: int
    bottom: int
    left: int
    right: int

    def __str__(self) -> str:
        return f"{letter(self.left)}{self.top}:{letter(self.right)}{self.bottom}"


def filled_down(
    lines: Sequence[Line],
    head: int,
    columns: Sequence[Column | None],
    merges: Sequence[Merge],
    source: Source,
    findings: list[Finding],
) -> list[Line]:
    """The lines below the header in row ``head`` with merged cells filled down where that is meant; else ``findings`` say no."""
    cells = [list(line.cells) for line in lines]
    numbers = [line.number for line in lines]
    for merge in merges:
        under = [position for position in range(merge.left, min(merge.right + 1, len(columns))) if columns[position]]
        if merge.bottom < head or not under:
            continue
        column = columns[under[0]]
        assert column is not None
        place = source.place(merge.top, merge.left, column.name)
        if merge.top <= head:
            if merge.bottom > head or merge.top < head:
                findings.append(error("merged-header", place, range=str(merge)))
            continue
        rows = range(bisect_left(numbers, merge.top), bisect_right(numbers, merge.bottom))
        covered = [
            (at, position)
            for at in rows
            for position in range(merge.left, min(merge.right + 1, len(cells[at])))
            if not is_blank(cells[at][position])
        ]
        if not covered:
            continue
        if any((numbers[at], position) != (merge.top, merge.left) for at, position in covered):
            at, position = next(one for one in covered if (numbers[one[0]], one[1]) != (merge.top, merge.left))
            named = columns[position].name if position < len(columns) and columns[position] else None  # type: ignore[union-attr]
            findings.append(error("merged-hides", source.place(numbers[at], position, named), range=str(merge)))
        elif len(under) > 1:
            findings.append(error("merged-across", place, range=str(merge)))
        elif len(rows) > 1:
            value = cells[rows[0]][merge.left]
            shown = {"range": str(merge), "value": str(value)[:40], "column": column.name}
            if not _meant_for_each(column, source.table) or merge.left != under[0]:
                findings.append(error("merged-figures" if column.kind not in _SAID_OF_EACH else "merged-names", place, **shown))
                continue
            findings.append(warning("merged-filled", place, rows=len(rows), **shown))
            for at in rows[1:]:
                cells[at] += [None] * (merge.left + 1 - len(cells[at]))
                cells[at][merge.left] = value
    return [replace(line, cells=row) for line, row in zip(lines, cells, strict=True)]


def _meant_for_each(column: Column, table: Table) -> bool:
    """Whether one value can be meant for several rows: what describes a row, not what counts, and not what tells it apart."""
    tells_apart = len(table.key) == 1 and column.name in {*table.key, "name", "name_en"}
    return column.kind in _SAID_OF_EACH and not tells_apart
