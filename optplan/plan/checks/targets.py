"""Totals, milestones, limits and mixes against what can be reached at all."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor, inf

from optplan.plan.checks.reach import Number, Reach
from optplan.tables.content import Row
from optplan.tables.findings import Finding, error, warning
from optplan.tables.scopes import counts_in

FEW_NUMBERS = 10_000  # of units of a whole: as many are tried one by one whether a share of them can be whole


def shown(value: Fraction | float) -> str:
    """A number as people read it."""
    return str(value.numerator) if isinstance(value, Fraction) and value.denominator == 1 else f"{float(value):g}"


def check_targets(reach: Reach) -> Iterator[Finding]:
    """A target beyond what capacities, ceilings and bands allow falls short; an exact one already passed cannot be."""
    for row in reach.tables["targets"]:
        items, counties, _ = reach.scope(row)
        years = [year for year in reach.years if counts_in(row, year)]
        most, least, total = reach.highest(items, counties, years), reach.lowest(items, counties, years), Fraction(row["total"])
        if most < total:
            code = "milestone-beyond-reach" if row["by_year"] < reach.years[-1] else "target-beyond-reach"
            yield warning(
                code,
                row.place("total"),
                target=row["target"],
                total=shown(total),
                most=shown(most),
                short=shown(total - Fraction(most)),
            )
        if row["sense"] == "exact" and least > total:
            yield error(
                "target-exceeded-already", row.place("total"), target=row["target"], total=shown(total), least=shown(least)
            )
        if row["sense"] == "exact" and reach.down(total, items) < total:
            code = "target-not-whole" if reach.step(items) == 1 else "target-too-fine"
            yield warning(
                code, row.place("total"), target=row["target"], total=row["total"], most=shown(reach.down(total, items))
            )
        if total == 0 and row["sense"] == "min":
            yield warning("target-zero", row.place("total"), target=row["target"])


def check_limits(reach: Reach) -> Iterator[Finding]:
    """A minimum, maximum or band that cannot be kept beside other limits, closed years and whole units: no plan exists."""
    for row, items, counties, years in reach.limits:
        if _no_number_in_band(reach, row, items):
            code = "limit-band-without-whole" if reach.step(items) == 1 else "limit-band-too-fine"
            yield error(code, row.place("min"), limit=row["limit"], least=row["min"], most=row["max"])
            continue
        if row["min"] is not None:
            most = reach.highest(items, counties, years, but=row)
            if most < row["min"]:
                code = "pin-outside-limits" if row["kind"] == "pin" else "limit-min-beyond-reach"
                yield error(code, row.place("min"), limit=row["limit"], least=row["min"], most=shown(most))
        if row["max"] is not None:
            least = reach.lowest(items, counties, years)
            if least > row["max"]:
                code = "pin-outside-limits" if row["kind"] == "pin" else "limit-max-exceeded"
                yield error(code, row.place("max"), limit=row["limit"], least=shown(least), most=row["max"])


def _no_number_in_band(reach: Reach, row: Row, items: frozenset[str]) -> bool:
    least, most = row["min"], row["max"]
    if least is None or most is None or least > most:
        return False
    return reach.up(Fraction(least), items) > reach.down(Fraction(most), items)


def check_mixes(reach: Reach) -> Iterator[Finding]:
    """A share that nothing can satisfy: a part that is no part of the whole, or shares that together exceed one."""
    least: dict[tuple[object, ...], Fraction] = {}
    for row in reach.tables["mix"]:
        part, whole = reach.members[row["part"]], reach.members[row["whole"]]
        if not part & whole and row["max_share"] is not None:
            yield warning("mix-disjoint", row.place("part"), mix=row["mix"], part=row["part"], whole=row["whole"])
        if not part < whole or row["min_share"] is None:
            continue
        scope = (row["whole"], row["county"], row["year"])
        least[scope] = least.get(scope, Fraction(0)) + Fraction(row["min_share"])
        if least[scope] > 1:
            yield warning("mix-shares-above-one", row.place("min_share"), whole=row["whole"], total=shown(least[scope]))


def check_mix_numbers(reach: Reach) -> Iterator[Finding]:
    """Shares between which no number of units lies, whatever is delivered of the whole within its limits: no plan exists."""
    for row in reach.tables["mix"]:
        if row["min_share"] is None or row["max_share"] is None or row["of"] == "stock":
            continue
        part, counties, years = reach.scope(row, "part")
        whole = reach.members[row["whole"]]
        if reach.step(part | whole) != 1:
            continue
        least, most = reach.lowest(whole, counties, years), reach.highest(whole, counties, years)
        if most - least > FEW_NUMBERS or least <= 0:
            continue
        of_part = reach.lowest(part, counties, years), reach.highest(part, counties, years)
        shares = Fraction(row["min_share"]), Fraction(row["max_share"])
        if not any(_fits(number, shares, of_part) for number in range(ceil(least), floor(most) + 1)):
            yield error(
                "mix-without-whole", row.place("min_share"),
                mix=row["mix"], least=shown(least), most=shown(most), min_share=row["min_share"], max_share=row["max_share"],
            )  # fmt: skip


def _fits(number: int, shares: tuple[Fraction, Fraction], of_part: tuple[Fraction, Number]) -> bool:
    """Whether of so many units of the whole a whole number can be the part."""
    return ceil(max(shares[0] * number, of_part[0])) <= min(shares[1] * number, of_part[1])


def check_projects(reach: Reach) -> Iterator[Finding]:
    """A project that cannot open within its time; a mandatory one means that no plan exists."""
    closed = reach.closed
    started = {row["project"] for row in reach.tables["actuals"] if row["project"]}
    for row in reach.tables["projects"]:
        if reach.opening[row["project"]] is None:
            finding = error if row["mandatory"] or row["project"] in started else warning
            yield finding(
                "project-cannot-open",
                row.place(_too_late(reach, row)),
                project=row["project"],
                build_years=row["build_years"],
                last=reach.years[-1],
            )
        if (
            row["project"] not in started
            and row["earliest_start"] is not None
            and row["earliest_start"] <= closed
            and row["mandatory"]
        ):
            yield warning(
                "project-start-passed",
                row.place("earliest_start"),
                project=row["project"],
                year=row["earliest_start"],
                closed=closed,
            )


def _too_late(reach: Reach, row: Row) -> str:
    """Which of a project's dates to look at: the first that leaves no time even if the others were free."""
    last = reach.years[-1]
    if reach.closed + 1 + row["build_years"] > last:
        return "build_years"
    if row["earliest_start"] is not None and row["earliest_start"] + row["build_years"] > last:
        return "earliest_start"
    return "latest_opening" if row.given("latest_opening") else "build_years"


def check_closed_years(reach: Reach) -> Iterator[Finding]:
    """Actuals that already break a team's band or a project's opening: no plan exists."""
    hired: dict[str, Fraction] = {}
    teams = {row["team"]: row for row in reach.tables["teams"]}
    projects = {row["project"]: row for row in reach.tables["projects"]}
    starts = {row["project"]: row["year"] for row in reach.tables["actuals"] if row["project"]}
    for row in sorted(reach.tables["actuals"], key=lambda row: row["year"]):
        if row["team"]:
            team = teams[row["team"]]
            hired[row["team"]] = hired.get(row["team"], Fraction(0)) + Fraction(row["quantity"])
            most = max(team["max_staff"], team["staff"])
            if team["staff"] + hired[row["team"]] > most:
                yield error("actual-hires-beyond-band", row.place("quantity"), team=row["team"], most=most)
            if team["project"]:
                opens = starts.get(team["project"], inf) + projects[team["project"]]["build_years"]
                if row["year"] < opens:
                    yield error("actual-hires-before-opening", row.place("year"), team=row["team"], project=team["project"])
        if row["project"]:
            project = projects[row["project"]]
            if row["year"] < (project["earliest_start"] or reach.years[0]):
                yield error("actual-start-too-early", row.place("year"), project=row["project"], year=project["earliest_start"])
            latest = project["latest_opening"]
            if latest is not None and row["year"] + project["build_years"] > latest:
                yield error("actual-opens-too-late", row.place("year"), project=row["project"], year=latest)
