"""The workbook as it ought to be: composed anew from the plan's tables and the decisions that were read.

Every cell of an exported workbook follows from these two. So what an edited one shows is not believed but compared.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from optplan.audit import audit
from optplan.document.document import ResultDocument, sections_of
from optplan.language import current_language, speaking
from optplan.schedule import Schedule
from optplan.tables.content import Tables
from optplan.tables.year_labels import calling_years_of
from optplan.workbook.book import Sheet
from optplan.workbook.edited.record import Record
from optplan.workbook.edited.sheets import HOLDERS, KINDS, word
from optplan.workbook.schedule.compose import compose


@dataclass(frozen=True)
class Live:
    """A cell that must hold a formula: how it is written, and what it must come to."""

    formula: str
    value: Decimal | int | str


@dataclass
class ExpectedSheet:
    """A sheet as exported; positions are counted from 0.

    ``rows``: of each row its cells by column: a text, a number, or a :class:`Live` formula. ``entries``: what a person may
    change. ``ids``: the row of each (kind, key), and ``id_rows`` the other way round.
    """

    title: str
    kind: str
    holder: str
    first: int
    rows: dict[int, dict[int, Any]]
    entries: set[tuple[int, int]]
    ids: dict[tuple[str, str], int] = field(default_factory=dict)
    id_rows: dict[int, tuple[str, str]] = field(default_factory=dict)


class _Decided(ResultDocument):
    """A schedule with all that follows from it, whether or not it keeps the rules."""

    def __init__(self, document: dict[str, Any], tables: Tables) -> None:
        super().__init__(document)
        self._tables = tables

    def tables(self) -> Tables:
        """The plan's tables."""
        return self._tables


def expected_sheets(tables: Tables, schedule: Schedule, record: Record) -> list[ExpectedSheet]:
    """The sheets, but for the cover, of the workbook with these decisions, in the language of the workbook."""
    model = record.shown
    checked = audit(tables, schedule, requests=record.model.requests)
    document = {
        "plan": {"title": tables.setting("title"), "sha256": tables.sha256},
        "model": model.name,
        "model_content": model.model_dump(mode="json"),
        "scenario": [],
        "status": "feasible",
        "criteria": record.criteria(),
        "seal": {"sha256": record.seal, "rules": dict(checked.rules_checked)},
        "made_with": {},
        **sections_of(schedule, checked),
    }
    with speaking(record.language or current_language()), calling_years_of(tables):
        book = compose(_Decided(document, tables))
    return [_expected(sheet) for sheet in book.sheets[1:]]


def _expected(sheet: Sheet) -> ExpectedSheet:
    rows: dict[int, dict[int, Any]] = defaultdict(dict)
    cells: Any = sheet.worksheet._cells
    for (row, column), cell in cells.items():
        if cell.value is None:
            continue
        live = sheet.values.get(cell.coordinate) if cell.data_type == "f" else None
        rows[row - 1][column - 1] = Live(cell.value[1:], live) if live is not None else cell.value
    first = next((column for column, value in sorted(rows.get(0, {}).items()) if value in KINDS), -1)
    kind = str(rows[0][first]) if first >= 0 else ""
    holder = word(rows[0].get(first + 1)) if kind in HOLDERS else ""
    made = ExpectedSheet(sheet.name, kind, holder, first, rows, {(row - 1, column - 1) for row, column in sheet.entries})
    for row in sorted(rows) if kind else ():
        name, key = word(rows[row].get(first)), word(rows[row].get(first + 1))
        if kind == "summary":
            name, key = "target", name
        if row and name and (key or kind != "summary"):
            made.ids.setdefault((name, key), row)
            made.id_rows[row] = name, key
    return made
