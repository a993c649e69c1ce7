"""The plan as the rules see it: the sets and parameters of model.md §2, immutable, in exact numbers.

A :class:`Plan` is made from checked tables and is what users hold: ``optplan.read_plan("inputs/shuozhou")``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import floor
from pathlib import Path
from typing import Any

from optplan.plan.checks import check
from optplan.plan.prices import PriceList
from optplan.schedule import in_yuan
from optplan.tables import read_tables, tables_from
from optplan.tables.content import Tables
from optplan.tables.findings import Finding, PlanError


@dataclass(frozen=True)
class Item:
    """Something that is delivered. ``kind``: ``goods``, ``staff`` (as hires of teams) or ``project`` (as openings)."""

    item: str
    whole: bool
    kind: str
    service_life: int | None = None  # years for which a unit stands; None: beyond the plan
    lead_years: int = 0  # from order to delivery


@dataclass(frozen=True)
class Target:
    """Σ x of ``items`` in ``counties`` from ``from_year`` up to ``by_year`` should reach ``total``."""

    target: str
    items: tuple[str, ...]
    counties: tuple[str, ...]
    from_year: int
    by_year: int
    total: Fraction
    exact: bool
    weight: Fraction


@dataclass(frozen=True)
class Requirement:
    """A standard as it stands in one county and year.

    ``base``: what the share that is missing is measured against: what a row in force requires; where that is nothing, all that
    projects of the county would add, from the first year in which one of them could be open; 0 where the gap enters no sum.
    """

    standard: str
    items: tuple[str, ...]
    county: str
    year: int
    required: Fraction
    weight: Fraction
    base: Fraction

    @property
    def counts(self) -> bool:
        """Whether its gap enters the criteria."""
        return self.base > 0


@dataclass(frozen=True)
class Limit:
    """min ≤ Σ x of ``items`` over ``counties`` and ``years`` ≤ max."""

    limit: str
    items: tuple[str, ...]
    counties: tuple[str, ...]
    years: tuple[int, ...]
    minimum: Fraction | None
    maximum: Fraction | None


@dataclass(frozen=True)
class Mix:
    """min_share·W ≤ A ≤ max_share·W for the deliveries A of ``part`` and W of ``whole`` in a scope.

    ``standing``: for what stands of them instead, in each of the ``years``.
    """

    mix: str
    part: tuple[str, ...]
    whole: tuple[str, ...]
    counties: tuple[str, ...]
    years: tuple[int, ...]
    min_share: Fraction | None
    max_share: Fraction | None
    standing: bool


@dataclass(frozen=True)
class Team:
    """A station or squad that hires; ``project`` is the one that opens it, ``None`` where it stands already.

    ``losses``: (year, how many) of those who leave at the beginning of a year.
    """

    team: str
    county: str
    item: str
    staff: int
    min_staff: int
    max_staff: int
    project: str | None
    losses: tuple[tuple[int, int], ...] = ()

    def lost(self, year: int) -> int:
        """How many have left by ``year``."""
        return sum(number for at, number in self.losses if at <= year)


@dataclass(frozen=True)
class Link:
    """What ties project ``project`` to ``other``: ``after`` (it opens ``lag`` years later at the earliest), ``together`` or
    ``exclusive``."""

    project: str
    other: str
    kind: str
    lag: int


@dataclass(frozen=True)
class Project:
    """Something that is started, built and opened, once at most. ``openings``: the years in which it may open."""

    project: str
    county: str
    item: str
    build_years: int
    openings: tuple[int, ...]
    mandatory: bool
    started: int | None  # the closed year in which it was started


@dataclass(frozen=True)
class Fund:
    """A purse: of each county (``pool`` false), or one for all of them. Shares and rates as in model.md §3.7."""

    fund: str
    pool: bool
    pays: tuple[str, ...]
    carry_share: Fraction
    county_cap_share: Fraction | None
    support_floor: Fraction
    match_rate: Fraction
    match_rate_supported: Fraction
    carry_years: int | None = 1  # for how many years money of a year may be kept; None: for good
    repay_years: int | None = None  # of a loan: in how many years after it is spent it is paid back
    interest: Fraction = Fraction(0)
    order: int | None = None

    @property
    def annuity(self) -> Fraction:
        """r/(1 − (1+r)^−n), what a unit of a loan costs in each of the n years after it is spent; 1/n where r = 0."""
        assert self.repay_years
        rate, years = self.interest, self.repay_years
        return rate / (1 - (1 + rate) ** -years) if rate else Fraction(1, years)


@dataclass(frozen=True)
class Use:
    """What a fund may pay for: the ``classes`` of the ``purposes``, and what share of their cost in a county and year."""

    fund: str
    purposes: frozenset[str]
    classes: tuple[str, ...]
    min_share: Fraction | None
    max_share: Fraction | None


class Plan:
    """A checked plan. Symbols of model.md: Y ``years``, O ``open_years``, C ``counties``, I ``items``, K ``teams``,
    P ``projects``, F ``funds``. Ids are sorted, so that neither the order of rows nor of counties ever changes an answer.

    Money is in whole yuan, quantities and shares are fractions. ``findings`` keeps the warnings of the checks.
    """

    def __init__(self, tables: Tables, findings: Sequence[Finding] = ()) -> None:
        self.tables = tables
        self.findings = tuple(findings)
        self.title: str = tables.setting("title")
        self.first_year: int = tables.setting("first_year")
        self.last_year: int = tables.setting("last_year")
        self.closed_through: int = tables.setting("closed_through") or self.first_year - 1
        self.discount_rate = Fraction(tables.setting("discount_rate"))
        self.staffing_weight = Fraction(tables.setting("staffing_weight"))
        self.years = tuple(range(self.first_year, self.last_year + 1))
        self.open_years = tuple(y for y in self.years if y > self.closed_through)
        self.closed_years = tuple(y for y in self.years if y <= self.closed_through)
        self.counties = tuple(sorted(row["county"] for row in tables["counties"]))
        self.risk_weight = {row["county"]: Fraction(row["risk_weight"]) for row in tables["counties"]}
        self.supported = {row["county"]: bool(row["supported"]) for row in tables["counties"]}
        self.items = {
            row["item"]: Item(row["item"], row["whole"], row["kind"], row["service_life"], row["lead_years"])
            for row in sorted(tables["items"], key=lambda row: row["item"])
        }
        self.prices = PriceList(tables)

    @property
    def sha256(self) -> str:
        """The hash of the plan's content; a folder and a workbook with the same content agree."""
        return self.tables.sha256

    def with_changes(self, changes: Mapping[str, Any]) -> Plan:
        """A new plan in which each table named in ``changes`` is replaced by the given rows; this plan is untouched.

        ``changes`` maps table names to a DataFrame or a list of dicts with the columns of model.md §1.
        Raises :class:`PlanError` with findings that name the row and column.
        """
        return _checked(*tables_from(changes, self.tables))

    # -- sets ---------------------------------------------------------------------------------------------------------

    @cached_property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """The items of each group; every item is also a group of one."""
        members: dict[str, set[str]] = {item: {item} for item in self.items}
        for row in self.tables["groups"]:
            members.setdefault(row["group"], set()).add(row["item"])
        return {group: tuple(sorted(items)) for group, items in members.items()}

    def _scope_counties(self, county: str | None) -> tuple[str, ...]:
        return self.counties if county is None else (county,)

    def _scope_years(self, year: int | None) -> tuple[int, ...]:
        return self.years if year is None else (year,)

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """The targets of the plan, by id."""
        return tuple(
            Target(
                row["target"],
                self.groups[row["group"]],
                self._scope_counties(row["county"]),
                row["from_year"] or self.first_year,
                row["by_year"],
                Fraction(row["total"]),
                row["sense"] == "exact",
                Fraction(row["weight"]),
            )
            for row in sorted(self.tables["targets"], key=lambda row: row["target"])
        )

    @cached_property
    def limits(self) -> tuple[Limit, ...]:
        """Capacities, ceilings and pins, by id."""
        return tuple(
            Limit(
                row["limit"],
                self.groups[row["group"]],
                self._scope_counties(row["county"]),
                self._scope_years(row["year"]),
                None if row["min"] is None else Fraction(row["min"]),
                None if row["max"] is None else Fraction(row["max"]),
            )
            for row in sorted(self.tables["limits"], key=lambda row: row["limit"])
        )

    @cached_property
    def mixes(self) -> tuple[Mix, ...]:
        """Shares of one group in another, by id."""
        return tuple(
            Mix(
                row["mix"],
                self.groups[row["part"]],
                self.groups[row["whole"]],
                self._scope_counties(row["county"]),
                self.open_years if row["of"] == "stock" and row["year"] is None else self._scope_years(row["year"]),
                None if row["min_share"] is None else Fraction(row["min_share"]),
                None if row["max_share"] is None else Fraction(row["max_share"]),
                row["of"] == "stock",
            )
            for row in sorted(self.tables["mix"], key=lambda row: row["mix"])
        )

    @cached_property
    def teams(self) -> Mapping[str, Team]:
        """The teams, by id."""
        losses: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for row in sorted(self.tables["losses"], key=lambda row: row["year"]):
            losses[row["team"]].append((row["year"], row["quantity"]))
        return {
            row["team"]: Team(
                row["team"],
                row["county"],
                row["item"],
                row["staff"],
                row["min_staff"],
                max(row["max_staff"], row["staff"]),
                row["project"],
                tuple(losses.get(row["team"], ())),
            )
            for row in sorted(self.tables["teams"], key=lambda row: row["team"])
        }

    @cached_property
    def projects(self) -> Mapping[str, Project]:
        """The projects, by id."""
        found = {}
        for row in sorted(self.tables["projects"], key=lambda row: row["project"]):
            started = self._starts.get(row["project"])
            build_years = row["build_years"]
            earliest = max(row["earliest_start"] or self.first_year, self.closed_through + 1) + build_years
            latest = min(row["latest_opening"] or self.last_year, self.last_year)
            openings = range(earliest, latest + 1) if started is None else range(started + build_years, started + build_years + 1)
            found[row["project"]] = Project(
                row["project"],
                row["county"],
                row["item"],
                build_years,
                tuple(year for year in openings if year in self.years),
                row["mandatory"],
                started,
            )
        return found

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """What ties projects to each other, by their ids."""
        return tuple(
            Link(row["project"], row["other"], row["kind"], row["lag"])
            for row in sorted(self.tables["project_links"], key=lambda row: row.key)
        )

    @cached_property
    def funds(self) -> Mapping[str, Fund]:
        """The funds, by id."""
        found = {}
        for row in sorted(self.tables["funds"], key=lambda row: row["fund"]):
            cap, match = row["county_cap_share"], Fraction(row["match_rate"])
            found[row["fund"]] = Fund(
                row["fund"],
                row["level"] == "pool",
                ("capital", "recurrent") if row["pays"] == "both" else (row["pays"],),
                Fraction(row["carry_share"]),
                None if cap is None else Fraction(cap),
                Fraction(row["support_floor"]),
                match,
                match if row["match_rate_supported"] is None else Fraction(row["match_rate_supported"]),
                None if row["carry_years"] == "all" else int(row["carry_years"]),
                row["repay_years"],
                Fraction(row["interest"]),
                row["order"],
            )
        return found

    @cached_property
    def loans(self) -> tuple[Fund, ...]:
        """The funds whose money is paid back by the county that spent it."""
        return tuple(fund for fund in self.funds.values() if fund.repay_years)

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """In which order the funds pay, where nothing else decides: by ``order``, those without one after all others."""
        last = max((fund.order for fund in self.funds.values() if fund.order is not None), default=0) + 1
        return {name: last if fund.order is None else fund.order for name, fund in self.funds.items()}

    # -- purposes of money --------------------------------------------------------------------------------------------

    @cached_property
    def _named(self) -> Mapping[str, tuple[frozenset[str], str | None]]:
        """What the rows of ``fund_uses`` name, groups and projects: the items, or the project."""
        found: dict[str, tuple[frozenset[str], str | None]] = {}
        for row in self.tables["fund_uses"]:
            if row["project"] is not None:
                found[f"project:{row['project']}"] = (frozenset(), row["project"])
            else:
                found[row["group"]] = (frozenset(self.groups[row["group"]]), None)
        return found

    @cached_property
    def purpose_of_item(self) -> Mapping[str, str]:
        """The purpose of what is spent on an item: all that names it, so that what no row tells apart has one purpose."""
        return {i: "+".join(name for name in sorted(self._named) if i in self._named[name][0]) for i in self.items}

    @cached_property
    def purpose_of_project(self) -> Mapping[str, str]:
        """The purpose of what is spent on a project."""
        return {
            p: "+".join(name for name in sorted(self._named) if project.item in self._named[name][0] or p == self._named[name][1])
            for p, project in self.projects.items()
        }

    @cached_property
    def purposes(self) -> tuple[str, ...]:
        """The purposes π that money is told apart by; one, blank, where nothing is told apart.

        What no row names has the blank purpose, and so has what loans cost.
        """
        served = {*self.purpose_of_item.values(), *self.purpose_of_project.values()}
        served |= {""} if self.loans or not served else set()
        return tuple(sorted(served)) if len(served) > 1 else ("",)

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """What the funds with a purpose may pay for, by fund."""
        only = len(self.purposes) == 1
        found = []
        for row in sorted(self.tables["fund_uses"], key=lambda row: tuple(part or "" for part in row.key)):
            name = row["group"] if row["project"] is None else f"project:{row['project']}"
            served = {*self.purpose_of_item.values(), *self.purpose_of_project.values()}
            named = {""} if only else {purpose for purpose in served if name in purpose.split("+")}
            found.append(
                Use(
                    row["fund"],
                    frozenset(named),
                    ("capital", "recurrent") if row["class"] is None else (row["class"],),
                    None if row["min_share"] is None else Fraction(row["min_share"]),
                    None if row["max_share"] is None else Fraction(row["max_share"]),
                )
            )
        return tuple(found)

    def may_pay(self, fund: str, spending_class: str, purpose: str) -> bool:
        """Whether a fund may pay a class of spending for a purpose."""
        mine = [use for use in self.uses if use.fund == fund]
        return spending_class in self.funds[fund].pays and (
            not mine or any(purpose in use.purposes and spending_class in use.classes for use in mine)
        )

    @property
    def pools(self) -> tuple[Fund, ...]:
        """The funds that all counties share."""
        return tuple(fund for fund in self.funds.values() if fund.pool)

    @property
    def county_funds(self) -> tuple[Fund, ...]:
        """The funds that each county has for itself."""
        return tuple(fund for fund in self.funds.values() if not fund.pool)

    # -- parameters ---------------------------------------------------------------------------------------------------

    @cached_property
    def _budgets(self) -> Mapping[tuple[str, str | None, int], int]:
        return {(row["fund"], row["county"], row["year"]): in_yuan(row["amount"]) for row in self.tables["budgets"]}

    def amount(self, fund: Fund, county: str, year: int) -> int:
        """amount[f,c,y] in yuan; for a pool the same whatever the county."""
        return self._budgets.get((fund.fund, None if fund.pool else county, year), 0)

    def carry_cap(self, fund: Fund, county: str, year: int) -> int:
        """The most, in whole yuan, that may be carried out of ``year``; nothing out of the last year.

        carry_share·Σ of the amounts of the last carry_years open years up to it; of all of them where money is kept for good.
        """
        if year == self.last_year:
            return 0
        kept = [y for y in self.open_years if y <= year and (fund.carry_years is None or y > year - fund.carry_years)]
        return floor(fund.carry_share * sum(self.amount(fund, county, y) for y in kept))

    @cached_property
    def revenue_growth(self) -> Mapping[tuple[str, int], Fraction]:
        """rate[c,y] of the growth table."""
        return {(row["county"], row["year"]): Fraction(row["rate"]) for row in self.tables["growth"]}

    def operating_budget(self, county: str, year: int) -> int:
        """A[c,y], yuan: what the county's own funds that pay recurrent costs give in ``year``."""
        return sum(self.amount(fund, county, year) for fund in self.county_funds if "recurrent" in fund.pays)

    def match_rate(self, pool: Fund, county: str) -> Fraction:
        """What a county must spend of its own for each unit of the pool's money."""
        return pool.match_rate_supported if self.supported[county] else pool.match_rate

    def standing(self, items: Iterable[str], county: str, year: int) -> Fraction:
        """What of the starting stock of ``items`` still stands in ``year``."""
        return sum(
            (quantity for item in items for quantity, last in self._stock[item, county] if last is None or year <= last),
            Fraction(0),
        )

    @cached_property
    def _stock(self) -> Mapping[tuple[str, str], list[tuple[Fraction, int | None]]]:
        stock: dict[tuple[str, str], list[tuple[Fraction, int | None]]] = defaultdict(list)
        for row in self.tables["stock"]:
            stock[row["item"], row["county"]].append((Fraction(row["quantity"]), row["retires_after"]))
        return stock

    @cached_property
    def project_needs(self) -> Mapping[tuple[str, str], list[tuple[str, Fraction]]]:
        """(project, quantity) of what opened projects add to a standard of their county, by (standard, county)."""
        needs: dict[tuple[str, str], list[tuple[str, Fraction]]] = defaultdict(list)
        for row in sorted(self.tables["project_needs"], key=lambda row: row["project"]):
            county = self.projects[row["project"]].county
            needs[row["standard"], county].append((row["project"], Fraction(row["quantity"])))
        return needs

    @cached_property
    def hard_needs(self) -> Mapping[tuple[str, str], list[tuple[str, Fraction]]]:
        """(project, quantity) of what must stand before a project may open, by (standard, county)."""
        hard = {(row["standard"], row["project"]) for row in self.tables["project_needs"] if row["hard"]}
        found = {
            (standard, county): [need for need in needs if (standard, need[0]) in hard]
            for (standard, county), needs in self.project_needs.items()
        }
        return {key: needs for key, needs in sorted(found.items()) if needs}

    @cached_property
    def standard_items(self) -> Mapping[str, tuple[str, ...]]:
        """The items of the group that each standard is about."""
        return {row["standard"]: self.groups[row["group"]] for row in self.tables["standards"]}

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        """Every standard that asks something, by standard, county and year: by a row in force, or by a project."""
        steps: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for row in self.tables["standards"]:
            steps[row["standard"], row["county"]].append(row)
        found = []
        for standard, county in sorted(set(steps) | set(self.project_needs)):
            for year in self.years:
                rows = [row for row in steps[standard, county] if row["from_year"] <= year]
                force = max(rows, key=lambda row: row["from_year"], default=None)
                if force is None and (standard, county) not in self.project_needs:
                    continue
                required = Fraction(force["required"]) if force else Fraction(0)
                found.append(
                    Requirement(
                        standard,
                        self.standard_items[standard],
                        county,
                        year,
                        required,
                        Fraction(force["weight"]) if force else Fraction(1),
                        required or self._needed(standard, county, year),
                    )
                )
        return tuple(found)

    def _needed(self, standard: str, county: str, year: int) -> Fraction:
        """What all projects of the county would add to a standard, once one of them could be open; 0 before."""
        needs = self.project_needs.get((standard, county), [])
        openings = [self.projects[p].openings[0] for p, _ in needs if self.projects[p].openings]
        return sum((quantity for _, quantity in needs), Fraction(0)) if openings and min(openings) <= year else Fraction(0)

    # -- closed years -------------------------------------------------------------------------------------------------

    @cached_property
    def _starts(self) -> Mapping[str, int]:
        return {row["project"]: row["year"] for row in self.tables["actuals"] if row["project"]}

    def too_early_to_order(self, item: str, year: int) -> bool:
        """Whether an order of the first open year would come after ``year``, so that only what was ordered before can come."""
        return bool(self.open_years) and self.closed_through < year < self.open_years[0] + self.items[item].lead_years

    def delivered(self, item: str, county: str, year: int) -> Decimal:
        """What of goods was really delivered in a closed year, or is due in an open one from an order given before."""
        return self._goods_delivered.get((item, county, year), Decimal(0))

    @cached_property
    def _goods_delivered(self) -> Mapping[tuple[str, str, int], Decimal]:
        done: dict[tuple[str, str, int], Decimal] = defaultdict(Decimal)
        for row in self.tables["actuals"]:
            if not row["project"] and not row["team"]:
                done[row["item"], row["county"], row["year"]] += row["quantity"]
        return done

    def hired(self, team: str, year: int) -> int:
        """Whom a team really hired in a closed year."""
        return self._hired.get((team, year), 0)

    @cached_property
    def _hired(self) -> Mapping[tuple[str, int], int]:
        return {(row["team"], row["year"]): int(row["quantity"]) for row in self.tables["actuals"] if row["team"]}


def read_plan(path: str | Path) -> Plan:
    """The plan in a folder of CSV files or an ``.xlsx`` workbook, read and checked.

    Raises :class:`PlanError` with every finding if the plan is not valid; warnings are kept in ``plan.findings``.
    """
    return _checked(*read_tables(path))


def _checked(tables: Tables, findings: Sequence[Finding]) -> Plan:
    findings = list(findings)
    if not _broken(findings):
        findings += check(tables)
    if _broken(findings):
        raise PlanError(findings)
    return Plan(tables, findings)


def _broken(findings: Sequence[Finding]) -> bool:
    return any(finding.severity == "error" for finding in findings)
