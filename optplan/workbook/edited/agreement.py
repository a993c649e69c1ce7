"""Whether every figure that an edited workbook shows follows from its decisions and from the plan.

A figure typed over a formula, a budget or price changed on a sheet, a formula rewritten: none of them is read, but all are seen.
What differs from what follows is refused; a formula replaced by the very figure that it came to is pointed out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from optplan.schedule import Schedule
from optplan.tables.cells import ErrorValue, Formula
from optplan.tables.content import Tables
from optplan.tables.findings import Finding, error, warning
from optplan.tables.grid import is_blank
from optplan.workbook.edited.alignment import Aligned, align
from optplan.workbook.edited.expected import ExpectedSheet, Live, expected_sheets
from optplan.workbook.edited.record import Record
from optplan.workbook.edited.seen import seen_otherwise
from optplan.workbook.edited.sheets import IdSheet, word
from optplan.workbook.schedule.county import NUMBER_COLUMN
from optplan.workbook.schedule.cover import LAYOUT
from optplan.workbook.schedule.frame import HEADER_ROW

NEAR = Decimal("0.000001")  # relative; what spreadsheets lose in arithmetic
MOST_NAMED = 60  # figures of a workbook; more of the same help nobody
SHOWN = 40
SAID = 2  # on the summary the figures of the proof stand behind this column
_REFERENCE = re.compile(r"[A-Z]{1,3}\$?[0-9]")


def figures_apart(
    tables: Tables, schedule: Schedule, record: Record, sheets: Sequence[IdSheet], *, keeps_rules: bool
) -> list[Finding]:
    """The cells of the edited ``sheets`` that show other figures than follow from ``schedule``.

    ``keeps_rules``: whether the schedule keeps every rule. Only then is known what marks and remainders must say; otherwise just
    what was typed over a formula, and the plan's own figures, are compared.
    """
    found: list[Finding] = []
    currency = str(tables.setting("currency"))
    aligned = [pair for due in expected_sheets(tables, schedule, record) for pair in _pairs(due, sheets)]
    still = not any(pair.moved for pair in aligned) and all(word(pair.due.title) == word(pair.sheet.name) for pair in aligned)
    for pair in aligned:
        found += _of_sheet(pair, currency, keeps_rules=keeps_rules, still=still, whole=record.layout == LAYOUT)
        if len(found) >= MOST_NAMED:
            break
    return found[:MOST_NAMED]


def _pairs(due: ExpectedSheet, sheets: Sequence[IdSheet]) -> Iterator[Aligned]:
    """The edited sheets that are this one: by their hidden word, else by their name."""
    for sheet in sheets:
        same = (sheet.kind, sheet.holder if due.holder else "") == (due.kind, due.holder) if sheet.kind else due.kind != "county"
        if same and (sheet.kind or word(sheet.name) == word(due.title)):
            yield align(due, sheet, HEADER_ROW - 1)


def _of_sheet(pair: Aligned, currency: str, *, keeps_rules: bool, still: bool, whole: bool) -> Iterator[Finding]:
    for row, column, due, now in pair.cells():
        proof = pair.due.kind == "summary" and row not in pair.due.id_rows and not isinstance(due, Live) and column > SAID
        if (row, column) in pair.due.entries or (isinstance(due, str) and not proof) or (proof and not whole):
            continue
        if pair.due.kind and pair.due.first <= column < pair.due.first + 2:
            continue
        if pair.due.kind in {"county", "programme"} and column == NUMBER_COLUMN - 1:
            continue  # people number rows anew
        place = pair.sheet.place(pair.rows[row], pair.columns[column])
        if wrong := seen_otherwise(now.cached if isinstance(now, Formula) else now, place, currency):
            yield wrong
        elif isinstance(due, Live):
            if isinstance(now, Formula):
                code = _of_formula(due, now, keeps_rules=keeps_rules, still=still)
                if code:
                    yield error(code, place, value=word(now.cached)[:SHOWN], due=_written(due.value))
            elif not is_blank(now):
                if keeps_rules and _agree(now, due.value):
                    yield warning("edit-computed-same", place, value=word(now)[:SHOWN])
                else:
                    yield error("edit-computed", place, value=word(now)[:SHOWN])
            elif whole and keeps_rules and due.value != "":
                yield error("edit-computed-gone", place, due=_written(due.value))
        elif not _agree(now, due) and (whole or not is_blank(now)):
            yield error("edit-given", place, given=_written(due))
    yield from _not_read(pair)


def _not_read(pair: Aligned) -> Iterator[Finding]:
    """Figures under years in which nothing may stand (payments of years that are over), in rows that are read otherwise."""
    entries = pair.due.entries
    years = {column for _, column in entries}
    for row in {row for row, _ in entries} & set(pair.rows):
        for column in years:
            if column not in pair.due.rows[row] and (row, column) not in entries and not is_blank(now := pair.at(row, column)):
                yield error("edit-nowhere", pair.sheet.place(pair.rows[row], pair.columns[column]), value=word(now)[:SHOWN])


def _of_formula(due: Live, now: Formula, *, keeps_rules: bool, still: bool) -> str | None:
    """What is wrong with a formula, as the code of a finding."""
    as_exported = _alike(now) == _alike(due.formula)
    if isinstance(now.cached, ErrorValue):
        return None if as_exported else "edit-formula-broken"
    if not _REFERENCE.search(str(now)) and _REFERENCE.search(due.formula):
        return "edit-computed"
    if now.cached is None:
        return "edit-formula-changed" if still and not as_exported else None
    if as_exported or not keeps_rules or _agree(now.cached, due.value):
        return None
    return "edit-formula-changed"


def _alike(formula: str) -> str:
    """A formula as every program writes it: without its sign, quotes, dollars and spaces."""
    return re.sub(r"[\s$']", "", formula.removeprefix("=")).upper()


def _agree(now: Any, due: Any) -> bool:
    if isinstance(due, str):
        return word(now) == word(due)
    number = Decimal(str(due))
    if is_blank(now):
        return not number
    try:
        told = Decimal(str(now).strip())
    except InvalidOperation:
        return False
    return told.is_finite() and abs(told - number) <= NEAR * max(Decimal(1), abs(number))


def _written(due: Any) -> str:
    return due[:SHOWN] if isinstance(due, str) else f"{Decimal(str(due)).normalize():f}"
