"""Files that are no files, have no end, or were made to take all memory: named, in bounded time, whoever sends them."""

import json
import os
import re
import time
import zipfile

import pytest
from reading.small_plan import grids, to_folder, to_workbook

import optplan
from optplan.brief import write_brief
from optplan.decision_model import read_model
from optplan.document.file import read_document
from optplan.scenarios import read_scenario
from optplan.sweeps.reading import read_sweep
from optplan.tables import read_tables
from optplan.tables.findings import InputError
from optplan.tables.workbook_archive import inspect_workbook


@pytest.fixture
def folder(tmp_path):
    return to_folder(grids(), tmp_path / "plan")


def codes(path):
    return [finding.code for finding in read_tables(path)[1] if finding.severity == "error"]


def refused(read, path):
    began = time.process_time()
    with pytest.raises(InputError) as raised:
        read(path)
    assert time.process_time() - began < 5
    for finding in raised.value.findings:
        for language in ("zh", "en"):
            assert finding.message(language) not in {"", finding.code}
    return raised.value.findings[0].code


def odd_files(at):
    """What may stand where a file is wanted, and the code by which it is named."""
    yield lambda: os.mkfifo(at), "file-not-regular"
    yield lambda: at.symlink_to("/dev/zero"), "file-not-regular"
    yield lambda: at.symlink_to("/dev/null"), "file-not-regular"
    yield lambda: at.symlink_to(at.parent / "gone"), "file-dangling"
    yield lambda: at.symlink_to(at), "file-unreadable"
    yield at.mkdir, "file-unreadable"


def test_what_is_no_file_in_place_of_a_table_is_named(folder):
    at = folder / "budgets.csv"
    for make, code in odd_files(at):
        at.rmdir() if at.is_dir() else at.unlink()
        make()
        assert code in codes(folder)


@pytest.mark.parametrize("read", [read_document, read_scenario, read_sweep, read_model])
def test_what_is_no_file_in_place_of_another_input_is_named(tmp_path, read):
    at = tmp_path / "x.toml"
    for make, code in odd_files(at):
        make()
        assert refused(read, at) == code
        at.rmdir() if at.is_dir() and not at.is_symlink() else at.unlink()


def test_a_pipe_is_no_workbook(tmp_path):
    os.mkfifo(tmp_path / "plan.xlsx")
    assert codes(tmp_path / "plan.xlsx") == ["file-not-regular"]


def test_what_programs_leave_beside_tables_is_ignored(folder):
    intended = read_tables(folder)[0].sha256
    for name in ("._budgets.csv", "~$budgets.csv", ".~lock.budgets.csv#", ".budgets.csv"):
        (folder / name).write_bytes(b"\0\5\x16\7")
    tables, findings = read_tables(folder)
    assert not findings
    assert tables.sha256 == intended


@pytest.mark.parametrize(
    "key", ["a" + ".a" * 20_000 + " = 1", "[" + "a" + ". a" * 20_000 + "]", '"a"' + ".'b'" * 10_000 + " = 1"]
)
@pytest.mark.parametrize("read", [read_scenario, read_sweep, read_model])
def test_a_key_of_thousands_of_parts_is_not_parsed(tmp_path, key, read):
    (tmp_path / "x.toml").write_text(key, encoding="utf-8")
    assert refused(read, tmp_path / "x.toml") == "toml-too-deep"


@pytest.mark.parametrize(
    "text", ["[[changes]]\n" * 80_000, 'title = """' + '"" ' * 200_000, "a = " + "[" * 400_000, "a = " + "{b = " * 2_000]
)
def test_a_long_scenario_is_read_in_seconds(tmp_path, text):
    (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    refused(read_scenario, tmp_path / "x.toml")


def test_dots_in_a_text_are_no_key(tmp_path):
    dotted = ".".join("a" * 1 for _ in range(40))
    (tmp_path / "x.toml").write_text(
        f"title = '{dotted}' # {dotted}\n[[changes]]\ntable = 'budgets'\naction = 'remove'\nwhere = {{ fund = 'own' }}\n"
    )
    assert read_scenario(tmp_path / "x.toml").title == dotted


def with_parts(path, change):
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


SHEET = "xl/worksheets/sheet1.xml"


def in_the_first_sheet(old, new):
    def change(parts):
        assert old in parts[SHEET]
        parts[SHEET] = parts[SHEET].replace(old, new)

    return change


def test_a_workbook_with_hundreds_of_thousands_of_styles_is_read(tmp_path):
    path = to_workbook(grids(), tmp_path / "plan.xlsx")
    intended = read_tables(path)[0].sha256
    style = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    with_parts(
        path,
        lambda parts: parts.update(
            {"xl/styles.xml": parts["xl/styles.xml"].replace(b"</cellXfs>", style * 200_000 + b"</cellXfs>")}
        ),
    )
    began = time.process_time()
    assert read_tables(path)[0].sha256 == intended
    assert time.process_time() - began < 10


def test_a_sheet_formatted_to_its_end_is_read_in_seconds(tmp_path):
    path = to_workbook(grids(), tmp_path / "plan.xlsx")
    intended = read_tables(path)[0].sha256
    ghosts = b"".join(
        b'<row r="%d"><c r="A%d" s="1"/><c r="D%d" s="1"/></row>' % (row, row, row) for row in range(1_000, 400_000)
    )
    with_parts(path, in_the_first_sheet(b"</sheetData>", ghosts + b"</sheetData>"))
    began = time.process_time()
    assert read_tables(path)[0].sha256 == intended
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    "row",
    [
        b'<row r="3"><c r="A3"><v>1</v></c></row>',  # again
        b'<row r="2000000"><c r="A2000000"><v>1</v></c></row>',
        b'<row r="900"><c r="B900"><v>1</v></c><c r="A900"><v>1</v></c></row>',
        b'<row r="900"><c r="A901"><v>1</v></c></row>',
        b'<row r="900"><c r="A900" t="s"><v>99999</v></c></row>',
        b'<row r="x"><c r="A1"><v>1</v></c></row>',
    ],
)
def test_a_sheet_whose_cells_contradict_their_places_is_damaged(tmp_path, row):
    path = with_parts(to_workbook(grids(), tmp_path / "plan.xlsx"), in_the_first_sheet(b"</sheetData>", row + b"</sheetData>"))
    assert codes(path) == ["workbook-damaged"]


def test_cells_without_places_are_counted(tmp_path):
    path = to_workbook(grids(), tmp_path / "plan.xlsx")
    intended = read_tables(path)[0].sha256

    def bare(parts):
        name = f"xl/worksheets/sheet{list(grids()).index('growth') + 1}.xml"  # has no blank cells
        parts[name] = re.sub(rb'<(row|c) r="[A-Z0-9]+"', rb"<\1", parts[name])

    assert read_tables(with_parts(path, bare))[0].sha256 == intended


def test_a_strict_workbook_is_read(tmp_path):
    path = to_workbook(grids(), tmp_path / "plan.xlsx")
    intended = read_tables(path)[0].sha256

    def strict(parts):
        for name in parts:
            for old, new in (
                (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
                (
                    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                    b"http://purl.oclc.org/ooxml/officeDocument/relationships",
                ),
            ):
                parts[name] = parts[name].replace(old, new)

    assert read_tables(with_parts(path, strict))[0].sha256 == intended


@pytest.mark.parametrize("number", ["1" * 5_000_000, "0." + "1" * 5_000_000, "0" * 5_000_000 + "1", "1e" + "9" * 5_000_000])
def test_a_number_of_millions_of_digits_is_refused_and_not_computed(tmp_path, number):
    path = to_workbook(grids(), tmp_path / "plan.xlsx")
    first = re.search(rb"<v>\d+</v></c></row>", zipfile.ZipFile(path).read(SHEET))[0]
    began = time.process_time()
    changed = with_parts(path, in_the_first_sheet(first, f"<v>{number}</v></c></row>".encode()))
    folder = to_folder(grids(), tmp_path / "plan")
    (folder / "budgets.csv").write_text(f"fund,county,year,amount\nown,dong,2023,{number}\n")
    assert codes(changed) == ["workbook-damaged"]
    assert "csv-broken" in codes(folder)
    (tmp_path / "r.json").write_text(f'{{"format": {number}}}')
    assert refused(read_document, tmp_path / "r.json") in {"result-not-json", "result-invalid", "result-endless-number"}
    (tmp_path / "x.toml").write_text(f"title = 't'\nnumber = {number}\n")
    for read in (read_scenario, read_sweep, read_model):
        refused(read, tmp_path / "x.toml")
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    "name", ["/xl/workbook.xml", "XL/WORKBOOK.XML", "xl\\workbook.xml", "xl/./workbook.xml", "xl/work%62ook.xml"]
)
def test_a_part_that_is_there_twice_under_other_spellings_is_named(tmp_path, name):
    path = with_parts(to_workbook(grids(), tmp_path / "plan.xlsx"), lambda parts: parts.update({name: b"<workbook/>"}))
    assert codes(path) == ["workbook-damaged"]


@pytest.mark.parametrize("encoding", ["utf-7", "utf-16", "utf-32", "cp037", "gb18030", "shift-jis", "nonsense"])
def test_a_part_in_an_odd_encoding_is_read_right_or_named(tmp_path, encoding):
    path = to_workbook(grids(), tmp_path / "plan.xlsx")
    intended = read_tables(path)[0].sha256

    def encoded(parts):
        text = parts[SHEET].decode("utf-8")
        head = f'<?xml version="1.0" encoding="{encoding}"?>'
        parts[SHEET] = (head + text.split("?>", 1)[-1]).encode("utf-8" if encoding == "nonsense" else encoding)

    with_parts(path, encoded)
    assert codes(path) == ["workbook-damaged"] or read_tables(path)[0].sha256 == intended


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("xl/workbook.bin", "workbook-binary"),
        ("xl/vbaProject.bin", "workbook-active"),
        ("xl/externalLinks/externalLink1.xml", "workbook-active"),
    ],
)
def test_other_kinds_of_workbook_are_named(tmp_path, part, code):
    path = with_parts(to_workbook(grids(), tmp_path / "plan.xlsx"), lambda parts: parts.update({part: b"<x/>"}))
    assert codes(path) == [code]


def test_an_open_document_under_another_name_is_named(tmp_path):
    with zipfile.ZipFile(tmp_path / "plan.xlsx", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    assert codes(tmp_path / "plan.xlsx") == ["workbook-not-xlsx"]


def test_a_plan_of_only_its_settings_and_counties_has_an_empty_schedule(tmp_path):
    plan = optplan.read_plan(to_folder({name: grids()[name] for name in ("plan", "counties")}, tmp_path / "plan"))
    result = optplan.solve(plan, model="attain")
    assert result.status == "optimal"
    assert not len(result.schedule)
    assert not optplan.verify(plan, result).violations
    result.to_excel(tmp_path / "r.xlsx")


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    tables = {
        name: grid
        for name, grid in grids().items()
        if name in {"plan", "counties", "projects", "items", "funds", "budgets", "project_needs"}
    }
    tables["items"] = [line for line in tables["items"] if line[0] in {"item", "st2"}]
    del tables["project_needs"]
    plan = optplan.read_plan(to_folder(tables, tmp_path_factory.mktemp("solved") / "plan"))
    return plan, json.loads(optplan.solve(plan, model="attain").text())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda d: d.update(inputs={}), "table-missing"),
        (lambda d: d["inputs"]["plan"].update(rows=[]), "table-missing"),
        (lambda d: d["criteria"][0].pop("proven"), "result-missing"),
        (lambda d: d["criteria"][0].update(proven="yes"), "result-invalid"),
        (lambda d: d.update(criteria=[{}] * 500_000), "result-missing"),
        (lambda d: d.update(more=[[]] * 700_000), "result-too-large"),
        (lambda d: d["plan"].update(title="\ud800"), "result-half-character"),
    ],
)
def test_a_damaged_result_is_named(tmp_path, document, change, code):
    damaged = json.loads(json.dumps(document[1]))
    change(damaged)
    (tmp_path / "r.json").write_text(json.dumps(damaged), encoding="utf-8")
    assert refused(read_document, tmp_path / "r.json") == code


def test_a_result_of_thirty_megabytes_whose_rows_repeat_is_refused_in_seconds(tmp_path, document):
    row = {"item": "a" * 150, "county": "dong", "year": 2023, "quantity": 1.0}
    damaged = document[1] | {"schedule": [row] * 145_000}
    (tmp_path / "r.json").write_text(json.dumps(damaged), encoding="utf-8")
    assert 28 < (tmp_path / "r.json").stat().st_size / 2**20 < 32
    began = time.process_time()
    with pytest.raises(InputError) as raised:
        read_document(tmp_path / "r.json")
    assert time.process_time() - began < 15
    assert 1 <= len(raised.value.findings) <= 200


@pytest.mark.parametrize("year", [1950, 1900, 2200])
def test_a_project_started_outside_the_plan_is_a_broken_rule(tmp_path, document, year):
    plan, solved = document
    damaged = json.loads(json.dumps(solved)) | {"projects": [{"project": "p_nan", "start": year, "opens": year + 1}]}
    (tmp_path / "r.json").write_text(json.dumps(damaged), encoding="utf-8")
    assert "unknown-start" in {violation.rule for violation in optplan.verify(plan, tmp_path / "r.json").violations}


@pytest.mark.parametrize("year", [1971, 2150])
def test_a_clock_out_of_all_bounds_does_not_stop_a_workbook_or_a_brief(tmp_path, document, monkeypatch, year):
    _, solved = document
    wrong = time.localtime((year - 1970) * 365.25 * 86_400)
    monkeypatch.setattr(time, "localtime", lambda *_: wrong)
    (tmp_path / "r.json").write_text(json.dumps(solved), encoding="utf-8")
    optplan.read_result(tmp_path / "r.json").to_excel(tmp_path / "r.xlsx")
    assert inspect_workbook(tmp_path / "r.xlsx") is None
    write_brief(optplan.read_result(tmp_path / "r.json"), tmp_path / "r.docx")
    with zipfile.ZipFile(tmp_path / "r.docx") as file:
        assert file.testzip() is None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("[" * 100_000, "result-too-deep"), ('{"a":' * 100_000, "result-too-deep"), ('{"a": 1, "a": 1}', "result-key-twice"), ('{"a": NaN}', "result-no-number"),
        ('{"a": ' + "9" * 5_000 + "}", "result-endless-number"), ("[]", "result-no-object"), ("null", "result-no-object"), ("", "result-not-json"), ('{"a": 1} x', "result-not-json"),
        ('{"a": "\\ud800"}', "result-half-character"),
    ],
)  # fmt: skip
def test_what_is_no_result_is_told_why_in_a_sentence(tmp_path, content, code):
    (tmp_path / "r.json").write_text(content, "utf-8")
    assert refused(read_document, tmp_path / "r.json") == code
