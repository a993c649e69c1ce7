"""Workbooks damaged at random: none is taken for another schedule than it shows, none ends in a traceback, most name the cell."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from optplan.plan import Plan
from optplan.repairs import judge, read_edit
from optplan.result import Result
from optplan.tables.findings import Finding, InputError
from optplan.workbook import export_schedule

from .test_edits import same

Damage = Callable[[Any, Any, random.Random], Any]


def yellow(page: Any) -> list[Any]:
    return [
        cell
        for row in page.iter_rows(min_row=5)
        for cell in row
        if cell.fill.start_color.rgb == "00FFF9E5" and isinstance(cell.value, (int, float))
    ]


def note_mark(book: Any, page: Any, rng: random.Random) -> None:
    cell = rng.choice(yellow(page))
    cell.value = f"{cell.value}{rng.choice('①²³*§')}"


def unit(book: Any, page: Any, rng: random.Random) -> None:
    cell = rng.choice(yellow(page))
    cell.value = rng.choice(["约", "≥", ""]) + f"{cell.value}" + rng.choice(["辆", "万元", "人", " 4"])


def merged(book: Any, page: Any, rng: random.Random) -> None:
    cell = rng.choice([cell for cell in yellow(page) if cell.offset(0, 1) in yellow(page)])
    page.merge_cells(start_row=cell.row, end_row=cell.row, start_column=cell.column, end_column=cell.column + 1)


def swapped_names(book: Any, page: Any, rng: random.Random) -> None:
    rows = sorted({cell.row for cell in yellow(page)})
    one, other = rng.sample([row for row in rows if page.cell(row, 5).value], 2)
    if page.cell(one, 5).value == page.cell(other, 5).value:
        return note_mark(book, page, rng)
    for column in range(4, page.max_column + 1):
        a, b = page.cell(one, column), page.cell(other, column)
        a.value, b.value = b.value, a.value
    return None


def lost_id(book: Any, page: Any, rng: random.Random) -> None:
    page.cell(rng.choice(yellow(page)).row, 1).value = None


def doubled_id(book: Any, page: Any, rng: random.Random) -> None:
    row = rng.choice(yellow(page)).row
    for column in range(1, page.max_column + 1):
        page.cell(page.max_row + (column == 1), column).value = page.cell(row, column).value


def edited_copy(book: Any, page: Any, rng: random.Random) -> None:
    twin = book.copy_worksheet(page)
    twin.sheet_state = rng.choice(["visible", "hidden"])
    cell = rng.choice(yellow(rng.choice([page, twin])))
    cell.value += 7


def swapped_years(book: Any, page: Any, rng: random.Random) -> None:
    cell = rng.choice(yellow(page))
    header = [cell for cell in page[4] if isinstance(cell.value, int)]
    one, other = rng.sample(header, 2)
    one.value, other.value = other.value, one.value
    assert cell


def typed_over(book: Any, page: Any, rng: random.Random) -> None:
    sheet = rng.choice(book.worksheets[1:])
    live = [cell for row in sheet.iter_rows(min_row=5) for cell in row if cell.data_type == "f"]
    live = [cell for cell in live if not sheet.column_dimensions[cell.column_letter].hidden]
    if live:
        rng.choice(live).value = 98_765.25
    else:
        note_mark(book, page, rng)


def no_value(book: Any, page: Any, rng: random.Random) -> None:
    rng.choice(yellow(page)).value = rng.choice([True, "#REF!", "三", "=1+1", "nan", "1e400", "—"])


DAMAGES: list[Damage] = [
    note_mark, unit, merged, swapped_names, lost_id, doubled_id, edited_copy, swapped_years, typed_over, no_value,
]  # fmt: skip


def outcome(path: Path, result: Result) -> list[Finding]:
    """The errors; none where the workbook is accepted, and then it must be the sealed schedule."""
    try:
        verdict = judge(Plan(result.tables()), path)
    except InputError as problem:
        return [finding for finding in problem.findings if finding.severity == "error"]
    return [finding for finding in verdict.findings if finding.severity == "error"]


@pytest.mark.parametrize("rounds", [10, pytest.param(1000, marks=pytest.mark.slow)])
def test_damage_is_named_at_its_cell(attained: Result, tmp_path: Path, rounds: int) -> None:
    export_schedule(attained, tmp_path / "s.xlsx")
    raw = (tmp_path / "s.xlsx").read_bytes()
    counties = [figure for figure in openpyxl.load_workbook(io.BytesIO(raw)).worksheets if figure["A1"].value == "county"]
    assert counties
    at_cell = 0
    for seed in range(rounds):
        rng, book = random.Random(seed), openpyxl.load_workbook(io.BytesIO(raw))
        page = book[rng.choice(counties).title]
        damage = DAMAGES[seed % len(DAMAGES)]
        damage(book, page, rng)
        book.save(tmp_path / "d.xlsx")
        errors = outcome(tmp_path / "d.xlsx", attained)
        assert errors, (seed, damage.__name__)
        at_cell += any(finding.place.sheet and finding.place.cell for finding in errors)
    assert at_cell >= 0.95 * rounds


def test_what_changes_nothing_is_accepted(attained: Result, tmp_path: Path) -> None:
    export_schedule(attained, tmp_path / "s.xlsx")
    book = openpyxl.load_workbook(tmp_path / "s.xlsx")
    page = next(page for page in book.worksheets if page["A1"].value == "county")
    page.row_dimensions[7].hidden = True  # filtered away
    yellow(page)[0].value = str(yellow(page)[0].value)
    book.save(tmp_path / "s.xlsx")
    verdict = judge(Plan(attained.tables()), tmp_path / "s.xlsx")
    assert verdict.ok
    assert same(read_edit(tmp_path / "s.xlsx", attained.tables()).schedule, attained.to_schedule())
