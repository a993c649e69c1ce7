"""The most and least that can be delivered under capacities, ceilings, pins, bands and what is already done: interval arithmetic.

For any group, counties and years it gives bounds on Σ x that every plan keeps. They are not the tightest bounds, but they are
found in milliseconds and each comes from rows that can be named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor, inf

from optplan.tables.content import Row, Tables
from optplan.tables.names import group_members

Number = Fraction | float
FINEST_PART = Fraction(1, 10**8)  # of a unit: deliveries of what comes in parts have at most eight decimals


@dataclass
class Reach:
    """Bounds on deliveries. Build it with :func:`reach_of`."""

    tables: Tables
    years: range
    closed: int
    counties: list[str]
    members: dict[str, frozenset[str]]
    kinds: dict[str, str]  # of items
    opening: dict[str, tuple[int, int] | None]  # earliest and latest opening of each project; None: it cannot open
    lost: dict[str, int] = field(default_factory=dict)  # how many leave each team in all
    most: dict[tuple[str, str, int], Number] = field(default_factory=dict)
    least: dict[tuple[str, str, int], Fraction] = field(default_factory=dict)  # only what is more than nothing
    limits: list[tuple[Row, frozenset[str], frozenset[str], frozenset[int]]] = field(default_factory=list)
    # of limits, by each of the items that they hold
    maxima: dict[str, list[tuple[Row, Number, frozenset[str], frozenset[str], frozenset[int]]]] = field(default_factory=dict)
    minima: list[tuple[Fraction, frozenset[str], frozenset[str], frozenset[int]]] = field(default_factory=list)  # those above 0
    in_parts: frozenset[str] = frozenset()  # the goods that need not be whole

    def step(self, items: Iterable[str]) -> Fraction:
        """The least amount by which Σ x over these items can grow: every sum of deliveries is a whole number of it."""
        return FINEST_PART if not self.in_parts.isdisjoint(items) else Fraction(1)

    def down(self, bound: Number, items: Iterable[str]) -> Number:
        """The greatest sum of deliveries of these items that is no more than ``bound``."""
        step = self.step(items)
        return bound if bound in (inf, -inf) else floor(bound / step) * step

    def up(self, bound: Fraction, items: Iterable[str]) -> Fraction:
        """The smallest sum of deliveries of these items that is no less than ``bound``."""
        step = self.step(items)
        return ceil(bound / step) * step

    def scope(self, row: Row, group: str = "group") -> tuple[frozenset[str], frozenset[str], frozenset[int]]:
        """The items, counties and years that a row speaks of."""
        counties = frozenset([row["county"]]) if row["county"] else frozenset(self.counties)
        years = frozenset([row["year"]]) if "year" in row.table.by_name and row["year"] else frozenset(self.years)
        return self.members[row[group]], counties, years

    def highest(self, items: Iterable[str], counties: Iterable[str], years: Iterable[int], but: Row | None = None) -> Number:
        """A number that Σ x cannot exceed; ``but``: a limit row that is left out of the reasoning."""
        items, counties, years = frozenset(items), frozenset(counties), frozenset(years)
        return min(
            self._limited(items, counties, years, but),
            self._by_parts(items, counties, years, but),
            *self._teams(items, counties, years),
            *self._projects(items, counties, years),
        )

    def _limited(self, items: frozenset[str], counties: frozenset[str], years: frozenset[int], but: Row | None) -> Number:
        """What the single cells come to, or the tightest limit that holds all of them."""
        tightest = min(
            (
                most
                for row, most, some_items, some_counties, some_years in self.maxima.get(next(iter(items), ""), ())
                if row is not but and items <= some_items and counties <= some_counties and years <= some_years
            ),
            default=inf,
        )
        return min(tightest, self._sum(self.most, items, counties, years))

    def _by_parts(self, items: frozenset[str], counties: frozenset[str], years: frozenset[int], but: Row | None) -> Number:
        """Split by county, by year or by item: each part under its own tightest limit."""
        best: Number = inf
        for parts in (
            [(items, frozenset([c]), years) for c in counties],
            [(items, counties, frozenset([y])) for y in years],
            [(frozenset([i]), counties, years) for i in items],
        ):
            total: Number = 0
            for part in parts:
                total += self._limited(*part, but)
                if total == inf:
                    break
            best = min(best, total)
        return best

    def _teams(self, items: frozenset[str], counties: frozenset[str], years: frozenset[int]) -> list[Number]:
        """Where only staff is asked for: what the bands of the teams leave room for by the last of the years."""
        if not all(self.kinds[item] == "staff" for item in items):
            return []
        room: Number = 0
        for row in self.tables["teams"]:
            if row["item"] not in items or row["county"] not in counties:
                continue
            opening = self.opening.get(row["project"]) if row["project"] else (min(self.years), 0)
            if opening is not None and opening[0] <= max(years):
                room += Fraction(max(row["max_staff"] - row["staff"], 0) + self.lost.get(row["team"], 0))
        return [room]

    def _projects(self, items: frozenset[str], counties: frozenset[str], years: frozenset[int]) -> list[Number]:
        """Where only projects are asked for: how many may open in one of the years, each of them once."""
        if not all(self.kinds[item] == "project" for item in items):
            return []
        found = 0
        for row in self.tables["projects"]:
            window = self.opening.get(row["project"])
            if row["item"] in items and row["county"] in counties and window is not None:
                found += any(window[0] <= year <= window[1] for year in years)
        return [Fraction(found)]

    def lowest(self, items: Iterable[str], counties: Iterable[str], years: Iterable[int]) -> Fraction:
        """A number that Σ x cannot stay below: what closed years delivered and what minima force, of all or of parts added up."""
        items, counties, years = frozenset(items), frozenset(counties), frozenset(years)
        done = self._done(items, counties, years)
        inside = [each for each in self.minima if each[1] <= items and each[2] <= counties and each[3] <= years]
        best = max([done, *(least for least, *_ in inside)])
        if len(inside) > 1:
            for parts in (
                {c: (items, frozenset([c]), years) for c in counties},
                {y: (items, counties, frozenset([y])) for y in years},
                {i: (frozenset([i]), counties, years) for i in items},
            ):
                best = max(best, done + self._forced_in_parts(inside, list(parts.values())))
        return best

    def _done(self, items: frozenset[str], counties: frozenset[str], years: frozenset[int]) -> Fraction:
        if len(self.least) < len(items) * len(counties) * len(years):
            done = (amount for (i, c, y), amount in self.least.items() if i in items and c in counties and y in years)
        else:
            done = (self.least[i, c, y] for i in items for c in counties for y in years if (i, c, y) in self.least)
        return sum(done, Fraction(0))

    def _forced_in_parts(
        self,
        minima: list[tuple[Fraction, frozenset[str], frozenset[str], frozenset[int]]],
        parts: list[tuple[frozenset[str], frozenset[str], frozenset[int]]],
    ) -> Fraction:
        """What minima inside each part force beyond what is done there."""
        forced = Fraction(0)
        for items, counties, years in parts:
            here = [least for least, i, c, y in minima if i <= items and c <= counties and y <= years]
            if here:
                forced += max(Fraction(0), max(here) - self._done(items, counties, years))
        return forced

    def _sum(
        self, cells: dict[tuple[str, str, int], Number], items: frozenset[str], counties: frozenset[str], years: frozenset[int]
    ) -> Number:
        total: Number = 0
        for i in items:
            for c in counties:
                for y in years:
                    total += cells.get((i, c, y), 0)
                    if total == inf:
                        return inf
        return total


def reach_of(tables: Tables) -> Reach:
    """The bounds that follow from the tables."""
    first, last = tables.setting("first_year"), tables.setting("last_year")
    closed = tables.setting("closed_through") or first - 1
    years = range(first, last + 1)
    starts = {row["project"]: row["year"] for row in tables["actuals"] if row["project"]}
    opening: dict[str, tuple[int, int] | None] = {}
    for row in tables["projects"]:
        if row["project"] in starts:
            when = starts[row["project"]] + row["build_years"]
            opening[row["project"]] = (when, when) if when <= last else None
            continue
        earliest = max(row["earliest_start"] or first, closed + 1) + row["build_years"]
        latest = min(row["latest_opening"] or last, last)
        opening[row["project"]] = (earliest, latest) if earliest <= latest else None
    reach = Reach(
        tables, years, closed, [row["county"] for row in tables["counties"]],
        {name: frozenset(items) for name, items in group_members(tables).items()},
        {row["item"]: row["kind"] for row in tables["items"]}, opening,
        in_parts=frozenset(row["item"] for row in tables["items"] if row["kind"] == "goods" and not row["whole"]),
    )  # fmt: skip
    for row in tables["losses"]:
        reach.lost[row["team"]] = reach.lost.get(row["team"], 0) + row["quantity"]
    reach.limits = [(row, *reach.scope(row)) for row in tables["limits"]]
    for row, items, counties, when in reach.limits:
        if row["max"] is not None:
            most = reach.down(Fraction(row["max"]), items)
            for item in items:
                reach.maxima.setdefault(item, []).append((row, most, items, counties, when))
    reach.minima = [
        (reach.up(Fraction(row["min"]), items), items, counties, when)
        for row, items, counties, when in reach.limits
        if row["min"]
    ]
    _cells(reach)
    return reach


def _cells(reach: Reach) -> None:
    """Bounds on each x[i,c,y] alone."""
    tables = reach.tables
    done: dict[tuple[str, str, int], Fraction] = defaultdict(Fraction)
    builds = {row["project"]: row["build_years"] for row in tables["projects"]}
    for row in tables["actuals"]:
        year = row["year"] + builds[row["project"]] if row["project"] else row["year"]
        done[row["item"], row["county"], year] += Fraction(row["quantity"])
    hires: dict[tuple[str, str], int] = defaultdict(int)
    for row in tables["teams"]:
        if not row["project"] or reach.opening[row["project"]] is not None:
            hires[row["item"], row["county"]] += max(row["max_staff"] - row["staff"], 0) + reach.lost.get(row["team"], 0)
    started = {row["project"] for row in tables["actuals"] if row["project"]}
    for item in tables["items"]:
        i = item["item"]
        for c in reach.counties:
            for y in reach.years:
                known = done[i, c, y]
                if known:
                    reach.least[i, c, y] = known
                if item["kind"] == "project":
                    may = sum(
                        1
                        for row in tables["projects"]
                        if (row["item"], row["county"]) == (i, c)
                        and row["project"] not in started
                        and (when := reach.opening[row["project"]]) is not None
                        and when[0] <= y <= when[1]
                    )
                    reach.most[i, c, y] = known + may
                elif y <= reach.closed + (item["lead_years"] if item["kind"] == "goods" else 0):
                    reach.most[i, c, y] = known
                else:
                    reach.most[i, c, y] = Fraction(hires[i, c]) if item["kind"] == "staff" else inf
