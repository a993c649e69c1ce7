"""A small plan of two counties and a city level, and entries as people make them."""

from __future__ import annotations

from datetime import date

from optplan.plan import Plan
from optplan.records import Admission, Record, RecordError, Records, draft
from optplan.tables import tables_from
from optplan.tables.content import Row
from optplan.tables.findings import Finding

TODAY = date(2023, 3, 31)


def small_plan(**changes) -> Plan:
    tables = {
        "plan": [{"key": "title", "value": "某市规划"}, {"key": "first_year", "value": 2021}, {"key": "last_year", "value": 2024}],
        "counties": [{"county": "a", "name": "甲县"}, {"county": "b", "name": "乙县", "supported": 1}],
        "items": [
            {"item": "engine", "name": "水罐车", "unit": "辆"},
            {"item": "road", "name": "隔离带", "unit": "公里", "whole": 0},
            {"item": "ladder", "name": "云梯车", "unit": "辆", "lead_years": 1, "spend": "0.5;0.5"},
            {"item": "firefighter", "name": "队员", "unit": "人", "kind": "staff"},
            {"item": "station", "name": "消防站", "unit": "座", "kind": "project"},
        ],
        "costs": [
            {"item": "engine", "unit_cost": 50, "annual_cost": 1},
            {"item": "road", "unit_cost": 2},
            {"item": "ladder", "unit_cost": 100},
            {"item": "firefighter", "annual_cost": 5},
        ],
        "targets": [{"target": "t", "group": "engine", "by_year": 2024, "total": 6}],
        "teams": [
            {"team": "t_a", "name": "甲县队", "county": "a", "item": "firefighter", "staff": 10, "min_staff": 12, "max_staff": 20},
            {"team": "t_b", "name": "乙县队", "county": "b", "item": "firefighter", "staff": 10, "min_staff": 12, "max_staff": 20},
        ],
        "projects": [
            {"project": "p_b", "name": "乙县站", "county": "b", "item": "station", "capital_cost": 100, "build_years": 1, "spend": "0.5;0.5"}
        ],
        "funds": [
            {"fund": "own", "name": "县财政", "level": "county", "carry_share": 0.5},
            {"fund": "capital", "name": "县建设资金", "level": "county", "pays": "capital"},
            {"fund": "pool", "name": "市级专项", "level": "pool", "pays": "capital"},
        ],
        "budgets": [
            *({"fund": "own", "county": c, "year": y, "amount": 200} for c in "ab" for y in range(2021, 2025)),
            *({"fund": "pool", "year": y, "amount": 100} for y in range(2021, 2025)),
        ],
    }  # fmt: skip
    made, findings = tables_from({**tables, **changes})
    assert [each.line("en") for each in findings if each.severity == "error"] == []
    return Plan(made)


ENGINE = {
    "kind": "delivery",
    "county": "a",
    "item": "engine",
    "date": "2021-05-06",
    "quantity": "2",
    "source": "验收单",
    "document": "甲验1",
}


def entered(plan: Plan, *cells, records: Records | None = None, counties=None, who: str = "张三", today: date = TODAY) -> Records:
    """The ledger after entries were made, one after the other."""
    records = records or Records()
    for each in cells:
        rows = [each] if isinstance(each, Row) else [draft(each)]
        records = records.with_more(
            Admission(plan.tables, today, counties).admit(rows, records, who, "2023-03-31T00:00:00+00:00")[0]
        )
    return records


def refused(plan: Plan, *cells, records: Records | None = None, counties=None, today: date = TODAY) -> list[Finding]:
    """What is wrong with rows that are entered together."""
    rows = [draft(each, number) for number, each in enumerate(cells, start=2)]
    try:
        Admission(plan.tables, today, counties).admit(rows, records or Records(), "张三", "")
    except RecordError as problem:
        return [each for each in problem.findings if each.severity == "error"]
    return []


def numbers(records: Records | tuple[Record, ...]) -> list[int]:
    return [each.number for each in records]
