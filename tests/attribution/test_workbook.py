"""The workbook of an attribution: parts, sums and charts are formulas that another program agrees with."""

from __future__ import annotations

import zipfile

import openpyxl
import pytest
from attribution.conftest import CUT, DEARER, scale, scenario
from comparison.test_comparison_workbook import recalculated
from slow_set import mostly_slow
from workbook.conftest import office

from optplan.attribution import attribute
from optplan.attribution.words import measure
from optplan.language import text
from optplan.tables.findings import InputError

__all__ = ["office"]
FIRST_ROW = 5


@pytest.fixture(scope="module")
def why(plan):
    return attribute(plan, scenario(CUT, DEARER, scale("targets", "total", "1.1"), title='=HYPERLINK("x")'), "thrift")


@pytest.mark.parametrize("language", mostly_slow(["zh", "en"], 1))
def test_every_formula_gives_its_figure(why, tmp_path, office, language):
    why.to_excel(tmp_path / "why.xlsx", language)
    assert recalculated(tmp_path / "why.xlsx", office) > 100


def test_parts_are_those_of_the_attribution_and_leave_no_rest(why, tmp_path, office):
    why.to_excel(tmp_path / "why.xlsx", "en")
    rows = openpyxl.load_workbook(office(tmp_path / "why.xlsx"), data_only=True)["Parts"].iter_rows(
        min_row=FIRST_ROW, values_only=True
    )
    for figure, (_, base, changed, change, *parts, rest) in zip(why.figures, rows, strict=False):
        how = measure(why, figure)
        whole = float(how.whole) if how else 1.0  # cells hold percentages as shares, whatever the weights of targets
        values = why.values[figure]
        assert [base, changed, change] == pytest.approx(
            [float(each) / whole for each in (values[0], values[7], why.change(figure))]
        )
        assert parts == pytest.approx([float(part.part) / whole for part in why.parts[figure]])
        assert rest == 0


def test_criteria_read_as_percentages_and_money(why, tmp_path):
    why.to_excel(tmp_path / "why.xlsx", "en")
    rows = list(openpyxl.load_workbook(tmp_path / "why.xlsx")["Parts"].iter_rows(min_row=FIRST_ROW))
    forms = {figure.name: rows[number][1].number_format for number, figure in enumerate(why.figures)}
    assert "%" in forms["target_shortfall"]
    assert "%" not in forms["cost"]
    assert forms["cost"].startswith("#,##0.00")


def test_a_figure_changed_by_hand_moves_parts_and_chart(why, tmp_path, office):
    path = tmp_path / "why.xlsx"
    why.to_excel(path, "en")
    book = openpyxl.load_workbook(path)
    sets = book["Sets"]
    row = next(cell.row for cell in sets["A"] if cell.value == text("cli", "criterion-cost", "en"))
    column = next(cell.column for cell in sets[4] if cell.value == "1+2+3")
    sets.cell(row, column).value += 60
    book.save(path)
    after = openpyxl.load_workbook(office(path), data_only=True)
    line = next(row for row in after["Parts"].iter_rows(values_only=True) if row[0] == text("cli", "criterion-cost", "en"))
    figure = next(figure for figure in why.figures if figure.name == "cost")
    assert list(line[4:7]) == pytest.approx([float(part.part) + 20 for part in why.parts[figure]])
    assert line[7] == 0
    ends = [
        row[2] for row in after["Charts"].iter_rows(values_only=True) if row[0] == text("attribution", "column-changed", "en")
    ]
    assert float(why.values[figure][7]) + 60 in [pytest.approx(end) for end in ends]


def test_waterfalls_are_native_and_texts_are_safe(why, tmp_path):
    path = tmp_path / "why.xlsx"
    why.to_excel(path)
    with zipfile.ZipFile(path) as file:
        assert sum(name.startswith("xl/charts/chart") for name in file.namelist()) == 3
    cells = [cell for page in openpyxl.load_workbook(path) for row in page.iter_rows() for cell in row]
    hostile = [cell for cell in cells if str(cell.value).startswith("=HYPERLINK")]
    assert hostile
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in hostile)


def test_what_cannot_be_divided_is_refused_and_the_old_file_stays(plan, tmp_path):
    pin = {
        "table": "limits", "action": "add",
        "rows": [{"limit": "early", "group": "pump", "year": 2021, "min": 6, "kind": "pin"}],
    }  # fmt: skip
    path = tmp_path / "why.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(InputError) as refusal:
        attribute(plan, scenario(DEARER, pin), "thrift").to_excel(path)
    assert refusal.value.findings[0].code == "attribution-without-plan"
    assert path.read_bytes() == b"old"


@pytest.mark.slow
def test_sets_without_an_answer_leave_blank_columns(plan, tmp_path, office):
    pin = {
        "table": "limits", "action": "add",
        "rows": [{"limit": "early", "group": "pump", "year": 2021, "min": 8, "kind": "pin"}],
    }  # fmt: skip
    attribute(plan, scenario(pin, scale("budgets", "amount", "2", year=2021)), "thrift").to_excel(tmp_path / "why.xlsx")
    assert recalculated(tmp_path / "why.xlsx", office)
