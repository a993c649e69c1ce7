"""What differs between two schedules, told as a planner would: what moves to another year or county, what is more or less."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, TypeVar

from optplan.language import current_language, text
from optplan.language.numbers import exact
from optplan.schedule import Schedule
from optplan.tables.content import Tables
from optplan.tables.names import called

At = TypeVar("At", int, str)  # a year or a county
Kind = Literal["moves", "goes", "passes", "added", "dropped", "start-moves", "start-added", "start-dropped"]


@dataclass(frozen=True)
class Change:
    """A change of a schedule. ``subject``: an item, a team or a project, as ``of`` says.

    ``moves``: ``quantity`` from ``year`` to ``to_year`` in ``county``; ``goes``: from ``county`` to ``to_county`` in ``year``;
    ``passes``: recruits of a year from one team of the county to another, ``to_subject``, which the criterion ``change`` does
    not count; ``added``, ``dropped``: more or less in ``county`` and ``year``. Starts of projects have no quantity.
    """

    kind: Kind
    of: Literal["item", "team", "project"]
    subject: str
    county: str
    year: int
    quantity: Decimal = Decimal(0)
    to_year: int | None = None
    to_county: str | None = None
    to_subject: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The change as ``--json`` prints it."""
        return {key: str(value) if isinstance(value, Decimal) else value for key, value in vars(self).items()}


def changes(tables: Tables, before: Schedule, after: Schedule) -> list[Change]:
    """What changes from ``before`` to ``after``, county by county in the order of the tables.

    A loss and a gain of one item in one county is a move between years, of one item in one year a move between counties.
    Between teams of one county they are told as such first: only what is left changes how many the county takes in.
    """
    goods = {row["item"] for row in tables["items"] if row["kind"] == "goods"}
    teams = {row["team"]: row for row in tables["teams"]}
    items: dict[tuple[str, str], dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    hires: dict[tuple[str, str], dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for sign, schedule in ((-1, before), (1, after)):
        for (i, c, y), quantity in schedule.deliveries.items():
            if i in goods:
                items[i, c][y] += sign * Decimal(quantity)
        for (k, y), number in schedule.hires.items():
            hires[k, teams[k]["county"] if k in teams else ""][y] += sign * Decimal(number)
    kinds = {k: row["item"] for k, row in teams.items()}
    found = [*_moves("item", items), *_passes(hires, kinds), *_moves("team", hires), *_starts(tables, before, after)]
    order = {row["county"]: position for position, row in enumerate(tables["counties"])}
    return sorted(found, key=lambda change: order.get(change.county, len(order)))


def sentence(change: Change, tables: Tables, language: str | None = None) -> str:
    """A change in words, such as “应县：举高消防车1辆从2024年移到2025年”."""
    language = language or current_language()
    names = called(tables, language)
    units = {row["item"]: row["unit"] or "" for row in tables["items"]}
    unit = units.get(change.subject, "") if change.of == "item" else text("changes", "people", language)
    return text(
        "changes", change.kind, language,
        county=names["county"].get(change.county, change.county),
        subject=names[change.of].get(change.subject, change.subject),
        quantity=f"{exact(change.quantity)} {unit}".strip() if language == "zh" else exact(change.quantity),
        year=change.year, to_year=change.to_year,
        to_county=names["county"].get(change.to_county or "", change.to_county or ""),
        to_subject=names[change.of].get(change.to_subject or "", change.to_subject or ""),
    )  # fmt: skip


def _moves(of: Literal["item", "team"], differences: Mapping[tuple[str, str], Mapping[int, Decimal]]) -> Iterator[Change]:
    rest: dict[tuple[str, int], dict[str, Decimal]] = defaultdict(dict)
    for (subject, county), by_year in sorted(differences.items()):
        left = dict(sorted(by_year.items()))
        for year, to_year, quantity in _matched(left):
            yield Change("moves", of, subject, county, year, quantity, to_year=to_year)
        for year, quantity in left.items():
            rest[subject, year][county] = quantity
    for (subject, year), by_county in sorted(rest.items()):
        if of == "item":
            for county, to_county, quantity in _matched(by_county):
                yield Change("goes", of, subject, county, year, quantity, to_county=to_county)
        for county, quantity in by_county.items():
            if quantity:
                yield Change("added" if quantity > 0 else "dropped", of, subject, county, year, abs(quantity))


def _passes(hires: Mapping[tuple[str, str], dict[int, Decimal]], kinds: Mapping[str, str]) -> Iterator[Change]:
    """What teams of one kind, county and year take over from each other; it is taken off ``hires``."""
    together: dict[tuple[str, str, int], dict[str, Decimal]] = defaultdict(dict)
    for (team, county), by_year in sorted(hires.items()):
        for year, number in by_year.items():
            together[county, kinds.get(team, ""), year][team] = number
    for (county, _, year), by_team in sorted(together.items()):
        for team, other, number in _matched(by_team):
            yield Change("passes", "team", team, county, year, number, to_subject=other)
        for team, number in by_team.items():
            hires[team, county][year] = number


def _matched(left: dict[At, Decimal]) -> Iterator[tuple[At, At, Decimal]]:
    """(from, to, quantity) of losses and gains, first with first; what is matched is taken off ``left``."""
    losses, gains = [at for at, value in left.items() if value < 0], [at for at, value in left.items() if value > 0]
    for lost in losses:
        for gained in gains:
            quantity = min(-left[lost], left[gained])
            if quantity:
                left[lost] += quantity
                left[gained] -= quantity
                yield lost, gained, quantity


def _starts(tables: Tables, before: Schedule, after: Schedule) -> Iterable[Change]:
    for row in tables["projects"]:
        project, county = row["project"], row["county"]
        old, new = before.starts.get(project), after.starts.get(project)
        if old == new:
            continue
        if old is None and new is not None:
            yield Change("start-added", "project", project, county, new)
        elif new is None and old is not None:
            yield Change("start-dropped", "project", project, county, old)
        elif old is not None:
            yield Change("start-moves", "project", project, county, old, to_year=new)
