"""What the plan delivers: its programmes with their totals, and each broken down by county, kind, team or project."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from optplan.figures.figures import ZERO, Figures
from optplan.language import current_language, text
from optplan.language.lists import in_brackets
from optplan.tables.scopes import counts_in
from optplan.tables.units import unit_name

if TYPE_CHECKING:
    from optplan.tables.content import Row

PROGRAMMES: Mapping[str, tuple[str, ...]] = {
    "personnel": ("personnel",),
    "vehicle": ("vehicle",),
    "hydrant": ("hydrant",),
    "crane": ("crane",),
    "station": ("station",),
    "other": ("equipment", "other"),
}
REST = "other"


@dataclass(frozen=True)
class Programme:
    """A programme as a whole. ``by_year`` and ``delivered`` count its items up to the year of its target.

    ``total`` and ``shortfall`` are ``None`` without a target of the whole plan.
    """

    name: str
    unit: str
    items: tuple[str, ...]
    target: Row | None
    by_year: tuple[Decimal, ...]
    delivered: Decimal
    total: Decimal | None
    shortfall: Decimal | None

    @property
    def title(self) -> str:
        """What people call it."""
        return text("views", f"programme-{self.name}")

    @property
    def with_unit(self) -> str:
        """Its title, and its unit unless the title says it: “Vehicles”, “Firefighters (people)”."""
        return in_brackets(self.title, "" if self.unit in self.title.lower() else self.unit)


@dataclass(frozen=True)
class Line:
    """A line of a breakdown: what it is about and its quantity of each year."""

    key: str
    name: str
    by_year: tuple[Decimal, ...]

    @property
    def total(self) -> Decimal:
        """All years together."""
        return sum(self.by_year, ZERO)


def programmes(figures: Figures) -> list[Programme]:
    """The programmes that the plan has items of, in the order of their sheets.

    A programme with a target of the whole plan has the items that its target counts, so that all its figures add up to
    that; what else is of its categories is among the others.
    """
    found, others = list[Programme](), list[str]()
    for name, categories in PROGRAMMES.items():
        items = [row["item"] for row in figures.items if row["category"] in categories]
        target = None if name == REST else _main_target(figures, items)
        counted = [item for item in items if target is None or item in figures.members[target["group"]]]
        if name == REST:
            counted = [*others, *counted]
        others += [item for item in items if item not in counted]
        if counted:
            found.append(_programme(figures, name, tuple(counted), target))
    return found


def headlines(figures: Figures) -> list[Programme]:
    """The programmes with a target of the whole plan: what people ask of first."""
    return [each for each in programmes(figures) if each.target is not None]


def _programme(figures: Figures, name: str, items: tuple[str, ...], target: Row | None) -> Programme:
    years = figures.years if target is None else [year for year in figures.years if counts_in(target, year)]
    by_year = tuple(
        sum((figures.x(item, county, year) for item in items for county in figures.counties), ZERO) if year in years else ZERO
        for year in figures.years
    )
    entry = figures.targets[target["target"]] if target is not None else None
    return Programme(
        name,
        unit_of(figures, items, name),
        items,
        target,
        by_year,
        sum(by_year, ZERO),
        None if entry is None else Decimal(str(entry["total"])),
        None if entry is None else Decimal(str(entry["shortfall"])),
    )


def _main_target(figures: Figures, items: Collection[str]) -> Row | None:
    """The target of the whole plan that counts most kinds of the programme; of several the first."""
    own = [
        row
        for row in figures.tables["targets"]
        if row["county"] is None and row["total"] and figures.members[row["group"]] <= set(items)
    ]
    return max(own, key=lambda row: len(figures.members[row["group"]]), default=None)


def unit_of(figures: Figures, items: Collection[str], programme: str) -> str:
    """The unit that all of ``items`` are counted in; blank if they differ. English has words for programmes only."""
    if current_language() != "zh":
        return text("views", f"unit-{programme}")
    units = {unit_name(row["unit"]) for row in figures.items if row["item"] in items}
    return units.pop() if len(units) == 1 else ""


def by_county(figures: Figures, items: Collection[str], counties: Sequence[str] | None = None) -> list[Line]:
    """What each county gets of ``items``."""
    return [
        _line(county, figures.county_names[county], figures, items, [county])
        for county in (figures.counties if counties is None else counties)
    ]


def by_item(figures: Figures, items: Collection[str], counties: Sequence[str] | None = None) -> list[Line]:
    """What ``counties`` get of each kind."""
    where = figures.counties if counties is None else counties
    return [
        _line(row["item"], figures.item_names[row["item"]], figures, [row["item"]], where)
        for row in figures.items
        if row["item"] in items
    ]


def by_team(figures: Figures, items: Collection[str], counties: Sequence[str] | None = None) -> list[Line]:
    """Whom each team of ``counties`` hires, county by county."""
    return [
        Line(
            team["team"],
            f"{figures.county_names[county]} · {figures.team_names[team['team']]}",
            tuple(Decimal(figures.hires(team["team"], year)) for year in figures.years),
        )
        for county in (figures.counties if counties is None else counties)
        for team in figures.teams.get(county, ())
        if team["item"] in items
    ]


def _line(key: str, name: str, figures: Figures, items: Collection[str], counties: Sequence[str]) -> Line:
    by_year = tuple(sum((figures.x(item, county, year) for item in items for county in counties), ZERO) for year in figures.years)
    return Line(key, name, by_year)
