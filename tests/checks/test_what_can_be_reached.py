"""What is said to be the most and the least that can be delivered holds of every plan that keeps the rules."""

import random
from pathlib import Path

import pytest
from plans.greedy import greedy_schedule
from plans.random_plans import Size, random_tables

import optplan
from optplan.document.document import schedule_within
from optplan.plan.checks.reach import reach_of

SAMPLE = Path(__file__).resolve().parents[2] / "reports" / "sample" / "shuozhou-attain.json"


def some(choose, all_of):
    return choose.sample(all_of, choose.randint(1, len(all_of)))


def must_hold(tables, deliveries, seed):
    choose, reach = random.Random(seed), reach_of(tables)
    items, counties, years = [row["item"] for row in tables["items"]], reach.counties, list(reach.years)
    scopes = [(some(choose, items), some(choose, counties), some(choose, years)) for _ in range(200)]
    scopes += [reach.scope(row) for row in (*tables["limits"], *tables["targets"])]
    scopes += [([i], [c], [y]) for i in items for c in counties for y in years]
    for scope in scopes:
        delivered = sum(deliveries.get((i, c, y), 0) for i in scope[0] for c in scope[1] for y in scope[2])
        assert reach.lowest(*scope) <= delivered <= reach.highest(*scope), scope


@pytest.mark.parametrize("seed", range(4))
def test_a_schedule_lies_within_what_is_said_to_be_reachable(seed):
    tables = random_tables(seed, Size(counties=3, years=3, goods=3, teams=2, projects=2))
    must_hold(tables, greedy_schedule(tables).deliveries, seed)


def test_the_plan_of_the_sample_lies_within_what_is_said_to_be_reachable():
    result = optplan.read_result(SAMPLE)
    must_hold(result.tables(), schedule_within(result.document).deliveries, 0)
