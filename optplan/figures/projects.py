"""Projects and teams over the years: when each project is started and opened, and how each team is staffed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from optplan.figures.figures import Figures


@dataclass(frozen=True)
class ProjectYears:
    """A project. ``start`` and ``opens`` are ``None`` if the plan does not build it; ``paid`` are its instalments by year."""

    project: str
    name: str
    county: str
    start: int | None
    opens: int | None
    capital: Decimal
    paid: tuple[tuple[int, Decimal], ...]


@dataclass(frozen=True)
class TeamYears:
    """A team's staff at the end of each year, between what it needs and what it may have at most. ``opens``: from when on."""

    team: str
    name: str
    county: str
    kind: str
    before: int
    least: int
    most: int
    staff: tuple[int, ...]
    meets: tuple[bool, ...]
    opens: int | None


def projects(figures: Figures) -> list[ProjectYears]:
    """The projects, the first to open first; those that are not built come last."""
    found = []
    for row in figures.tables["projects"]:
        start = figures.starts.get(row["project"])
        paid: tuple[tuple[int, Decimal], ...] = ()
        if start is not None:
            years = range(start, start + len(row["spend"]))
            paid = tuple((year, figures.instalment(row["project"], start, year)) for year in years)
        opens = figures.openings.get(row["project"])
        name, county = figures.project_names[row["project"]], figures.county_names[row["county"]]
        found.append(ProjectYears(row["project"], name, county, start, opens, row["capital_cost"], paid))
    return sorted(found, key=lambda each: (each.start is None, each.opens or 0, each.start or 0, each.name))


def teams(figures: Figures, county: str | None = None) -> list[TeamYears]:
    """The teams of ``county`` (``None``: all), county by county."""
    return [
        TeamYears(
            team["team"],
            figures.team_names[team["team"]],
            figures.county_names[where],
            figures.class_name(team),
            team["staff"],
            team["min_staff"],
            max(team["max_staff"], team["staff"]),
            tuple(figures.staff(team["team"], year) for year in figures.years),
            tuple(figures.meets(team["team"], year) for year in figures.years),
            figures.openings.get(team["project"]) if team["project"] else figures.first,
        )
        for where in (figures.counties if county is None else (county,))
        for team in figures.teams.get(where, ())
    ]
