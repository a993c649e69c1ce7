"""What can still be reached, and by when at the latest: another solver agrees, and every schedule shown passes the exact check."""

from fractions import Fraction

import pytest
from optimum.second_solver import second_optimum
from plans.random_plans import Size, random_tables, tables_of
from slow_set import mostly_slow

from optplan.audit import audit
from optplan.following import follow
from optplan.following.deadlines import _nothing_before
from optplan.plan import Plan

TIGHT = Size(counties=2, years=3, goods=2, teams=1, projects=1, closed=1, money=0.4)
SEEDS = (3, 11)


def least_shortfall(plan, target, more=()):
    """The units that ``target`` lacks at least, by the other solver; ``None``: no plan keeps to the rules."""
    targets = [{**row.values, "weight": int(row["target"] == target.target)} for row in plan.tables["targets"]]
    limits = [*(row.values for row in plan.tables["limits"]), *more]
    asked = plan.with_changes({"targets": targets, **({"limits": limits} if more else {})})
    best = second_optimum(asked.tables, ["target_shortfall"], False, None)
    return None if best is None else Fraction(best[0]) * target.total


@pytest.fixture(scope="module", params=mostly_slow(SEEDS, 1))
def found(request):
    return follow(Plan(random_tables(request.param, TIGHT)), seconds=20)


def test_what_is_lost_is_lost_for_another_solver_and_what_can_be_met_comes_with_its_schedule(found):
    plan, states = found.rest, set()
    for target in plan.targets:
        forecast = found.forecasts["target", target.target]
        states.add(forecast.status)
        best = least_shortfall(plan, target)
        if forecast.status in {"together", "alone", "reached"}:
            assert best == pytest.approx(0, abs=1e-5)
        elif forecast.status == "lost":
            assert best is None or float(best) > 1e-6
            assert (
                float(forecast.most) == pytest.approx(float(target.total - (best or 0)), abs=1e-3) or forecast.most < target.total
            )
        if forecast.result is not None:
            assert forecast.result.check().ok
            assert not audit(plan.tables, forecast.result.to_schedule(), requests=False).violations
            shown = next(row for row in forecast.result.document["targets"] if row["target"] == target.target)
            assert Fraction(str(shown["delivered"])) == forecast.best
    assert states <= {"together", "alone", "lost"}, "every question was settled"
    assert found.replan.check().ok


def worst_share(plan, standard):
    """The least share of ``standard`` that the worst county lacks in the last year, by the other solver."""
    rows = [{**row.values, "weight": int(row["standard"] == standard)} for row in plan.tables["standards"]]
    known = {(row["standard"], row["county"]) for row in plan.tables["standards"]}
    counties = {row["project"]: row["county"] for row in plan.tables["projects"]}
    for need in plan.tables["project_needs"]:
        place = need["standard"], counties[need["project"]]
        if place not in known and need["standard"] != standard:
            group = next(row["group"] for row in plan.tables["standards"] if row["standard"] == need["standard"])
            row = {"standard": place[0], "group": group, "county": place[1], "from_year": 2021, "required": 0, "weight": 0}
            rows.append(row)
            known.add(place)
    settings = [dict(row.values) for row in plan.tables["plan"] if row["key"] != "staffing_weight"]
    asked = plan.with_changes({"standards": rows, "plan": [*settings, {"key": "staffing_weight", "value": "0"}]})
    return second_optimum(asked.tables, ["worst_county"], False, None)[0]


def test_a_standard_that_is_lost_is_lost_for_another_solver(found):
    settled = [(key, forecast) for (kind, key), forecast in found.forecasts.items() if kind == "standard"]
    assert settled
    for standard, forecast in settled:
        least = worst_share(found.rest, standard)
        assert (least > 1e-6) == (forecast.status == "lost")
        if forecast.status == "lost":
            assert float(1 - forecast.most) == pytest.approx(least, abs=1e-5)


def test_a_day_after_the_last_moment_the_target_is_lost(found):
    plan = found.rest
    targets = {target.target: target for target in plan.targets}
    goods = [each for each in found.deadlines if each.what == "deliver"]
    assert goods
    for each in goods:
        target = targets[each.target]
        by_then = least_shortfall(plan, target, _nothing_before(plan, target, each.first_delivery))
        assert by_then == pytest.approx(0, abs=1e-5)
        later = each.first_delivery + 1
        if later <= target.by_year:
            after = least_shortfall(plan, target, _nothing_before(plan, target, later))
            assert after is None or float(after) > 1e-6
            assert after is None or each.least <= after + Fraction(1, 1000)


def lead_plan(lead, capacity):
    years = (2021, 2022, 2023, 2024)
    return Plan(
        tables_of(
            {
                "plan": [
                    {"key": "title", "value": "lead"},
                    {"key": "first_year", "value": 2021},
                    {"key": "last_year", "value": 2024},
                    {"key": "closed_through", "value": 2021},
                ],
                "counties": [{"county": "c", "name": "C"}],
                "items": [{"item": "a", "name": "A", "lead_years": lead}],
                "costs": [{"item": "a", "unit_cost": 1}],
                "targets": [{"target": "t", "group": "a", "by_year": 2024, "total": 10}],
                "limits": [{"limit": f"l{year}", "group": "a", "year": year, "max": capacity} for year in years],
                "funds": [{"fund": "f", "name": "F", "level": "county", "pays": "both", "carry_share": 1, "carry_years": "all"}],
                "budgets": [{"fund": "f", "county": "c", "year": year, "amount": 20} for year in years],
            }
        )
    )


CASES = [
    (0, 20, ("deliver", 2024, 3)),  # all ten in the last year, half of what it can take: two quarters are enough
    (0, 8, ("deliver", 2023, 4)),  # two of eight in 2023: the last quarter is enough
    (1, 8, ("order", 2022, 4)),  # ordered a year before
    (0, 5, ("deliver", 2023, 1)),  # all that 2023 can take
]


@pytest.mark.parametrize("case", mostly_slow(CASES, 1))
def test_the_last_quarter_follows_from_lead_time_and_capacity(case):
    lead, capacity, expected = case
    (each,) = follow(lead_plan(lead, capacity), seconds=20).deadlines
    assert (each.what, each.year, each.quarter) == expected
