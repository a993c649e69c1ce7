"""Every figure of the standing is the sum, worked out here from the files alone, of what the rows and records say."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

import optplan
from optplan.following.facts import facts_of, plan_after
from optplan.following.lights import read_lights
from optplan.following.standing import Standing
from optplan.records import Record, Records

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "inputs" / "shuozhou-2023"
ADOPTED = ROOT / "reports" / "sample" / "shuozhou-attain.json"
PLAN = optplan.read_plan(FOLDER)
SAID = {"source": "现场核实", "who": "x", "at": "2023-04-01T00:00:00Z"}
LEDGER = Records(
    (
        Record(1, "delivery", "yingxian", 2023, 1, item="tanker", quantity=2, **SAID),
        Record(2, "delivery", "yingxian", 2023, 2, item="tanker", quantity=3, corrects=1, **SAID),
        Record(3, "hire", "shuocheng", 2023, 2, team="shuocheng_first", quantity=4, **SAID),
        Record(4, "start", "pinglu", 2023, 2, project="p_pinglu", quantity=1, **SAID),
        Record(5, "spending", "yingxian", 2023, 2, fund="own_capital", spending_class="capital", amount=120, **SAID),
        Record(6, "spending", "yingxian", 2023, 2, fund="special", spending_class="capital", amount=80, item="tanker", **SAID),
        Record(7, "delivery", "pinglu", 2024, 1, item="tanker", quantity=9, date=date(2024, 1, 5), **SAID),
    )
)


def rows(name):
    with (FOLDER / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module", params=[2021, 2022, 2023])
def standing(request):
    adopted = optplan.read_result(ADOPTED).to_schedule()
    return Standing(PLAN, facts_of(PLAN, LEDGER, request.param), adopted, read_lights())


def deliveries(year):
    """(item, county, year) → units, from the file of actuals and the records typed above."""
    done = defaultdict(Fraction)
    building = {row["project"]: int(row["build_years"]) for row in rows("projects")}
    for row in rows("actuals"):
        at = int(row["year"]) + (building[row["project"]] if row["project"] else 0)
        if at <= min(year, 2022):
            done[row["item"], row["county"], at] += Fraction(row["quantity"])
    if year >= 2023:
        done["tanker", "yingxian", 2023] += 3
        done["firefighter", "shuocheng", 2023] += 4
    return done


def planned(year):
    """What was planned by then: 2023 is recorded through its second quarter, by when the rules ask for half of it."""
    return {
        (each["item"], each["county"], each["year"]): Fraction(str(each["quantity"])) / (2 if each["year"] == 2023 else 1)
        for each in json.loads(ADOPTED.read_text(encoding="utf-8"))["schedule"]
        if each["year"] <= year
    }


def groups():
    found = defaultdict(set)
    for row in rows("groups"):
        found[row["group"]].add(row["item"])
    return found


def summed(cells, target, county=None, year=None):
    items = groups().get(target["group"]) or {target["group"]}
    return sum(
        (
            quantity
            for (item, where, at), quantity in cells.items()
            if item in items
            and target["county"] in {"", where}
            and county in {None, where}
            and int(target.get("from_year") or 0) <= at <= int(target["by_year"])
            and year in {None, at}
        ),
        Fraction(0),
    )


def test_targets_in_all_and_year_by_year(standing):
    done, meant = deliveries(standing.year), planned(standing.year)
    for line, target in zip(standing.targets, rows("targets"), strict=True):
        assert line.done == summed(done, target)
        assert line.planned == summed(meant, target)
        assert line.by_year == {year: summed(done, target, year=year) for year in standing.years}
        assert line.total == Fraction(target["total"])


def test_the_rows_and_records_behind_a_figure_add_up_to_it(standing):
    told = {f"actuals:{number}": row for number, row in enumerate(rows("actuals"), start=2)}
    sizes = {f"record:{entry.number}": Fraction(entry.size) for entry in LEDGER}
    for line in standing.targets:
        assert sum((sizes[o] if o in sizes else Fraction(told[o]["quantity"]) for o in line.origins), Fraction(0)) == line.done


def test_counties(standing):
    done, meant = deliveries(standing.year), planned(standing.year)
    for line in standing.counties:
        rates = []
        for target in rows("targets"):
            wanted = summed(meant, target, line.county)
            if wanted:
                rates.append(min(Fraction(1), summed(done, target, line.county) / wanted))
        assert line.progress == (sum(rates) / len(rates) if rates else None)


def test_money(standing):
    given, spent = defaultdict(Fraction), defaultdict(Fraction)
    for row in rows("budgets"):
        if int(row["year"]) <= standing.year:
            given[row["fund"]] += Fraction(row["amount"])
            given[row["county"] or "pool"] += Fraction(row["amount"])
    if standing.year >= 2023:
        spent |= {"own_capital": Fraction(120), "special": Fraction(80), "yingxian": Fraction(120)}
    for line in standing.purse.funds:
        assert (line.budgeted, line.spent) == (given[line.key], spent[line.key])
        assert not line.known, "of 2021 and 2022 no record tells what a fund spent"
    for county in standing.counties:
        assert (county.money.budgeted, county.money.spent) == (given[county.county], spent[county.county])
    total = standing.purse.all
    assert total.budgeted == sum(line.budgeted for line in standing.purse.funds)
    assert total.spent - total.worked_out == sum(line.spent for line in standing.purse.funds)


def test_indicators(standing):
    done = deliveries(standing.year)
    lines = {line.key: line for line in standing.indicators}
    targets = {row["target"]: row for row in rows("targets")}
    assert lines["new_stations"].done == summed(done, targets["stations_5"])
    special = targets["equip_special_40792"]
    assert lines["special_equipment"].done == 100 * min(Fraction(1), summed(done, special) / 40792)
    seen = {(row["indicator"], int(row["year"])): Fraction(row["value"]) for row in rows("observations")}
    hired = defaultdict(Fraction)
    for row in rows("actuals"):
        if row["team"] and int(row["year"]) <= min(2022, standing.year):
            hired[row["team"]] += Fraction(row["quantity"])
    for row in rows("indicators"):
        line = lines[row["indicator"]]
        if row["measure"] == "observation":
            assert line.done == seen.get((row["indicator"], standing.year)), "observed, never guessed"
        if row["measure"] == "teams":
            teams = [team for team in rows("teams") if team["class"] == row["team_class"]]
            meet = sum(int(team["staff"]) + hired[team["team"]] >= int(team["min_staff"]) for team in teams)
            assert line.done == Fraction(100 * meet, len(teams))


def test_the_rest_is_planned_from_what_the_records_say():
    rest = plan_after(PLAN, LEDGER, 2023)
    least = {(limit.items, limit.counties, limit.years): limit.minimum for limit in rest.limits}
    assert least[("tanker",), ("yingxian",), (2023,)] == 3
    assert rest.projects["p_pinglu"].mandatory
    assert rest.projects["p_pinglu"].openings == (2024,)
    before = plan_after(PLAN, LEDGER, 2021)
    assert before.closed_through == 2021
    assert {row["year"] for row in before.tables["actuals"]} == {2021}
    assert plan_after(PLAN, LEDGER, 2022) is PLAN


def test_a_year_of_which_nothing_is_known_is_refused():
    with pytest.raises(optplan.InputError) as raised:
        optplan.follow(PLAN, year=2023)
    assert [finding.code for finding in raised.value.findings] == ["follow-year"]
