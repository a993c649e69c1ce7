"""A plan may name its years: people read FY25 wherever a year is shown, data keep 2025, and what was written so reads back."""

from decimal import Decimal

import pytest
from openpyxl import load_workbook
from plans.random_plans import Size, random_tables, tables_of
from plans.richer_plans import rows_of

from optplan.language import speaking, text
from optplan.language.years import YearNames, calling_years
from optplan.tables import read_tables, tables_from
from optplan.tables.csv_folder import write_folder
from optplan.tables.names import Names
from optplan.tables.year_labels import calling_years_of
from optplan.web.words import sentence
from optplan.workbook import write_inputs


@pytest.mark.parametrize(
    ("label", "first", "year", "called"),
    [
        ("FY25", 2025, 2027, "FY27"),
        ("FY2025", 2025, 2044, "FY2044"),
        ("2024/25", 2025, 2026, "2025/26"),
        ("2024-25", 2024, 2029, "2029-30"),
        ("FY99", 1999, 2000, "FY00"),
        ("Year 1", 2025, 2034, "Year 10"),
        ("Phase 2, FY25", 2025, 2026, "Phase 2, FY26"),
        ("2025年度", 2025, 2026, "2026年度"),
    ],
)
def test_the_numbers_in_the_name_of_the_first_year_are_counted_on(label, first, year, called):
    assert YearNames(label, first).name(year) == called


def fiscal():
    rows = rows_of(random_tables(3, Size(counties=2, years=3, goods=2, teams=1, projects=1)))
    rows["plan"].append({"key": "year_label", "value": "FY21"})
    rows["limits"] = [*rows.get("limits", []), {"limit": "of_2022", "group": "g0", "year": 2022, "max": Decimal(9)}]
    return tables_of(rows)


def test_names_and_sentences_say_it_and_values_do_not():
    tables = fiscal()
    with calling_years_of(tables):
        assert text("answers", "in-year", "en", year=2022) == "in FY22"
        assert "FY22" in Names(tables, "en").by_table["limits"]["of_2022"]
        assert "2022" in text("reporting", "date", "en", year=2022, month=3, day=5)  # a day of the calendar
        with speaking("en"):
            said = sentence("web_overview", "no-gaps", year=2022)
            assert "FY22" in said  # as Markdown
            assert "FY22" in said.words
    assert text("answers", "in-year", "en", year=2022) == "in 2022"
    assert {row["year"] for row in tables["budgets"]} <= set(range(2021, 2024))


def test_a_workbook_shows_the_names_and_reads_back_as_the_same_plan(tmp_path):
    tables = fiscal()
    write_inputs(tables, tmp_path / "plan.xlsx", "en")
    shown = {
        rule.dxf.numFmt.formatCode
        for sheet in load_workbook(tmp_path / "plan.xlsx")
        for area in sheet.conditional_formatting
        for rule in area.rules
        if rule.dxf is not None and rule.dxf.numFmt is not None
    }
    assert shown == {'"FY21"', '"FY22"', '"FY23"'}
    read, findings = read_tables(tmp_path / "plan.xlsx")
    assert read.canonical == tables.canonical, findings
    write_folder(read, tmp_path / "plan")
    assert read_tables(tmp_path / "plan")[0].sha256 == tables.sha256


def test_years_may_be_written_as_they_are_called(tmp_path):
    tables = fiscal()
    write_folder(tables, tmp_path / "plan")
    budgets = tmp_path / "plan" / "budgets.csv"
    budgets.write_text(budgets.read_text(encoding="utf-8").replace(",2022,", ",fy22,"), encoding="utf-8")
    assert read_tables(tmp_path / "plan")[0].sha256 == tables.sha256
    rows = [{**row.values, "year": f"FY{row['year'] % 100}"} for row in tables["budgets"]]
    assert tables_from({"budgets": rows}, tables)[0].sha256 == tables.sha256


def test_a_name_without_a_number_is_refused():
    rows = rows_of(fiscal())
    rows["plan"][-1]["value"] = "fiscal year"
    assert [finding.code for finding in tables_from(rows)[1]] == ["year-label-without-number"]


def test_nothing_is_left_of_the_names_after_the_block():
    with calling_years(YearNames("FY25", 2025)), calling_years(None):
        assert text("answers", "in-year", "en", year=2025) == "in 2025"
