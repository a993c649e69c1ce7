"""Which row and column of an edited sheet are which row and column of the sheet as exported; rows may have been inserted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from optplan.workbook.edited.expected import ExpectedSheet, Live
from optplan.workbook.edited.sheets import IdSheet, word

KEY_TEXTS = 2  # texts at the left of a row without ids that tell it from others


@dataclass(frozen=True)
class Aligned:
    """A sheet as exported beside the edited one. ``rows``, ``columns``: where each is now, all counted from 0.

    ``header``: the row of the column headers as exported. ``lost``: headers, as (column, text), that are not found in order.
    """

    due: ExpectedSheet
    sheet: IdSheet
    rows: Mapping[int, int]
    columns: Mapping[int, int]
    header: int
    lost: tuple[tuple[int, Any], ...]

    @property
    def moved(self) -> bool:
        """Whether rows or columns stand elsewhere than as exported."""
        return any(a != b for a, b in self.rows.items()) or any(a != b for a, b in self.columns.items())

    def at(self, row: int, column: int) -> Any:
        """What stands now where ``row`` and ``column`` were exported."""
        return self.sheet.at(self.rows[row], self.columns[column])

    def cells(self) -> Iterator[tuple[int, int, Any, Any]]:
        """Row and column as exported, what is due there, and what stands there, of every row that is found."""
        for row, cells in self.due.rows.items():
            if row in self.rows:
                for column, value in cells.items():
                    yield row, column, value, self.at(row, column)


def align(due: ExpectedSheet, sheet: IdSheet, header: int) -> Aligned:
    """Find the rows of ``due`` on the edited ``sheet``: by their ids, else by the texts at their left."""
    columns, lost = _columns(due, sheet, header)
    rows = {row: sheet.rows[key] for key, row in due.ids.items() if key in sheet.rows}
    there: dict[tuple[str, ...], list[int]] = defaultdict(list)
    here: dict[tuple[str, ...], list[int]] = defaultdict(list)
    taken = set(rows.values())
    for number, cells in enumerate(sheet.cells):
        if number not in taken:
            said = [word(cells[at]) for at in sorted(columns.values()) if 0 <= at < len(cells) and isinstance(cells[at], str)]
            there[tuple(each for each in said if each)[:KEY_TEXTS]].append(number)
    for row, wanted in sorted(due.rows.items()):
        if row not in due.id_rows:
            texts = [word(value) for _, value in sorted(wanted.items()) if isinstance(value, str)]
            here[tuple(each for each in texts if each)[:KEY_TEXTS]].append(row)
    for key, wanted_rows in here.items():
        if key and len(wanted_rows) == len(there[key]):
            rows |= dict(zip(wanted_rows, there[key], strict=True))
    return Aligned(due, sheet, rows, columns, header, lost)


def _columns(due: ExpectedSheet, sheet: IdSheet, header: int) -> tuple[dict[int, int], tuple[tuple[int, Any], ...]]:
    """Where each column is now, by the headers in their order; a column without a header keeps beside its neighbour."""
    wanted = [(column, value) for column, value in sorted(due.rows.get(header, {}).items()) if not isinstance(value, Live)]
    row = max(range(min(len(sheet.cells), 80)), key=lambda at: _likeness(sheet.cells[at], wanted), default=0)
    cells = sheet.cells[row] if sheet.cells else ()
    found: dict[int, int] = {}
    lost: list[tuple[int, Any]] = []
    after = -1
    for column, value in wanted:
        at = next((at for at in range(after + 1, len(cells)) if same_text(cells[at], value)), None)
        if at is None:
            lost.append((column, value))
        else:
            found[column] = after = at
    if due.kind != "county" and lost:  # a sheet without one row of headers over all: columns keep where the ids are
        found, lost = {0: sheet.first - due.first if due.kind else 0}, []
    elif due.kind and due.first not in found:
        found |= {due.first + step: sheet.first + step for step in range(3) if due.first + step not in found}
    widest = max((column for cells in due.rows.values() for column in cells), default=0)
    shift = 0
    columns: dict[int, int] = {}
    for column in range(widest + 1):
        shift = found[column] - column if column in found else shift
        columns[column] = column + shift
    return columns, tuple(lost)


def _likeness(cells: tuple[Any, ...], wanted: list[tuple[int, Any]]) -> int:
    """How many of the headers stand in a row."""
    said = {word(cell) for cell in cells if cell is not None}
    return sum(word(value) in said for _, value in wanted)


def same_text(cell: Any, due: Any) -> bool:
    """Whether a cell says what was exported, but for spaces and widths."""
    return word(cell) == word(due)
