"""Why a target is missed or a standard not met, as far as the figures themselves tell.

Only what can be seen is said: a limit that is used up, a total that is already reached, teams that are full, money that is
gone. Where none of these is seen, that is said too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from optplan.figures.figures import ZERO, Figures
from optplan.language import sentences_of
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
        reasons = self._limits(items, counties, years)
        reasons += self._staff_full(items, counties)
        reasons += self._projects_not_built(items, counties)
        return self._joined(reasons + self._money(items, counties, years))

    def of_gap(self, standard: str, county: str) -> str:
        """Why a standard is not met in the last year."""
        figures = self.figures
        items = figures.members[figures.standard_groups[standard]]
        reasons = self._limits(items, [county], list(figures.open_years)) + self._totals_reached(items, county)
        reasons += self._staff_full(items, [county])
        return self._joined(reasons + self._money(items, [county], list(figures.open_years)))

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
            reasons += self._limits(items, [county], list(figures.open_years)) + self._totals_reached(items, county)
            reasons += self._money(items, [county], list(figures.open_years))
        return self._joined(reasons)

    def _joined(self, reasons: list[str]) -> str:
        return say("reason-separator").join(dict.fromkeys(reasons)) or say("reason-several")

    # -- what can be seen ----------------------------------------------------------------------------------------------

    def _limits(self, items: set[str], counties: list[str], years: list[int]) -> list[str]:
        """Limits that leave no room for one more unit; those over some of the items only if together they are over all."""
        whole: list[Row] = []
        partial: list[Row] = []
        covered: set[str] = set()
        used_up = sorted(entry for county in (None, *counties) for entry in self._used_up[county])
        for row, members in (self._limit(number) for number in used_up):
            if members & items and (not row["year"] or row["year"] in years):
                (whole if members >= items else partial).append(row)
                covered |= members & items
        return self._limits_in_words(whole + (partial if covered == items else []))

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
        found, years = [], defaultdict(list)
        for row in rows:
            name = self.figures.group_names.get(row["group"], row["group"])
            if row["year"]:
                years[row["kind"], name].append(row["year"])
            else:
                found.append(say(f"reason-limit-{row['kind']}", group=name, most=exact(row["max"])))
        for (kind, name), used_up in years.items():
            shown = say("list-comma").join(str(year) for year in sorted(used_up))
            found.append(say(f"reason-yearly-limit-{kind}", group=name, years=shown))
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
        unbuilt = [row["name"] for row in rows if row["project"] not in self.figures.starts]
        return [say("reason-unbuilt", projects=say("list-comma").join(unbuilt))] if unbuilt else []

    def _money(self, items: set[str], counties: list[str], years: list[int]) -> list[str]:
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
        return [say("reason-money", years=say("list-comma").join(map(str, short)))] if short else []

    def _left(self, county: str, year: int) -> Decimal:
        """What a county could still spend in a year: what is left of its own funds and of the pools."""
        figures = self.figures
        holders = [(fund["fund"], county) for fund in figures.own_funds(county)] + [(fund["fund"], "") for fund in figures.pools]
        return sum((figures.left(fund, holder, year) for fund, holder in holders), ZERO)
