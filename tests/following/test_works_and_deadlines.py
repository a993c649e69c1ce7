"""Instalments of works and numbers of last moments in reports, held against what follows by hand from a small plan's rows."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from docx import Document
from plans.random_plans import tables_of

from optplan.following import follow
from optplan.plan import Plan
from optplan.reporting import write_report

YEARS = range(2021, 2025)
GROWTH = Decimal("0.1")
STATION = {"county": "c", "item": "station"}
WORKS = {  # cost, years to build, spending by year, begun in
    "new": ({"name": "新站", "capital_cost": 100, "build_years": 1, "spend": (Decimal("0.4"), Decimal("0.6"))}, 2022),
    "long": ({"name": "续站", "capital_cost": 200, "build_years": 2, "spend": (Decimal("0.3"), Decimal("0.7"), Decimal(0))}, 2021),
    "done": ({"name": "成站", "capital_cost": 50, "build_years": 1, "spend": (Decimal("0.5"), Decimal("0.5"))}, 2021),
}  # fmt: skip
GOODS = {"half": (0, 20), "most": (0, 8), "ordered": (1, 8), "ordered_soon": (1, 5)}  # lead time, what a year can take of ten


@pytest.fixture(scope="module")
def found():
    """One of three stations must be begun in 2022 for all to be open by 2023; ten of each of the goods must come by 2024."""
    rows = {
        "plan": [
            {"key": "title", "value": "works"},
            {"key": "first_year", "value": 2021},
            {"key": "last_year", "value": 2024},
            {"key": "closed_through", "value": 2021},
            {"key": "capital_price_growth", "value": GROWTH},
        ],
        "counties": [{"county": "c", "name": "C"}],
        "items": [
            {"item": "station", "name": "站", "kind": "project"},
            *({"item": item, "name": item, "lead_years": lead} for item, (lead, _) in GOODS.items()),
        ],
        "costs": [{"item": item, "unit_cost": 1} for item in GOODS],
        "projects": [{**STATION, "project": name, **row} for name, (row, _) in WORKS.items()],
        "targets": [
            {"target": "stations", "group": "station", "by_year": 2023, "total": 3},
            *({"target": item, "group": item, "by_year": 2024, "total": 10} for item in GOODS),
        ],
        "limits": [
            {"limit": f"{item}{year}", "group": item, "year": year, "max": most}
            for item, (_, most) in GOODS.items()
            for year in YEARS
        ],
        "actuals": [{**STATION, "year": 2021, "quantity": Decimal(1), "project": name} for name in ("long", "done")],
        "funds": [{"fund": "f", "name": "F", "level": "county", "pays": "both", "carry_share": 1, "carry_years": "all"}],
        "budgets": [{"fund": "f", "county": "c", "year": year, "amount": 500} for year in YEARS],
    }  # fmt: skip
    return follow(Plan(tables_of(rows)), seconds=20)


def said(found, tmp_path, kind):
    path = tmp_path / f"{kind}.docx"
    write_report(found, path, kind, language="zh")
    document = Document(path)
    tables = {
        table.rows[0].cells[0].text: [[cell.text for cell in row.cells] for row in table.rows[1:]] for table in document.tables
    }
    return "\n".join(paragraph.text for paragraph in document.paragraphs), tables


def test_instalments_follow_from_cost_share_and_growth(found, tmp_path):
    text, tables = said(found, tmp_path, "plan")
    states = {"new": "开工，2023年建成", "long": "续建，2023年建成", "done": "建成投用"}
    paid = Decimal(0)
    for name, (row, start) in WORKS.items():
        due = row["capital_cost"] * row["spend"][2022 - start] * (1 + GROWTH)
        assert re.search(f"{row['name']}：{states[name]}，本年投资{due:,.2f}万元", text)
        paid += due
    deliveries = found.replan.document["schedule"]
    goods = sum(Decimal(str(each["quantity"])) for each in deliveries if each["item"] in GOODS and each["year"] == 2022)
    capital = Decimal(tables["资金"][-1][1].replace(",", ""))
    assert capital == paid + goods * (1 + GROWTH), "goods are paid for when they come"


BY_HAND = {  # which by when, and how many come in their first year at least
    "站 · 新站：开工": ("2022 年第 4 季度", "1"),
    "ordered_soon：订货": ("2022 年第 1 季度", "5"),  # all that 2023 can take, ordered a year before
    "ordered：订货": ("2022 年第 4 季度", "2"),
    "most：开始交付": ("2023 年第 4 季度", "2"),
    "half：开始交付": ("2024 年第 3 季度", "10"),
}


@pytest.mark.parametrize(("kind", "through"), [("plan", 2022), ("midterm", 2023)])
def test_deadlines_are_as_many_as_follow_by_hand(found, tmp_path, kind, through):
    text, tables = said(found, tmp_path, kind)
    assert f"有{len(BY_HAND)}项须在最迟时间节点之前动手" in text
    shown = {what.replace("（2023年底前） ·", " ·"): (by, least) for what, by, least, _ in tables["事项"]}
    assert shown == {what: said for what, said in BY_HAND.items() if int(said[0][:4]) <= through}


def test_deadlines_are_counted_in_the_advice_and_where_they_are_too_many_to_list(found, tmp_path):
    soon = [by for by, _ in BY_HAND.values() if by.startswith("2022")]
    assert f"2022年有{len(soon)}项最迟时间节点" in said(found, tmp_path, "midterm")[0]
    text, tables = said(replace(found, deadlines=found.deadlines * 3), tmp_path, "plan")
    assert f"另有{3 * len(soon) - len(tables['事项'])}项近期节点未列" in text
