"""Plans, decision models and schedules as bytes of one form only, and back. (Scenarios: ``scenario_encoding``.)"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from optplan.decision_model import DecisionModel
from optplan.plan import Plan
from optplan.schedule import Schedule
from optplan.store.contents import encoded, plain
from optplan.tables.content import Row, Tables
from optplan.tables.declarations import PLAN_KEYS, TABLES
from optplan.tables.values import parse


def plan_bytes(tables: Tables) -> bytes:
    """The canonical text of a plan, so that its key in the store is the plan's own sha256."""
    return encoded(tables.canonical_text)


def plan_columns(tables: Tables) -> str:
    """The columns that the first cells of the canonical text stand in; cells of columns added since carry their names."""
    return plain({name: [column.name for column in TABLES[name].columns if not column.added] for name in TABLES if tables[name]})


def plan_from(content: bytes, columns: str) -> Plan:
    """The plan with that canonical text."""
    names, rows = json.loads(columns), dict[str, tuple[Row, ...]]()
    for table, lines in json.loads(content).items():
        first = len(names[table])  # cells of added columns follow with their names
        named = [{**dict(zip(names[table], cells[:first], strict=True)), **dict(cells[first:])} for cells in lines]
        rows[table] = tuple(_row(table, cells, number) for number, cells in enumerate(named, start=2))
    return Plan(Tables(rows))


def _row(table: str, cells: Mapping[str, Any], number: int) -> Row:
    declared, values = TABLES[table], dict[str, Any]()
    for name, cell in cells.items():
        if cell is None or name not in declared.by_name:
            continue
        column = declared.column(name)
        if table == "plan" and name == "value":
            column = PLAN_KEYS.get(str(cells["key"]), PLAN_KEYS["title"])
        value = parse(";".join(cell) if isinstance(cell, list) else str(cell), column)
        if value is not None:
            values[name] = value
    return Row(declared, values, number, table)


def model_bytes(model: DecisionModel) -> bytes:
    """The content of a decision model."""
    return encoded(plain(model.model_dump(mode="json")))


def model_from(content: bytes) -> DecisionModel:
    """The decision model with that content."""
    return DecisionModel.model_validate(json.loads(content))


def schedule_bytes(schedule: Schedule) -> bytes:
    """What a schedule decides."""
    return encoded(
        plain(
            {
                "deliveries": _entries(schedule.deliveries, lambda quantity: format(quantity.normalize() + 0, "f")),
                "hires": _entries(schedule.hires),
                "starts": sorted([project, year] for project, year in schedule.starts.items()),
                "payments": _entries(schedule.payments),
                "requests": _entries(schedule.requests),
            }
        )
    )


def _entries(decided: Mapping[Any, Any], written: Any = int) -> list[list[Any]]:
    return sorted([*key, written(value)] for key, value in decided.items() if value)


def schedule_from(content: bytes) -> Schedule:
    """The schedule with that content."""
    decided: dict[str, list[Sequence[Any]]] = json.loads(content)
    return Schedule(
        {(item, county, year): Decimal(quantity) for item, county, year, quantity in decided["deliveries"]},
        {(team, year): hires for team, year, hires in decided["hires"]},
        {str(project): int(year) for project, year in decided["starts"]},
        {(fund, county, year, kind): yuan for fund, county, year, kind, yuan in decided["payments"]},
        {(county, year, kind): yuan for county, year, kind, yuan in decided["requests"]},
    )
