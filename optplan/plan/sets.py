"""The sets of a plan (model.md §2): years, counties, items and their groups, projects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from optplan.plan.parts import Item, Link, Project
from optplan.plan.prices import PriceList
from optplan.tables.content import Tables
from optplan.tables.findings import Finding
from optplan.tables.names import group_members


class Sets:
    """The sets that all else in a plan is indexed by. Ids are sorted, so that the order of rows never changes an answer."""

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

    @cached_property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """The items of each group; every item is also a group of one."""
        return {group: tuple(sorted(items)) for group, items in group_members(self.tables).items()}

    def _scope_counties(self, county: str | None) -> tuple[str, ...]:
        return self.counties if county is None else (county,)

    def _scope_years(self, year: int | None) -> tuple[int, ...]:
        return self.years if year is None else (year,)

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
    def _starts(self) -> Mapping[str, int]:
        return {row["project"]: row["year"] for row in self.tables["actuals"] if row["project"]}
