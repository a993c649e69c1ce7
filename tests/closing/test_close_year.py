"""Closing a year: facts become facts, what may be carried over is carried to the yuan, and the rest changes as little as may be."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from plans.random_plans import Size, random_tables, tables_of

from optplan.closing import close_year
from optplan.figures.changes import changes
from optplan.plan import Plan
from optplan.result import Result
from optplan.solving.solve import solve
from optplan.tables import write_folder
from optplan.tables.content import Tables
from optplan.tables.findings import InputError

SIZE = Size(counties=3, years=4, goods=4, teams=2, projects=2, money=1.0)


@pytest.fixture(scope="module")
def tables() -> Tables:
    """A plan whose funds may carry half of a year's amount over, with a pin in its first year."""
    made = random_tables(7, SIZE)
    rows: dict[str, list[dict[str, Any]]] = {name: [dict(row.values) for row in made[name]] for name in made}
    for fund in rows["funds"]:
        fund["carry_share"] = Decimal("0.5")
    return tables_of(rows)


@pytest.fixture(scope="module")
def adopted(tables: Tables) -> Result:
    result = solve(Plan(tables), "attain", time_limit=60)
    assert result.has_schedule
    return result


def carried(plan: Plan) -> dict[tuple[str, str], Decimal]:
    return {
        (row["fund"].split("-carried-")[0], row["county"] or ""): row["amount"]
        for row in plan.tables["budgets"]
        if "-carried-" in row["fund"]
    }


def test_a_year_that_went_as_adopted_carries_what_the_sealed_balances_say(tables: Tables, adopted: Result) -> None:
    closing = close_year(Plan(tables), adopted)
    assert closing.year == tables.setting("first_year")
    assert closing.plan.closed_through == closing.year
    expected = {
        (row["fund"], row["county"]): Decimal(row["carried_out"])
        for row in adopted.document["balances"]
        if row["year"] == closing.year and Decimal(row["carried_out"])
    }
    assert expected
    assert carried(closing.plan) == expected
    assert not closing.spending.uncovered
    assert all(row["basis"] == "assumption" for row in closing.plan.tables["actuals"])  # nobody has confirmed them


def test_the_rest_of_a_year_that_went_as_adopted_stays_as_it_was(tables: Tables, adopted: Result) -> None:
    closing = close_year(Plan(tables), adopted)
    again = solve(closing.plan, "replan", reference=adopted, time_limit=60)
    assert again.status == "optimal"
    moved = [change for change in changes(tables, adopted.to_schedule(), again.to_schedule()) if change.kind != "passes"]
    assert moved == []


def actuals_file(tables: Tables, adopted: Result, where: Path, late: tuple[str, str, int]) -> Path:
    """The adopted first year as a file, but for one delivery that did not come."""
    rows = [
        {name: row.values.get(name, "") for name in ("item", "county", "year", "quantity", "team", "project")}
        for row in close_year(Plan(tables), adopted).plan.tables["actuals"]
    ]
    kept = [row for row in rows if (row["item"], row["county"], row["year"]) != late or row["team"] or row["project"]]
    assert len(kept) == len(rows) - 1
    lines = ["item,county,year,quantity,team,project,source,basis"]
    lines += [",".join(str(row[name]) for name in row) + ",报表,statistics" for row in kept]
    where.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return where


def late_delivery(tables: Tables, adopted: Result) -> tuple[str, str, int]:
    first, goods = tables.setting("first_year"), {row["item"] for row in tables["items"] if row["kind"] == "goods"}
    return next((i, c, y) for (i, c, y), q in sorted(adopted.to_schedule().deliveries.items()) if y == first and i in goods and q)


def test_what_did_not_come_is_known_and_its_money_is_not_spent(tables: Tables, adopted: Result, tmp_path: Path) -> None:
    late = late_delivery(tables, adopted)
    file = actuals_file(tables, adopted, tmp_path / "actuals.csv", late)
    closing = close_year(Plan(tables), adopted, actuals=file)
    assert closing.schedule.deliveries.get(late, 0) == 0
    as_adopted = close_year(Plan(tables), adopted)
    assert sum(closing.spending.spent.values()) <= sum(as_adopted.spending.spent.values())
    again = solve(closing.plan, "replan", reference=adopted, time_limit=60)
    assert again.has_schedule
    gone = [change for change in changes(tables, adopted.to_schedule(), again.to_schedule()) if change.subject == late[0]]
    assert any((change.county, change.year) == late[1:] and change.kind in {"moves", "goes", "dropped"} for change in gone)


def test_what_was_really_spent_takes_the_place_of_what_is_worked_out(tables: Tables, adopted: Result, tmp_path: Path) -> None:
    first = tables.setting("first_year")
    given = next(row for row in tables["budgets"] if row["year"] == first and row["amount"] > 10)
    lines = ["fund,county,year,amount"]
    lines += [
        f"{row['fund']},{row['county'] or ''},{first},{row['amount'] - 1 if row is given else row['amount']}"
        for row in tables["budgets"]
        if row["year"] == first
    ]
    file = tmp_path / "spent.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    closing = close_year(Plan(tables), adopted, spending=file)
    assert carried(closing.plan) == {(given["fund"], given["county"] or ""): Decimal(1)}


@pytest.mark.parametrize(
    ("line", "column"),
    [("g1,{county},{late},1", "year"), ("g1,{county},{first},many", "quantity"), ("g1,nowhere,{first},1", "county")],
)
def test_a_wrong_row_of_actuals_is_named(tables: Tables, adopted: Result, tmp_path: Path, line: str, column: str) -> None:
    first = tables.setting("first_year")
    file = tmp_path / "actuals.csv"
    row = line.format(county=tables["counties"][0]["county"], first=first, late=first + 1)
    file.write_text(f"item,county,year,quantity\n{row}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        close_year(Plan(tables), adopted, actuals=file)
    errors = [finding for finding in caught.value.findings if finding.severity == "error"]
    assert [(finding.place.file, finding.place.row, finding.place.column) for finding in errors] == [(str(file), 2, column)]


def test_rules_of_the_closed_year_that_the_facts_break_are_taken_out_and_said(tables: Tables, adopted: Result) -> None:
    item, county, first = late_delivery(tables, adopted)
    done = adopted.to_schedule().deliveries[item, county, first]
    rows = {name: [dict(row.values) for row in tables[name]] for name in tables}
    both = {"group": item, "county": county, "year": first, "kind": "pin", "min": done, "max": done}
    rows["limits"].append({"limit": "pinned", **both})
    closing = close_year(Plan(tables_of(rows)), adopted)
    assert "pinned" not in {row["limit"] for row in closing.plan.tables["limits"]}
    assert "pin-dropped" in {note.kind for note in closing.notes}
    assert all(note.message(language) for note in closing.notes for language in ("zh", "en"))


def test_every_year_can_be_closed_and_then_no_more(tables: Tables, adopted: Result) -> None:
    plan = Plan(tables)
    for year in plan.years:
        closing = close_year(plan, adopted)
        assert closing.year == year
        plan = closing.plan
    with pytest.raises(InputError):
        close_year(plan, adopted)


def test_the_shell_closes_plans_anew_and_lists_the_changes(tables: Tables, adopted: Result, tmp_path: Path) -> None:
    write_folder(tables, tmp_path / "plan")
    adopted.to_json(tmp_path / "adopted.json")
    late = late_delivery(tables, adopted)
    file = actuals_file(tables, adopted, tmp_path / "actuals.csv", late)
    done = subprocess.run(
        [sys.executable, "-m", "optplan.cli", "close-year", "plan", "adopted.json", "closed.xlsx", "--actuals", str(file), "--json"],
        capture_output=True, text=True, encoding="utf-8", cwd=tmp_path, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    document = json.loads(done.stdout)
    assert document["closed"] == tables.setting("first_year")
    assert document["changes"]
    assert all(change["message"] for change in document["changes"])
    assert (tmp_path / "closed.xlsx").is_file()
    assert (tmp_path / "reports" / "closed-replan.json").is_file()
