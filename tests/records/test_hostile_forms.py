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
