"""Whether all teams of a class can still be staffed: by counting on tiny plans, where whoever is hired is all that matters."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from plans.random_plans import tables_of
from slow_set import mostly_slow

from optplan.following import follow
from optplan.plan import Plan

YEARS = (2021, 2022, 2023)


def plan_of(teams, a_year):
    """One county, a closed year, two open ones in each of which ``a_year`` people can be taken on; ``teams``: class, staff, least."""
    rows = [
        {"team": f"k{at}", "name": f"K{at}", "class": name, "county": "c", "item": "m", "staff": staff, "min_staff": least,
         "max_staff": 30}
        for at, (name, staff, least) in enumerate(teams)
    ]  # fmt: skip
    return Plan(
        tables_of(
            {
                "plan": [
                    {"key": "title", "value": "teams"},
                    {"key": "first_year", "value": 2021},
                    {"key": "last_year", "value": 2023},
                    {"key": "closed_through", "value": 2021},
                    {"key": "staffing_weight", "value": 1},
                ],
                "counties": [{"county": "c", "name": "C"}],
                "items": [{"item": "m", "name": "M", "kind": "staff", "category": "personnel"}],
                "costs": [{"item": "m", "annual_cost": Decimal(1)}],
                "teams": rows,
                "targets": [{"target": "t", "group": "m", "by_year": 2023, "total": Decimal(1)}],
                "limits": [{"limit": f"l{year}", "group": "m", "year": year, "max": Decimal(a_year)} for year in YEARS],
                "funds": [{"fund": "f", "name": "F", "level": "county", "pays": "both"}],
                "budgets": [{"fund": "f", "county": "c", "year": year, "amount": Decimal(999)} for year in YEARS],
                "indicators": [
                    {"indicator": name, "name": name, "unit": "%", "goal": Decimal(100), "measure": "teams", "team_class": name}
                    for name in dict.fromkeys(name for name, _, _ in teams)
                ],
            }
        )
    )


def most_met(teams, name, hires):
    """The greatest share of a class whose teams can be brought up to their least with so many hires."""
    lacks = [max(0, least - staff) for of, staff, least in teams if of == name]
    met = max(size for size in range(len(lacks) + 1) if any(sum(some) <= hires for some in combinations(lacks, size)))
    return Fraction(met, len(lacks))


def random_teams(seed):
    draw = random.Random(seed)
    return [(draw.choice("ab"), draw.randint(0, 3), draw.randint(2, 7)) for _ in range(draw.randint(2, 5))], draw.randint(1, 4)


@pytest.mark.parametrize("seed", mostly_slow(range(12), 2))
def test_a_class_is_lost_exactly_if_counting_says_so(seed):
    teams, a_year = random_teams(seed)
    found = follow(plan_of(teams, a_year), seconds=20)
    for name in {name for name, _, _ in teams}:
        forecast, most = found.forecasts["teams", name], most_met(teams, name, 2 * a_year)
        assert (forecast.status == "lost") == (most < 1)
        if forecast.status == "lost":
            assert forecast.most >= most
            assert float(forecast.most) == pytest.approx(float(most), abs=1e-5)
        else:
            assert forecast.status in {"reached", "together", "alone"}
        if forecast.result is not None:
            assert forecast.result.check().ok
