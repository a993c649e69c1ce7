"""Plans small enough to be worked out by hand, and what divides them."""

from __future__ import annotations

from typing import Any

import pytest

from optplan.plan import Plan
from optplan.scenarios import Scenario
from optplan.tables import tables_from


def pumps(**tables: list[dict[str, Any]]) -> Plan:
    """Ten pumps at 10 each are wanted within two years; 65 may be spent in each. ``tables`` replace the plan's own."""
    rows: dict[str, list[dict[str, Any]]] = {
        "plan": [
            {"key": "title", "value": "泵"},
            {"key": "first_year", "value": 2021},
            {"key": "last_year", "value": 2022},
        ],
        "counties": [{"county": "c", "name": "县"}],
        "items": [{"item": "pump", "name": "泵"}],
        "costs": [{"item": "pump", "unit_cost": 10}],
        "targets": [{"target": "pumps", "group": "pump", "by_year": 2022, "total": 10}],
        "funds": [{"fund": "own", "name": "本级", "level": "county", "carry_share": 1}],
        "budgets": [{"fund": "own", "county": "c", "year": year, "amount": 65} for year in (2021, 2022)],
        **tables,
    }
    found, findings = tables_from(rows)
    assert not [finding for finding in findings if finding.severity == "error"]
    return Plan(found)


def scenario(*changes: dict[str, Any], name: str = "s", title: str = "情景") -> Scenario:
    return Scenario(name=name, title=title, changes=list(changes))


def scale(table: str, column: str, factor: str, **where: Any) -> dict[str, Any]:
    return {"table": table, "action": "scale", "column": column, "factor": factor, "where": where}


CUT = scale("budgets", "amount", "0.9")  # 117 in all: eleven pumps at 10
DEARER = scale("costs", "unit_cost", "1.2")  # ten pumps: 120 of 130


@pytest.fixture(scope="session")
def plan() -> Plan:
    return pumps()
