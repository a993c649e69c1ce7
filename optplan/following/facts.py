"""What happened up to a year: the actuals of closed years and the records of open ones, each figure with where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from optplan.plan import Plan
from optplan.records import Records
from optplan.records.declaration import DELIVERY, HIRE, OPENING, SPENDING, START
from optplan.schedule import Schedule
from optplan.tables.findings import Finding, InputError, Place, error

ZERO = Decimal(0)
YEAR_END = 4
NAMED = {"county": "counties", "item": "items", "team": "teams", "project": "projects", "fund": "funds"}


@dataclass(frozen=True)
class Fact:
    """Units of ``item`` that came to ``county`` in ``year``. ``origin``: ``actuals:12`` (a row) or ``record:7`` (an entry)."""

    item: str
    county: str
    year: int
    quantity: Decimal
    origin: str
    team: str | None = None
    project: str | None = None


@dataclass(frozen=True)
class Spent:
    """Money of ``fund`` spent in ``county``, in the currency unit."""

    fund: str
    county: str
    year: int
    spending_class: str
    amount: Decimal
    origin: str
    item: str | None = None
    project: str | None = None


@dataclass(frozen=True)
class Facts:
    """What happened through ``year``. ``starts``: the year in which each project was begun, and where that stands.

    ``quarter``: that through which ``year`` is told; 4 once it is closed.
    """

    year: int
    delivered: tuple[Fact, ...]
    starts: Mapping[str, tuple[int, str]]
    spent: tuple[Spent, ...]
    quarter: int = YEAR_END

    def of(self, items: Collection[str], counties: Collection[str], years: Collection[int]) -> list[Fact]:
        """What was delivered of these items."""
        return [fact for fact in self.delivered if fact.item in items and fact.county in counties and fact.year in years]

    @cached_property
    def schedule(self) -> Schedule:
        """The same as the exact check takes it: deliveries, hires and starts, no payments."""
        deliveries: dict[tuple[str, str, int], Decimal] = defaultdict(Decimal)
        hires: dict[tuple[str, int], int] = defaultdict(int)
        for fact in self.delivered:
            deliveries[fact.item, fact.county, fact.year] += fact.quantity
            if fact.team:
                hires[fact.team, fact.year] += int(fact.quantity)
        return Schedule(dict(deliveries), dict(hires), {project: start for project, (start, _) in self.starts.items()})


def facts_of(plan: Plan, records: Records, year: int) -> Facts:
    """The facts of ``plan`` through ``year``: of closed years its actuals, of open ones what ``records`` say.

    Money is known from records only, of whatever year. Raises :class:`InputError` for a record of what the plan does not have.
    """
    if unknown := list(_unknown(plan, records, year)):
        raise InputError(unknown)
    starts = dict(_starts(plan, records, year))
    return Facts(
        year,
        tuple(sorted((*_closed(plan, year), *_open(plan, records, year)), key=lambda fact: (fact.year, fact.item, fact.county))),
        starts,
        tuple(
            Spent(e.fund or "", e.county, e.year, e.spending_class or "", e.size, f"record:{e.number}", e.item, e.project)
            for e in records.of(kind=SPENDING, through=(year, YEAR_END))
        ),
        told_through(plan, records, year),
    )


def _unknown(plan: Plan, records: Records, year: int) -> Iterator[Finding]:
    """Records that count and speak of what the plan does not have, as after an id was changed."""
    known = {name: {row[name] for row in plan.tables[table]} for name, table in NAMED.items()}
    for entry in records.of(through=(year, YEAR_END)):
        counts = entry.kind == SPENDING or (entry.kind in {DELIVERY, HIRE, OPENING, START} and entry.year > plan.closed_through)
        for name in NAMED if counts else ():
            value = getattr(entry, name)
            if value and value not in known[name]:
                yield error("record-not-of-plan", Place("records"), number=entry.number, column=name, value=value)


def told_through(plan: Plan, records: Records, year: int) -> int:
    """The last quarter of ``year`` of which something is recorded, or that is confirmed; of a closed year, the last."""
    if year <= plan.closed_through:
        return YEAR_END
    told = [entry.quarter for entry in records.standing if entry.year == year]
    told += [quarter for _, at, quarter in records.confirmed if at == year]
    return max(told, default=YEAR_END)


def _starts(plan: Plan, records: Records, year: int) -> Iterator[tuple[str, tuple[int, str]]]:
    for entry in records.of(kind=START, through=(year, 4)):
        if entry.project and entry.year > plan.closed_through:
            yield entry.project, (entry.year, f"record:{entry.number}")
    for row in plan.tables["actuals"]:
        if row["project"] and row["year"] <= year:
            yield row["project"], (row["year"], f"actuals:{row.number}")


def _closed(plan: Plan, year: int) -> Iterator[Fact]:
    last = min(year, plan.closed_through)
    for row in plan.tables["actuals"]:
        if row["project"]:
            opened = row["year"] + plan.projects[row["project"]].build_years
            if opened <= last:
                yield Fact(row["item"], row["county"], opened, Decimal(1), f"actuals:{row.number}", None, row["project"])
        elif row["year"] <= last:
            yield Fact(row["item"], row["county"], row["year"], row["quantity"], f"actuals:{row.number}", row["team"])


def _open(plan: Plan, records: Records, year: int) -> Iterator[Fact]:
    for kind in (DELIVERY, HIRE, OPENING):
        for entry in records.of(kind=kind, through=(year, 4)):
            if entry.year > plan.closed_through and entry.size:
                item = entry.item or _item_of(plan, entry.team, entry.project)
                yield Fact(item, entry.county, entry.year, entry.size, f"record:{entry.number}", entry.team, entry.project)


def _item_of(plan: Plan, team: str | None, project: str | None) -> str:
    return plan.teams[team].item if team else plan.projects[project or ""].item


def plan_after(plan: Plan, records: Records, year: int) -> Plan:
    """The plan from which the years after ``year`` are planned.

    Where ``year`` was closed, closed years after it are opened again. Where it is still open, what its records say is kept:
    deliveries and hires so far are the least of their year, works begun are begun.
    """
    if year < plan.closed_through:
        settings = [dict(row.values) for row in plan.tables["plan"] if row["key"] != "closed_through"]
        settings.append({"key": "closed_through", "value": str(year)})
        kept = [dict(row.values) for row in plan.tables["actuals"] if row["year"] <= year]
        return plan.with_changes({"plan": settings, "actuals": kept})
    if year == plan.closed_through:
        return plan
    facts = facts_of(plan, records, year)
    least: dict[tuple[str, str, int], Decimal] = defaultdict(Decimal)
    for fact in facts.delivered:
        if fact.year > plan.closed_through and not fact.project:
            least[fact.item, fact.county, fact.year] += fact.quantity
    limits = [dict(row.values) for row in plan.tables["limits"]]
    limits += [
        {"limit": f"recorded.{i}.{c}.{y}", "group": i, "county": c, "year": y, "min": quantity}
        for (i, c, y), quantity in sorted(least.items())
    ]
    begun = {project: start for project, (start, _) in facts.starts.items() if start > plan.closed_through}
    projects = [
        {**row.values, "earliest_start": start, "latest_opening": start + row["build_years"], "mandatory": True}
        if (start := begun.get(row["project"])) is not None
        else dict(row.values)
        for row in plan.tables["projects"]
    ]
    changes = {"limits": limits} if least else {}
    return plan.with_changes(changes | ({"projects": projects} if begun else {})) if least or begun else plan
