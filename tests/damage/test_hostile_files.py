"""No input, however broken, ends in anything but findings, in bounded time and memory."""

import random
import time
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plans.random_plans import Size, random_tables
from reading.test_round_trip import workbook_of

from optplan.plan.checks import check
from optplan.tables import read_tables, write_folder

TABLES = random_tables(1, Size(counties=2, years=3, goods=2, teams=2, projects=1))


@pytest.fixture
def folder(tmp_path):
    write_folder(TABLES, tmp_path / "plan")
    return tmp_path / "plan"


@pytest.fixture
def workbook(tmp_path):
    workbook_of(TABLES, tmp_path / "plan.xlsx")
    return tmp_path / "plan.xlsx"


def codes(path):
    began = time.monotonic()
    _, findings = read_tables(path)
    assert time.monotonic() - began < 10
    for finding in findings:
        for language in ("zh", "en"):
            assert finding.message(language) not in {"", finding.code}, finding
    return [finding.code for finding in findings if finding.severity == "error"]


def in_budgets(folder, text, encoding="utf-8"):
    (folder / "budgets.csv").write_bytes(text.encode(encoding) if isinstance(text, str) else text)
    return codes(folder)


HEAD = "fund,county,year,amount\n"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x00\x01\x02binary", "file-binary"),
        ("资金,年份\n".encode("gb18030") + "资金,年份\n".encode(), "file-encoding"),
        (b"\xff\xfe\xfa\xfb\n", "file-encoding"),
        ("fund;county;year;amount\n", "csv-delimiter"),
        ("", "table-empty"),
        (HEAD + 'own,c000,2021,"1\n', "csv-broken"),
        (HEAD + "own,c000,2021,NaN\n", "cell-number"),
        (HEAD + "own,c000,2021,inf\n", "cell-number"),
        (HEAD + f"own,c000,2021,{'9' * 400}\n", "cell-number"),
        (HEAD + "own,c000,2021,1e300\n", "cell-number-size"),
        (HEAD + "own,c000,2021,1.23456\n", "cell-decimals"),
        (HEAD + "own,c000,2021,-1\n", "cell-too-small"),
        (HEAD + "own,c000,twenty,1\n", "cell-number"),
        (HEAD + "own,c000,3021,1\n", "cell-year"),
        (HEAD + "own,c000,2021,\n", "cell-blank"),
        (HEAD + "own,nowhere,2021,1\n", "reference-missing"),
        (HEAD + "own,c000,2021,1\nown,c000,2021,2\n", "key-twice"),
        (HEAD + "pool,c000,2021,1\n", "pool-with-county"),
        (HEAD + "own,,2021,1\n", "county-fund-without-county"),
        (HEAD + "own,c000,2021,1,extra\n", "cell-without-header"),
        ("fund,county,year,amount,amount\nown,c000,2021,1,1\n", "column-twice"),
        ("fund,county,year,sum\nown,c000,2021,1\n", "column-unknown"),
        ("fund,county,year\nown,c000,2021\n", "column-missing"),
        (HEAD + f"own,c000,2021,{'x' * 6000}\n", "cell-too-long"),
        (HEAD + "=cmd|' /C calc'!A0,c000,2021,1\n", "cell-id"),
        (HEAD + "own,c000,2021,\x07\n", "cell-control-character"),
    ],
)
def test_a_broken_table_is_named(folder, content, code):
    assert code in in_budgets(folder, content)


def test_a_huge_file_is_not_read(folder):
    with (folder / "budgets.csv").open("wb") as out:
        out.truncate(2**36)
    assert "file-too-large" in codes(folder)


def test_endless_rows_are_cut(folder):
    assert "table-too-long" in in_budgets(folder, HEAD + "own,c000,2021,1\n" * 100_100)


def test_unknown_tables_are_named(folder):
    (folder / "budget.csv").write_text(HEAD, encoding="utf-8")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    assert codes(folder) == ["table-unknown"]


@pytest.mark.parametrize("name", ["missing", "plan.docx"])
def test_what_is_no_plan_is_refused(tmp_path, name):
    if "." in name:
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert len(codes(tmp_path / name)) == 1


def rewritten(path, change):
    """The archive with its parts changed."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return path


def test_workbooks_that_attack_are_not_opened(workbook):
    def entities(parts):
        name = next(name for name in parts if "sheet1.xml" in name)
        laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
        parts[name] = parts[name].replace(b"<worksheet", laughs + b"<worksheet", 1)

    assert codes(rewritten(workbook, entities)) == ["workbook-entities"]


def test_a_bomb_is_not_unpacked(workbook):
    rewritten(workbook, lambda parts: parts.update({"xl/worksheets/sheet1.xml": b"<a>" + b" " * (300 * 2**20)}))
    assert codes(workbook) == ["workbook-bomb"]


def test_macros_are_refused(workbook):
    rewritten(workbook, lambda parts: parts.update({"xl/vbaProject.bin": b"x"}))
    assert codes(workbook) == ["workbook-active"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"fund,county\n", "workbook-not-xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "workbook-old-or-locked"),
        (b"PK\x03\x04cut", "workbook-damaged"),
    ],
)
def test_renamed_and_damaged_files_are_refused(tmp_path, content, code):
    (tmp_path / "plan.xlsx").write_bytes(content)
    assert codes(tmp_path / "plan.xlsx") == [code]


def test_formulas_and_dates_are_named_with_their_cell(workbook):
    import datetime

    import openpyxl

    book = openpyxl.load_workbook(workbook)
    book["预算"]["D2"] = "=1+1"
    book["预算"]["D3"] = datetime.datetime(2021, 5, 1)
    book["预算"]["D4"] = "#REF!"
    book.save(workbook)
    found = {finding.place.cell: finding.code for finding in read_tables(workbook)[1] if finding.severity == "error"}
    assert found == {"D2": "cell-formula", "D3": "cell-date", "D4": "cell-error"}


careful = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])


@careful
@given(st.binary(max_size=300))
def test_random_bytes_never_raise(folder, content):
    (folder / "items.csv").write_bytes(content)
    _, findings = read_tables(folder)
    assert any(finding.severity == "error" for finding in findings)


@careful
@given(st.randoms(use_true_random=False), st.text(max_size=12))
def test_random_cells_never_raise(folder, rng, text):
    path = rng.choice(sorted(folder.glob("*.csv")))
    before = path.read_text(encoding="utf-8")
    lines = before.splitlines()
    row = rng.randrange(len(lines))
    cells = lines[row].split(",")
    cells[rng.randrange(len(cells))] = text
    path.write_bytes("\n".join([*lines[:row], ",".join(cells), *lines[row + 1 :]]).encode("utf-8", "surrogatepass"))
    tables, findings = read_tables(folder)
    if not any(finding.severity == "error" for finding in findings):
        check(tables)
    path.write_text(before, encoding="utf-8")


def test_a_workbook_cut_anywhere_never_raises(workbook):
    whole = workbook.read_bytes()
    rng = random.Random(1)
    for _ in range(25):
        broken = bytearray(whole[: rng.randrange(4, len(whole))])
        if rng.random() < 0.5:
            broken = bytearray(whole)
            for _ in range(20):
                broken[rng.randrange(len(broken))] = rng.randrange(256)
        workbook.write_bytes(bytes(broken))
        read_tables(workbook)
