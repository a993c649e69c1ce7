"""What the cells of a change mean in its table: typed values, read exactly as the cells of a CSV file are."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from optplan.scenarios.findings import ScenarioFinding, Step
from optplan.scenarios.scenario import Add, Scale, Set
from optplan.tables.declarations import PLAN_KEYS, TABLES, column_of
from optplan.tables.schema import Column, Kind, Table
from optplan.tables.values import BadValue, parse, written


@dataclass(frozen=True)
class Meaning:
    """A change as typed values. ``None`` among them is a blank cell.

    ``where``: the values that pick a row, by column. ``groups``: groups whose items pick it, in a table that has items but
    no groups of its own. ``values``: what ``set`` writes. ``rows``: what ``add`` appends.
    """

    where: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    rows: tuple[Mapping[str, Any], ...] = ()


def meaning_of(step: Step) -> tuple[Meaning, list[ScenarioFinding]]:
    """The change of ``step`` in typed values, and everything wrong with it that can be known without a plan."""
    change, table = step.change, TABLES[step.change.table]
    findings: list[ScenarioFinding] = []
    where: dict[str, tuple[Any, ...]] = {}
    groups: tuple[str, ...] = ()
    for name, cells in ({} if isinstance(change, Add) else change.where).items():
        if name == "group" and picks_by_group(table):
            groups = tuple(str(cell) for cell in cells)
        elif _known(step, table, name, findings):
            where[name] = tuple(_typed(step, _as_compared(table.column(name)), cell, findings) for cell in cells)
    if isinstance(change, Set):
        values = {
            name: _written(step, table, name, cell, findings)
            for name, cell in change.set.items()
            if _known(step, table, name, findings)
        }
        return Meaning(where, groups, values), findings
    if isinstance(change, Add):
        return Meaning(rows=tuple(_added(step, table, row, findings) for row in change.rows)), findings
    if isinstance(change, Scale) and _known(step, table, change.column, findings) and not _scalable(table, change.column):
        findings.append(step.error("scale-not-number", change.column))
    return Meaning(where, groups), findings


def picks_by_group(table: Table) -> bool:
    """Whether ``group`` in a ``where`` stands for the items of a group: the table has items but no column of that name."""
    return "item" in table.by_name and "group" not in table.by_name


def near(value: Any, known: Iterable[Any]) -> str:
    """What may have been meant by ``value``, or a dash."""
    close = difflib.get_close_matches(str(value)[:100], [str(one) for one in known], n=1, cutoff=0.5)
    return close[0] if close else "—"


def _as_compared(column: Column) -> Column:
    """Settings of the plan have no kind in common and are compared as they are written."""
    return PLAN_KEYS["title"] if column.kind is Kind.ANY else column


def _scalable(table: Table, name: str) -> bool:
    return table.column(name).kind in {Kind.WHOLE, Kind.QUANTITY, Kind.RATE, Kind.MONEY, Kind.ANY}


def _known(step: Step, table: Table, name: str, findings: list[ScenarioFinding]) -> bool:
    if name in table.by_name:
        return True
    known = ", ".join(table.by_name)
    findings.append(step.error("column-unknown", name[:60], table=table.name, known=known))
    return False


def _typed(step: Step, column: Column, cell: Any, findings: list[ScenarioFinding]) -> Any:
    try:
        return parse(cell, column)
    except BadValue as bad:
        findings.append(step.error(bad.code, column.name, **bad.values))
        return None


def _written(step: Step, table: Table, name: str, cell: Any, findings: list[ScenarioFinding]) -> Any:
    """A value that ``set`` writes; a setting of the plan is left as text until its row, and so its kind, is known."""
    column = table.column(name)
    value = _typed(step, _as_compared(column), cell, findings)
    if value is None and column.required and not any(finding.place.column == name for finding in findings):
        findings.append(step.error("cell-blank", name))
    return value


def _added(step: Step, table: Table, row: Mapping[str, Any], findings: list[ScenarioFinding]) -> Mapping[str, Any]:
    values = {}
    told = len(findings)
    for name, cell in row.items():
        if _known(step, table, name, findings):
            values[name] = _typed(step, column_of(table, name, row), cell, findings)
    for column in table.columns:
        if column.required and values.get(column.name) is None and len(findings) == told:
            findings.append(step.error("cell-blank", column.name))
    return {name: value for name, value in values.items() if value is not None}


def shown(value: Any) -> str:
    """A typed value for people; a blank cell as the pair of quotes that stands for it."""
    return '""' if value is None else written(value)
