"""A plan in which four rules leave nothing to spare, and changes of a good schedule of it that break one of them by the least.

Two stations may open with two engines each and not with one; a grant pays at most 80 % of an engine; a county's own money may be
kept for two years, and what it kept of the first buys the engine of the third; what is borrowed is paid back in three instalments.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from plans.random_plans import tables_of
from plans.richer_plans import rows_of

from optplan.audit import criteria_of
from optplan.plan import Plan
from optplan.schedule import Schedule
from optplan.search.payments import with_payments
from optplan.tables.content import Tables

D = Decimal
Breach = tuple[str, str, Schedule]  # what was done, the rule that it breaks, the schedule
YEARS = (2021, 2022, 2023, 2024)


def strict_tables() -> Tables:
    """Engines cost 100.3333 a piece, hoses 7, posts 60."""
    own = {"a": (50, 8, 8, 34), "b": (300, 60, 60, 60)}
    return tables_of(
        {
            "plan": [{"key": "title", "value": "strict"}, {"key": "first_year", "value": 2021}, {"key": "last_year", "value": 2024}],
            "counties": [{"county": "a", "name": "A"}, {"county": "b", "name": "B"}],
            "items": [{"item": "engine", "name": "engine"}, {"item": "hose", "name": "hose"}, {"item": "post", "name": "post", "kind": "project"}],
            "costs": [{"item": "engine", "unit_cost": D("100.3333"), "annual_cost": D(2)}, {"item": "hose", "unit_cost": D(7)}],
            "targets": [
                {"target": "posts", "group": "post", "by_year": 2023, "total": D(2)},
                {"target": "engines", "group": "engine", "by_year": 2024, "total": D(4)},
                {"target": "hoses", "group": "hose", "by_year": 2024, "total": D(4)},
            ],
            "limits": [{"limit": f"late{y}", "group": "engine", "county": "a", "year": y, "max": D(0)} for y in (2021, 2022)],
            "standards": [{"standard": "s", "group": "engine", "county": c, "from_year": 2021, "required": D(0)} for c in "ab"],
            "projects": [
                {"project": f"p{c}", "name": f"p{c}", "county": c, "item": "post", "capital_cost": D(60), "build_years": 0}
                for c in "ab"
            ],
            "project_needs": [{"project": f"p{c}", "standard": "s", "quantity": D(2), "hard": True} for c in "ab"],
            "funds": [
                {"fund": "own", "name": "own", "level": "county", "carry_share": D(1), "carry_years": "2"},
                {"fund": "grant", "name": "grant", "level": "pool", "pays": "capital"},
                {"fund": "loan", "name": "loan", "level": "county", "pays": "capital", "repay_years": 3, "interest": D("0.0435")},
            ],
            "fund_uses": [
                {"fund": "grant", "group": "engine", "class": "capital", "max_share": D("0.8")},
                {"fund": "loan", "group": "post"},
            ],
            "budgets": [
                *({"fund": "own", "county": c, "year": y, "amount": D(n)} for c in own for y, n in zip(YEARS, own[c], strict=True)),
                *({"fund": "grant", "year": y, "amount": D(400)} for y in YEARS),
                *({"fund": "loan", "county": "a", "year": y, "amount": D(n)} for y, n in zip(YEARS, (50, 50, 50, 30), strict=True)),
            ],
        }
    )  # fmt: skip


def least_breaches(tables: Tables, schedule: Schedule) -> Iterator[Breach]:
    """Changes that break one rule each, with all that follows put right: who pays, and for what."""
    for breaches in (_need_one_short, _yuan_too_many, _kept_too_long, _instalment_off):
        yield from breaches(tables, schedule)


def _paid(tables: Tables, schedule: Schedule, rules: Tables | None = None) -> Schedule:
    """The schedule as it would be paid under ``rules``, those of the plan by default."""
    money = criteria_of(tables, schedule, requests=False).money
    plan = Plan(rules or tables)
    return with_payments(plan, schedule, {key: yuan for key, yuan in money.due.items() if key[1] in plan.open_years}, False)


def _with(schedule: Schedule, changes: dict[tuple[str, str, int], int]) -> Schedule:
    found = dict(schedule.deliveries)
    for key, units in changes.items():
        found[key] = found.get(key, D(0)) + units
    return replace(schedule, deliveries={key: units for key, units in found.items() if units})


def _need_one_short(tables: Tables, schedule: Schedule) -> Iterator[Breach]:
    """An engine fewer than the open stations of a county need, bought and paid for by nobody."""
    for c in ("a", "b"):
        last = max(y for i, at, y in schedule.deliveries if (i, at) == ("engine", c))
        short = _paid(tables, _with(schedule, {("engine", c, last): -1}))
        yield f"one engine fewer in {c}", "hard-need", short


def _yuan_too_many(tables: Tables, schedule: Schedule) -> Iterator[Breach]:
    """The grant pays the most that it may of the engines, and one yuan more; or a yuan for a station."""
    for c, y in sorted({(c, y) for i, c, y in schedule.deliveries if i == "engine"}):
        cost = 1_003_333 * int(schedule.deliveries["engine", c, y])
        most = int(Fraction(8, 10) * cost + 1)  # to within one yuan
        moved = most + 1 - schedule.purposes.get(("grant", c, y, "capital", "engine"), 0)
        yield f"the grant pays {moved} more for engines of {c} in {y}", "use-too-much", _moved(schedule, c, y, "engine", moved)
    for c, y in sorted((p[1:], y) for p, y in schedule.starts.items()):
        yield f"the grant pays a yuan for the post of {c}", "fund-not-for", _moved(schedule, c, y, "post", 1)


def _moved(schedule: Schedule, c: str, y: int, purpose: str, yuan: int) -> Schedule:
    """``yuan`` that the county pays itself are the grant's."""
    payments, purposes = dict(schedule.payments), dict(schedule.purposes)
    for fund, more in (("grant", yuan), ("own", -yuan)):
        payments[fund, c, y, "capital"] = payments.get((fund, c, y, "capital"), 0) + more
        purposes[fund, c, y, "capital", purpose] = purposes.get((fund, c, y, "capital", purpose), 0) + more
    return replace(schedule, payments=payments, purposes=purposes)


def _kept_too_long(tables: Tables, schedule: Schedule) -> Iterator[Breach]:
    """An engine of the third year is bought in the fourth, with what the county kept of the first."""
    rows: dict[str, list[dict[str, Any]]] = rows_of(tables)
    next(row for row in rows["funds"] if row["fund"] == "own")["carry_years"] = "3"
    late = replace(_with(schedule, {("engine", "a", 2023): -1, ("engine", "a", 2024): 1}), starts={**schedule.starts, "pa": 2024})
    late = _with(late, {("post", "a", schedule.starts["pa"]): -1, ("post", "a", 2024): 1})
    yield "an engine paid from what was kept for three years", "overspent", _paid(tables, late, tables_of(rows))


def _instalment_off(tables: Tables, schedule: Schedule) -> Iterator[Breach]:
    """The county pays a yuan more or less than a loan asks for in a year."""
    for c, y in sorted({(c, later) for f, c, y, _ in schedule.payments if f == "loan" for later in YEARS if later > y}):
        for yuan in (-1, 1):
            payments, purposes = dict(schedule.payments), dict(schedule.purposes)
            payments["own", c, y, "recurrent"] += yuan
            paid = next(key for key in purposes if key[:4] == ("own", c, y, "recurrent") and key[4] == "")
            purposes[paid] += yuan
            yield (
                f"{yuan} yuan of an instalment of {c} in {y}",
                "not-paid",
                replace(schedule, payments=payments, purposes=purposes),
            )
