"""Forms of a plan full of hostile names: written, filled in and read back like any other."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from plans.hostile_names import hostile_tables

from optplan.plan import Plan
from optplan.records import Records
from optplan.workbook.record_form import read_form, write_forms
from records.returned_forms import DELIVERIES, put, rows

PLAN = Plan(hostile_tables())


def test_forms_are_read_whatever_things_are_called(tmp_path: Path) -> None:
    written = write_forms(PLAN.tables, tmp_path, PLAN.open_years[0], 1, Records(), language="zh")
    assert len({path.name for path in written}) == len(PLAN.tables["counties"])
    assert all(path.parent == tmp_path for path in written)
    for path in written:
        assert read_form(path, PLAN.tables, Records()) == ([], []), path
        book = load_workbook(path)
        sheet = book[DELIVERIES]
        lines = rows(sheet, "delivery:")
        for row in lines:
            put(sheet, row, "本季数量", 1, None, "=1+1 文号")
            sheet.cell(row, 11).data_type = "s"
        book.save(path)
        made, findings = read_form(path, PLAN.tables, Records())
        assert [each.line("zh") for each in findings] == []
        assert len(made) == len(lines)


def test_amounts_in_another_unit_are_named_and_rounded_ones_said(tmp_path: Path) -> None:
    path, *_ = write_forms(PLAN.tables, tmp_path, PLAN.open_years[0], 1, Records(), language="zh")
    book = load_workbook(path)
    sheet = book[DELIVERIES]
    row = rows(sheet, "delivery:")[0]
    put(sheet, row, "本季数量", 1.25, None, "文号")
    at = next(cell for cell in sheet[row] if cell.value == 1.25)
    for look, code in (('0.00"元"', "cell-number-unit"), ("0.0", "figures-rounded"), ("0,", "cell-shown-otherwise")):
        at.number_format = look
        book.save(path)
        _, findings = read_form(path, PLAN.tables, Records())
        assert (at.coordinate, code) in [(each.place.cell, each.code) for each in findings]
