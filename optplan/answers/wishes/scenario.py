"""Wishes as changes of a plan's tables: a plan with them written in has no schedule that does not grant them.

Only what is wished is added: a limit, a year by which a project must be open, a target's least quantity, a standard that may
not have a gap in one year, a year from which a team must meet its standard. All of them are rows of the tables, so that the
search, the exact check and the seal know a wish as they know any rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from optplan.answers.wishes.wish import Wish
from optplan.plan import Plan
from optplan.scenarios import Add, Change, Scenario, Set
from optplan.tables.content import Row
from optplan.tables.values import written

NAME = "wish"


def wish_scenario(plan: Plan, wishes: Sequence[Wish]) -> Scenario:
    """The scenario that holds the wishes."""
    title = ", ".join(wish.written for wish in wishes)[:200]
    return Scenario(name=NAME, title=title, title_en=title, changes=tuple(held(plan, wishes)))


def held(plan: Plan, wishes: Sequence[Wish]) -> list[Change]:
    """The changes of the tables that hold the wishes."""
    found: list[Change] = []
    limits = [wish for wish in wishes if wish.kind == "item"]
    if limits:
        found.append(Add(table="limits", rows=tuple(_limits(plan, limits))))
    found += _projects(plan, [wish for wish in wishes if wish.kind == "project"])
    found += _targets(plan, [wish for wish in wishes if wish.kind == "target"])
    found += _standards(plan, [wish for wish in wishes if wish.kind == "standard"])
    found += _teams(plan, [wish for wish in wishes if wish.kind == "team"])
    return found


def _limits(plan: Plan, wishes: Sequence[Wish]) -> Iterator[dict[str, Any]]:
    taken = {row["limit"] for row in plan.tables["limits"]}
    number = 0
    for wish in wishes:
        number += 1
        while f"{NAME}-{number}" in taken:
            number += 1
        row: dict[str, Any] = {"limit": f"{NAME}-{number}", "group": wish.subject}
        row |= {"county": wish.county} if wish.county else {}
        row |= {} if wish.year is None else {"year": wish.year}
        row |= {"min": wish.quantity} if wish.sense in {">=", "="} else {}
        row |= {"max": wish.quantity} if wish.sense in {"<=", "="} else {}
        yield row


def _projects(plan: Plan, wishes: Sequence[Wish]) -> Iterator[Change]:
    rows = {row["project"]: row for row in plan.tables["projects"]}
    for wish in wishes:
        row = rows[wish.subject]
        assert wish.year is not None
        if wish.sense == "by":
            latest = min(wish.year, *(w.year for w in wishes if w.subject == wish.subject and w.sense == "by" and w.year))
            latest = latest if row["latest_opening"] is None else min(latest, row["latest_opening"])
            values: dict[str, Any] = {"latest_opening": latest, "mandatory": 1}
        else:
            earliest = wish.year + 1 - row["build_years"]
            values = {"earliest_start": max(earliest, row["earliest_start"] or earliest)}
        yield Set(table="projects", where={"project": wish.subject}, set=values)


def _targets(plan: Plan, wishes: Sequence[Wish]) -> Iterator[Change]:
    rows = {row["target"]: row for row in plan.tables["targets"]}
    most: dict[str, Decimal] = {}
    for wish in wishes:
        most[wish.subject] = max(wish.quantity, most.get(wish.subject, rows[wish.subject]["at_least"] or Decimal(0)))
    for target, quantity in most.items():
        yield Set(table="targets", where={"target": target}, set={"at_least": quantity})


def _teams(plan: Plan, wishes: Sequence[Wish]) -> Iterator[Change]:
    rows = {row["team"]: row for row in plan.tables["teams"]}
    first: dict[str, int] = {}
    for wish in wishes:
        assert wish.year is not None
        first[wish.subject] = min(wish.year, first.get(wish.subject, rows[wish.subject]["meets_by"] or wish.year))
    for team, year in first.items():
        yield Set(table="teams", where={"team": team}, set={"meets_by": year})


def _standards(plan: Plan, wishes: Sequence[Wish]) -> Iterator[Change]:
    """The row in force in the year is made hard for that year alone: rows that say the same stand before and after it."""
    by_place: dict[tuple[str, str], set[int]] = {}
    for wish in wishes:
        assert wish.year is not None
        by_place.setdefault((wish.subject, wish.county), set()).add(wish.year)
    for (standard, county), hard in by_place.items():
        rows = {
            row["from_year"]: row for row in plan.tables["standards"] if (row["standard"], row["county"]) == (standard, county)
        }
        for year in sorted({*hard, *(year + 1 for year in hard if year < plan.last_year)}):
            force = max((each for each in rows if each <= year), default=None)
            own = force is not None and bool(rows[force]["hard"])
            wanted = 1 if year in hard or own else 0
            if force == year:
                if year in hard and not own:
                    yield Set(
                        table="standards", where={"standard": standard, "county": county, "from_year": year}, set={"hard": 1}
                    )
            elif year in hard or year - 1 in hard:
                yield Add(table="standards", rows=(_copied(plan, rows.get(force or 0), standard, county, year, wanted),))


def _copied(plan: Plan, row: Row | None, standard: str, county: str, year: int, hard: int) -> dict[str, Any]:
    """The row in force, from ``year`` on; where none is, one that requires no more than the projects of the county do."""
    if row is not None:
        cells = {name: written(value) for name, value in row.values.items()}
    else:
        group = next(each["group"] for each in plan.tables["standards"] if each["standard"] == standard)
        cells = {"standard": standard, "group": group, "county": county, "required": "0"}
    return {**cells, "from_year": year, "hard": hard}
