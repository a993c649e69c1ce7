"""What was forgotten or need not be said: tables without rows, people above a band, more stations than projects, names."""

from decimal import Decimal

from checks.test_checks import base, findings_of

from optplan.plan.checks import check
from optplan.tables import tables_from


def codes(plan):
    return {finding.code for finding in findings_of(plan)}


def test_a_plan_without_prices_or_without_money_is_warned_of():
    assert "plan-without-costs" in codes({**base(), "costs": []})
    assert "plan-without-funds" in codes({**base(), "funds": [], "budgets": []})


def test_people_above_the_band_of_their_team_are_warned_of():
    plan = base()
    plan["teams"][0].update(staff=21)
    assert "staff-above-band" in codes(plan)


def test_a_target_of_more_stations_than_projects_is_warned_of():
    plan = base()
    plan["targets"][2]["total"] = 2  # one project, that may open in any of two years
    assert "target-beyond-reach" in codes(plan)


def test_what_has_no_name_is_called_by_its_id_and_weighs_one():
    plan = base()
    for table, key in (("counties", "county"), ("items", "item"), ("teams", "team"), ("projects", "project"), ("funds", "fund")):
        for row in plan[table]:
            row.pop("name")
        tables, findings = tables_from(plan)
        assert findings == []
        assert [row["name"] for row in tables[table]] == [row[key] for row in tables[table]]
    assert check(tables) == []
    assert {row["risk_weight"] for row in tables["counties"]} == {Decimal(1)}
    named = {**plan, "funds": [{**row, "name": row["fund"]} for row in plan["funds"]]}
    assert tables_from(named)[0].sha256 == tables.sha256  # a blank cell is the default that it means
