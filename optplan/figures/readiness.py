"""How far each county is from its standards when the plan ends."""

from __future__ import annotations

from fractions import Fraction

from optplan.figures.figures import Figures

ZERO = Fraction(0)


def county_gap(figures: Figures, county: str) -> Fraction | None:
    """The weighted share of what should stand in the last year that does not, staffing included; ``None``: no standard."""
    parts = [*_standards(figures, county), *_staffing(figures, county)]
    weights = sum((weight for weight, _ in parts), ZERO)
    return sum((weight * part for weight, part in parts), ZERO) / weights if weights else None


def lacks(figures: Figures, county: str) -> bool:
    """Whether anything that should stand in the last year does not, though its weight be nothing."""
    missing = any(gap > 0 and (at, year) == (county, figures.last) for (_, at, year), gap in figures.gaps.items())
    return missing or any(not figures.meets(team["team"], figures.last) for team in figures.teams.get(county, []))


def _standards(figures: Figures, county: str) -> list[tuple[Fraction, Fraction]]:
    found = []
    for standard in figures.standards_of(county):
        base, weight = figures.base(standard, county, figures.last)
        if base:
            gap = figures.gaps.get((standard, county, figures.last), 0)
            found.append((weight, Fraction(gap) / base))
    return found


def _staffing(figures: Figures, county: str) -> list[tuple[Fraction, Fraction]]:
    teams = figures.teams.get(county, [])
    if not teams:
        return []
    lacking = sum(not figures.meets(team["team"], figures.last) for team in teams)
    return [(Fraction(figures.tables.setting("staffing_weight")), Fraction(lacking, len(teams)))]
