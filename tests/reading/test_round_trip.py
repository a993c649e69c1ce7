"""A plan is the same plan in a folder, in a workbook, in Python, in any order, and after the usual human damage."""

import openpyxl
import pytest
from plans.random_plans import Size, random_tables

import optplan
from optplan.language import LANGUAGES, find
from optplan.tables import read_tables, tables_from, write_folder
from optplan.tables.labels import column_words

SMALL = Size(counties=3, years=3, goods=3, teams=2, projects=2, closed=0)


@pytest.fixture
def plan(tmp_path):
    tables = random_tables(1, SMALL)
    write_folder(tables, tmp_path / "plan")
    return tables, tmp_path / "plan"


def errors(findings):
    return [finding.line("en") for finding in findings if finding.severity == "error"]


def test_a_folder_gives_back_what_was_written(plan):
    tables, folder = plan
    again, findings = read_tables(folder)
    assert errors(findings) == []
    assert again.sha256 == tables.sha256


def test_the_order_of_rows_and_columns_is_nobodys_business(plan):
    tables, folder = plan
    for path in folder.glob("*.csv"):
        header, *rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
        lines = [header[::-1], *(row[::-1] for row in reversed(rows))]
        path.write_text("\n".join(",".join(line) for line in lines) + "\n", encoding="utf-8")
    assert read_tables(folder)[0].sha256 == tables.sha256


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_what_excel_writes_is_read(plan, encoding):
    _, folder = plan
    path = folder / "counties.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("C000", "朔城区"), encoding=encoding)
    again, findings = read_tables(folder)
    assert errors(findings) == []
    assert again["counties"][0]["name"] == "朔城区"


@pytest.mark.parametrize("language", LANGUAGES)
def test_headers_may_be_labels_in_either_language(plan, language):
    tables, folder = plan
    for path in folder.glob("*.csv"):
        header, rest = path.read_text(encoding="utf-8").split("\n", 1)
        labels = [column_words(path.stem, name, language) for name in header.split(",")]
        path.write_text(",".join(f'"{label}"' for label in labels) + "\n" + rest, encoding="utf-8")
    assert read_tables(folder)[0].sha256 == tables.sha256


def test_human_damage_is_repaired(plan):
    tables, folder = plan
    path = folder / "budgets.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    columns = header.split(",")

    def damage(line):
        cells = dict(zip(columns, line.split(","), strict=True))
        cells["year"] = "".join(chr(ord(digit) + 0xFEE0) for digit in cells["year"]) + "年 "
        whole, _, part = cells["amount"].partition(".")
        cells["amount"] = f'"  {int(whole):,}.{part or 0}  "'
        return ",".join(cells[column] for column in columns)

    path.write_text("\r\n".join([header, "", *map(damage, rows), ",,,"[: len(columns) - 1], ""]), encoding="utf-8")
    again, findings = read_tables(folder)
    assert errors(findings) == []
    assert again.sha256 == tables.sha256


def workbook_of(tables, path, *, title=False):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in reversed([name for name in tables if tables[name]]):
        sheet = book.create_sheet(find("tables", name, "zh"))
        if title:
            sheet.append(["附表"])
            sheet.merge_cells("A1:D1")
        columns = [column.name for column in tables[name][0].table.columns]
        sheet.append(columns)
        for row in tables[name]:
            cells = [row.values.get(column) for column in columns]
            sheet.append(
                [";".join(map(str, c)) if isinstance(c, tuple) else (int(c) if isinstance(c, bool) else c) for c in cells]
            )
    book.save(path)


@pytest.mark.parametrize("title", [False, True])
def test_a_workbook_is_the_same_plan_as_a_folder(plan, tmp_path, title):
    tables, _ = plan
    workbook_of(tables, tmp_path / "plan.xlsx", title=title)
    again, findings = read_tables(tmp_path / "plan.xlsx")
    assert errors(findings) == []
    assert again.sha256 == tables.sha256


def test_a_workbook_finding_names_sheet_and_cell(plan, tmp_path):
    tables, _ = plan
    path = tmp_path / "plan.xlsx"
    workbook_of(tables, path)
    book = openpyxl.load_workbook(path)
    book["预算"]["D3"] = "many"
    book.save(path)
    (finding,) = [finding for finding in read_tables(path)[1] if finding.severity == "error"]
    assert finding.line("en").startswith(f"{path}!预算!D3: error: “many” is not a number")


def test_changes_make_a_new_plan_and_leave_the_old_one(plan):
    _, folder = plan
    before = optplan.read_plan(folder)
    rows = [{key: row.values.get(key) for key in ("fund", "county", "year", "amount")} for row in before.tables["budgets"]]
    rows[0]["amount"] = "123.4"
    after = before.with_changes({"budgets": rows})
    assert after.sha256 != before.sha256
    assert before.sha256 == optplan.read_plan(folder).sha256
    with pytest.raises(optplan.PlanError) as caught:
        before.with_changes({"budgets": [{"fund": "nobody", "year": 2021, "amount": 1}]})
    assert caught.value.findings[0].place.column == "fund"


def test_python_values_and_files_read_alike(plan):
    tables, _ = plan
    values = {name: [dict(row.values) for row in tables[name]] for name in tables if tables[name]}
    assert tables_from(values)[0].sha256 == tables.sha256
