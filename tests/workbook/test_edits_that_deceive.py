"""Workbooks in which what is seen and what is read would part: each is refused at the cell, or read as it is seen."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from optplan.decision_model import DecisionModel, read_model
from optplan.plan import Plan
from optplan.repairs import EditVerdict, judge, read_edit
from optplan.result import Result
from optplan.tables.findings import Finding, InputError
from optplan.workbook.styles import INPUT_FILL

from .test_edits import Desk, goods_of, same


def findings_of(path: Path, result: Result) -> list[Finding]:
    with pytest.raises(InputError) as caught:
        read_edit(path, result.tables())
    return list(caught.value.findings)


def named(findings: list[Finding] | tuple[Finding, ...], code: str) -> set[str]:
    return {f"{finding.place.sheet}!{finding.place.cell}" for finding in findings if finding.code == code}


@pytest.fixture
def desk(attained: Result, tmp_path: Path) -> Desk:
    return Desk(attained, tmp_path / "s.xlsx")


def first_county(desk: Desk) -> str:
    return str(desk.result.tables()["counties"][0]["county"])


def goods_cell(desk: Desk) -> Any:
    sheet, row, column = desk.cell(first_county(desk), "item", goods_of(desk.result), desk.result.tables().setting("last_year"))
    return desk.book[sheet.name].cell(row, column)


@pytest.mark.parametrize("edited", ["original", "copy"])
@pytest.mark.parametrize("where", ["behind", "in front", "hidden"])
def test_two_sheets_of_one_county_that_differ_are_named_on_both(desk: Desk, edited: str, where: str) -> None:
    cell = goods_cell(desk)
    page = cell.parent
    twin = desk.book.copy_worksheet(page)
    (cell if edited == "original" else twin[cell.coordinate]).value = 400
    if where == "in front":
        desk.book.move_sheet(twin, -desk.book.index(twin))
    elif where == "hidden":
        twin.sheet_state = "hidden"
    found = named(findings_of(desk.save(), desk.result), "edit-sheet-twice")
    assert found == {f"{page.title}!{cell.coordinate}", f"{twin.title}!{cell.coordinate}"}


def test_a_copy_with_the_same_figures_is_said_and_not_read(desk: Desk) -> None:
    desk.book.copy_worksheet(goods_cell(desk).parent)
    edit = read_edit(desk.save(), desk.result.tables())
    assert [finding.code for finding in edit.findings] == ["edit-sheet-copy"]
    assert same(edit.schedule, desk.result.to_schedule())


def test_a_block_sorted_in_part_is_named_where_name_and_id_part(desk: Desk) -> None:
    cell = goods_cell(desk)
    page = cell.parent
    for column in range(4, page.max_column + 1):  # what one sees, without the hidden ids
        one, other = page.cell(cell.row, column), page.cell(cell.row + 1, column)
        one.value, other.value = other.value, one.value
    assert f"{page.title}!E{cell.row}" in named(findings_of(desk.save(), desk.result), "edit-label")


def test_rows_on_top_do_no_harm(desk: Desk) -> None:
    page = goods_cell(desk).parent
    for merged in list(page.merged_cells.ranges):
        page.unmerge_cells(str(merged))
    page.insert_rows(1, 2)
    page["A1"] = "某市消防救援支队 2023 年"
    edit = read_edit(desk.save(), desk.result.tables())
    assert same(edit.schedule, desk.result.to_schedule())


def test_years_that_changed_places_are_named(desk: Desk) -> None:
    cell = goods_cell(desk)
    page = cell.parent
    for row in range(1, page.max_row + 1):
        a, b = page.cell(row, cell.column - 1), page.cell(row, cell.column)
        if type(a).__name__ != "MergedCell" and type(b).__name__ != "MergedCell":
            a.value, b.value = b.value, a.value
    assert any(place.startswith(f"{page.title}!") for place in named(findings_of(desk.save(), desk.result), "edit-header"))


def test_merged_figures_are_named(desk: Desk) -> None:
    cell = goods_cell(desk)
    page = cell.parent
    page.merge_cells(start_row=cell.row, end_row=cell.row, start_column=cell.column - 1, end_column=cell.column)
    wanted = f"{page.title}!{page.cell(cell.row, cell.column - 1).coordinate}"
    assert wanted in named(findings_of(desk.save(), desk.result), "edit-merged")


@pytest.mark.parametrize("value", ["2①", "2²", "12辆", "4 20", "约3", "≥2", True, "#REF!"])
def test_what_is_not_wholly_a_number_is_named(desk: Desk, value: Any) -> None:
    cell = goods_cell(desk)
    cell.value = value
    places = {f"{finding.place.sheet}!{finding.place.cell}" for finding in findings_of(desk.save(), desk.result)}
    assert f"{cell.parent.title}!{cell.coordinate}" in places


def test_hidden_columns_that_were_deleted_are_said(desk: Desk) -> None:
    page = goods_cell(desk).parent
    for merged in list(page.merged_cells.ranges):
        page.unmerge_cells(str(merged))
    page.delete_cols(1, 3)
    assert named(findings_of(desk.save(), desk.result), "edit-ids-lost") == {f"{page.title}!A1"}


def test_a_row_copied_without_its_id_is_named(desk: Desk) -> None:
    cell = goods_cell(desk)
    page = cell.parent
    below = page.max_row + 2
    for column in range(4, page.max_column + 1):
        page.cell(below, column).value = page.cell(cell.row, column).value
    assert any(place.endswith(str(below)) for place in named(findings_of(desk.save(), desk.result), "edit-row-copied"))


def test_sheets_that_swapped_their_names_are_named(desk: Desk) -> None:
    one, other = (desk.book[sheet.name] for sheet in list(desk.sheets.values())[:2])
    a, b = one.title, other.title
    one.title, other.title = "x", a
    one.title = b
    codes = {finding.code for finding in findings_of(desk.save(), desk.result)}
    assert codes & {"edit-sheet-named-other", "edit-sheet-renamed"}


def test_a_sheet_of_another_export_is_refused(desk: Desk) -> None:
    page = goods_cell(desk).parent
    page["C1"] = "0" * 64
    assert named(findings_of(desk.save(), desk.result), "edit-sheet-foreign") == {f"{page.title}!C1"}


def judged(desk: Desk) -> EditVerdict:
    return judge(Plan(desk.result.tables()), desk.save())


def formulas(page: Any) -> list[Any]:
    return [
        cell
        for row in page.iter_rows(min_row=5)
        for cell in row
        if cell.data_type == "f" and not page.column_dimensions[cell.column_letter].hidden
    ]


def test_figures_typed_over_any_sheet_are_named(desk: Desk) -> None:
    """One formula of each sheet is replaced by a figure, the one after it by one that a person could believe."""
    expected = set()
    for page in desk.book.worksheets[1:]:
        for cell in formulas(page)[:2]:
            cell.value = 123_456.5
            expected.add(f"{page.title}!{cell.coordinate}")
    assert len(expected) > 15
    verdict = judged(desk)
    assert not verdict.ok
    missed = expected - {f"{finding.place.sheet}!{finding.place.cell}" for finding in verdict.findings}
    assert not missed


@pytest.mark.slow
def test_a_formula_rewritten_is_named(desk: Desk, office: Callable[..., Path]) -> None:
    summary = desk.book.worksheets[1]
    cell = formulas(summary)[0]
    cell.value = f"{cell.value}+7"
    path = desk.save()
    for file in (path, office(path)):
        verdict = judge(Plan(desk.result.tables()), file)
        assert f"{summary.title}!{cell.coordinate}" in named(verdict.findings, "edit-formula-changed")
        assert not verdict.ok


@pytest.mark.slow
def test_a_workbook_saved_by_another_program_agrees(desk: Desk, office: Callable[..., Path]) -> None:
    verdict = judge(Plan(desk.result.tables()), office(desk.save()))
    assert verdict.ok, [finding.line() for finding in verdict.findings]
    assert not verdict.findings


def record_of(desk: Desk) -> tuple[Any, dict[str, Any]]:
    cell = desk.book.worksheets[0]["G2"]
    return cell, json.loads(cell.value)


def test_the_hidden_record_is_not_believed(desk: Desk) -> None:
    cell, model = record_of(desk)
    cell.value = json.dumps({**model, "requests": True})
    verdict = judged(desk)
    assert not verdict.ok
    assert "edit-record-model" in {finding.code for finding in verdict.findings}


def test_a_model_of_ones_own_that_allows_requests_must_be_given(priced: Result, tmp_path: Path) -> None:
    desk = Desk(priced, tmp_path / "s.xlsx")
    cell, model = record_of(desk)
    cell.value = json.dumps({**model, "name": "mine"})
    desk.book.worksheets[0]["I1"] = "mine"
    verdict = judged(desk)
    assert [finding.code for finding in verdict.findings if finding.severity == "error"] == ["edit-model-unknown"]
    assert not verdict.ok
    given = DecisionModel.model_validate({**model, "name": "mine"})
    assert judge(Plan(priced.tables()), desk.path, model=given).ok


@pytest.mark.parametrize("other", ["thrift", "price"])
def test_a_model_with_other_criteria_may_be_given(desk: Desk, other: str) -> None:
    verdict = judge(Plan(desk.result.tables()), desk.path, model=read_model(other))
    assert not {finding.code for finding in verdict.findings} - {"edit-model-other"}
    assert {standing.name for standing in verdict.standings} <= {criterion.name for criterion in read_model(other).criteria}


def test_a_schedule_that_beats_the_proven_bound_raises_the_alarm(desk: Desk) -> None:
    """The bound of the first criterion is raised above what the plan has, as a wrong proof would have it."""
    cover = desk.book.worksheets[0]
    for column, value in (("H", "9.5"), ("I", "9.0")):
        cover[f"{column}3"] = value
    verdict = judged(desk)
    assert [standing.name for standing in verdict.refuted] == [desk.result.document["criteria"][0]["name"]]
    assert not verdict.ok


def test_a_schedule_that_gives_up_an_earlier_criterion_refutes_nothing(priced: Result, tmp_path: Path) -> None:
    desk = Desk(priced, tmp_path / "s.xlsx")
    assert not judged(desk).refuted


@pytest.mark.parametrize(
    ("look", "code"),
    [
        ("0,", "cell-shown-otherwise"),
        ('0"元"', "edit-money-unit"),
        (";;;", "cell-shown-otherwise"),
        ('0"亿"', "cell-shown-otherwise"),
    ],
)
def test_a_figure_that_is_made_to_look_like_another_is_refused(desk: Desk, look: str, code: str) -> None:
    cell = goods_cell(desk)
    cell.value, cell.number_format = 4, look
    assert f"{cell.parent.title}!{cell.coordinate}" in named(findings_of(desk.save(), desk.result), code)


def test_a_digit_that_nobody_sees_is_refused(desk: Desk) -> None:
    cell = goods_cell(desk)
    ground = str(cell.fill.start_color.rgb)
    cell.value = CellRichText("4", TextBlock(InlineFont(color=ground), "0"))
    assert f"{cell.parent.title}!{cell.coordinate}" in named(findings_of(desk.save(), desk.result), "cell-unseen")


def test_a_figure_that_is_rounded_only_on_the_sheet_is_judged_as_it_is_and_said(desk: Desk) -> None:
    """12.4 that is seen as 12: what is judged is what the cell holds, and whoever sees 12 is told."""
    cell = goods_cell(desk)
    cell.value, cell.number_format = 12.4, "0"
    edit = read_edit(desk.save(), desk.result.tables())
    rounded = [finding for finding in edit.findings if finding.code == "edit-rounded"]
    assert [finding.place.cell for finding in rounded] == [cell.coordinate]
    assert "12.4" in rounded[0].message("en")
    key = goods_of(desk.result), first_county(desk), desk.result.tables().setting("last_year")
    assert float(edit.schedule.deliveries[key]) == 12.4
    assert not judge(Plan(desk.result.tables()), edit).ok


def test_the_plans_own_figures_that_are_made_to_look_like_others_are_refused(desk: Desk) -> None:
    cell = next(
        cell
        for page in desk.book.worksheets[1:]
        for row in page.iter_rows(min_row=5, min_col=6)
        for cell in row
        if isinstance(cell.value, float) and cell.fill.start_color.rgb[2:] != INPUT_FILL
    )
    cell.number_format = '0.00"亿"'
    found = judge(Plan(desk.result.tables()), read_edit(desk.save(), desk.result.tables())).findings
    assert f"{cell.parent.title}!{cell.coordinate}" in named(found, "cell-shown-otherwise")
