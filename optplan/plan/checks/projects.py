"""Projects that are tied to others or to what must stand, and teams that people leave: what cannot be kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from optplan.plan.checks.reach import Reach
from optplan.plan.checks.targets import shown
from optplan.tables.findings import Finding, error, warning


def check_links(reach: Reach) -> Iterator[Finding]:
    """Relations that the dates of their projects, or what is mandatory or already started, do not allow."""
    tables = reach.tables
    started = {row["project"] for row in tables["actuals"] if row["project"]}
    certain = started | {row["project"] for row in tables["projects"] if row["mandatory"]}
    for row in tables["project_links"]:
        p, other = row["project"], row["other"]
        window, others = reach.opening[p], reach.opening[other]
        if row["kind"] == "exclusive":
            impossible = p in certain and other in certain
        elif row["kind"] == "together":
            impossible = (p in certain and others is None) or (other in certain and window is None)
        else:
            late = window is not None and (others is None or others[0] + row["lag"] > window[1])
            impossible = late and p in certain
            if late and not impossible:
                yield warning("link-cannot-hold", row.place("other"), project=p, other=other, kind=row["kind"])
        if impossible:
            yield error("link-cannot-hold", row.place("other"), project=p, other=other, kind=row["kind"])


def check_hard_needs(reach: Reach) -> Iterator[Finding]:
    """A project that may not open before more stands than limits allow."""
    tables = reach.tables
    group = {row["standard"]: row["group"] for row in tables["standards"]}
    projects = {row["project"]: row for row in tables["projects"]}
    stock: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for row in tables["stock"]:
        stock[row["item"], row["county"]] += Fraction(row["quantity"])
    started = {row["project"] for row in tables["actuals"] if row["project"]}
    for row in tables["project_needs"]:
        project, window = projects[row["project"]], reach.opening[row["project"]]
        if not row["hard"] or window is None:
            continue
        items, county = reach.members[group[row["standard"]]], project["county"]
        before = [year for year in reach.years if year <= window[1]]
        most = reach.highest(items, [county], before) + sum((stock[item, county] for item in items), Fraction(0))
        if most < row["quantity"]:
            finding = error if project["mandatory"] or row["project"] in started else warning
            yield finding(
                "hard-need-beyond-reach", row.place("quantity"), project=row["project"], asked=shown(Fraction(row["quantity"])),
                most=shown(most),
            )  # fmt: skip


def check_bands(reach: Reach) -> Iterator[Finding]:
    """A team that has more people than its most: it stays as it is, and hires nobody."""
    for row in reach.tables["teams"]:
        if row["staff"] > row["max_staff"]:
            yield warning("staff-above-band", row.place("staff"), team=row["team"], staff=row["staff"], most=row["max_staff"])


def check_losses(reach: Reach) -> Iterator[Finding]:
    """More people leaving a team than can be there: those it starts with and, up to closed years, those it really hired."""
    tables = reach.tables
    teams = {row["team"]: row for row in tables["teams"]}
    for row in tables["losses"]:
        team, year = teams[row["team"]], row["year"]
        lost = sum(other["quantity"] for other in tables["losses"] if other["team"] == row["team"] and other["year"] <= year)
        hired = sum(int(act["quantity"]) for act in tables["actuals"] if act["team"] == row["team"] and act["year"] < year)
        known = year <= reach.closed + 1
        room = hired if known else max(team["max_staff"], team["staff"]) - team["staff"] + lost - row["quantity"]
        if lost > team["staff"] + room:
            yield error("losses-beyond-staff", row.place("quantity"), team=row["team"], year=year, lost=lost,
                        staff=shown(Fraction(team["staff"] + room)))  # fmt: skip
