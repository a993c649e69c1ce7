"""What the records of a year say, as the ``actuals`` of that year and as what each fund spent.

Only confirmed quarters count. Goods with a lead time that were ordered and have not come are due in the year that their order
says; what is late is due in the year after the one that is closed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from optplan.language import text
from optplan.language.lists import listed
from optplan.records import Record, Records
from optplan.records.declaration import DELIVERY, HIRE, ORDER, SPENDING, START
from optplan.schedule import in_yuan
from optplan.tables.content import Row, Tables
from optplan.tables.declarations import TABLES
from optplan.tables.findings import Finding, InputError, Place, error
from optplan.tables.names import called

if TYPE_CHECKING:
    from optplan.plan import Plan

Key = tuple[str, str, int, str | None, str | None]  # item, county, year, team, project
Sums = dict[tuple[str, str], Decimal]  # units by item and county


@dataclass(frozen=True)
class Recorded:
    """``rows``: all actuals of the plan with the year closed. ``spent``: yuan by (fund, holder), ``None`` if no spending was
    recorded; ``assumed``: whether some of it rests on an assumption. ``late``: units by (item, county) that were due and have
    not come; ``beyond``: units that will come after the plan."""

    rows: tuple[Row, ...]
    spent: dict[tuple[str, str], int] | None
    assumed: bool
    late: dict[tuple[str, str], Decimal]
    beyond: dict[tuple[str, str], Decimal]


def recorded(plan: Plan, year: int, records: Records) -> Recorded:
    """What ``records`` say of ``year``. Raises :class:`InputError`, a finding for each quarter that is not confirmed by all."""
    tables = plan.tables
    if findings := _unconfirmed(tables, year, records):
        raise InputError(findings)
    of_year = records.of(year=year)
    due, late, beyond = _due(tables, year, of_year)
    before = [row for row in tables["actuals"] if row["year"] < year]
    rows = [*before, *_happened(tables, year, of_year), *_ordered(tables, due)]
    paid = of_year.of(kind=SPENDING)
    levels = {row["fund"]: row["level"] for row in tables["funds"]}
    spent: dict[tuple[str, str], int] = defaultdict(int)
    for entry in paid:
        fund = entry.fund or ""
        spent[fund, "" if levels.get(fund) == "pool" else entry.county] += in_yuan(entry.size)
    return Recorded(tuple(rows), dict(spent) if len(paid) else None, _basis(paid) == "assumption", late, beyond)


def _unconfirmed(tables: Tables, year: int, records: Records) -> list[Finding]:
    names = called(tables)["county"]
    wanting = records.unconfirmed(year, (row["county"] for row in tables["counties"]))
    return [
        error("closing-unconfirmed", Place(tables.origin), year=year, quarter=quarter, counties=tuple(names[c] for c in missing))
        for quarter, missing in wanting.items()
    ]


def _happened(tables: Tables, year: int, records: Records) -> Iterable[Row]:
    """Rows of ``actuals`` of the year: deliveries, hires and starts, each the sum of its records."""
    teams = {row["team"]: row for row in tables["teams"]}
    projects = {row["project"]: row for row in tables["projects"]}
    sums: dict[Key, list[Record]] = defaultdict(list)
    for entry in records:
        if entry.kind == DELIVERY:
            sums[entry.item or "", entry.county, year, None, None].append(entry)
        elif entry.kind == HIRE and entry.team in teams:
            sums[teams[entry.team]["item"], entry.county, year, entry.team, None].append(entry)
        elif entry.kind == START and entry.project in projects:
            sums[projects[entry.project]["item"], entry.county, year, None, entry.project].append(entry)
    for key in sorted(sums, key=lambda each: tuple(part or "" for part in map(str, each))):
        entries = sums[key]
        source = text("closing", "source-recorded", None, year=year, numbers=_numbers(entries))
        yield _row(key, sum((entry.size for entry in entries), Decimal(0)), source, _basis(entries))


def _due(tables: Tables, year: int, records: Records) -> tuple[dict[Key, Decimal], Sums, Sums]:
    """What was ordered and has not come, in the year in which it is due; what of it is late; what comes after the plan.

    Deliveries of the year are taken off what was due first.
    """
    lead = {row["item"]: row["lead_years"] for row in tables["items"] if row["lead_years"]}
    last = tables.setting("last_year")
    waiting: dict[tuple[str, str], dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in tables["actuals"]:
        if row["item"] in lead and row["year"] >= year:
            waiting[row["item"], row["county"]][row["year"]] += row["quantity"]
    for entry in records.of(kind=ORDER):
        waiting[entry.item or "", entry.county][year + lead.get(entry.item or "", 0)] += entry.size
    came: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for entry in records.of(kind=DELIVERY):
        came[entry.item or "", entry.county] += entry.size
    due: dict[Key, Decimal] = defaultdict(Decimal)
    late: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    beyond: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for (item, county), by_year in sorted(waiting.items()):
        left = came[item, county]
        for at, quantity in sorted(by_year.items()):
            outstanding = max(quantity - left, Decimal(0))
            left = max(left - quantity, Decimal(0))
            if at <= year:
                late[item, county] += outstanding
            if max(at, year + 1) > last:
                beyond[item, county] += outstanding
            else:
                due[item, county, max(at, year + 1), None, None] += outstanding
    return due, _some(late), _some(beyond)


def _ordered(tables: Tables, due: dict[Key, Decimal]) -> Iterable[Row]:
    known = {row.key: row for row in tables["actuals"]}
    for key, quantity in due.items():
        if key in known and known[key]["quantity"] == quantity:
            yield known[key]
        elif quantity:
            yield _row(key, quantity, text("closing", "source-ordered"), "statistics")


def _row(key: Key, quantity: Decimal, source: str, basis: str) -> Row:
    item, county, year, team, project = key
    cells: dict[str, Any] = {"item": item, "county": county, "year": year, "quantity": quantity, "team": team, "project": project}
    given = {name: value for name, value in cells.items() if value is not None}
    return Row(TABLES["actuals"], {**given, "source": source, "basis": basis})


def _numbers(entries: Iterable[Record]) -> str:
    return listed(str(entry.number) for entry in entries)


def _basis(entries: Iterable[Record]) -> str:
    """A sum is an assumption if one of its parts is."""
    bases = {entry.basis for entry in entries}
    return "assumption" if "assumption" in bases else "statistics"


def _some(quantities: dict[tuple[str, str], Decimal]) -> dict[tuple[str, str], Decimal]:
    return {key: quantity for key, quantity in quantities.items() if quantity}
