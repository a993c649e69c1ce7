"""Exports of a province of 119 counties and of a city of eight, in time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from fractions import Fraction
from pathlib import Path

import pytest
from plans.greedy import greedy_schedule

from benchmarks.plans import Size, realistic_tables
from optplan.result import Result
from optplan.tables import read_tables
from optplan.tables.content import Tables

from .conftest import sealed

SHUOZHOU = Path(__file__).resolve().parents[2] / "inputs" / "shuozhou"
COUNTIES = 119
GIB = 2**20  # in the kilobytes that getrusage counts

# Reads a result, checks its seal and exports it in a process of its own; processor time, because the machine may be busy.
EXPORT = """
import json, resource, sys
from optplan.result import read_result
def seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
result = read_result(sys.argv[1])
began = seconds()
result.to_excel(sys.argv[2])
exported = seconds() - began
assert result.check().ok
# not ru_maxrss, which begins at the size of the process that started this one
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
in_all = seconds()

# what openpyxl alone needs for the same values, without looks or formulas: the yardstick for a machine of any speed
from openpyxl import Workbook, load_workbook
written = load_workbook(sys.argv[2])
began = seconds()
book = Workbook()
for sheet in written.worksheets:
    page = book.create_sheet(sheet.title)
    for cell in sheet._cells.values():
        if cell.value is not None:
            page.cell(cell.row, cell.column, cell.value)
book.save(sys.argv[2])
print(json.dumps({"export": exported, "bare": seconds() - began, "in all": in_all, "peak": peak}))
"""


def used_by_export(result: Result, folder: Path) -> dict[str, float]:
    result.to_json(folder / "result.json")
    done = subprocess.run(
        [sys.executable, "-c", EXPORT, folder / "result.json", folder / "schedule.xlsx"],
        check=True, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    used: dict[str, float] = json.loads(done.stdout)
    print(used)
    return used


@pytest.fixture(scope="module")
def province() -> Tables:
    """Sizes as in reality: forty items, a dozen teams and a dozen standards in every county, ample money."""
    return realistic_tables(1, Size(counties=COUNTIES, years=5, money=1.3))


@pytest.mark.slow
def test_a_province_is_exported_in_a_few_times_what_openpyxl_needs_and_a_gigabyte(province: Tables, tmp_path: Path) -> None:
    result = sealed(province, greedy_schedule(province))
    assert len(result.document["schedule"]) > 50 * COUNTIES
    assert len(result.document["payments"]) > 10 * COUNTIES
    used = used_by_export(result, tmp_path)
    assert used["export"] / used["bare"] <= 5  # half a minute
    assert used["peak"] <= GIB
    with zipfile.ZipFile(tmp_path / "schedule.xlsx") as archive:
        assert len([name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]) > COUNTIES


@pytest.mark.slow
def test_shuozhou_is_exported_in_a_few_times_what_openpyxl_needs_for_the_bare_values(tmp_path: Path) -> None:
    """Two to three seconds; a machine that does other things halves and doubles either figure, hence the wide limit."""
    tables, _ = read_tables(SHUOZHOU)
    result = sealed(tables, greedy_schedule(tables, Fraction(1, 2)))
    assert len(result.document["schedule"]) > 200
    assert min(used["export"] / used["bare"] for used in (used_by_export(result, tmp_path) for _ in range(3))) <= 7
