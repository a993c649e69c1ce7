"""A plan with one more year closed (model.md §3.8), ready to be planned anew with the adopted schedule as its reference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optplan.audit import audit
from optplan.closing.files import read_rows
from optplan.closing.loans import instalments_of
from optplan.closing.recorded import Recorded, recorded
from optplan.closing.spending import CARRIED, Spending, classes_of, told, worked_out
from optplan.language import current_language, text
from optplan.schedule import Schedule, from_yuan, in_yuan
from optplan.tables.content import Row, Tables
from optplan.tables.declarations import TABLES
from optplan.tables.findings import InputError, Place, error
from optplan.tables.names import called, group_members

if TYPE_CHECKING:
    from optplan.plan import Plan
    from optplan.records import Records
    from optplan.result import Result


@dataclass(frozen=True)
class Note:
    """Something that closing the year did to the plan, to be shown. ``kind`` names the message in ``closing.ftl``."""

    kind: str
    values: dict[str, Any]

    def message(self, language: str | None = None) -> str:
        """The note in words."""
        return text("closing", self.kind, language, **self.values)


@dataclass(frozen=True)
class Closing:
    """``plan``: with ``year`` closed. ``schedule``: what really happened up to then. ``spending``: who paid for the year."""

    plan: Plan
    year: int
    schedule: Schedule
    spending: Spending
    notes: tuple[Note, ...]


def close_year(
    plan: Plan,
    adopted: Result | Schedule,
    *,
    actuals: str | Path | None = None,
    spending: str | Path | None = None,
    records: Records | None = None,
) -> Closing:
    """Close the first open year of ``plan``.

    ``actuals``: a file with the table ``actuals`` of that year; without it the year went as ``adopted``, which is marked as
    an assumption; what was ordered in the year and comes later is among the actuals, in its year of delivery.
    ``records``: the ledger, whose confirmed records of the year take the place of ``actuals``, and of ``spending`` where spending
    was recorded; what was ordered and has not come stays due.
    ``spending``: a file like ``budgets`` with what each fund really spent; without it that is worked out from
    the adopted payments (an assumption too). What a fund may carry over (carry_share of the year's amount, if so much is
    left) becomes a fund of its own with a budget in the next year only, so that it can be told from new money. Rules about
    the closed year alone that no longer decide anything are taken out: pins, and limits that the facts break. A project that
    opened without what it may not open without is a fact: its needs are no longer hard.

    Raises :class:`InputError` for files that cannot be read, for a plan whose last year is closed and, with ``records``, for each
    quarter of the year that is not confirmed,
    :class:`PlanError` if the facts contradict the plan.
    """
    from optplan.plan import Plan

    tables = plan.tables
    if not plan.open_years:
        raise InputError([error("closing-nothing-open", Place(tables.origin))])
    year = plan.open_years[0]
    planned = adopted if isinstance(adopted, Schedule) else adopted.to_schedule()
    happened = recorded(plan, year, records) if records is not None else None
    rows = happened.rows if happened else _given_or_as_adopted(tables, planned, year, actuals)
    facts = _facts(tables, rows)
    costs = classes_of(audit(tables, facts, requests=False).costs, year)
    paid = {(f, c, k): amount for (f, c, y, k), amount in planned.payments.items() if y == year}
    spent, is_told = _spent(tables, year, costs, paid, spending, happened)
    notes = _notes_of(happened) + [
        Note("uncovered", {"county": c, "kind": text("workbook", f"class-{k}"), "amount": str(from_yuan(amount))})
        for (c, k), amount in spent.uncovered.items()
    ]
    limits = _kept_limits(tables, facts, year, notes)
    needs = _kept_needs(tables, facts, year, notes)
    funds, budgets = _carried(plan, spent, year, is_told, notes)
    named = called(tables)
    notes = [Note(note.kind, {k: named.get(k, {}).get(v, v) for k, v in note.values.items()}) for note in notes]
    base = Tables({**tables.rows, "actuals": rows, "limits": limits, "project_needs": needs}, tables.origin)
    settings = [row for row in _records(tables["plan"]) if row["key"] != "closed_through"]
    source = text("closing", "source-closed", None, year=year)
    settings.append({"key": "closed_through", "value": str(year), "source": source, "basis": "statistics"})
    more = {"funds": funds, "budgets": budgets, "fund_uses": _uses_of(tables, funds)}
    more |= instalments_of(plan, year, _borrowed(plan, spent, paid), "statistics" if is_told else "assumption")
    changes = {name: [*_records(base[name]), *added] for name, added in more.items() if added}
    closed = Plan(base).with_changes({"plan": settings, **changes})
    return Closing(closed, year, facts, spent, tuple(notes))


def _given_or_as_adopted(tables: Tables, planned: Schedule, year: int, actuals: str | Path | None) -> tuple[Row, ...]:
    """All actuals, those of the year as a file has them or as it was adopted."""
    lead = {row["item"]: row["lead_years"] for row in tables["items"]}
    rows = read_rows(actuals, "actuals", year, lead) if actuals else _as_adopted(tables, planned, year)
    new = {row.key for row in rows}
    return (*(row for row in tables["actuals"] if row.key not in new), *rows)


def _spent(
    tables: Tables,
    year: int,
    costs: Mapping[tuple[str, str], int],
    paid: Mapping[tuple[str, str, str], int],
    file: str | Path | None,
    happened: Recorded | None,
) -> tuple[Spending, bool]:
    """What each fund spent, and whether somebody said so: in a file, in the records, or else as it is worked out."""
    if file:
        return told(read_rows(file, "budgets", year)), True
    if happened is not None and happened.spent is not None:
        return Spending(happened.spent, {}), not happened.assumed
    return worked_out(tables, year, costs, paid), False


def _notes_of(happened: Recorded | None) -> list[Note]:
    """What the records say that a person should know."""
    if happened is None:
        return []
    found = [Note("spending-not-recorded", {})] if happened.spent is None else []
    for kind, quantities in (("late", happened.late), ("beyond", happened.beyond)):
        found += [Note(kind, {"item": i, "county": c, "quantity": str(n)}) for (i, c), n in quantities.items()]
    return found


def _records(rows: Iterable[Row]) -> list[dict[str, Any]]:
    return [dict(row.values) for row in rows]


def _as_adopted(tables: Tables, planned: Schedule, year: int) -> tuple[Row, ...]:
    """Actuals as the adopted schedule has them, marked as not yet confirmed."""
    items = {row["item"]: row for row in tables["items"]}
    source = text("closing", "source-as-adopted")
    found: list[dict[str, Any]] = [
        {"item": i, "county": c, "year": y, "quantity": quantity}
        for (i, c, y), quantity in sorted(planned.deliveries.items())
        if quantity and i in items and items[i]["kind"] == "goods" and y in {year, year + items[i]["lead_years"]}
    ]
    known = {row.key for row in tables["actuals"]}  # ordered before, so they are there already
    found = [values for values in found if (values["item"], values["county"], values["year"], None, None) not in known]
    teams = {row["team"]: row for row in tables["teams"]}
    found += [
        {"item": teams[k]["item"], "county": teams[k]["county"], "year": y, "quantity": Decimal(number), "team": k}
        for (k, y), number in sorted(planned.hires.items())
        if y == year and number and k in teams
    ]
    projects = {row["project"]: row for row in tables["projects"]}
    found += [
        {"item": projects[p]["item"], "county": projects[p]["county"], "year": start, "quantity": Decimal(1), "project": p}
        for p, start in sorted(planned.starts.items())
        if start == year and p in projects
    ]
    return tuple(Row(TABLES["actuals"], {**values, "source": source, "basis": "assumption"}) for values in found)


def _facts(tables: Tables, rows: tuple[Row, ...]) -> Schedule:
    """What the actuals say as a schedule: deliveries, hires and starts."""
    deliveries: dict[tuple[str, str, int], Decimal] = defaultdict(Decimal)
    hires: dict[tuple[str, int], int] = defaultdict(int)
    starts: dict[str, int] = {}
    building = {row["project"]: row["build_years"] for row in tables["projects"]}
    for row in rows:
        if row["project"]:
            starts[row["project"]] = row["year"]
            deliveries[row["item"], row["county"], row["year"] + building.get(row["project"], 0)] += 1
        else:
            deliveries[row["item"], row["county"], row["year"]] += row["quantity"]
            if row["team"]:
                hires[row["team"], row["year"]] += int(row["quantity"])
    return Schedule(dict(deliveries), dict(hires), starts)


def _kept_limits(tables: Tables, facts: Schedule, year: int, notes: list[Note]) -> tuple[Row, ...]:
    """The limits without pins of the closed year, and without those of that year alone that the facts break."""
    members, kept = group_members(tables), []
    for row in tables["limits"]:
        done = sum(
            quantity
            for (i, c, y), quantity in facts.deliveries.items()
            if y == row["year"] and i in members[row["group"]] and row["county"] in {None, c}
        )
        broken = (row["max"] is not None and done > row["max"]) or (row["min"] is not None and done < row["min"])
        if row["year"] == year and (row["kind"] == "pin" or broken):
            notes.append(Note("limit-broken" if broken else "pin-dropped", {"limit": row["limit"], "done": str(done)}))
        else:
            kept.append(row)
    return tuple(kept)


def _kept_needs(tables: Tables, facts: Schedule, year: int, notes: list[Note]) -> tuple[Row, ...]:
    """The needs of projects, those that the facts of closed years break no longer hard."""
    counties = {row["project"]: row["county"] for row in tables["projects"]}
    broken = {
        (violation.values["standard"], violation.values["county"])
        for violation in audit(tables, facts, requests=False).violations
        if violation.rule == "hard-need" and violation.values["year"] <= year
    }
    found = []
    for row in tables["project_needs"]:
        soft = row["hard"] and (row["standard"], counties[row["project"]]) in broken
        found.append(replace(row, values={**row.values, "hard": False}) if soft else row)
        if soft:
            notes.append(Note("need-broken", {"project": row["project"], "standard": row["standard"]}))
    return tuple(found)


def _kept_on(fund: Row) -> dict[str, str]:
    """How long what is carried out of a year may still be kept: for good, a year less than before, or not any longer."""
    if fund["carry_years"] == "all":
        return {"carry_share": "1", "carry_years": "all"}
    left = int(fund["carry_years"]) - 1
    return {"carry_share": "1", "carry_years": str(left)} if left else {"carry_share": "0"}


def _uses_of(tables: Tables, funds: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Money that is carried keeps its purpose."""
    return [
        {**use.values, "fund": fund["fund"]}
        for fund in funds
        for use in tables["fund_uses"]
        if fund["fund"].rpartition(CARRIED)[0] == use["fund"]
    ]


def _borrowed(plan: Plan, spent: Spending, paid: Mapping[tuple[str, str, str], int]) -> dict[tuple[str, str], int]:
    """What each county spent of each loan: what is known of its own, what was planned of one that counties share."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    for fund in plan.loans:
        for county in plan.counties:
            if fund.pool:
                found[fund.fund, county] = sum(yuan for (f, c, _), yuan in paid.items() if (f, c) == (fund.fund, county))
            else:
                found[fund.fund, county] = spent.spent.get((fund.fund, county), 0)
    return found


def _carried(
    plan: Plan, spent: Spending, year: int, is_told: bool, notes: list[Note]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Funds and budgets of what is carried into the next year, in whole yuan."""
    tables = plan.tables
    funds: list[dict[str, Any]] = []
    budgets: list[dict[str, Any]] = []
    if year == plan.last_year:
        return funds, budgets
    language, source = current_language(), text("closing", "source-carried", None, year=year)
    basis = "statistics" if is_told else "assumption"
    for fund in tables["funds"]:
        name = f"{fund['fund']}{CARRIED}{year}"
        rows = []
        for row in tables["budgets"]:
            if row["fund"] != fund["fund"] or row["year"] != year:
                continue
            amount, holder = in_yuan(row["amount"]), row["county"]
            left = amount - spent.spent.get((fund["fund"], holder or ""), 0)
            if left < 0:
                values = {"fund": fund["fund"], "county": holder or "", "amount": str(from_yuan(-left))}
                notes.append(Note("overspent", values))
            most = floor(Fraction(fund["carry_share"]) * amount)
            if carried := max(0, min(left, most)):
                rows.append({"fund": name, "county": holder, "year": year + 1, "amount": str(from_yuan(carried)),
                             "source": source, "basis": basis})  # fmt: skip
        if rows:
            title = text("closing", "fund-carried", language, fund=fund["name"], year=year)
            kept = _kept_on(fund)
            funds.append({**fund.values, "fund": name, "name": title, **kept, "source": source, "basis": basis})
            budgets += rows
            total = sum((Decimal(row["amount"]) for row in rows), Decimal(0))
            notes.append(Note("carried", {"fund": fund["fund"], "amount": str(total), "year": str(year + 1)}))
    return funds, budgets
