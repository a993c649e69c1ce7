"""The second plan that ships: a fire district's fleet over twenty years, as its author would sign it."""

from collections import Counter
from pathlib import Path

import pytest

import optplan
from optplan.tables.declarations import TABLES

PLAN = optplan.read_plan(Path(__file__).resolve().parents[2] / "inputs" / "bartlett")
BUILDINGS = {2025: 175_000 + 41_000, 2026: 140_000 + 41_000} | dict.fromkeys(range(2027, 2031), 20_000)


@pytest.fixture(scope="module")
def result():
    return optplan.solve(PLAN)


def bought(result, item):
    years = Counter()
    for entry in result.document["schedule"]:
        if entry["item"] == item:
            years[entry["year"]] += int(entry["quantity"])
    return dict(years)


def test_it_has_nothing_to_warn_of_and_every_row_says_where_it_is_from():
    assert list(PLAN.findings) == []
    rows = [row for name in TABLES for row in PLAN.tables[name]]
    assert all(row["source"] and row["basis"] in {"plan", "market", "assumption"} for row in rows)


def test_it_is_proven_and_passes_the_exact_check(result):
    assert result.status == "optimal"
    assert optplan.verify(PLAN, result).ok
    shortfall, readiness, _ = result.document["criteria"]
    assert (shortfall["in_plan"], readiness["in_plan"]) == (0, 0)


def test_the_building_fund_pays_for_buildings_and_nothing_else(result):
    paid = Counter()
    for entry in result.document["payments"]:
        if entry["fund"] == "building":
            paid[entry["year"]] += float(entry["amount"])
    assert paid == pytest.approx(BUILDINGS)


def test_nothing_of_the_three_funds_lapses(result):
    assert not [entry for entry in result.document["balances"] if float(entry["lapsed"]) and entry["fund"] != "corporate"]


def test_the_fleet_is_bought_again_when_the_one_before_it_goes_and_no_year_before(result):
    assert bought(result, "ambulance") == dict.fromkeys(range(2026, 2045, 3), 1)
    assert bought(result, "tower") == {2028: 1, 2043: 1}
    assert bought(result, "squad") == {2029: 1, 2044: 1}
    assert bought(result, "admin") == {2025: 1, 2027: 1, 2037: 1, 2039: 1}
    assert bought(result, "engine") == {2030: 2, 2040: 2}
    assert {
        float(entry["quantity"])
        for entry in result.document["schedule"]
        if entry["item"] == "equip_dollars" and entry["year"] > 2025
    } == {40_000}
