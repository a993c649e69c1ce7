"""What a sheet says beside a figure, a sign in its format or a unit in a title, is not passed over where it says something else."""

from pathlib import Path

import pytest
from reading.small_plan import grids, to_book, to_folder

from optplan.tables import read_tables


def told(path: Path) -> list[tuple[str | None, str]]:
    _, findings = read_tables(path)
    for finding in findings:
        for language in ("zh", "en"):
            assert finding.message(language) not in {"", finding.code}
    return [(finding.place.cell or f"{finding.place.row}", finding.code) for finding in findings if finding.severity == "error"]


@pytest.mark.parametrize(
    ("value", "look", "fault"),
    [
        (420, '"-"0', True), (420, "-0", True), (420, "\\-0", True), (-0.02, "0.00;0.00", True), (-0.02, '0.00;"约"0.00', True),
        (0.02, "0.00;0.00", False), (-0.02, "0.00_);[Red]0.00", False), (-0.02, "0.00;(0.00)", False), (-0.02, "0.00;-0.00", False),
        (-0.02, '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)', False), (0.02, "0.0E-0", False),
    ],
)  # fmt: skip
def test_a_format_that_shows_another_sign_is_named(tmp_path: Path, value: float, look: str, fault: bool) -> None:
    book, at = to_book(grids()), ("growth", "C2") if abs(value) < 1 else ("budgets", "D2")
    cell = book[at[0]][at[1]]
    cell.value, cell.number_format = value, look
    book.save(tmp_path / "plan.xlsx")
    assert told(tmp_path / "plan.xlsx") == ([(at[1], "cell-shown-otherwise")] if fault else [])


@pytest.mark.parametrize(
    ("table", "title", "fault"),
    [
        ("budgets", "单位：元", True), ("budgets", "（单位：亿元）", True), ("costs", "单 位: 千元", True), ("projects", "2023年，单位为人民币元", True),
        ("budgets", "单位：万元", False), ("costs", "单位:人民币万元", False), ("teams", "单位：人", False), ("stock", "单位：元", False),
        ("budgets", "各单位预算", False),
    ],
)  # fmt: skip
def test_a_title_in_another_unit_of_money_is_named(tmp_path: Path, table: str, title: str, fault: bool) -> None:
    tables = grids()
    tables[table].insert(0, [title])
    assert told(to_folder(tables, tmp_path / "plan")) == ([("1", "title-unit")] if fault else [])
