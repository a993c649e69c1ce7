"""What a sealed result says, by the symbols of model.md, ready to be laid out on sheets. Amounts in the currency unit."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import floor
from typing import TYPE_CHECKING, Any

from optplan.language import bilingual, current_language
from optplan.language.lists import in_brackets
from optplan.language.numbers import decimal_of
from optplan.plan.prices import PriceList
from optplan.schedule import from_yuan, in_yuan
from optplan.tables.declarations import CATEGORIES, SPENDING_CLASSES
from optplan.tables.names import group_members, group_names, names, title_of
from optplan.tables.units import currency_name

if TYPE_CHECKING:
    from optplan.document.document import ResultDocument
    from optplan.tables.content import Row

ZERO = Decimal(0)
MARK = re.compile(r" \[[^\[\]]*:\d+\](?= ← |$)")  # of a change; see optplan.scenarios.findings.Step


class Figures:
    """The figures of a result and the words for them, in the current language."""

    def __init__(self, result: ResultDocument) -> None:
        self.document = result.document
        self.tables = tables = result.tables()
        language = current_language()
        self.title: str = title_of(tables)
        self.currency: str = currency_name(tables)
        self.first: int = tables.setting("first_year")
        self.last: int = tables.setting("last_year")
        self.closed: int = tables.setting("closed_through") or self.first - 1
        self.years = tuple(range(self.first, self.last + 1))
        self.open_years = tuple(year for year in self.years if year > self.closed)
        self.counties = tuple(row["county"] for row in tables["counties"])
        self.county_rows = {row["county"]: row for row in tables["counties"]}
        self.county_names = names(tables, "counties", language)
        self.items = tuple(sorted(tables["items"], key=lambda row: CATEGORIES.index(row["category"])))
        self.item_names = names(tables, "items", language)
        self.fund_names = names(tables, "funds", language)
        self.team_names = names(tables, "teams", language)
        self.project_names = names(tables, "projects", language)
        self.members: Mapping[str, set[str]] = group_members(tables)
        self.group_names = group_names(tables, language)
        self.funds = tables["funds"]
        self.prices = PriceList(tables)
        self.requests_allowed = bool(self.document["model_content"]["requests"])
        self._read()

    def _read(self) -> None:
        document = self.document
        self.deliveries: dict[tuple[str, str, int], Decimal] = {
            (e["item"], e["county"], e["year"]): Decimal(str(e["quantity"])) for e in document["schedule"]
        }
        self.team_years = {(e["team"], e["year"]): e for e in document["teams"]}
        self.starts: dict[str, int] = {e["project"]: e["start"] for e in document["projects"]}
        self.openings: dict[str, int] = {e["project"]: e["opens"] for e in document["projects"]}
        self.payments: dict[tuple[str, str, int, str], Decimal] = {
            (e["fund"], e["county"], e["year"], e["class"]): Decimal(e["amount"]) for e in document["payments"]
        }
        self.requests: dict[tuple[str, int, str], Decimal] = {
            (e["county"], e["year"], e["class"]): Decimal(e["amount"]) for e in document["requests"]
        }
        self.costs: dict[tuple[str, int, str], Decimal] = {
            (e["county"], e["year"], kind): Decimal(e[kind]) for e in document["costs"] for kind in SPENDING_CLASSES
        }
        self.balances = {(e["fund"], e["county"], e["year"]): e for e in document["balances"]}
        self.gaps = {(e["standard"], e["county"], e["year"]): Decimal(str(e["gap"])) for e in document["gaps"]}
        self.targets = {e["target"]: e for e in document["targets"]}
        self.commitments = {
            (e["kind"], e["county"], e["project"], e["year"]): Decimal(e["amount"]) for e in document["commitments"]
        }

    # -- deliveries ----------------------------------------------------------------------------------------------------

    def x(self, item: str, county: str, year: int) -> Decimal:
        """x[i,c,y]."""
        return self.deliveries.get((item, county, year), ZERO)

    def hires(self, team: str, year: int) -> int:
        """h[k,y]."""
        return int(self.team_years[team, year]["hires"])

    def staff(self, team: str, year: int) -> int:
        """staff[k,y]."""
        return int(self.team_years[team, year]["staff"])

    def lost(self, team: str, year: int) -> int:
        """How many have left a team by ``year``."""
        return sum(row["quantity"] for row in self.tables["losses"] if row["team"] == team and row["year"] <= year)

    def meets(self, team: str, year: int) -> bool:
        """u[k,y]."""
        return bool(self.team_years[team, year]["meets"])

    @cached_property
    def teams(self) -> Mapping[str, list[Row]]:
        """The teams of each county."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.tables["teams"]:
            found[row["county"]].append(row)
        return found

    @cached_property
    def projects(self) -> Mapping[str, list[Row]]:
        """The projects of each county."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.tables["projects"]:
            found[row["county"]].append(row)
        return found

    @cached_property
    def amount_width(self) -> float:
        """The width, in characters, of a column that shows the largest sum of money of the plan."""
        spent = sum(self.costs.values(), ZERO)
        appropriated = sum((Decimal(entry["amount"]) for entry in self.balances.values()), ZERO)
        return max(12.5, len(f"{max(spent, appropriated):,.2f}") + 2.5)

    @cached_property
    def price_blocks(self) -> Mapping[str, str]:
        """For each county the first one that has the same prices for everything."""
        found: dict[tuple[object, ...], str] = {}
        return {
            county: found.setdefault(
                tuple(self.prices.of(item["item"], county, year) for item in self.items for year in self.years), county
            )
            for county in self.counties
        }

    # -- money ---------------------------------------------------------------------------------------------------------

    def instalment(self, project: str, start: int, year: int) -> Decimal:
        """What is paid in ``year`` for a project started in ``start``."""
        return from_yuan(sum(due for at, due in self.prices.instalments(project, start) if at == year))

    def running(self, row: Row, start: int, year: int) -> Decimal:
        """What running a project started in ``start`` costs in ``year``."""
        opening = start + row["build_years"]
        if year < opening:
            return ZERO
        price = self.prices.running(row["project"], year)
        return from_yuan(price.first_year if year == opening else price.annual)

    @cached_property
    def later_years(self) -> tuple[int, ...]:
        """Years after the plan in which some instalment could fall due."""
        latest = max((self.last + len(row["spend"]) - 1 for row in self.tables["projects"]), default=self.last)
        latest = max([latest, *(self.last + fund["repay_years"] for fund in self.loans)])
        return tuple(range(self.last + 1, latest + 1))

    def paid(self, fund: str, county: str, year: int, kind: str) -> Decimal:
        """e[f,c,y,κ]."""
        return self.payments.get((fund, county, year, kind), ZERO)

    def requested(self, county: str, year: int, kind: str) -> Decimal:
        """q[c,y,κ]."""
        return self.requests.get((county, year, kind), ZERO)

    def balance(self, fund: str, holder: str, year: int, part: str) -> Decimal:
        """A figure of a fund's account: ``amount``, ``carried_in``, ``spent``, ``carried_out`` or ``lapsed``."""
        return Decimal(self.balances[fund, holder, year][part])

    def left(self, fund: str, holder: str, year: int) -> Decimal:
        """What remains of a fund when the year has been paid for."""
        return self.balance(fund, holder, year, "carried_out") + self.balance(fund, holder, year, "lapsed")

    def spendable(self, fund: str, holder: str, year: int) -> Decimal:
        """At most how much more of a fund a year could spend while all that is paid later is paid still."""
        free = ZERO
        for later in reversed([each for each in self.open_years if each >= year]):
            carried, lapsed = (self.balance(fund, holder, later, part) for part in ("carried_out", "lapsed"))
            free = lapsed + (carried if later == self.last else min(carried, free))
        return free

    def carry_cap(self, fund: Row, holder: str, year: int) -> Decimal:
        """The most that may be carried out of ``year``, in whole yuan."""
        name, share = fund["fund"], Fraction(fund["carry_share"])
        if fund["carry_years"] == "all":
            return from_yuan(
                floor(share * self._yuan(name, holder, year, "amount") + self._yuan(name, holder, year, "carried_in"))
            )
        if year == self.last:
            return ZERO
        kept = [past for past in self.open_years if year - int(fund["carry_years"]) < past <= year]
        return from_yuan(floor(share * sum(self._yuan(name, holder, past, "amount") for past in kept)))

    def _yuan(self, fund: str, holder: str, year: int, part: str) -> int:
        return in_yuan(self.balance(fund, holder, year, part))

    @cached_property
    def loans(self) -> list[Row]:
        """The funds whose money is paid back."""
        return [fund for fund in self.funds if fund["repay_years"]]

    def repayments(self, county: str, year: int) -> list[tuple[Row, int, str]]:
        """(loan, year in which it was spent, what a unit of it costs) of what ``county`` may have to pay back in ``year``."""
        found = []
        for fund in self.loans:
            years, rate = fund["repay_years"], Fraction(fund["interest"])
            factor = rate / (1 - (1 + rate) ** -years) if rate else Fraction(1, years)
            shown = f"{decimal_of(factor):.15f}"
            found += [
                (fund, past, shown) for past in self.open_years if past < year <= past + years and fund in self.funds_of[county]
            ]
        return found

    @staticmethod
    def pays(fund: Row) -> tuple[str, ...]:
        """The classes of spending that a fund pays."""
        return SPENDING_CLASSES if fund["pays"] == "both" else (fund["pays"],)

    @cached_property
    def funds_of(self) -> Mapping[str, list[Row]]:
        """The funds that each county can draw on: its own ones that are ever given anything, and the pools."""
        given = {(fund, holder) for (fund, holder, _), entry in self.balances.items() if Decimal(entry["amount"])}
        return {
            county: [fund for fund in self.funds if fund["level"] == "pool" or (fund["fund"], county) in given]
            for county in self.counties
        }

    def own_funds(self, county: str) -> list[Row]:
        """The funds of a county itself."""
        return [fund for fund in self.funds_of[county] if fund["level"] == "county"]

    @property
    def pools(self) -> list[Row]:
        """The funds that all counties share."""
        return [fund for fund in self.funds if fund["level"] == "pool"]

    # -- standards -----------------------------------------------------------------------------------------------------

    @cached_property
    def standard_groups(self) -> dict[str, str]:
        """The group that each standard is about."""
        return {row["standard"]: row["group"] for row in self.tables["standards"]}

    @cached_property
    def standard_names(self) -> dict[str, str]:
        """What a standard is called: its group, and its id where several are about one group."""
        groups = list(self.standard_groups.values())
        called = {}
        for standard, group in self.standard_groups.items():
            name = self.group_names.get(group, group)
            called[standard] = in_brackets(name, standard) if groups.count(group) > 1 else name
        return called

    @cached_property
    def _steps(self) -> Mapping[tuple[str, str], list[Row]]:
        steps: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.tables["standards"]:
            steps[row["standard"], row["county"]].append(row)
        return steps

    def in_force(self, standard: str, county: str, year: int) -> Row | None:
        """The row of a standard that is in force."""
        begun = [row for row in self._steps.get((standard, county), ()) if row["from_year"] <= year]
        return max(begun, key=lambda row: row["from_year"], default=None)

    def needs(self, standard: str, county: str) -> list[tuple[Row, Decimal]]:
        """(project, quantity) of what projects add to a standard of their county when they open."""
        own = {row["project"]: row for row in self.projects.get(county, ())}
        rows = self.tables["project_needs"]
        return [(own[row["project"]], row["quantity"]) for row in rows if row["standard"] == standard and row["project"] in own]

    def base(self, standard: str, county: str, year: int) -> tuple[Fraction, Fraction]:
        """What the missing share of a standard is measured against, and its weight: 0 and 0 where it enters no average.

        What the row in force requires; where that is nothing, what all projects of the county would add (model.md §4).
        """
        row, needs = self.in_force(standard, county, year), self.needs(standard, county)
        weight = Fraction(1) if row is None else Fraction(row["weight"])
        if row is not None and row["required"]:
            return Fraction(row["required"]), weight
        if any(self.may_be_open(project, year) for project, _ in needs):
            return sum((Fraction(quantity) for _, quantity in needs), Fraction(0)), weight
        return Fraction(0), Fraction(0)

    def may_be_open(self, project: Row, year: int) -> bool:
        """Whether a project could be open in ``year``, by its own dates and what was started in closed years."""
        started = self._started.get(project["project"])
        earliest = max(project["earliest_start"] or self.first, self.closed + 1) if started is None else started
        latest = min(project["latest_opening"] or self.last, self.last) if started is None else self.last
        return bool(earliest + project["build_years"] <= min(year, latest))

    @cached_property
    def _started(self) -> Mapping[str, int]:
        return {row["project"]: row["year"] for row in self.tables["actuals"] if row["project"]}

    def standards_of(self, county: str) -> list[str]:
        """The standards that ask something in a county, by a row or by a project."""
        return [s for s in self.standard_groups if (s, county) in self._steps or self.needs(s, county)]

    def standing(self, standard: str, county: str, year: int) -> Decimal:
        """What of the starting stock still counts for a standard."""
        return sum((self.standing_of(i, county, year) for i in self.members[self.standard_groups[standard]]), ZERO)

    def standing_of(self, item: str, county: str, year: int) -> Decimal:
        """What of the starting stock of an item still stands."""
        return sum((quantity for quantity, last in self._stock.get((item, county), ()) if last is None or year <= last), ZERO)

    def still_standing(self, item: str, year: int) -> tuple[int, ...]:
        """The years whose deliveries of an item stand in ``year``."""
        life = self.service_life.get(item)
        return tuple(past for past in self.years if past <= year and (life is None or year < past + life))

    @cached_property
    def service_life(self) -> Mapping[str, int]:
        """The years for which a unit stands, of items for which that is said."""
        return {row["item"]: row["service_life"] for row in self.items if row["service_life"]}

    @cached_property
    def hard_needs(self) -> Mapping[tuple[str, str], list[tuple[Row, Decimal]]]:
        """(project, quantity) of what must stand before a project may open, by (standard, county)."""
        found: dict[tuple[str, str], list[tuple[Row, Decimal]]] = defaultdict(list)
        projects = {row["project"]: row for row in self.tables["projects"]}
        for row in self.tables["project_needs"]:
            if row["hard"]:
                project = projects[row["project"]]
                found[row["standard"], project["county"]].append((project, row["quantity"]))
        return found

    @cached_property
    def county_of_project(self) -> Mapping[str, str]:
        """The county of each project."""
        return {row["project"]: row["county"] for row in self.tables["projects"]}

    @cached_property
    def _stock(self) -> Mapping[tuple[str, str], list[tuple[Decimal, int | None]]]:
        stock: dict[tuple[str, str], list[tuple[Decimal, int | None]]] = defaultdict(list)
        for row in self.tables["stock"]:
            stock[row["item"], row["county"]].append((row["quantity"], row["retires_after"]))
        return stock

    def stock(self, standard: str, county: str, year: int) -> Decimal:
        """stock(g,c,y): what still stands, and what was delivered up to the year."""
        items = self.members[self.standard_groups[standard]]
        return self.standing(standard, county, year) + sum(
            (self.x(item, county, past) for item in items for past in self.still_standing(item, year)), ZERO
        )

    @staticmethod
    def class_name(team: Row) -> str:
        """What people call the class of a team."""
        return bilingual(team["class"] or "", team["class_en"])

    @staticmethod
    def source_words(row: Mapping[str, Any] | Row) -> str:
        """Where a row is from, without the marks by which changes of scenarios are found again."""
        return MARK.sub("", str(row["source"] or ""))
