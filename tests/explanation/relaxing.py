"""An oracle for conflicts: plans whose tables are rewritten so that a rule no longer binds, solved as they are."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
from plans.random_plans import tables_of

from optplan.decision_model import read_model
from optplan.plan import Plan
from optplan.rules.program import build_program
from optplan.rules.rows import Contradiction
from optplan.search.solver.highs import HighsModel
from optplan.search.solver.matrix import Objective, compile_program

D = Decimal
Rows = dict[str, list[dict[str, Any]]]
KEYS = {
    "projects": ("project",), "targets": ("target",), "limits": ("limit",), "teams": ("team",), "mix": ("mix",),
    "project_needs": ("project", "standard"), "project_links": ("project", "other"), "losses": ("team", "year"),
    "items": ("item",), "budgets": ("fund", "county", "year"), "growth": ("county", "year"), "funds": ("fund",),
    "fund_uses": ("fund", "group", "project", "class"),
}  # fmt: skip
PLENTY = D(10_000_000)


def feasible(rows: Rows, model: str = "attain") -> bool:
    """Whether a plan exists: the program of the rules, with nothing to minimise."""
    try:
        matrix = compile_program(build_program(Plan(tables_of(rows)), read_model(model)))
    except Contradiction:
        return False
    verdict = HighsModel(matrix).minimise(Objective(0.0, np.zeros(matrix.columns))).verdict
    assert verdict != "stopped"
    return verdict == "optimal"


def every_cell(rows: Rows) -> set[tuple[str, tuple[Any, ...], str]]:
    """Every cell that rules something, as (table, key, column)."""
    found = set()

    def add(table: str, row: dict[str, Any], column: str) -> None:
        found.add((table, tuple(row.get(name) for name in KEYS[table]), column))

    for row in rows.get("projects", []):
        for column in ("mandatory", "earliest_start", "latest_opening"):
            if row.get(column):
                add("projects", row, column)
    for row in rows.get("targets", []):
        if row.get("sense") == "exact":
            add("targets", row, "total")
    for table, columns in (
        ("limits", ("min", "max")), ("mix", ("min_share", "max_share")), ("fund_uses", ("min_share", "max_share")),
        ("funds", ("county_cap_share", "support_floor", "match_rate", "match_rate_supported")),
    ):  # fmt: skip
        for row in rows.get(table, []):
            for column in columns:
                if row.get(column) is not None:
                    add(table, row, column)
    for row in rows.get("fund_uses", []):
        add("fund_uses", row, "group" if row.get("group") else "project")
    for row in rows.get("teams", []):
        add("teams", row, "min_staff")
        add("teams", row, "max_staff")
    for row in rows.get("project_needs", []):
        if row.get("hard"):
            add("project_needs", row, "quantity")
    for table, column in (("project_links", "kind"), ("losses", "quantity"), ("growth", "rate")):
        for row in rows.get(table, []):
            add(table, row, column)
    for row in rows.get("items", []):
        if row.get("lead_years"):
            add("items", row, "lead_years")
    years = _years(rows)
    for row in rows.get("funds", []):
        add("funds", row, "carry_share")
        add("funds", row, "pays")
        holders = [county["county"] for county in rows["counties"]] if row["level"] == "county" else [None]
        found |= {("budgets", (row["fund"], county, year), "amount") for county in holders for year in years}
    return found


def _years(rows: Rows) -> list[int]:
    settings = {row["key"]: row["value"] for row in rows["plan"]}
    return list(range(settings["first_year"], settings["last_year"] + 1))


def relaxed(rows: Rows, cells: set[tuple[str, tuple[Any, ...], str]]) -> Rows:
    """The tables with these cells saying nothing any more."""
    found: Rows = {name: [dict(row) for row in some] for name, some in rows.items()}
    for table, key, column in sorted(cells, key=str):
        mine = [row for row in found.get(table, []) if tuple(row.get(name) for name in KEYS[table]) == key]
        if table == "budgets" and not mine:
            found.setdefault(table, []).append({"fund": key[0], "county": key[1], "year": key[2], "amount": PLENTY})
        for row in mine:
            _relax(found, table, row, column)
    return found


def _relax(rows: Rows, table: str, row: dict[str, Any], column: str) -> None:
    match table, column:
        case ("targets", _):
            row["sense"] = "min"
        case ("projects", "mandatory"):
            row["mandatory"] = False
        case ("teams", "min_staff"):
            row["min_staff"] = 0
        case ("teams", "max_staff"):
            row["max_staff"] = 5_000
        case ("project_needs", _):
            row["hard"] = False
        case ("project_links" | "losses" | "growth", _):
            rows[table].remove(row)
        case ("fund_uses", "group" | "project"):
            rows[table] = [other for other in rows[table] if other["fund"] != row["fund"]]
        case ("items", _):
            row["lead_years"], row["spend"] = 0, None
        case ("budgets", _):
            row["amount"] = PLENTY
        case ("funds", "carry_share"):
            row["carry_share"], row["carry_years"] = D(1), "all"
        case ("funds", "pays"):
            row["pays"] = "both"
        case ("funds", "county_cap_share"):
            row["county_cap_share"] = None
        case ("funds", _):
            row[column] = D(0)
        case _:
            row[column] = None


def cells_of(conflict: dict[str, Any]) -> set[tuple[str, tuple[Any, ...], str]]:
    """The cells of a conflict of an explanation's document."""
    return {(cell["table"], tuple(cell["key"]), cell["column"]) for cell in conflict["cells"]}


def irreducible(rows: Rows, conflict: set[tuple[str, tuple[Any, ...], str]]) -> bool:
    """Whether the cells alone leave no plan, and any of them left out does: all other cells saying nothing."""
    others = every_cell(rows) - conflict
    return not feasible(relaxed(rows, others)) and all(feasible(relaxed(rows, others | {cell})) for cell in conflict)
