"""Of a cell that cannot be read its own fault is told, with what to write instead, and not what only follows from it."""

from __future__ import annotations

from pathlib import Path

from optplan.tables import read_tables

TABLES = {
    "plan": "key,value\ntitle,t\nfirst_year,2025\nlast_year,2026\n",
    "counties": "county,name\na,A\nb,B\n",
    "funds": "fund,level\nGeneral Fund,pool\nImpact fees,pool\nown,county\n",
    "budgets": "fund,county,year,amount\nGeneral Fund,,2025,1\nGeneral Fund,,2026,1\nImpact fees,,2025,1\nImpact fees,,2026,1\nown,a,2025,2\nown,a,2025,3\n",
}


def test_names_with_spaces_are_refused_one_by_one_with_an_id_that_would_do(tmp_path: Path) -> None:
    for name, content in TABLES.items():
        (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")
    findings = [finding for finding in read_tables(tmp_path)[1] if finding.severity == "error"]
    told = [(finding.code, finding.place.table, finding.place.row) for finding in findings]
    assert [each for each in told if each[0] == "cell-id"] == [
        *(("cell-id", "budgets", row) for row in (2, 3, 4, 5)), ("cell-id", "funds", 2), ("cell-id", "funds", 3),
    ]  # fmt: skip
    assert {each for each in told if each[0] != "cell-id"} == {("key-twice", "budgets", 6), ("key-twice", "budgets", 7)}
    assert "general_fund" in findings[0].message("en")
    assert "general_fund" in findings[0].message("zh")


def test_what_refers_to_a_row_whose_own_id_could_not_be_read_is_not_blamed(tmp_path: Path) -> None:
    for name, content in (TABLES | {"budgets": "fund,county,year,amount\ngeneral_fund,,2025,1\n"}).items():
        (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")
    codes = {finding.code for finding in read_tables(tmp_path)[1] if finding.severity == "error"}
    assert codes == {"cell-id"}
