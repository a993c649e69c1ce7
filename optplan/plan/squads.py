"""Teams that no rule can tell apart, counted together.

Two standing teams of one county that deliver the same item, have the same staff, the same band and the same year to meet it by
are interchangeable in every rule and criterion of model.md. Deciding *how many* of them meet their standard, not *which*, gives
the same optimum without the symmetry that makes branch and bound try every permutation. :func:`hires_of_teams` shares the answer
out again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from optplan.plan import Plan


@dataclass(frozen=True)
class Squad:
    """``teams`` that are alike when the open years begin; who was hired or left in closed years is counted in ``staff``.

    ``losses``: (year, how many) of those who leave in open years; a team with losses is a squad of its own.
    """

    squad: str  # the id of its first team
    teams: tuple[str, ...]
    county: str
    item: str
    staff: int
    min_staff: int
    max_staff: int
    project: str | None
    losses: tuple[tuple[int, int], ...] = ()
    meets_by: int | None = None

    @property
    def size(self) -> int:
        """How many teams it counts."""
        return len(self.teams)

    def lost(self, year: int) -> int:
        """How many have left a team by ``year`` since the open years began."""
        return sum(number for at, number in self.losses if at <= year)

    def lacking_in(self, year: int) -> int:
        """What each team must have hired by ``year`` to meet its staffing standard then."""
        return max(0, self.min_staff - self.staff + self.lost(year))

    def places_in(self, year: int) -> int:
        """What all its teams together may have hired by ``year``."""
        return self.size * (self.max_staff - self.staff + self.lost(year))

    @property
    def lacking(self) -> int:
        """What each team must hire before it meets its staffing standard to the end."""
        return max(0, self.min_staff - self.staff + sum(number for _, number in self.losses))


def squads(plan: Plan) -> tuple[Squad, ...]:
    """The teams of a plan in squads, by the id of their first team."""
    alike: dict[tuple[str, str, int, int, int, str, str, int], list[str]] = defaultdict(list)
    for team in plan.teams.values():
        hired = sum(plan.hired(team.team, year) for year in plan.closed_years)
        staff = team.staff + hired - team.lost(plan.closed_through)
        alone = team.team if team.losses else ""
        alike[
            team.county, team.item, staff, team.min_staff, team.max_staff, team.project or "", alone, team.meets_by or 0
        ].append(team.team)
    return tuple(
        Squad(
            teams[0],
            tuple(teams),
            county,
            item,
            staff,
            min_staff,
            max_staff,
            project or None,
            _losses(plan, teams[0]),
            meets_by or None,
        )
        for (county, item, staff, min_staff, max_staff, project, _, meets_by), teams in sorted(
            alike.items(), key=lambda entry: entry[1]
        )
    )


def _losses(plan: Plan, team: str) -> tuple[tuple[int, int], ...]:
    return tuple((year, number) for year, number in plan.teams[team].losses if year in plan.open_years)


def meets(plan: Plan, team: str, year: int) -> bool:
    """u[k,y] in a closed year: whether the team had its minimum staff (a project's team: and was open)."""
    facts = plan.teams[team]
    if facts.project is not None:
        project = plan.projects[facts.project]
        return project.started is not None and project.started + project.build_years <= year
    staff = facts.staff + sum(plan.hired(team, past) for past in plan.closed_years if past <= year)
    return staff - facts.lost(year) >= facts.min_staff


def hires_of_teams(plan: Plan, hired_so_far: Mapping[tuple[str, int], int]) -> dict[tuple[str, int], int]:
    """h[k,y] of every team from the hires so far of the squads, by (squad, open year).

    Teams are filled one after another, in the order of their ids: first each to its minimum, then each to its maximum, so
    that as many as possible meet their standard at every moment.
    """
    hires = {(team, year): plan.hired(team, year) for team in plan.teams for year in plan.closed_years}
    for squad in squads(plan):
        before = dict.fromkeys(squad.teams, 0)
        for year in plan.open_years:
            left = hired_so_far.get((squad.squad, year), 0)
            now = {}
            for team in squad.teams:
                now[team] = min(squad.lacking_in(year), left)
                left -= now[team]
            for team in squad.teams:
                more = min(squad.places_in(year) // squad.size - now[team], left)
                now[team] += more
                left -= more
            for team in squad.teams:
                hires[team, year] = now[team] - before[team]
            before = now
    return {key: number for key, number in hires.items() if number}
