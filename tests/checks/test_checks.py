"""Every check before solving: the smallest plan in which it must speak, and a good plan in which none may."""

from decimal import Decimal
from pathlib import Path

import pytest

from optplan.plan.checks import check
from optplan.tables import read_tables, tables_from

ROOT = Path(__file__).resolve().parents[2]


def base():
    """A small plan that is in order: two counties, three years, an item, staff, a station, a county fund and a pool."""
    return {
        "plan": [{"key": "title", "value": "t"}, {"key": "first_year", "value": 2021}, {"key": "last_year", "value": 2023}],
        "counties": [{"county": "a", "name": "A", "supported": 1}, {"county": "b", "name": "B"}],
        "items": [
            {"item": "engine", "name": "engine", "category": "vehicle"},
            {"item": "man", "name": "man", "kind": "staff"},
            {"item": "station", "name": "station", "kind": "project"},
        ],
        "costs": [{"item": "engine", "unit_cost": 10, "annual_cost": 1}, {"item": "man", "unit_cost": 1, "annual_cost": 2}],
        "targets": [
            {"target": "engines", "group": "engine", "by_year": 2023, "total": 4, "sense": "exact"},
            {"target": "men", "group": "man", "by_year": 2023, "total": 10, "sense": "min"},
            {"target": "station", "group": "station", "by_year": 2023, "total": 1, "sense": "min"},
        ],
        "standards": [{"standard": "engines", "group": "engine", "county": "a", "from_year": 2021, "required": 2}],
        "limits": [{"limit": "yearly", "group": "engine", "year": 2021, "max": 3}],
        "teams": [
            {"team": "t", "name": "t", "county": "a", "item": "man", "staff": 2, "min_staff": 5, "max_staff": 20},
            {"team": "n", "name": "n", "county": "b", "item": "man", "min_staff": 5, "max_staff": 9, "project": "p"},
        ],
        "projects": [{"project": "p", "name": "p", "county": "b", "item": "station", "capital_cost": 100, "build_years": 1}],
        "funds": [
            {"fund": "own", "name": "own", "level": "county", "pays": "both"},
            {"fund": "pool", "name": "pool", "level": "pool", "pays": "both", "support_floor": "0.5", "match_rate": "0.1"},
        ],
        "budgets": [
            *({"fund": "own", "county": c, "year": y, "amount": 100 + 10 * (y - 2021)} for c in "ab" for y in (2021, 2022, 2023)),
            *({"fund": "pool", "year": y, "amount": 50} for y in (2021, 2022, 2023)),
        ],
        "growth": [{"county": "a", "year": 2022, "rate": "0.05"}],
        "groups": [],
    }


def findings_of(plan):
    tables, findings = tables_from(plan)
    if any(finding.severity == "error" for finding in findings):
        return findings
    return findings + check(tables)


def test_a_plan_in_order_has_no_findings():
    assert [finding.line("en") for finding in findings_of(base())] == []


@pytest.mark.parametrize("folder", sorted(path.parent.name for path in (ROOT / "inputs").glob("*/plan.csv")))
def test_the_plans_that_ship_have_no_findings(folder):
    tables, findings = read_tables(ROOT / "inputs" / folder)
    assert [finding.line("en") for finding in findings + check(tables)] == []


def limit(**cells):
    return lambda plan: plan["limits"].append({"limit": "x", "group": "engine", **cells})


def edit(table, row, **cells):
    return lambda plan: plan[table][row].update(cells)


def add(table, **cells):
    return lambda plan: plan.setdefault(table, []).append(cells)


def closed(*actuals):
    def change(plan):
        plan["plan"].append({"key": "closed_through", "value": 2021})
        plan["actuals"] = list(actuals)

    return change


@pytest.mark.parametrize(
    ("change", "severity", "code", "table", "column"),
    [
        (limit(max=3), "warning", "target-beyond-reach", "targets", "total"),
        (edit("targets", 1, total=28), "warning", "target-beyond-reach", "targets", "total"),
        (edit("targets", 2, by_year=2021), "warning", "milestone-beyond-reach", "targets", "total"),
        (limit(min=5), "error", "target-exceeded-already", "targets", "total"),
        (limit(min=4, year=2021), "error", "limit-min-beyond-reach", "limits", "min"),
        (limit(min=4, max=4, year=2021, kind="pin"), "error", "pin-outside-limits", "limits", "min"),
        (limit(min="2.5", max="2.5", year=2022, kind="pin"), "error", "limit-band-without-whole", "limits", "min"),
        (limit(min="2.2", max="2.8"), "error", "limit-band-without-whole", "limits", "min"),
        (limit(group="man", min="7.1", max="7.9"), "error", "limit-band-without-whole", "limits", "min"),
        (lambda plan: (limit(group="pipe", min="0.333333333", max="0.333333333", year=2022, kind="pin")(plan), plan["items"].append({"item": "pipe", "name": "p", "whole": 0})), "error", "limit-band-too-fine", "limits", "min"),
        (lambda plan: (limit(min="2.1", year=2021)(plan), edit("limits", 0, max="2.9")(plan)), "error", "limit-min-beyond-reach", "limits", "min"),
        (edit("targets", 0, total="3.5"), "warning", "target-not-whole", "targets", "total"),
        (lambda plan: (plan["groups"].append({"group": "both", "item": "engine"}), plan["groups"].append({"group": "both", "item": "pump"}), plan["items"].append({"item": "pump", "name": "p"}), limit(group="both", min=3, max=4)(plan), plan.update(mix=[{"mix": "m", "part": "pump", "whole": "both", "min_share": "0.4", "max_share": "0.45"}])), "error", "mix-without-whole", "mix", "min_share"),
        (edit("projects", 0, build_years=3, mandatory=1), "error", "project-cannot-open", "projects", "build_years"),
        (edit("projects", 0, latest_opening=2021), "warning", "project-cannot-open", "projects", "latest_opening"),
        (edit("projects", 0, earliest_start=2023), "warning", "project-cannot-open", "projects", "earliest_start"),
        (add("mix", mix="m", part="engine", whole="man", max_share="0.5"), "warning", "mix-disjoint", "mix", "part"),
        (edit("counties", 0, supported=0), "warning", "support-floor-nobody", "funds", "support_floor"),
        (edit("funds", 1, county_cap_share="0.4"), "warning", "county-cap-too-low", "funds", "county_cap_share"),
        (edit("funds", 1, county_cap_share="0.6", support_floor="0.7"), "warning", "cap-against-floor", "funds", "support_floor"),
        (edit("funds", 0, support_floor="0.5"), "warning", "pool-rule-on-county-fund", "funds", "support_floor"),
        (add("funds", fund="f", name="f", level="pool"), "warning", "fund-without-budget", "funds", "fund"),
        (lambda plan: plan.update(budgets=[row for row in plan["budgets"] if row.get("county") != "b"]), "warning", "matching-without-own", "funds", "match_rate"),
        (edit("budgets", 1, amount=1_100_000), "warning", "budget-far-from-others", "budgets", "amount"),
        (edit("plan", 1, value=2019), "warning", "years-without-budget", "plan", "value"),
        (add("plan", key="price_year", value=1990), "warning", "price-year-far", "plan", "value"),
        (edit("growth", 0, rate=5), "warning", "rate-unlikely", "growth", "rate"),
        (edit("costs", 0, unit_cost=None, annual_cost=0), "warning", "price-blank", "costs", "unit_cost"),
        (edit("limits", 0, max=None), "warning", "limit-empty", "limits", "max"),
        (edit("budgets", 1, amount=104), "warning", "operating-budget-shrinks", "budgets", "amount"),
        (lambda plan: plan["costs"].extend([{"item": "engine", "county": "a", "unit_cost": 10}, {"item": "engine", "county": "b", "unit_cost": 1000}]), "warning", "price-far-from-others", "costs", "unit_cost"),
        (add("items", item="idle", name="idle"), "warning", "item-unasked", "items", "item"),
        (add("items", item="idle", name="idle", kind="staff"), "warning", "item-undeliverable", "items", "item"),
        (add("groups", group="g", item="engine"), "warning", "group-unused", "groups", "group"),
        (add("standards", standard="late", group="engine", county="a", from_year=2030, required=1), "warning", "standard-too-late", "standards", "from_year"),
        (lambda plan: plan["standards"].extend({"standard": name, "group": "engine", "county": "b", "from_year": 2021, "required": 1} for name in ("engines", "engnies")), "warning", "name-like-another", "standards", "standard"),
        (add("stock", item="man", county="a", quantity=3), "warning", "stock-uncounted", "stock", "item"),
        (edit("targets", 2, total=0), "warning", "target-zero", "targets", "total"),
        (closed({"item": "man", "county": "a", "year": 2021, "quantity": 19, "team": "t"}), "error", "actual-hires-beyond-band", "actuals", "quantity"),
        (closed({"item": "man", "county": "b", "year": 2021, "quantity": 5, "team": "n"}), "error", "actual-hires-before-opening", "actuals", "year"),
        (closed({"item": "engine", "county": "a", "year": 2021, "quantity": 5}), "error", "limit-max-exceeded", "limits", "max"),
        (lambda plan: (plan["items"].append({"item": "pipe", "name": "p", "whole": 0}), closed({"item": "pipe", "county": "a", "year": 2021, "quantity": "0.333333333"})(plan)), "error", "quantity-too-fine", "actuals", "quantity"),
        (closed({"item": "engine", "county": "a", "year": 2022, "quantity": 1}), "error", "actual-of-open-year", "actuals", "year"),
        (closed({"item": "man", "county": "a", "year": 2021, "quantity": 1}), "error", "actual-team-missing", "actuals", "team"),
        (edit("teams", 1, staff=2), "error", "team-of-project-has-staff", "teams", "staff"),
        (edit("teams", 0, item="engine"), "error", "item-kind", "teams", "item"),
        (edit("teams", 0, min_staff=30), "error", "min-above-max", "teams", "min_staff"),
        (add("standards", standard="engines", group="man", county="b", from_year=2021, required=1), "error", "standard-two-groups", "standards", "group"),
        (edit("targets", 0, group="engin"), "error", "reference-missing", "targets", "group"),
        (edit("items", 0, item="engime"), "error", "key-misspelt", "items", "item"),
        (edit("budgets", 1, year=2021), "error", "key-twice", "budgets", "year"),
        (edit("budgets", 3, county="a"), "error", "key-twice", "budgets", "county"),
        (edit("targets", 0, by_year=2031), "error", "year-outside", "targets", "by_year"),
        (edit("plan", 2, value=2020), "error", "plan-years", "plan", "value"),
        (add("plan", key="currancy", value="x"), "error", "plan-key-unknown", "plan", "key"),
    ],
    ids=lambda value: value if isinstance(value, str) and "-" in value else None,
)  # fmt: skip
def test_a_fault_is_found_where_it_stands(change, severity, code, table, column):
    plan = base()
    change(plan)
    found = [(finding.severity, finding.code, finding.place.table, finding.place.column) for finding in findings_of(plan)]
    assert (severity, code, table, column) in found


def test_a_band_counts_what_closed_years_delivered():
    plan = base()
    closed({"item": "engine", "county": "a", "year": 2021, "quantity": 2})(plan)
    limit(min="2.5", max=3)(plan)  # one more makes three
    assert not [finding for finding in findings_of(plan) if finding.severity == "error"]
    plan["limits"][-1]["max"] = "2.9"
    assert [finding.code for finding in findings_of(plan) if finding.severity == "error"] == ["limit-band-without-whole"]


def test_what_cannot_be_reached_is_said_in_numbers():
    plan = base()
    limit(max=3)(plan)
    (finding,) = [finding for finding in findings_of(plan) if finding.code == "target-beyond-reach"]
    assert "asks 4" in finding.message("en")
    assert "at least 1" in finding.message("en")


def test_a_city_is_read_and_checked_in_a_third_of_a_second():
    import time

    best = Decimal("inf")
    for _ in range(3):
        began = time.process_time()  # of its own work, whatever else the machine does
        tables, findings = read_tables(ROOT / "inputs" / "shuozhou")
        findings += check(tables)
        best = min(best, Decimal(time.process_time() - began))
    assert best <= Decimal("0.3")
