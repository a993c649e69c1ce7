"""What an indicator is worth at the end of a year (model.md §6): by formula from a schedule, or as it was observed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from optplan.audit import Audit, audit
from optplan.plan import Plan
from optplan.schedule import Schedule
from optplan.tables.content import Row

HUNDRED = Fraction(100)


@dataclass(frozen=True)
class Measured:
    """A schedule with all that follows from it exactly."""

    plan: Plan
    schedule: Schedule
    checked: Audit

    def delivered(self, target: str, year: int) -> Fraction:
        """X_t through ``year``."""
        wanted = next(each for each in self.plan.targets if each.target == target)
        last = min(year, wanted.by_year)
        return sum(
            (
                Fraction(quantity)
                for (item, county, at), quantity in self.schedule.deliveries.items()
                if item in wanted.items and county in wanted.counties and wanted.from_year <= at <= last
            ),
            Fraction(0),
        )

    def standing(self, standard: str, year: int, county: str | None = None) -> tuple[Fraction, Fraction]:
        """Σ min(stock, required) and Σ required over the counties in which the standard requires something in ``year``."""
        found = [
            (min(stock, asked), asked)
            for (name, where, at), (asked, stock, _, _) in self.checked.gaps.items()
            if name == standard and at == year and asked > 0 and county in {None, where}
        ]
        return sum((each for each, _ in found), Fraction(0)), sum((each for _, each in found), Fraction(0))

    def teams(self, team_class: str, year: int) -> tuple[int, int]:
        """Teams of a class that meet their staffing standard, and all of them."""
        names = [row["team"] for row in self.plan.tables["teams"] if row["class"] == team_class]
        return sum(self.checked.teams[name, year][2] for name in names), len(names)

    def value(self, indicator: Row, year: int) -> Fraction | None:
        """The value of an indicator that is measured by formula; ``None``: it is observed."""
        match indicator["measure"]:
            case "delivered":
                return self.delivered(indicator["target"], year)
            case "target":
                total = next(each.total for each in self.plan.targets if each.target == indicator["target"])
                share = min(Fraction(1), self.delivered(indicator["target"], year) / total) if total else Fraction(1)
                baseline = Fraction(indicator["baseline"] or 0)
                return baseline + (Fraction(indicator["goal"]) - baseline) * share
            case "standard":
                stands, required = self.standing(indicator["standard"], year)
                return HUNDRED * stands / required if required else HUNDRED
            case "teams":
                meet, number = self.teams(indicator["team_class"], year)
                return HUNDRED * Fraction(meet, number) if number else HUNDRED
        return None


def measured(plan: Plan, schedule: Schedule) -> Measured:
    """A schedule of ``plan`` with all that follows from it."""
    return Measured(plan, schedule, audit(plan.tables, schedule, requests=False))


def observed(plan: Plan, indicator: str, year: int) -> Row | None:
    """The observation of the whole plan in ``year``: of the year, else of its latest quarter."""
    rows = {
        row["quarter"] or "": row
        for row in plan.tables["observations"]
        if row["indicator"] == indicator and row["year"] == year and row["county"] is None
    }
    return rows.get("") or (rows[max(rows)] if rows else None)


def history(plan: Plan, indicator: str, year: int) -> Mapping[int, Row]:
    """The observation of each year up to ``year`` that has one."""
    years = sorted({row["year"] for row in plan.tables["observations"] if row["indicator"] == indicator and row["year"] <= year})
    found = {each: observed(plan, indicator, each) for each in years}
    return {each: row for each, row in found.items() if row is not None}


def reached(indicator: Row, value: Fraction | Decimal) -> bool:
    """Whether the goal is reached."""
    goal = Fraction(indicator["goal"])
    return Fraction(value) >= goal if indicator["direction"] == "at_least" else Fraction(value) <= goal
