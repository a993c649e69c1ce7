"""Why a target is missed or a standard not met, as far as the figures themselves tell.

Only what can be seen is said, and only what suffices: a limit that is used up, a total that is already reached, teams that are
full; else what stands in the way of every single year, a yearly limit in some and money that is gone in the others. What holds in
some years alone is no reason, since the other years would have done. Where nothing suffices by itself, that is said too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from optplan.figures.figures import ZERO, Figures
from optplan.language import sentences_of
from optplan.language.lists import clauses, listed
from optplan.language.numbers import exact
from optplan.schedule import from_yuan
from optplan.tables.scopes import counts_in

if TYPE_CHECKING:
    from optplan.tables.content import Row

say = sentences_of("workbook")


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
        rows = [(row, members) for row, members in self._limits(items, counties) if not row["year"]]
        return self._limits_in_words(_blocking(rows, items))

    def _yearly(self, items: set[str], counties: list[str], years: list[int]) -> list[str]:
        """What stands in the way in every year, be it another thing in each; nothing if some year is free."""
        limits = self._limits(items, counties)
        by_year = {year: _blocking([(row, m) for row, m in limits if row["year"] in {None, year}], items) for year in years}
        short = [year for year in self._without_money(items, counties, years) if not by_year[year]]
        if any(not rows and year not in short for year, rows in by_year.items()):
            return []
        rows = [row for rows in by_year.values() for row in rows]
        said = self._limits_in_words(list({id(row): row for row in rows}.values()))
        return said + ([say("reason-money", years=listed(map(str, short)))] if short else [])

    def _limits(self, items: set[str], counties: list[str]) -> list[tuple[Row, set[str]]]:
        """Limits over some of the items that leave no room for one more unit, in the order of the table, with their items."""
        used_up = sorted(entry for county in (None, *counties) for entry in self._used_up[county])
        return [(row, members) for row, members in map(self._limit, used_up) if members & items]

    def _limit(self, number: int) -> tuple[Row, set[str]]:
        row = self.figures.tables["limits"][number]
        return row, self.figures.members[row["group"]]

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
        for row in rows:
            name = figures.group_names.get(row["group"], row["group"])
            most = "" if row["year"] else exact(row["max"])
            counties, years = alike.setdefault((row["kind"], name, most), ([], []))
            if row["county"] and figures.county_names[row["county"]] not in counties:
                counties.append(figures.county_names[row["county"]])
            if row["year"] and row["year"] not in years:
                years.append(row["year"])
        for (kind, name, most), (counties, years) in alike.items():
            group = say("reason-in-county", county=listed(counties), group=name) if counties else name
            shown = listed(map(str, sorted(years)))
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

    def _without_money(self, items: set[str], counties: list[str], years: list[int]) -> list[int]:
        """Years in which what is left of the money that could pay does not reach for one unit of the cheapest item."""
        figures, short = self.figures, []
        built = any(row["item"] in items for row in figures.tables["projects"])
        if figures.requests_allowed or built:  # a project's price is not that of one unit in one year
            return []
        for year in years:
            prices = [figures.prices.of(item, county, year) for item in items for county in counties]
            cheapest = min((from_yuan(price.unit + price.first_year) for price in prices), default=ZERO)
            if cheapest and all(self._left(county, year) < cheapest for county in counties):
                short.append(year)
        return short

    def _left(self, county: str, year: int) -> Decimal:
        """What a county could still spend in a year: what is left of its own funds and of the pools."""
        figures = self.figures
        holders = [(fund["fund"], county) for fund in figures.own_funds(county)] + [(fund["fund"], "") for fund in figures.pools]
        return sum((figures.left(fund, holder, year) for fund, holder in holders), ZERO)


def _blocking(limits: list[tuple[Row, set[str]]], items: set[str]) -> list[Row]:
    """The limits that leave no room for any of the items: those over all of them, else several that cover them together."""
    over_all = [row for row, members in limits if members >= items]
    covered = set().union(*(members for _, members in limits)) & items
    return over_all or ([row for row, _ in limits] if covered == items else [])
