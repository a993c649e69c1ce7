"""What falls short: targets that are missed and standards that are not met, each with the reason that the figures show."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from optplan.figures.figures import Figures
from optplan.figures.reasons import Reasons
from optplan.tables.names import called


@dataclass(frozen=True)
class Shortfall:
    """A target that is missed."""

    name: str
    total: Decimal
    delivered: Decimal
    shortfall: Decimal
    reason: str


@dataclass(frozen=True)
class Gap:
    """A standard that a county does not meet in ``year``. ``standard``: its id; blank where it counts teams rather than units."""

    county: str
    name: str
    year: int
    required: Decimal
    stock: Decimal
    gap: Decimal
    reason: str
    standard: str = ""

    @property
    def share(self) -> Decimal:
        """The share of what is required that is missing."""
        return self.gap / self.required if self.required else Decimal(1)


def shortfalls(figures: Figures) -> list[Shortfall]:
    """Targets that are missed, the widest first."""
    reasons, names, found = Reasons(figures), called(figures.tables)["target"], []
    for row in figures.tables["targets"]:
        entry = figures.targets[row["target"]]
        short = Decimal(str(entry["shortfall"]))
        if short:
            delivered = Decimal(str(entry["delivered"]))
            found.append(Shortfall(names[row["target"]], row["total"], delivered, short, reasons.of_target(row)))
    return sorted(found, key=lambda line: -line.shortfall / line.total)


def gaps(figures: Figures, year: int, staffing_name: str) -> list[Gap]:
    """What every county lacks of its standards at the end of ``year``, the widest first; teams below their least staff too.

    Reasons are those of the whole plan, so they are given for its last year only.
    """
    reasons, last = Reasons(figures), year == figures.last
    found = []
    for entry in figures.document["gaps"]:
        required, stock, gap = (Decimal(str(entry[key])) for key in ("required", "stock", "gap"))
        if entry["year"] == year and gap > 0:
            group = figures.standard_groups[entry["standard"]]
            why = reasons.of_gap(entry["standard"], entry["county"]) if last else ""
            name = figures.group_names.get(group, group)
            found.append(Gap(entry["county"], name, year, required, stock, gap, why, entry["standard"]))
    for county, teams in figures.teams.items():
        lacking = sum(not figures.meets(team["team"], year) for team in teams)
        if lacking:
            why = reasons.of_staffing(county) if last else ""
            number = Decimal(len(teams))
            found.append(Gap(county, staffing_name, year, number, number - lacking, Decimal(lacking), why))
    return sorted(found, key=lambda line: -line.share)
