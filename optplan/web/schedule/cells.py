"""Figures of the schedule that can be asked about: what each is called, what can be asked of it, and what it comes from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from optplan.figures import origins
from optplan.figures.figures import ZERO, Figures
from optplan.figures.projects import ProjectYears
from optplan.figures.shortfalls import Gap
from optplan.language import year_name
from optplan.language.lists import in_brackets
from optplan.language.numbers import amount, quantity
from optplan.plan import Plan
from optplan.schedule import from_yuan
from optplan.tables.content import Row
from optplan.tables.labels import table_label
from optplan.tables.names import called
from optplan.tables.scopes import counts_in
from optplan.web.words import words_of

say = words_of("web_schedule")


@dataclass(frozen=True)
class Ask:
    """A question: ``wishes`` whose cost is asked, cells that the plan is asked to do ``without``, or what is ``missing``."""

    wishes: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    missing: str = ""


@dataclass(frozen=True)
class Figure:
    """A figure. ``asks``: the questions by name; ``prices``: what it costs, in sentences; ``rows``: the inputs behind it."""

    name: str
    asks: Mapping[str, Ask] = field(default_factory=dict)
    prices: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


def delivery(figures: Figures, plan: Plan, items: Collection[str], county: str, year: int) -> Figure:
    """What ``county`` (blank: all together) gets of ``items`` in ``year``."""
    counties = [county] if county else list(figures.counties)
    group = next((name for name, members in plan.groups.items() if set(members) == set(items)), "")
    what = figures.group_names.get(group) or figures.item_names.get(group) or say("several-items", number=len(items)).words

    def at(when: int) -> Decimal:
        return sum((figures.x(item, place, when) for item in items for place in counties), ZERO)

    where = figures.county_names.get(county, say("every-county").words)
    delivered = [item for item in items if any(figures.x(item, place, year) for place in counties)]
    return Figure(
        say("cell-delivery", what=what, county=where, year=year_name(year), quantity=quantity(at(year))).words,
        _of_delivery(plan, group, county, year, at) if group and year in plan.open_years else {},
        tuple(_prices(figures, items, counties, year)),
        tuple(_rows_of_year(figures, delivered or items, counties, year)),
    )


def _of_delivery(plan: Plan, group: str, county: str, year: int, at: Callable[[int], Decimal]) -> dict[str, Ask]:
    now = at(year)

    def wish(when: int, sense: str, size: Decimal) -> str:
        return f"{group}:{county}:{when}{sense}{size:f}"

    if not now:
        return {"none": Ask((wish(year, ">=", Decimal(1)),))}
    asks = {
        "here": Ask(without=(f"{group}:{county}:{year}",)),
        "more": Ask((wish(year, ">=", now + 1),)),
        "less": Ask((wish(year, "<=", max(now - 1, ZERO)),)),
    }
    if year - 1 in plan.open_years:
        asks["earlier"] = Ask((wish(year - 1, ">=", at(year - 1) + now),))
    if year + 1 in plan.open_years:
        asks["later"] = Ask((wish(year, "<=", ZERO), wish(year + 1, ">=", at(year + 1) + now)))
    return asks


def project(figures: Figures, plan: Plan, of: ProjectYears) -> Figure:
    """When a project is opened, or that it is not built."""
    last = figures.last
    asks: dict[str, Ask] = {}
    begun = plan.projects[of.project].started is not None
    if of.opens is None:
        asks["unbuilt"] = Ask((f"project:{of.project}:{last}",))
    elif not begun:
        asks["built"] = Ask(without=(f"project:{of.project}",))
        if of.opens - 1 in plan.open_years:
            asks["sooner"] = Ask((f"project:{of.project}:{of.opens - 1}",))
        if of.opens in plan.open_years:
            asks["put-off"] = Ask((f"project:{of.project}>{of.opens}",))
    name = say(
        "cell-project" if of.opens is not None else "cell-project-none", project=of.name, year=year_name(of.opens or last)
    ).words
    paid = [
        say("price-paid", year=year_name(year), amount=amount(due), currency=figures.currency).words
        for year, due in of.paid
        if due
    ]
    tables = ("projects", "project_needs", "project_links")
    rows = [
        row for row in origins.rows_of(figures, *tables) if of.project in {row.values.get("project"), row.values.get("other")}
    ]
    return Figure(name, asks, tuple(paid), tuple(rows))


def gap(figures: Figures, of: Gap) -> Figure:
    """What a county lacks of a standard at the end of a year; teams below their least staff can only be looked at."""
    standard = of.standard
    items = figures.members[figures.standard_groups[standard]] if standard else set[str]()
    asks = {} if not standard else {
        "missing": Ask(missing=f"standard:{standard}:{of.county}:{of.year}"),
        "met": Ask((f"standard:{standard}:{of.county}:{of.year}",)),
    }  # fmt: skip
    county = figures.county_names[of.county]
    name = say("cell-gap", standard=of.name, county=county, year=year_name(of.year), quantity=quantity(of.gap)).words
    rows = [row for row in figures.tables["standards"] if row["standard"] == standard and row["county"] in {None, of.county}]
    return Figure(name, asks, (), (*rows, *_rows_of_year(figures, items, [of.county], of.year)))


def target(figures: Figures, row: Row, short: Decimal) -> Figure:
    """Whether a target is reached."""
    name = row["target"]
    asks = {"missing": Ask(missing=f"target:{name}"), "met": Ask((f"target:{name}>={row['total']:f}",))} if short else {}
    counties = [row["county"]] if row["county"] else list(figures.counties)
    years = [year for year in figures.open_years if counts_in(row, year)]
    rows = _rows_of_year(figures, figures.members[row["group"]], counties, years[-1] if years else figures.last)
    return Figure(
        called(figures.tables)["target"][name],
        asks,
        (),
        (row, *(each for each in rows if each.key != row.key or each.table.name != "targets")),
    )


def _rows_of_year(figures: Figures, items: Collection[str], counties: Collection[str], year: int) -> list[Row]:
    """The rows that bear on a figure, but for prices that are told by themselves and what holds in other years."""
    rows = origins.rows_behind_items(figures, items, counties)
    latest: dict[tuple[str, str], int] = {}  # the row of a standard that is in force
    for row in rows:
        if row.table.name == "standards" and row["from_year"] <= year:
            latest[row["standard"], row["county"]] = max(row["from_year"], latest.get((row["standard"], row["county"]), 0))
    return [
        row
        for row in rows
        if row.table.name != "costs"
        and row.values.get("year") in {None, year}
        and (row.table.name != "standards" or latest.get((row["standard"], row["county"])) == row["from_year"])
    ]


def _prices(figures: Figures, items: Collection[str], counties: Collection[str], year: int) -> list[str]:
    """What each kind costs there, with the row of the price."""
    said = []
    for item in items:
        places = [county for county in counties if figures.x(item, county, year)]
        number = sum((figures.x(item, county, year) for county in places), ZERO)
        for county in places[:1]:
            price, row = figures.prices.of(item, county, year), figures.prices.row_of(item, county, year)
            if row is not None:
                cost = sum((figures.x(item, c, year) * from_yuan(figures.prices.of(item, c, year).unit) for c in places), ZERO)
                source = figures.source_words(row)
                words = {
                    "item": figures.item_names[item], "quantity": quantity(number), "unit": amount(from_yuan(price.unit)),
                    "cost": amount(cost), "annual": amount(from_yuan(price.annual)), "currency": figures.currency,
                    "place": row_place(row), "source": in_brackets(origins.basis_label(row), source),
                }  # fmt: skip
                said.append(say("price-line", **words).words)
    return said


def row_place(row: Row) -> str:
    """Where a row stands: its table, and its number there."""
    return say("row-place", table=table_label(row.table), row=row.number or "–").words
