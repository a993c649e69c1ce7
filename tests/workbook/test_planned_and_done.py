"""The schedule workbook with records: planned against done, live, and equal to sums made here, as LibreOffice works them out too."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from records.life import ENGINE, entered, small_plan

import optplan
from optplan.language import speaking
from optplan.records import Records

PLAN = small_plan()
HIRE = {"kind": "hire", "team": "t_a", "year": "2021", "quarter": "2", "quantity": "3", "source": "录用文件"}
SPENT = {"kind": "spending", "county": "a", "fund": "pool", "class": "capital", "year": "2021", "quarter": "2", "amount": "60.25", "source": "凭证"}  # fmt: skip


@pytest.fixture(scope="module")
def result():
    return optplan.solve(PLAN, "attain")


@pytest.fixture(scope="module")
def records() -> Records:
    return entered(
        PLAN, ENGINE, {**ENGINE, "quantity": "5", "corrects": "1"}, {**ENGINE, "date": "2022-02-03", "document": "甲验2"}, HIRE, SPENT,
        {**SPENT, "fund": "own", "amount": "1.5"}, {**ENGINE, "county": "b", "item": "road", "quantity": "2.5", "document": "乙1"},
        {"kind": "start", "project": "p_b", "date": "2021-04-01", "source": "x"}, {"kind": "opening", "project": "p_b", "date": "2022-06-30", "source": "x"},
    )  # fmt: skip


def done(path: Path) -> dict[tuple[str, str], list[float]]:
    """The lines of the sheet by county and what they count, without what is hidden."""
    sheet = load_workbook(path, data_only=True)["计划与完成"]
    found = {}
    for row in range(6, sheet.max_row + 1):
        cells = [cell.value for cell in sheet[row]]
        if cells[0]:
            found[cells[0], cells[1]] = cells[4:]
    return found


def test_planned_and_done_are_what_schedule_and_records_say(result, records, office, tmp_path: Path) -> None:
    with speaking("zh"):
        result.to_excel(tmp_path / "out.xlsx", records)
    lines = done(tmp_path / "out.xlsx")
    schedule = result.to_schedule()
    sums = {
        ("a", "item:engine"): {2021: 5, 2022: 2}, ("a", "item:firefighter"): {2021: 3}, ("b", "item:road"): {2021: 2.5},
        ("b", "item:station"): {2022: 1}, ("a", "class:capital"): {2021: 61.75},
    }  # fmt: skip
    for key, expected in sums.items():
        assert {year: lines[key][2 * (year - 2021) + 1] for year in expected} == pytest.approx(expected), key
        planned = [lines[key][2 * step] for step in range(4)]
        if key[1].startswith("item:"):
            item, county = key[1].removeprefix("item:"), key[0]
            assert planned == [float(schedule.deliveries.get((item, county, year), 0)) for year in range(2021, 2025)]
        else:
            paid = [
                sum(v for (f, c, y, k), v in schedule.payments.items() if (c, y, k) == ("a", year, "capital"))
                for year in range(2021, 2025)
            ]
            assert planned == pytest.approx([each / 10_000 for each in paid])
        assert lines[key][8] == pytest.approx(sum(planned[:2]))  # to date: through 2022, the last year with records
        assert lines[key][9] == pytest.approx(sum(expected.values()))
        assert lines[key][10] == pytest.approx(lines[key][9] - lines[key][8])
    recalculated_lines = done(office(tmp_path / "out.xlsx"))
    assert recalculated_lines.keys() == lines.keys()
    for key, cells in lines.items():
        assert [each or 0 for each in recalculated_lines[key]] == pytest.approx([each or 0 for each in cells]), key


def test_without_records_the_workbook_is_as_it_was(result, tmp_path: Path) -> None:
    with speaking("zh"):
        result.to_excel(tmp_path / "plain.xlsx")
        result.to_excel(tmp_path / "with.xlsx", Records())
    names = load_workbook(tmp_path / "plain.xlsx").sheetnames
    assert "计划与完成" not in names
    assert load_workbook(tmp_path / "with.xlsx").sheetnames == [*names, "计划与完成", "实施记录"]


def test_a_schedule_with_records_beside_it_is_judged_as_one_without(result, records, tmp_path: Path) -> None:
    with speaking("zh"):
        result.to_excel(tmp_path / "out.xlsx", records)
    verdict = optplan.judge(PLAN, optplan.read_edit(tmp_path / "out.xlsx", PLAN.tables))
    assert verdict.ok
    assert (list(verdict.findings), list(verdict.messages())) == ([], [])
