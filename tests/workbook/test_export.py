"""An exported schedule: its formulas give the sealed figures to the last yuan, and follow when a quantity is changed."""

from __future__ import annotations

import errno
import os
import time
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from plans.random_plans import Size, random_tables, tables_of
from slow_set import mostly_slow

from optplan.plan.prices import PriceList
from optplan.result import Result
from optplan.schedule import from_yuan
from optplan.tables.content import Tables
from optplan.tables.findings import InputError
from optplan.workbook import export_schedule

from .conftest import sealed

A_YUAN = 1e-4


@pytest.fixture(scope="module", params=["attained", "priced"])
def result(request: pytest.FixtureRequest) -> Result:
    return request.getfixturevalue(request.param)


def agrees(stored: Any, calculated: Any) -> bool:
    if isinstance(stored, (int, float)) and isinstance(calculated, (int, float)):
        return abs(stored - calculated) < A_YUAN / 2
    return (stored or "") == (calculated or "")


def differing(path: Path, calculated: Path) -> list[str]:
    formulas = openpyxl.load_workbook(path)
    before, after = (openpyxl.load_workbook(each, data_only=True) for each in (path, calculated))
    places = [
        (sheet.title, cell.coordinate) for sheet in formulas for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]
    assert places
    return [f"{sheet}!{cell}" for sheet, cell in places if not agrees(before[sheet][cell].value, after[sheet][cell].value)]


def keyed(sheet: Any, kind: str, key: str | None) -> int:
    """The row that carries the hidden ids ``kind`` and ``key``."""
    return next(row[0].row for row in sheet.iter_rows(max_col=2) if row[0].value == kind and (row[1].value or "") == (key or ""))


def columns_of_years(sheet: Any) -> dict[int, int]:
    header = next(row for row in sheet.iter_rows(max_row=10) if sum(isinstance(cell.value, int) for cell in row) >= 2)
    return {cell.value: cell.column for cell in header if isinstance(cell.value, int)}


def sheet_of_county(book: Any, county: str) -> Any:
    return next(sheet for sheet in book.worksheets if sheet.cell(1, 1).value == "county" and sheet.cell(1, 2).value == county)


@pytest.mark.parametrize("language", mostly_slow(["zh", "en"], 1))
def test_every_formula_gives_the_sealed_figure(
    result: Result, tmp_path: Path, office: Callable[..., Path], language: str
) -> None:
    path = tmp_path / "schedule.xlsx"
    export_schedule(result, path, language)
    assert differing(path, office(path)) == []


def test_the_sealed_costs_payments_and_balances_are_in_the_book(result: Result, tmp_path: Path) -> None:
    export_schedule(result, tmp_path / "schedule.xlsx")
    book = openpyxl.load_workbook(tmp_path / "schedule.xlsx", data_only=True)
    for entry in result.document["costs"]:
        sheet = sheet_of_county(book, entry["county"])
        for kind in ("capital", "recurrent"):
            value = sheet.cell(keyed(sheet, "cost", kind), columns_of_years(sheet)[entry["year"]]).value
            assert value == pytest.approx(float(entry[kind]), abs=A_YUAN / 2)
    for entry in result.document["payments"]:
        sheet = sheet_of_county(book, entry["county"])
        row = keyed(sheet, "payment", f"{entry['fund']}|{entry['class']}")
        assert sheet.cell(row, columns_of_years(sheet)[entry["year"]]).value == pytest.approx(
            float(entry["amount"]), abs=A_YUAN / 2
        )
    for entry in result.document["gaps"]:
        sheet = sheet_of_county(book, entry["county"])
        assert sheet.cell(keyed(sheet, "gap", entry["standard"]), columns_of_years(sheet)[entry["year"]]).value == entry["gap"]


def test_one_more_unit_moves_totals_money_and_marks(attained: Result, tmp_path: Path, office: Callable[..., Path]) -> None:
    tables = attained.tables()
    item, county, year = "g1", tables["counties"][1]["county"], tables.setting("last_year")
    path, edited = tmp_path / "schedule.xlsx", tmp_path / "edited.xlsx"
    export_schedule(attained, path)
    book = openpyxl.load_workbook(path)
    sheet = sheet_of_county(book, county)
    cell = sheet.cell(keyed(sheet, "item", item), columns_of_years(sheet)[year])
    cell.value = (cell.value or 0) + 1000
    book.save(edited)
    before, after = openpyxl.load_workbook(path, data_only=True), openpyxl.load_workbook(office(edited), data_only=True)

    def moved(kind: str, key: str, sheet_before: Any, sheet_after: Any) -> float:
        at = (keyed(sheet_before, kind, key), columns_of_years(sheet_before)[year])
        return sheet_after.cell(*at).value - sheet_before.cell(*at).value

    own = sheet_of_county(before, county), sheet_of_county(after, county)
    price = PriceList(tables).of(item, county, year)
    capital, recurrent = (float(from_yuan(1000 * yuan)) for yuan in (price.unit, price.first_year))
    assert moved("cost", "capital", *own) == pytest.approx(capital, abs=A_YUAN)
    assert moved("cost", "recurrent", *own) == pytest.approx(recurrent, abs=A_YUAN)
    assert moved("unfunded", "capital", *own) == pytest.approx(capital, abs=A_YUAN)
    assert moved("left", "", *own) == pytest.approx(-capital - recurrent, abs=A_YUAN)
    target = next(row["target"] for row in tables["targets"] if row["group"] == item)
    summary = before.worksheets[1], after.worksheets[1]
    at = next(row[0].row for row in summary[0].iter_rows(max_col=1) if row[0].value == target), columns_of_years(summary[0])[year]
    assert summary[1].cell(*at).value - summary[0].cell(*at).value == 1000
    kept = {value for sheet in before.worksheets for row in sheet.values for value in row if value == "不符"}
    broken = {value for sheet in after.worksheets for row in sheet.values for value in row if value == "不符"}
    assert not kept
    assert broken


def test_an_unsealed_result_is_refused_and_the_old_file_stays(tables: Tables, tmp_path: Path) -> None:
    path = tmp_path / "schedule.xlsx"
    path.write_bytes(b"old")
    document = {**sealed(tables).document, "seal": None, "status": "infeasible"}
    with pytest.raises(InputError) as refusal:
        export_schedule(Result(document), path)
    assert [finding.code for finding in refusal.value.findings] == ["export-unsealed"]
    assert path.read_bytes() == b"old"


def test_a_full_disk_leaves_the_old_file_and_nothing_else(
    tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "schedule.xlsx"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="space"):
        export_schedule(sealed(tables), path)
    assert [each.name for each in tmp_path.iterdir()] == ["schedule.xlsx"]
    assert path.read_bytes() == b"old"


HOSTILE = ["=1+1", "+cmd", "-2", "@SUM(A1)", "Sheet:with/forbidden*[chars]?", "a name longer than thirty-one characters, twice"]


def test_texts_stay_texts_and_sheet_names_are_fit_for_excel(tmp_path: Path) -> None:
    tables = tables_of(
        {
            "plan": [
                {"key": "title", "value": "=HYPERLINK(0)"},
                {"key": "first_year", "value": 2021},
                {"key": "last_year", "value": 2022},
            ],
            "counties": [{"county": f"c{n}", "name": name} for n, name in enumerate([*HOSTILE, HOSTILE[-1], "封面", "history"])],
            "items": [{"item": "g", "name": "=1+1", "unit": "+1", "category": "vehicle"}],
            "targets": [{"target": "t", "group": "g", "by_year": 2022, "total": Decimal(3)}],
            "funds": [{"fund": "f", "name": "@fund", "level": "county"}],
            "budgets": [{"fund": "f", "county": "c0", "year": 2021, "amount": Decimal(3), "source": "=cmd|' /C calc'!A0"}],
        }
    )
    export_schedule(sealed(tables), tmp_path / "schedule.xlsx", "zh")
    book = openpyxl.load_workbook(tmp_path / "schedule.xlsx")
    names = [sheet.title for sheet in book.worksheets]
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert len({name.casefold() for name in names}) == len(names)
    texts = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "s"}
    formulas = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert {"=HYPERLINK(0)", "=1+1", "+1", "@fund"} <= texts
    assert not set(formulas) & texts
    assert not [formula for formula in formulas if "HYPERLINK" in formula or "calc" in formula]


SMALLEST: dict[str, dict[str, list[dict[str, Any]]]] = {
    "nothing": {},
    "no money": {"items": [{"item": "g", "name": "g"}]},
    "an empty pool": {"funds": [{"fund": "f", "name": "f", "level": "pool"}]},
    "a team": {
        "teams": [{"team": "t", "name": "t", "county": "c", "item": "s", "max_staff": 3}],
        "items": [{"item": "s", "name": "s", "kind": "staff"}],
    },
}


@pytest.mark.slow
def test_the_smallest_plans_can_be_exported(tmp_path: Path, office: Callable[..., Path]) -> None:
    """Nothing to deliver, nobody to pay, all years over: still a workbook whose formulas work."""
    paths = []
    for name, rows in SMALLEST.items():
        for closed in (None, 2021, 2022):
            settings = {"title": "tiny", "first_year": 2021, "last_year": 2022, "closed_through": closed}
            plan = [{"key": key, "value": value} for key, value in settings.items() if value is not None]
            paths.append(tmp_path / f"{name} {closed}.xlsx")
            export_schedule(sealed(tables_of({"plan": plan, "counties": [{"county": "c", "name": "c"}], **rows})), paths[-1])
    folder = office(*paths).parent
    for path in paths:
        assert differing(path, folder / path.name) == []


def test_charts_are_native_and_pages_are_set_up_for_print(attained: Result, tmp_path: Path) -> None:
    export_schedule(attained, tmp_path / "schedule.xlsx", "zh")
    with zipfile.ZipFile(tmp_path / "schedule.xlsx") as archive:
        names = archive.namelist()
        assert len([name for name in names if name.startswith("xl/charts/chart")]) == 3
        assert not [name for name in names if "vba" in name.lower() or "external" in name.lower()]
        assert not [name for name in names if b'TargetMode="External"' in archive.read(name)]
    for sheet in openpyxl.load_workbook(tmp_path / "schedule.xlsx").worksheets:
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.print_area
        assert "&P" in (sheet.oddFooter.center.text or "")


def test_a_county_with_little_to_do_is_printed_on_one_page(tmp_path: Path) -> None:
    for size, breaks in ((Size(counties=2, years=3, goods=2, teams=0, projects=0), False), (Size(counties=2, goods=30), True)):
        result = sealed(random_tables(3, size))
        export_schedule(result, tmp_path / "schedule.xlsx", "zh")
        sheet = sheet_of_county(openpyxl.load_workbook(tmp_path / "schedule.xlsx"), result.tables()["counties"][0]["county"])
        assert bool(sheet.row_breaks.brk) == breaks


def test_no_page_shows_hashes_for_a_number(attained: Result, tmp_path: Path) -> None:
    """Columns are wide enough for their widest figure as it is shown."""
    export_schedule(attained, tmp_path / "schedule.xlsx", "zh")
    for sheet in openpyxl.load_workbook(tmp_path / "schedule.xlsx", data_only=True).worksheets:
        merged = {cell for area in sheet.merged_cells.ranges for cell in area.cells}
        for row in sheet.iter_rows():
            for cell in row:
                width = sheet.column_dimensions[get_column_letter(cell.column)]
                if isinstance(cell.value, (int, float)) and not width.hidden and (cell.row, cell.column) not in merged:
                    shown = f"{cell.value:,.2f}" if "0.00" in cell.number_format else f"{cell.value:,.0f}"
                    assert len(shown) + 1 <= width.width, (sheet.title, cell.coordinate)


def test_a_county_sized_plan_is_exported_in_two_seconds(tmp_path: Path) -> None:
    result = sealed(random_tables(1, Size(counties=7, years=5, goods=12, teams=8, projects=5)))
    times = []
    for _ in range(3):  # the best of three: a busy machine is not the product's doing
        start = time.process_time()
        export_schedule(result, tmp_path / "schedule.xlsx")
        times.append(time.process_time() - start)
    assert min(times) < 2
