"""What a schedule delivers, and the rules of model.md §3.1 to §3.6 and §3.8 that it must keep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from typing import Any

from optplan.audit.facts import Facts, exactly
from optplan.audit.violations import Violation, quantity
from optplan.schedule import Schedule
from optplan.tables.content import Row

ZERO = Fraction(0)
FINEST = 10**8  # quantities of items that are not whole have at most eight decimals


class Deliveries:
    """Everything that follows from a schedule's deliveries, hires and starts, and, once checked, every rule they break."""

    def __init__(self, facts: Facts, schedule: Schedule) -> None:
        self.facts, self.schedule = facts, schedule
        self.violations: list[Violation] = []
        self.checked: dict[str, int] = defaultdict(int)
        self.x = {key: exactly(value) for key, value in schedule.deliveries.items() if value}
        self.received: dict[tuple[str, str], list[tuple[int, int | Fraction]]] = defaultdict(list)
        for (i, c, y), value in self.x.items():
            self.received[i, c].append((y, value))
        self.opening = {p: year + facts.projects[p]["build_years"] for p, year in schedule.starts.items() if p in facts.projects}

    def check(self) -> None:
        """Note every rule that is broken."""
        self._known()
        self._goods()
        self._closed_years()
        self._projects()
        self._teams()
        self._targets()
        if self.gaps:
            self.checked["standards"] += len(self.gaps)  # they ask nothing: what is missing is a gap
        self._hard_standards()
        self._hard_needs()
        self._links()
        self._limits()
        self._mixes()

    def need(self, family: str, holds: bool, rule: str, **values: object) -> None:
        """Count a rule as checked, and note it if it does not hold."""
        self.checked[family] += 1
        if not holds:
            self.violations.append(Violation(rule, values))

    def total(self, items: set[str], counties: object, years: object) -> Fraction:
        """Σ x over items, counties and years."""
        received = (self.received[i, c] for i in items for c in counties)  # type: ignore[attr-defined]
        return Fraction(sum(x for yearly in received for y, x in yearly if y in years))  # type: ignore[misc, operator]

    def is_open(self, project: str, year: int) -> bool:
        """open[p,y]."""
        return project in self.opening and self.opening[project] <= year

    def staff(self, team: str, year: int) -> int:
        """staff[k,y] = staff + Σ_{y'≤y} (h[k,y'] − losses[k,y'])."""
        hired = sum(self.schedule.hires.get((team, past), 0) for past in self.facts.years if past <= year)
        left = sum(number for at, number in self.facts.leaving.get(team, ()) if at <= year)
        return int(self.facts.teams[team]["staff"]) + hired - left

    def meets(self, team: str, year: int) -> bool:
        """u[k,y]: the team has its minimum staff, and a project's team is open."""
        row = self.facts.teams[team]
        return self.staff(team, year) >= row["min_staff"] and (row["project"] is None or self.is_open(row["project"], year))

    def stock(self, items: set[str], county: str, year: int) -> Fraction:
        """stock(g,c,y): what still stands of the starting stock, and what was delivered up to the year."""
        stands = sum(
            quantity
            for item in items
            for quantity, last in self.facts.starting_stock[item, county]
            if last is None or year <= last
        )
        delivered = sum(
            x for item in items for y, x in self.received.get((item, county), ()) if self.facts.still_stands(item, y, year)
        )
        return Fraction(stands + delivered)

    @cached_property
    def targets(self) -> dict[str, tuple[Fraction, Fraction, Fraction]]:
        """(delivered, total, shortfall) of every target (§3.3)."""
        found = {}
        for row in self.facts.tables["targets"]:
            years = [y for y in self.facts.years if (row["from_year"] or y) <= y <= row["by_year"]]
            delivered = self.total(self.facts.members[row["group"]], self.facts.where(row), years)
            total = Fraction(row["total"])
            found[row["target"]] = (delivered, total, max(ZERO, total - delivered))
        return found

    @property
    def gaps(self) -> dict[tuple[str, str, int], tuple[Fraction, Fraction, Fraction, Fraction | None]]:
        """(asked, stock, gap, weight) by (standard, county, year); weight is None where the gap enters no sum (§3.4)."""
        return self._standards[0]

    @property
    def required(self) -> dict[tuple[str, str, int], Fraction]:
        """What a gap that counts is measured against, by (standard, county, year).

        What the row in force requires; where that is nothing, what all projects of the county would add.
        """
        return self._standards[1]

    @cached_property
    def _standards(self) -> tuple[dict[Any, tuple[Fraction, Fraction, Fraction, Fraction | None]], dict[Any, Fraction]]:
        facts = self.facts
        steps = defaultdict(list)
        group = {}
        for row in facts.tables["standards"]:
            steps[row["standard"], row["county"]].append(row)
            group[row["standard"]] = row["group"]
        needs = defaultdict(list)
        for row in facts.tables["project_needs"]:
            needs[row["standard"], facts.projects[row["project"]]["county"]].append(row)
        found, required = {}, {}
        for s, c in sorted(set(steps) | set(needs)):
            for y in facts.years:
                force = max((row for row in steps[s, c] if row["from_year"] <= y), key=lambda row: row["from_year"], default=None)
                base = Fraction(force["required"]) if force else ZERO
                asked = base + sum((Fraction(row["quantity"]) for row in needs[s, c] if self.is_open(row["project"], y)), ZERO)
                if not base and any(facts.may_be_open(row["project"], y) for row in needs[s, c]):
                    base = sum((Fraction(row["quantity"]) for row in needs[s, c]), ZERO)
                if force is None and not asked and not base:
                    continue
                stock = self.stock(facts.members[group[s]], c, y)
                weight = (Fraction(force["weight"]) if force is not None else Fraction(1)) if base > 0 else None
                # the share that counts is measured against what the row requires, so it is kept beside what is asked
                found[s, c, y] = (asked, stock, max(ZERO, asked - stock), weight)
                required[s, c, y] = base
        return found, required

    # -- rules ---------------------------------------------------------------------------------------------------------

    def _known(self) -> None:
        facts = self.facts
        for i, c, y in self.x:
            self.need(
                "form",
                i in facts.items and c in facts.counties and y in facts.years,
                "unknown-delivery",
                item=i,
                county=c,
                year=y,
            )
        for (k, y), number in self.schedule.hires.items():
            self.need("form", k in facts.teams and y in facts.years, "unknown-hire", team=k, year=y)
            self.need("form", number >= 0 and number == int(number), "hires-whole", team=k, year=y, number=number)
        for p, y in self.schedule.starts.items():
            self.need("form", p in facts.projects and y in facts.years, "unknown-start", project=p, year=y)

    def _goods(self) -> None:
        """x ≥ 0, whole if the item is whole; x of staff are hires, x of projects are openings (§3.1)."""
        facts = self.facts
        for (i, c, y), value in self.x.items():
            if i not in facts.items:
                continue
            self.need("delivery", value >= 0, "negative", item=i, county=c, year=y, quantity=quantity(value))
            fine = value.denominator == 1 if facts.items[i]["whole"] else FINEST % value.denominator == 0
            self.need("delivery", fine, "not-whole", item=i, county=c, year=y, quantity=quantity(value))
        hires: dict[tuple[str, str, int], int] = defaultdict(int)
        for (k, y), number in self.schedule.hires.items():
            if k in facts.teams:
                hires[facts.teams[k]["item"], facts.teams[k]["county"], y] += number
        openings: dict[tuple[str, str, int], int] = defaultdict(int)
        for p, y in self.opening.items():
            openings[facts.projects[p]["item"], facts.projects[p]["county"], y] += 1
        for i, row in facts.items.items():
            if row["kind"] == "goods":
                continue
            source, rule = (hires, "staff-not-hires") if row["kind"] == "staff" else (openings, "stations-not-openings")
            for c in facts.counties:
                for y in facts.years:
                    x, explained = self.x.get((i, c, y), ZERO), source[i, c, y]
                    self.need(
                        "delivery", x == explained, rule, item=i, county=c, year=y, quantity=quantity(x), explained=explained
                    )

    def _closed_years(self) -> None:
        """x, h, s of closed years equal ``actuals`` (§3.8)."""
        facts, closed = self.facts, [y for y in self.facts.years if y <= self.facts.closed]
        goods: dict[tuple[str, str, int], Fraction] = defaultdict(Fraction)
        hires: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
        starts: dict[str, int] = {}
        for row in facts.tables["actuals"]:
            if row["project"]:
                starts[row["project"]] = row["year"]
            elif row["team"]:
                hires[row["team"], row["year"]] += Fraction(row["quantity"])
            else:
                goods[row["item"], row["county"], row["year"]] += Fraction(row["quantity"])
        for i, item in facts.items.items():
            for y in (year for year in facts.open_years if year < facts.open_years[0] + item["lead_years"]):
                for c in facts.counties:
                    x, due = self.x.get((i, c, y), ZERO), goods[i, c, y]
                    self.need(
                        "closed years", x == due, "too-early-to-order", item=i, county=c, year=y, quantity=quantity(x),
                        due=quantity(due),
                    )  # fmt: skip
        for y in closed:
            for i, item in facts.items.items():
                if item["kind"] == "goods":
                    for c in facts.counties:
                        x, done = self.x.get((i, c, y), ZERO), goods[i, c, y]
                        self.need(
                            "closed years",
                            x == done,
                            "not-actual",
                            item=i,
                            county=c,
                            year=y,
                            quantity=quantity(x),
                            actual=quantity(done),
                        )
            for k in facts.teams:
                h, done = self.schedule.hires.get((k, y), 0), hires[k, y]
                self.need("closed years", h == done, "hires-not-actual", team=k, year=y, number=h, actual=quantity(done))
        for p in facts.projects:
            start = self.schedule.starts.get(p)
            planned = start if start is not None and start > facts.closed else None
            self.need(
                "closed years",
                starts.get(p) == start or (p not in starts and (start is None or planned is not None)),
                "start-not-actual",
                project=p,
            )

    def _projects(self) -> None:
        """Started once at most; not before earliest_start, not open after latest_opening (§3.2)."""
        facts = self.facts
        for p, row in facts.projects.items():
            start = self.schedule.starts.get(p)
            self.need("projects", start is not None or not row["mandatory"], "mandatory", project=p)
            if start is None:
                continue
            earliest, latest = row["earliest_start"] or facts.first, min(row["latest_opening"] or facts.last, facts.last)
            self.need("projects", start >= earliest, "too-early", project=p, year=start, earliest=earliest)
            self.need("projects", self.opening[p] <= latest, "too-late", project=p, year=self.opening[p], latest=latest)

    def _links(self) -> None:
        """Projects that open after another, both or neither, or not both (§3.2)."""
        for row in self.facts.tables["project_links"]:
            p, other, kind = row["project"], row["other"], row["kind"]
            if kind == "after":
                opens, earliest = self.opening.get(p), self.opening.get(other)
                holds = opens is None or (earliest is not None and opens >= earliest + row["lag"])
            else:
                begun = (p in self.schedule.starts) + (other in self.schedule.starts)
                holds = begun != 1 if kind == "together" else begun < 2
            self.need("projects", holds, f"link-{kind}", project=p, other=other, lag=row["lag"])

    def _hard_needs(self) -> None:
        """stock(g,c,y) ≥ Σ over the county's hard needs of quantity·open[p,y], for each standard's group (§3.4)."""
        facts, hard = self.facts, defaultdict(list)
        group = {row["standard"]: row["group"] for row in facts.tables["standards"]}
        for row in facts.tables["project_needs"]:
            if row["hard"]:
                hard[row["standard"], facts.projects[row["project"]]["county"]].append(row)
        for (s, c), rows in hard.items():
            for y in facts.years:
                asked = sum((Fraction(row["quantity"]) for row in rows if self.is_open(row["project"], y)), ZERO)
                stock = self.stock(facts.members[group[s]], c, y)
                self.need(
                    "hard needs", stock >= asked, "hard-need", standard=s, county=c, year=y, stock=quantity(stock),
                    asked=quantity(asked),
                )  # fmt: skip

    def _hard_standards(self) -> None:
        """No gap in open years to a standard whose row in force is hard (§3.4)."""
        steps = defaultdict(list)
        for row in self.facts.tables["standards"]:
            steps[row["standard"], row["county"]].append(row)
        for (s, c, y), (asked, stock, gap, _) in self.gaps.items():
            force = max((row for row in steps[s, c] if row["from_year"] <= y), key=lambda row: row["from_year"], default=None)
            if force is not None and force["hard"] and y in self.facts.open_years:
                self.need(
                    "standards", gap == 0, "hard-standard", standard=s, county=c, year=y, stock=quantity(stock),
                    asked=quantity(asked),
                )  # fmt: skip

    def _teams(self) -> None:
        """Staff within the band; a project's team only once it is open; the standard met where it must be (§3.6)."""
        for k, row in self.facts.teams.items():
            for y in self.facts.years:
                staff = self.staff(k, y)
                if row["project"] is None:
                    least, most = 0, max(row["max_staff"], row["staff"])
                else:
                    is_open = self.is_open(row["project"], y)
                    least, most = (row["min_staff"], row["max_staff"]) if is_open else (0, 0)
                self.need("teams", staff <= most, "staff-max", team=k, year=y, staff=staff, most=most)
                self.need("teams", staff >= least, "staff-min", team=k, year=y, staff=staff, least=least)
                if row["meets_by"] is not None and y >= row["meets_by"] and y in self.facts.open_years:
                    self.need("teams", self.meets(k, y), "team-must-meet", team=k, year=y, staff=staff, least=row["min_staff"])

    def _targets(self) -> None:
        """What an exact target asks is not exceeded, and what must be delivered is (§3.3)."""
        for row in self.facts.tables["targets"]:
            delivered, total, _ = self.targets[row["target"]]
            within = row["sense"] != "exact" or delivered <= total
            self.need(
                "targets", within, "target-exceeded", target=row["target"], delivered=quantity(delivered), total=quantity(total)
            )
            if row["at_least"] is not None:
                least = Fraction(row["at_least"])
                self.need(
                    "targets", delivered >= least, "target-at-least", target=row["target"], delivered=quantity(delivered),
                    least=quantity(least),
                )  # fmt: skip

    def _limits(self) -> None:
        """min ≤ Σ x ≤ max (§3.5)."""
        for row in self.facts.tables["limits"]:
            total = self.total(self.facts.members[row["group"]], self.facts.where(row), self.facts.when(row))
            if row["max"] is not None:
                self.need(
                    "limits",
                    total <= Fraction(row["max"]),
                    "limit-max",
                    limit=row["limit"],
                    total=quantity(total),
                    bound=quantity(Fraction(row["max"])),
                )
            if row["min"] is not None:
                self.need(
                    "limits",
                    total >= Fraction(row["min"]),
                    "limit-min",
                    limit=row["limit"],
                    total=quantity(total),
                    bound=quantity(Fraction(row["min"])),
                )

    def _mixes(self) -> None:
        """min_share·W ≤ A ≤ max_share·W of the deliveries, or of what stands in a year (§3.5)."""
        for row, part, whole in self._mixed():
            shown = {"mix": row["mix"], "part": quantity(part), "whole": quantity(whole)}
            if row["min_share"] is not None:
                self.need("mix", part >= Fraction(row["min_share"]) * whole, "mix-min", **shown, share=row["min_share"])
            if row["max_share"] is not None:
                self.need("mix", part <= Fraction(row["max_share"]) * whole, "mix-max", **shown, share=row["max_share"])

    def _mixed(self) -> Iterator[tuple[Row, Fraction, Fraction]]:
        """Each mix with its part and its whole; once a year where it is about what stands."""
        facts = self.facts
        for row in facts.tables["mix"]:
            part, whole = (facts.members[row[side]] for side in ("part", "whole"))
            if row["of"] == "stock":
                for y in [row["year"]] if row["year"] else facts.open_years:
                    one, other = (sum((self.stock(g, c, y) for c in facts.where(row)), ZERO) for g in (part, whole))
                    yield row, one, other
            else:
                one, other = (self.total(items, facts.where(row), facts.when(row)) for items in (part, whole))
                yield row, one, other
