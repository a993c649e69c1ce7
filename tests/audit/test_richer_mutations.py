"""Every harmful change of a good plan that says more than the common ones is refused."""

from dataclasses import replace
from functools import cache

import pytest
from audit.test_mutations import mutations
from optimum.test_second_solver import model_of
from plans.richer_plans import richer

from optplan.audit import audit
from optplan.plan import Plan
from optplan.search.lexicographic import search
from optplan.search.run import Orders

NAMES = ["target_shortfall", "readiness_gap", "cost"]


@cache
def solved(seed):
    tables = richer(seed)
    found = search(Plan(tables), model_of(NAMES), Orders(seconds=20.0))
    assert found.schedule is not None
    assert audit(tables, found.schedule, requests=False).violations == ()
    return tables, found.schedule


def of_purposes(schedule):
    """Money given to another purpose or to none, a yuan or all of it."""
    for key, yuan in schedule.purposes.items():
        for what, amount in (("a yuan more", yuan + 1), ("a yuan less", yuan - 1), ("nothing", 0)):
            yield f"{what} {key}", replace(schedule, purposes={**schedule.purposes, key: amount})
        fund, county, year, kind, _ = key
        for other in sorted({purpose for *_, purpose in schedule.purposes} - {key[-1]}):
            moved = {**schedule.purposes, key: yuan - 1}
            moved[fund, county, year, kind, other] = moved.get((fund, county, year, kind, other), 0) + 1
            yield f"a yuan of {key} for {other}", replace(schedule, purposes=moved)


@pytest.mark.parametrize("seed", [100, 103])
def test_every_harmful_change_is_refused(seed):
    tables, schedule = solved(seed)
    changes = [*mutations(tables, schedule), *of_purposes(schedule)]
    assert len(changes) > 100
    slipped = [what for what, changed in changes if not audit(tables, changed, requests=False).violations]
    assert slipped == []
