"""The workbook itself says how edits stand to what is proven, as soon as its cells are calculated, without optplan."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from optplan.audit import audit
from optplan.figures.figures import Figures
from optplan.language import text
from optplan.result import Result
from optplan.workbook import export_schedule
from optplan.workbook.edited.reading import read_edit
from optplan.workbook.schedule.after_edits import BOUND, NOW, STATE
from optplan.workbook.schedule.summary import NAME

STRING = re.compile(r'"((?:[^"]|"")*)"')
LONGEST_STRING, LONGEST_RULE, LONGEST_FORMULA = 255, 255, 8192  # characters that Excel takes in a formula


def say(name: str) -> str:
    return text("workbook", name, "zh")


def standing_rows(book: Any) -> Iterator[int]:
    """The rows of the criteria on the summary."""
    page = book.worksheets[1]
    titles = [row for row in range(1, page.max_row + 1) if page.cell(row, NAME).value == say("section-after-edits")]
    yield from range(titles[0] + 2, page.max_row)


def told(path: Path, criteria: int) -> tuple[list[tuple[float, str]], str, str]:
    """Value now and state of each criterion, the sentence below, and that of the cover."""
    book = openpyxl.load_workbook(path, data_only=True)
    page = book.worksheets[1]
    rows = list(standing_rows(book))
    assert len(rows) == criteria
    below = page.cell(rows[-1] + 1, NAME).value
    cover = next(row[2].value for row in book.worksheets[0].iter_rows() if row[1].value == say("cover-now"))
    return [(page.cell(row, NOW).value, page.cell(row, STATE).value) for row in rows], below, cover


def good_of(result: Result) -> tuple[str, str, int]:
    """An item, a county and an open year in which something is delivered that a person decides."""
    figures = Figures(result)
    goods = {item["item"] for item in figures.items if item["kind"] == "goods" and item["whole"]}
    return next(
        key for key, amount in sorted(figures.deliveries.items()) if key[0] in goods and key[2] > figures.closed and amount
    )


@pytest.fixture
def edited(attained: Result, tmp_path: Path, office: Callable[..., Path]) -> dict[str, Path]:
    """The workbook as it is, with a bound that it beats, and with a unit more and one less than its money pays for."""
    from optplan.workbook.schedule.county import FIRST_YEAR

    item, county, year = good_of(attained)
    paths = []
    for name in ("same", "beaten", "more"):
        export_schedule(attained, tmp_path / f"{name}.xlsx", "zh")
        book = openpyxl.load_workbook(tmp_path / f"{name}.xlsx")
        if name == "beaten":
            row = list(standing_rows(book))[1]
            book.worksheets[1].cell(row, BOUND).value = 0.99
        if name == "more":
            page = book[Figures(attained).county_names[county]]
            row = next(row for row in range(1, page.max_row) if [page.cell(row, at).value for at in (1, 2)] == ["item", item])
            cell = page.cell(row, FIRST_YEAR + year - Figures(attained).first)
            cell.value += 1000
        book.save(tmp_path / f"{name}.xlsx")
        paths.append(tmp_path / f"{name}.xlsx")
    saved = office(*paths)
    return {path.stem: saved.with_name(path.name) for path in paths}


def test_cells_raise_the_alarm_where_a_bound_is_beaten(attained: Result, edited: dict[str, Path]) -> None:
    number = len(attained.document["criteria"])
    states, below, cover = told(edited["same"], number)
    assert {state for _, state in states} == {say("after-same")}
    assert below == cover == say("after-verdict-none")

    states, below, cover = told(edited["beaten"], number)
    assert states[1][1] == say("after-alarm")
    assert below == cover == say("after-verdict-alarm")

    states, below, cover = told(edited["more"], number)
    assert {state for _, state in states} == {say("after-broken")}
    assert below == cover == say("after-verdict-broken")


def test_what_cells_come_to_is_what_the_exact_check_says(attained: Result, edited: dict[str, Path]) -> None:
    tables, names = attained.tables(), [entry["name"] for entry in attained.document["criteria"]]
    weight = sum(Fraction(row["weight"]) for row in tables["targets"])
    for path in (edited["same"], edited["more"]):
        checked = audit(tables, read_edit(path, tables).schedule, requests=False, criteria=names)
        for name, (now, _) in zip(names, told(path, len(names))[0], strict=True):
            due = checked.criteria[name] / (weight if name == "target_shortfall" else 1)
            assert float(now) == pytest.approx(float(due), rel=1e-6, abs=1e-9), name


@pytest.mark.parametrize("language", ["zh", "en"])
def test_excel_takes_every_formula(attained: Result, tmp_path: Path, language: str) -> None:
    export_schedule(attained, tmp_path / "s.xlsx", language)
    book = openpyxl.load_workbook(tmp_path / "s.xlsx")
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert len(cell.value) < LONGEST_FORMULA
                    assert all(len(found) <= LONGEST_STRING for found in STRING.findall(cell.value)), cell.coordinate
        for ranges in page.conditional_formatting:
            assert all(len(formula) <= LONGEST_RULE for rule in ranges.rules for formula in rule.formula), page.title
