"""Why a target is missed or a standard not met, as far as the figures themselves tell.

Only what can be seen is said, and only what suffices: a limit that is used up, a total that is already reached, teams that are
full; else what stands in the way of every single year, a yearly limit in some and money that is gone in the others. What holds in
some years alone is no reason, since the other years would have done. Where nothing suffices by itself, that is said too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from optplan.figures.figures import ZERO, Figures
from optplan.language import sentences_of, year_name
from optplan.language.lists import clauses, listed
from optplan.language.numbers import exact
from optplan.schedule import from_yuan
from optplan.tables.scopes import counts_in

if TYPE_CHECKING:
    from optplan.tables.content import Row

say = sentences_of("workbook")
Cell = tuple[str, str]  # an item in a county
Limit = tuple["Row", set[Cell]]  # and the cells of those asked about that it limits


class Reasons:
    """Reads reasons off a plan's figures."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures

    def of_target(self, target: Row) -> str:
        """Why a target falls short."""
        figures = self.figures
        items = figures.members[target["group"]]
        counties = [target["county"]] if target["county"] else list(figures.counties)
        years = [year for year in figures.open_years if counts_in(target, year)]
        lasting = self._lasting(items, counties) + self._staff_full(items, counties)
        return self._joined(lasting + self._projects_not_built(items, counties) or self._yearly(items, counties, years))

    def of_gap(self, standard: str, county: str) -> str:
        """Why a standard is not met in the last year."""
        items, years = self.figures.members[self.figures.standard_groups[standard]], list(self.figures.open_years)
        lasting = self._lasting(items, [county]) + self._totals_reached(items, county) + self._staff_full(items, [county])
        return self._joined(lasting or self._yearly(items, [county], years))

    def of_staffing(self, county: str) -> str:
        """Why teams are below their least staff in the last year."""
        figures = self.figures
        lacking = [team for team in figures.teams[county] if not figures.meets(team["team"], figures.last)]
        items = {team["item"] for team in lacking}
        unbuilt = [
            team for team in lacking if team["project"] and figures.openings.get(team["project"], figures.last + 1) > figures.last
        ]
        reasons = [say("reason-teams-unbuilt", number=len(unbuilt))] if unbuilt else []
        if len(unbuilt) < len(lacking):
            lasting = self._lasting(items, [county]) + self._totals_reached(items, county)
            reasons += lasting or self._yearly(items, [county], list(figures.open_years))
        return self._joined(reasons)

    def _joined(self, reasons: list[str]) -> str:
        return clauses(dict.fromkeys(reasons)) or say("reason-several")

    # -- what can be seen ----------------------------------------------------------------------------------------------

    def _lasting(self, items: set[str], counties: list[str]) -> list[str]:
        """Limits over all years that leave no room for one more unit of any of the items."""
        limits = [(row, cells) for row, cells in self._limits(items, counties) if not row["year"]]
        return self._limits_in_words(_blocking(limits, set(product(items, counties))))

    def _yearly(self, items: set[str], counties: list[str], years: list[int]) -> list[str]:
        """What stands in the way in every year, be it another thing in each; nothing if some year is free."""
        limits, every = self._limits(items, counties), set(product(items, counties))
        found: list[Row] = []
        short: list[int] = []
        for year in years:
            within = [(row, cells) for row, cells in limits if row["year"] in {None, year}]
            if blocking := _blocking(within, every):
                found += blocking
                continue
            free = every.difference(*(cells for _, cells in within))
            if not self._without_money(free, year):
                return []
            short.append(year)
            found += [row for row, _ in within]
        rows = {id(row): row for row in found if row["max"] or not short}  # where nothing may be had no money would help
        said = self._limits_in_words(list(rows.values()))
        return said + ([say("reason-money", years=listed(map(year_name, short)))] if short else [])

    def _limits(self, items: set[str], counties: list[str]) -> list[Limit]:
        """Limits that leave no room for one more unit of some of the items there, in the order of the table."""
        used_up = sorted(entry for county in (None, *counties) for entry in self._used_up[county])
        found = []
        for row in (self.figures.tables["limits"][number] for number in used_up):
            cells = set(product(self.figures.members[row["group"]] & items, [row["county"]] if row["county"] else counties))
            if cells:
                found.append((row, cells))
        return found

    @cached_property
    def _used_up(self) -> Mapping[str | None, list[int]]:
        """The limits that leave no room for one more unit, as numbers of their rows, by the county they speak of."""
        figures, found = self.figures, defaultdict[str | None, list[int]](list)
        for number, row in enumerate(figures.tables["limits"]):
            members = figures.members[row["group"]]
            where = [row["county"]] if row["county"] else figures.counties
            when = [row["year"]] if row["year"] else figures.years
            used = sum((figures.x(i, c, y) for i in members for c in where for y in when), ZERO)
            if row["max"] is not None and used > row["max"] - 1:
                found[row["county"]].append(number)
        return found

    def _limits_in_words(self, rows: list[Row]) -> list[str]:
        """Each limit once, with the counties and years in which it is used up."""
        figures, found = self.figures, []
        alike: dict[tuple[str, str, str], tuple[list[str], list[int]]] = {}
        for row in [row for row in rows if row["max"]] or rows:  # where something may be had at all
            name = figures.group_names.get(row["group"], row["group"])
            most = "" if row["year"] else exact(row["max"])
            counties, years = alike.setdefault((row["kind"], name, most), ([], []))
            if row["county"] and figures.county_names[row["county"]] not in counties:
                counties.append(figures.county_names[row["county"]])
            if row["year"] and row["year"] not in years:
                years.append(row["year"])
        for (kind, name, most), (counties, years) in alike.items():
            group = say("reason-in-county", county=listed(counties), group=name) if counties else name
            shown = listed(map(year_name, sorted(years)))
            code = f"reason-yearly-limit-{kind}" if years else f"reason-limit-{kind}"
            found.append(say(code, group=group, most=most, years=shown))
        return found

    def _totals_reached(self, items: set[str], county: str) -> list[str]:
        """Exact totals that allow no more, whoever it were for."""
        figures, found = self.figures, []
        for row in figures.tables["targets"]:
            entry = figures.targets[row["target"]]
            reached = row["sense"] == "exact" and Decimal(str(entry["delivered"])) >= Decimal(str(entry["total"]))
            if reached and figures.members[row["group"]] >= items and row["county"] in {None, county}:
                name = figures.group_names.get(row["group"], row["group"])
                found.append(say("reason-total-reached", group=name, total=exact(row["total"])))
        return found

    def _staff_full(self, items: set[str], counties: list[str]) -> list[str]:
        """Teams that may take nobody more."""
        figures = self.figures
        teams = [team for county in counties for team in figures.teams.get(county, []) if team["item"] in items]
        full = [team for team in teams if figures.staff(team["team"], figures.last) >= max(team["max_staff"], team["staff"])]
        return [say("reason-teams-full")] if teams and len(full) == len(teams) else []

    def _projects_not_built(self, items: set[str], counties: list[str]) -> list[str]:
        """Projects that the plan does not build."""
        rows = [row for row in self.figures.tables["projects"] if row["item"] in items and row["county"] in counties]
        unbuilt = [self.figures.project_names[row["project"]] for row in rows if row["project"] not in self.figures.starts]
        return [say("reason-unbuilt", projects=listed(unbuilt))] if unbuilt else []

    def _without_money(self, cells: set[Cell], year: int) -> bool:
        """Whether what could still be spent of the money that could pay does not reach for one unit of any of the items there."""
        figures = self.figures
        built = {row["item"] for row in figures.tables["projects"]}
        if figures.requests_allowed or any(item in built for item, _ in cells):  # a project's price is not that of one unit
            return False
        for item, county in cells:
            price = figures.prices.of(item, county, year)
            if self._left(county, year) >= from_yuan(price.unit + price.first_year):
                return False
        return True

    def _left(self, county: str, year: int) -> Decimal:
        """What a county could still spend in a year, of its own funds and of the pools, without taking it from later years."""
        figures = self.figures
        holders = [(fund["fund"], county) for fund in figures.own_funds(county)] + [(fund["fund"], "") for fund in figures.pools]
        return sum((figures.spendable(fund, holder, year) for fund, holder in holders), ZERO)


def _blocking(limits: Sequence[Limit], cells: set[Cell]) -> list[Row]:
    """The limits that leave no room anywhere: those over all the cells, else several that cover them together."""
    over_all = [row for row, covered in limits if covered >= cells]
    return over_all or ([row for row, _ in limits] if cells <= set().union(*(covered for _, covered in limits)) else [])
