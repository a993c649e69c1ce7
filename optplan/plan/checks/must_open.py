"""What projects that must open bring with them, against exact totals, maxima and money: sums across rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from optplan.plan.checks.reach import Reach
from optplan.plan.checks.targets import shown
from optplan.plan.prices import PriceList
from optplan.schedule import from_yuan
from optplan.tables.content import Row
from optplan.tables.findings import Finding, error, warning
from optplan.tables.scopes import counts_in

Scope = tuple[frozenset[str], frozenset[str], frozenset[int]]  # items, counties, years


def check_must_open(reach: Reach) -> Iterator[Finding]:
    """An exact total or a maximum below what must be hired, opened and delivered for projects that must open: no plan exists.

    Unlike other errors these do not keep a plan from being read: ``optplan explain`` says what would do.
    """
    if not _must_open(reach):
        return
    for row in reach.tables["targets"]:
        if row["sense"] == "exact":
            items, counties, _ = reach.scope(row)
            scope = items, counties, frozenset(year for year in reach.years if counts_in(row, year))
            least, projects = _forced(reach, scope)
            if projects and least > row["total"]:
                yield error(
                    "must-open-beyond-target", row.place("total"),
                    target=row["target"], total=shown(Fraction(row["total"])), least=shown(least), projects=_called(projects),
                )  # fmt: skip
    for row, items, counties, years in reach.limits:
        if row["max"] is not None:
            least, projects = _forced(reach, (items, counties, years))
            if projects and least > row["max"]:
                yield error(
                    "must-open-beyond-limit", row.place("max"),
                    limit=row["limit"], most=shown(Fraction(row["max"])), least=shown(least), projects=_called(projects),
                )  # fmt: skip


def _called(projects: list[Row]) -> str:
    return ", ".join(dict.fromkeys(str(row["name"]) for row in projects))


def _must_open(reach: Reach) -> list[tuple[Row, tuple[int, int]]]:
    """The projects that open in an open year in every plan, with the years between which they do."""
    started = {row["project"] for row in reach.tables["actuals"] if row["project"]}
    found = []
    for row in reach.tables["projects"]:
        window = reach.opening[row["project"]]
        if (row["mandatory"] or row["project"] in started) and window is not None and window[0] > reach.closed:
            found.append((row, window))
    return found


def _forced(reach: Reach, scope: Scope) -> tuple[Fraction, list[Row]]:
    """What is delivered in a scope in every plan, and the projects that must open for which it is."""
    items, counties, years = scope
    projects: list[Row] = []
    least = Fraction(0)
    for row, (first, last) in _must_open(reach):
        if not set(range(first, last + 1)) <= years:
            continue
        hired = sum(
            team["min_staff"]
            for team in reach.tables["teams"]
            if team["project"] == row["project"] and team["item"] in items and team["county"] in counties
        )
        opened = int(bool(row["mandatory"]) and not _counted(reach, row) and row["item"] in items and row["county"] in counties)
        if hired or opened:
            projects.append(row)
            least += hired + opened
    needed, needing = _needed(reach, scope)
    if not projects and not needing:
        return least, []
    least += sum((reach.least.get((i, c, y), Fraction(0)) for i in items for c in counties for y in years), Fraction(0))
    return least + needed, projects + needing


def _counted(reach: Reach, project: Row) -> bool:
    """Whether its opening is among what is known to be delivered, because it was started in a closed year."""
    return any(row["project"] == project["project"] for row in reach.tables["actuals"])


def _needed(reach: Reach, scope: Scope) -> tuple[Fraction, list[Row]]:
    """What hard needs of projects that must open ask for beyond the starting stock: of each county the need that asks most."""
    items, counties, years = scope
    group = {row["standard"]: row["group"] for row in reach.tables["standards"]}
    asked: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    asking: dict[tuple[str, str], list[Row]] = defaultdict(list)
    windows = {row["project"]: (row, window) for row, window in _must_open(reach)}
    for need in reach.tables["project_needs"]:
        if not need["hard"] or need["project"] not in windows:
            continue
        row, (_, last) = windows[need["project"]]
        if row["county"] in counties and set(range(reach.years[0], last + 1)) <= years:
            asked[need["standard"], row["county"]] += Fraction(need["quantity"])
            asking[need["standard"], row["county"]].append(row)
    most: dict[str, tuple[Fraction, list[Row]]] = {}
    for (standard, county), quantity in asked.items():
        members = reach.members[group[standard]]
        if not members <= items:
            continue
        there = sum(
            (Fraction(row["quantity"]) for row in reach.tables["stock"] if row["item"] in members and row["county"] == county),
            Fraction(0),
        )
        there += sum((reach.least.get((i, county, y), Fraction(0)) for i in members for y in years), Fraction(0))
        if quantity - there > most.get(county, (Fraction(0), []))[0]:
            most[county] = quantity - there, asking[standard, county]
    return sum((number for number, _ in most.values()), Fraction(0)), [row for _, rows in most.values() for row in rows]


def check_must_open_money(reach: Reach) -> Iterator[Finding]:
    """Less capital money, up to some year, than the instalments of projects that must open: without requests no plan exists."""
    tables = reach.tables
    prices = PriceList(tables)
    must = [(row, window) for row, window in _must_open(reach) if not _counted(reach, row)]
    if not tables["funds"]:
        return  # which is said already
    for county in [*dict.fromkeys(row["county"] for row, _ in must), None]:
        mine = [(row, window) for row, window in must if county in (None, row["county"])]
        if county is None and len({row["county"] for row, _ in must}) < 2:
            continue
        for year in (each for each in reach.years if each > reach.closed):
            due = sum(_least_due(prices, row, window, reach.closed, year) for row, window in mine)
            money = _money(reach, county, year)
            if from_yuan(due) > money:
                last = max((row for row, _ in mine), key=lambda row: row["capital_cost"])
                yield warning(
                    "must-open-without-money", last.place("capital_cost"),
                    projects=_called([row for row, _ in mine]), year=year, due=f"{from_yuan(due):f}", money=f"{money:f}",
                )  # fmt: skip
                break


def _least_due(prices: PriceList, row: Row, window: tuple[int, int], closed: int, year: int) -> int:
    """What is paid for a project up to ``year``, whenever it opens, in yuan."""
    return min(
        sum(yuan for at, yuan in prices.instalments(row["project"], opening - row["build_years"]) if closed < at <= year)
        for opening in range(window[0], window[1] + 1)
    )


def _money(reach: Reach, county: str | None, year: int) -> Decimal:
    """What a county (``None``: all of them) may spend on capital up to ``year``, if no other county takes any of a pool."""
    tables = reach.tables
    funds = {row["fund"]: row for row in tables["funds"] if row["pays"] != "recurrent"}
    found = Decimal(0)
    for row in tables["budgets"]:
        fund = funds.get(row["fund"])
        if fund is None or not reach.closed < row["year"] <= year:
            continue
        if fund["level"] == "pool":
            cap = fund["county_cap_share"] if county is not None else None
            found += row["amount"] * (1 if cap is None else cap)
        elif county in (None, row["county"]):
            found += row["amount"]
    return found
