"""A figure is what its cell shows: another unit, letters that nobody sees and fewer decimals are refused or said, at the cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.workbook import Workbook
from reading.small_plan import grids, to_book

from optplan.tables import read_tables
from optplan.tables.findings import Finding
from optplan.tables.money_units import money_said, same_money

DARK = PatternFill("solid", start_color="FF1F3864")


def findings_of(tmp_path: Path, change: Callable[[Workbook], None]) -> list[Finding]:
    book = to_book(grids())
    change(book)
    book.save(tmp_path / "plan.xlsx")
    _, findings = read_tables(tmp_path / "plan.xlsx")
    for finding in findings:
        for language in ("zh", "en"):
            assert finding.message(language) not in {"", finding.code}
    return findings


def told(tmp_path: Path, change: Callable[[Workbook], None]) -> list[tuple[str | None, str]]:
    return [(finding.place.cell, finding.code) for finding in findings_of(tmp_path, change)]


def looking(table: str, at: str, look: str, value: Any = None) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        cell = book[table][at]
        cell.number_format = look
        if value is not None:
            cell.value = value

    return change


OTHER_UNITS = (
    '0"元"',
    '0" 元"',
    '"¥"#,##0.00',
    "[$¥-804]#,##0.00",
    "¥0",
    '0"亿元"',
    '0"千元"',
    '"$"0',
    "[$€-2] 0",
    '0" yuan"',
    '"RMB "0',
    '0;-0"元"',
)


@pytest.mark.parametrize("look", OTHER_UNITS)
def test_a_format_in_another_unit_of_money_than_the_plans_is_named(tmp_path: Path, look: str) -> None:
    [(cell, code)] = told(tmp_path, looking("budgets", "D2", look))
    assert (cell, code) == ("D2", "figure-money-unit")


@pytest.mark.parametrize(
    "look", ['0"万元"', '0.00" 万元"', '0" wan yuan"', '"人民币"0"万元"', '0"（万元）"', "0.00万元", "0", "#,##0"]
)
def test_a_format_in_the_plans_own_unit_is_fine(tmp_path: Path, look: str) -> None:
    assert told(tmp_path, looking("costs", "D2", look)) == []


@pytest.mark.parametrize(
    ("currency", "look"),
    [("元", "[$¥-804]0"), ("千元", '0"千元"'), ("百万元", '0"百万元"'), ("亿元", '0"亿元"'), ("USD", '"$"0'), ("credits", "0")],
)
def test_plans_that_count_otherwise_have_their_own_units(tmp_path: Path, currency: str, look: str) -> None:
    def change(book: Workbook) -> None:
        book["plan"]["B5"] = currency
        book["budgets"]["D2"].number_format = look

    assert grids()["plan"][4][0] == "currency"
    assert told(tmp_path, change) == []


def test_a_unit_of_money_beside_what_is_counted_is_no_number(tmp_path: Path) -> None:
    assert told(tmp_path, looking("stock", "C2", '0"元"')) == [("C2", "cell-number-unit")]
    assert told(tmp_path, looking("stock", "C2", '0"辆"')) == []


def test_a_column_in_another_unit_is_named_once(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        for row in range(2, 22):
            book["budgets"].cell(row, 4).number_format = '0"元"'

    [finding] = findings_of(tmp_path, change)
    assert (finding.place.cell, finding.values["count"]) == ("D2", 20)


@pytest.mark.parametrize(
    ("look", "code"),
    [
        ('"约"0', "cell-number-about"), ('0"左右"', "cell-number-about"), ('"~"0', "cell-number-about"), ('"≥"0', "cell-number-bound"), ('0"以上"', "cell-number-bound"),
        ('"("0")"', "cell-number-parentheses"), ("\\(0\\)", "cell-number-parentheses"), ('0"*"', "cell-note-mark"), ('0"①"', "cell-note-mark"), ('0"（注）"', "cell-note-mark"),
        ('0"+"', "cell-number-bound"), ('0"人"', None), ('0"（万元）"', None), ("0_)", None), ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', None), ('"共"0', None),
    ],
)  # fmt: skip
def test_what_a_format_says_before_and_after_a_number_is_taken_as_if_it_were_typed(
    tmp_path: Path, look: str, code: str | None
) -> None:
    found = told(tmp_path, looking("budgets", "D2", look))
    assert found == ([("D2", code)] if code else [])


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("万元", "wan yuan", True), ("万元", "10,000 yuan", True), ("元", "RMB", True), ("亿元", "100 million yuan", True), ("$k", "thousand USD", True),
        ("¥", "日元", True), ("万元", "元", False), ("万元", "万美元", False), ("credits", "元", False), ("澳元", "元", False),
    ],
)  # fmt: skip
def test_units_of_money_are_the_same_however_they_are_written(one: str, other: str, alike: bool) -> None:
    assert same_money(one, other) is same_money(other, one) is alike
    for unit in (one, other):
        assert unit == "credits" or same_money(money_said(f"x {unit}"), unit)


@pytest.mark.parametrize("words", ["单元", "元素", "人", "公里", "件套", "km", "m", "kg"])
def test_other_units_are_no_money(words: str) -> None:
    assert money_said(words) == ""


def unseen(ink: Any, ground: PatternFill | None = None) -> Callable[[Workbook], None]:
    """90 with a 1 behind it in a colour of its own."""

    def change(book: Workbook) -> None:
        cell = book["targets"]["E3"]
        cell.value = CellRichText("90", TextBlock(InlineFont(color=ink), "1"))
        cell.fill = ground or PatternFill()

    return change


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("FFFFFFFF", None), ("00FFFFFF", None), ("FFFEFEFE", None), (Color(theme=0), None), (Color(indexed=9), None), (Color(theme=1, tint=1), None),
        ("FFFFF9E5", PatternFill("solid", start_color="FFFFF9E5")), ("FF1F3864", DARK), (Color(theme=4), PatternFill("solid", fgColor=Color(theme=4))),
    ],
)  # fmt: skip
def test_a_digit_in_the_colour_of_its_cell_is_refused(tmp_path: Path, ink: Any, ground: PatternFill | None) -> None:
    assert told(tmp_path, unseen(ink, ground)) == [("E3", "cell-unseen")]


@pytest.mark.parametrize(
    ("ink", "ground"), [("FFFF0000", None), ("FFFFFFFF", DARK), ("FFBFBFBF", None), (Color(theme=0, tint=-0.5), None)]
)
def test_a_digit_in_another_colour_is_seen(tmp_path: Path, ink: Any, ground: PatternFill | None) -> None:
    assert told(tmp_path, unseen(ink, ground)) == []


def test_letters_too_small_to_be_read_and_whole_cells_that_show_nothing_are_refused(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["targets"]["E3"] = CellRichText("9", TextBlock(InlineFont(sz=1), "1"), "0")
        book["stock"]["C2"].font = Font(color="FFFFFFFF")
        book["stock"]["C3"].font, book["stock"]["C3"].fill = Font(color="FFFFFFFF"), DARK
        book["stock"]["C4"].number_format = "[White]0"
        book["counties"]["B2"].font = Font(size=1)

    found = {("E3", "cell-unseen"), ("C2", "cell-unseen"), ("C4", "cell-unseen"), ("B2", "cell-unseen")}
    assert {(cell, code) for cell, code in told(tmp_path, change) if code != "cell-blank"} == found


@pytest.mark.parametrize(
    ("look", "value", "shown"),
    [
        ("0", 420.4, "420"), ("#,##0.0", 420.45, "420.5"), ("0_);[Red](0)", 1234.5, "1235"), ("0.0E+00", 1234, "1.2E+3"),
        ("0.00", 420.45, None), ("General", 420.4567, None), ("#,##0.00##", 420.4567, None), ("0", 420, None), ("0.0E+00", 1200, None),
    ],
)  # fmt: skip
def test_a_figure_that_is_rounded_only_on_the_sheet_is_read_exactly_and_said(
    tmp_path: Path, look: str, value: float, shown: str | None
) -> None:
    found = findings_of(tmp_path, looking("budgets", "D2", look, value))
    assert [(finding.severity, finding.place.cell, finding.code) for finding in found] == (
        [("warning", "D2", "figures-rounded")] if shown else []
    )
    if shown:
        assert shown in found[0].message("en")
        assert format(value, ".15g") in found[0].message("zh")
    tables, _ = read_tables(tmp_path / "plan.xlsx")
    assert float(tables["budgets"][0]["amount"]) == value


def test_a_rounded_percentage_and_a_zero_that_is_not_shown_are_said(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["growth"]["C2"].value, book["growth"]["C2"].number_format = 0.0234, "0%"
        book["limits"]["F2"].value, book["limits"]["F2"].number_format = 0, "0;-0;"

    assert set(told(tmp_path, change)) == {("C2", "figures-rounded"), ("F2", "zeros-unseen")}
