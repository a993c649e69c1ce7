"""Counties on the map: how far each is from its standards, how far it would be without the plan, what is spent there."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from optplan.figures.figures import Figures
from optplan.figures.money import spent
from optplan.figures.readiness import county_gap, lacks
from optplan.figures.shades import Shades, money_shades, share_shades
from optplan.language import text
from optplan.language.numbers import round_amount, share
from optplan.tables.content import Row

Position = tuple[float, float]  # latitude, longitude
# What the map can show, and its darkest colour: dark letters can be read on it, and the colour-blind
# tell them by depth alone, since each map has one hue.
MEASURES = {"gap": "#F4A261", "need": "#C9A6D8", "spending": "#7FB3D5"}


@dataclass(frozen=True)
class Tile:
    """A county on the map: its figure, as a number for the colour and in words; nothing and a dash where it has none."""

    name: str
    position: Position | None
    value: float
    label: str


def tiles(figures: Figures, measure: str) -> list[Tile]:
    """A tile for each county, also where the measure says nothing of it: so all lie in the same place on every map."""
    found = []
    for county, row in figures.county_rows.items():
        value = _value(figures, county, measure)
        found.append(
            Tile(figures.county_names[county], place_of(row), float(value or 0), _label(figures, county, measure, value))
        )
    return found


def place_of(row: Row) -> Position | None:
    """Latitude and longitude of a county, where the plan has them."""
    return None if row["lat"] is None or row["lon"] is None else (float(row["lat"]), float(row["lon"]))


def shades(figures: Figures, measure: str) -> Shades:
    """How dark a figure of the measure is."""
    return money_shades(figures.tables) if measure == "spending" else share_shades()


def _label(figures: Figures, county: str, measure: str, value: Fraction | Decimal | None) -> str:
    if value is None:
        return "–"
    if measure == "gap" and not value and lacks(figures, county):
        return text("proven", "lacks")
    return round_amount(value) if measure == "spending" else share(float(value))


def _value(figures: Figures, county: str, measure: str) -> Fraction | Decimal | None:
    if measure == "spending":
        return spent(figures, county)
    return county_gap(figures, county) if measure == "gap" else county_need(figures, county)


def county_need(figures: Figures, county: str) -> Fraction | None:
    """What :func:`county_gap` would be in the last year if the plan delivered nothing; ``None``: no standard."""
    parts: list[tuple[Fraction, Fraction]] = []
    for standard in figures.standards_of(county):
        base, weight = figures.base(standard, county, figures.last)
        if base:
            row = figures.in_force(standard, county, figures.last)
            required = Decimal(0) if row is None else row["required"]
            missing = max(Decimal(0), required - figures.standing(standard, county, figures.last))
            parts.append((weight, Fraction(missing) / base))
    if teams := figures.teams.get(county, []):
        lacking = sum(team["project"] is not None or team["staff"] < team["min_staff"] for team in teams)
        parts.append((Fraction(figures.tables.setting("staffing_weight")), Fraction(lacking, len(teams))))
    weights = sum((weight for weight, _ in parts), Fraction(0))
    return sum((weight * part for weight, part in parts), Fraction(0)) / weights if weights else None
