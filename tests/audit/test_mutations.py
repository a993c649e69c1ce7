"""The exact check accepts every good plan and refuses every harmful change of one.

Whether a change is harmful is decided by what it is: a payment without its cost, a cost without its payment, a decision that
contradicts another. Changes that may be harmless (a hire beyond the minimum, say) are made harmful by leaving the payments alone.
"""

from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest
from plans.random_plans import Size, random_tables

from optplan.audit import audit
from optplan.decision_model import read_model
from optplan.plan import Plan
from optplan.search.lexicographic import search
from optplan.search.run import Orders

SIZES = [
    Size(counties=3, years=3, goods=4, teams=3, projects=2, money=1.0),
    Size(counties=2, years=4, goods=3, teams=3, projects=3, closed=1, money=0.9),
]


PLANS = [(0, "attain"), (1, "thrift"), (2, "price"), (3, "thrift"), (5, "attain")]


@cache
def _solved(seed, model):
    tables = random_tables(seed, SIZES[seed % 2])
    found = search(Plan(tables), read_model(model), Orders(seconds=20.0))
    assert found.schedule is not None
    return tables, found.schedule, read_model(model).requests


@pytest.fixture(params=PLANS, ids=str)
def good(request):
    return _solved(*request.param)


def test_a_good_plan_is_accepted(good):
    tables, schedule, requests = good
    assert audit(tables, schedule, requests=requests).violations == ()


def _with(schedule, part, key, value):
    changed = dict(getattr(schedule, part))
    if value:
        changed[key] = value
    else:
        changed.pop(key, None)
    return replace(schedule, **{part: changed})


def mutations(tables, schedule):
    """(what was done, the schedule it makes), every one of them harmful."""
    years = range(tables.setting("first_year"), tables.setting("last_year") + 1)
    priced = {row["item"] for row in tables["costs"] if row["unit_cost"]}
    for key, quantity in schedule.deliveries.items():
        item, county, year = key
        if item in priced:
            yield f"one more of {key}", _with(schedule, "deliveries", key, quantity + 1)
            yield f"one less of {key}", _with(schedule, "deliveries", key, quantity - 1)
        yield f"half a unit more of {key}", _with(schedule, "deliveries", key, quantity + Decimal("0.5"))
        yield f"negative {key}", _with(schedule, "deliveries", key, -quantity)
        for other in years:
            if other != year and item in priced:
                moved = _with(_with(schedule, "deliveries", key, quantity - 1), "deliveries", (item, county, other),
                              schedule.deliveries.get((item, county, other), 0) + 1)  # fmt: skip
                yield f"one of {key} moved to {other}", moved
    for key, yuan in schedule.payments.items():
        yield f"a yuan more {key}", _with(schedule, "payments", key, yuan + 1)
        yield f"a yuan less {key}", _with(schedule, "payments", key, yuan - 1)
        yield f"not paid {key}", _with(schedule, "payments", key, 0)
        fund, county, year, kind = key
        yield f"negative payment {key}", _with(schedule, "payments", key, -yuan)
        yield f"unknown fund {key}", _with(schedule, "payments", ("nobody", county, year, kind), 1)
        yield f"after the plan {key}", _with(schedule, "payments", (fund, county, years[-1] + 1, kind), 1)
    for key, number in schedule.hires.items():
        yield f"a hire more {key}", _with(schedule, "hires", key, number + 1)
        yield f"a hire less {key}", _with(schedule, "hires", key, number - 1)
        yield f"a crowd {key}", _with(schedule, "hires", key, number + 1000)
    for row in tables["projects"]:
        project = row["project"]
        start = schedule.starts.get(project)
        if start is None:
            yield f"{project} built for nothing", _with(schedule, "starts", project, years[-1] - row["build_years"])
        else:
            yield f"{project} a year early", _with(schedule, "starts", project, start - 1)
            yield f"{project} a year late", _with(schedule, "starts", project, start + 1)
            yield f"{project} never", _with(schedule, "starts", project, None)
    for key, yuan in schedule.requests.items():
        yield f"a yuan more asked {key}", _with(schedule, "requests", key, yuan + 1)
        yield f"nothing asked {key}", _with(schedule, "requests", key, 0)


def test_every_harmful_change_is_refused(good):
    tables, schedule, requests = good
    slipped = [what for what, changed in mutations(tables, schedule) if not audit(tables, changed, requests=requests).violations]
    assert slipped == []


def test_there_are_more_than_a_thousand_of_them():
    assert sum(1 for tables, schedule, _ in (_solved(*plan) for plan in PLANS) for _ in mutations(tables, schedule)) >= 1000
