"""The mid-term evaluation in ``reports/sample``: its tables are sums, worked out here, over the files of the plan and the sample."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from brief.paper import pages
from docx import Document
from following.test_standing import rows

from optplan.records import read_ledger
from optplan.word.portable import pdf_of

ROOT = Path(__file__).resolve().parents[2]
YEAR = 2022


@pytest.fixture(scope="module")
def tables():
    document = Document(ROOT / "reports" / "sample" / "shuozhou-2023-midterm.docx")
    found = {}
    for table in document.tables:  # of those with the same first head, the first
        found.setdefault(table.rows[0].cells[0].text, [[cell.text for cell in row.cells] for row in table.rows[1:]])
    return found


def test_it_has_two_to_eight_pages(tmp_path):
    (tmp_path / "report.pdf").write_bytes(pdf_of((ROOT / "reports" / "sample" / "shuozhou-2023-midterm.docx").read_bytes()))
    assert 2 <= pages(tmp_path / "report.pdf") <= 8


def number(text):
    return Fraction(text.replace(",", ""))


def test_what_is_done_of_the_main_targets(tables):
    items, done = {}, {}
    for row in rows("groups"):
        items.setdefault(row["group"], set()).add(row["item"])
    called = {row["group"]: row["name"] for row in rows("groups")}
    called |= {row["item"]: row["name"] for row in rows("items")}
    for row in rows("actuals"):
        assert not row["project"] or int(row["year"]) + 1 > YEAR, "no works were opened by then"
        if not row["project"]:
            done[row["item"]] = done.get(row["item"], Fraction(0)) + Fraction(row["quantity"])
    shown = {row[0].rpartition("（")[0]: (number(row[1]), number(row[3])) for row in tables["目标"]}
    checked = 0
    for target in rows("targets"):
        name = called.get(target["group"], target["group"])
        if name in shown and not target["county"] and target["by_year"] == "2025":
            members = items.get(target["group"]) or {target["group"]}
            assert shown[name] == (Fraction(target["total"]), sum((done.get(item, Fraction(0)) for item in members), Fraction(0)))
            checked += 1
    assert checked == len(shown) == 12


def test_the_money_is_that_of_the_budgets_and_the_records(tables):
    spent = read_ledger(ROOT / "inputs" / "shuozhou-2023" / "records.csv").of(kind="spending", through=(YEAR, 4))
    paid = {row[0]: [number(each) for each in row[1:3]] for row in tables["年份、资金"]}
    for year in (2021, 2022):
        given = sum(Fraction(row["amount"]) for row in rows("budgets") if row["year"] == str(year))
        used = sum(Fraction(entry.amount) for entry in spent if entry.year == year)
        assert paid[f"{year}年"] == [pytest.approx(given, abs=0.005), pytest.approx(used, abs=0.005)]
    funds = {row["name"]: row["fund"] for row in rows("funds")}
    for name, (given, used) in paid.items():
        if name in funds:
            own = [row for row in rows("budgets") if row["fund"] == funds[name] and int(row["year"]) <= YEAR]
            assert given == pytest.approx(sum(Fraction(row["amount"]) for row in own), abs=0.005)
            assert used == pytest.approx(sum(Fraction(entry.amount) for entry in spent if entry.fund == funds[name]), abs=0.005)
