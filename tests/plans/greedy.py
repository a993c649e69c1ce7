"""A valid schedule without a search: county by county, what the next year needs, as long as every rule and purse allows it."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

from optplan.audit.facts import Facts
from optplan.schedule import Schedule
from optplan.tables.content import Row, Tables

CLASSES = ("capital", "recurrent")
FROM_POOLS = Fraction(1, 10)  # of the capital of supported counties


def greedy_schedule(tables: Tables, share: Fraction = Fraction(7, 10)) -> Schedule:
    """About ``share`` of what ceilings and bands leave room for, evenly over the years, paid from the counties' own funds.

    Knows plans without closed years whose minima are of one item, county and year.
    """
    return _Greedy(tables, share).schedule()


class _Greedy:
    def __init__(self, tables: Tables, share: Fraction) -> None:
        self.facts, self.share = Facts(tables), share
        self.deliveries: dict[tuple[str, str, int], int] = defaultdict(int)
        self.hires: dict[tuple[str, int], int] = defaultdict(int)
        self.starts: dict[str, int] = {}
        self.costs: dict[tuple[str, int, str], int] = defaultdict(int)
        self.bounds = self._bounds()
        self.least = {(row["group"], row["county"], row["year"]): int(row["min"]) for row in tables["limits"] if row["min"]}
        self.purses = {
            (c, y, k): sum(
                self.facts.amount(f, c, y) for f in self.facts.funds if not self.facts.is_pool(f) and k in self.facts.pays(f)
            )
            for c in self.facts.counties
            for y in self.facts.years
            for k in CLASSES
        }

    def _bounds(self) -> dict[tuple[str, str, int], list[list[Fraction]]]:
        """What is left of each maximum and exact total, by each delivery that it bounds."""
        found: dict[tuple[str, str, int], list[list[Fraction]]] = defaultdict(list)
        facts = self.facts
        exact = [row for row in facts.tables["targets"] if row["sense"] == "exact"]
        for row in (*facts.tables["limits"], *exact):
            most = row["total"] if row.table.name == "targets" else row["max"]
            years = facts.years if row.table.name == "targets" else facts.when(row)
            if most is not None:
                left = [Fraction(most)]
                for i in facts.members[row["group"]]:
                    for c in facts.where(row):
                        for y in years:
                            found[i, c, y].append(left)
        return found

    def schedule(self) -> Schedule:
        facts = self.facts
        mixed = [row for row in facts.tables["mix"] if row["min_share"] is not None]
        companions = {row["part"]: (facts.members[row["whole"]] - {row["part"]}).pop() for row in mixed}
        rare = {i for row in facts.tables["mix"] if row["min_share"] is None for i in facts.members[row["part"]]}
        goods = [i for i, row in facts.items.items() if row["kind"] == "goods" and i not in rare | {*companions.values()}]
        for (i, c, y), number in self.least.items():
            assert self._deliver({(i, c, y): number}), f"{i} in {c} must be paid for in {y}"
        for y in facts.years:
            for p in facts.projects:
                self._start(p, y)
            for c in facts.counties:
                for k, team in facts.teams.items():
                    if team["county"] == c and not team["project"]:
                        self._hire(k, team, y)
                for i in goods:
                    self._give(i, c, y, companions.get(i))
        payments = {(f, c, y, k): yuan for (c, y, k), cost in self.costs.items() for f, yuan in self._paid(c, y, k, cost)}
        return Schedule(
            {key: Decimal(number) for key, number in self.deliveries.items() if number},
            {key: number for key, number in self.hires.items() if number},
            self.starts,
            {key: yuan for key, yuan in payments.items() if yuan},
        )

    def _give(self, i: str, c: str, y: int, companion: str | None) -> None:
        facts = self.facts
        ceilings = [left[0] for left in self.bounds[i, c, y]]
        if not ceilings or (i, c, y) in self.least:
            return
        given = sum(self.deliveries[i, c, past] for past in range(facts.first, y))
        time_passed = Fraction(y - facts.first + 1, len(facts.years))
        wanted = round((min(ceilings) + given) * self.share * time_passed) - given
        if wanted <= 0:
            return
        bundle = {(i, c, y): wanted}
        if companion:
            bundle[companion, c, y] = round(wanted * Fraction(3, 7))
        self._deliver(bundle)

    def _hire(self, k: str, team: Row, y: int) -> None:
        lacking = team["min_staff"] - team["staff"] - sum(self.hires[k, past] for past in self.facts.years)
        number = -(-lacking // (self.facts.last - y + 1))
        if number > 0 and self._deliver({(team["item"], team["county"], y): number}):
            self.hires[k, y] = number

    def _start(self, p: str, y: int) -> None:
        facts, row = self.facts, self.facts.projects[p]
        opening = y + row["build_years"]
        if p in self.starts or y < (row["earliest_start"] or y) or opening > min(row["latest_opening"] or facts.last, facts.last):
            return
        c, due = row["county"], defaultdict(int)
        for when, yuan in facts.instalments(p, y):
            due[c, when, "capital"] += yuan
        for when in range(opening, facts.last + 1):
            price = facts.project_first_year_cost if when == opening else facts.project_annual_cost
            due[c, when, "recurrent"] += price(p, when)
        crews = {k: team for k, team in facts.teams.items() if team["project"] == p}
        bundle = {(row["item"], c, opening): 1}
        for team in crews.values():
            bundle[team["item"], c, opening] = team["min_staff"]
        if self._deliver(bundle, due):
            self.starts[p] = y
            self.hires.update({(k, opening): team["min_staff"] for k, team in crews.items()})

    def _deliver(self, bundle: dict[tuple[str, str, int], int], due: dict[tuple[str, int, str], int] | None = None) -> bool:
        """Deliver all of a bundle, if every bound and purse allows it."""
        facts, costs = self.facts, defaultdict(int, due or {})
        used: dict[int, Fraction] = defaultdict(Fraction)
        lefts = {id(left): left for key in bundle for left in self.bounds[key]}
        for (i, c, y), number in bundle.items():
            for left in self.bounds[i, c, y]:
                used[id(left)] += number
            costs[c, y, "capital"] += number * facts.unit_cost(i, c, y)
            for when in range(y, facts.last + 1):
                price = facts.first_year_cost if when == y else facts.annual_cost
                costs[c, when, "recurrent"] += number * price(i, c, when)
        if any(number > lefts[left][0] for left, number in used.items()):
            return False
        within = {key: yuan for key, yuan in costs.items() if key[1] <= facts.last}
        if any(self.costs[key] + yuan > self.purses[key] for key, yuan in within.items()):
            return False
        for left, number in used.items():
            lefts[left][0] -= number
        for key, yuan in within.items():
            self.costs[key] += yuan
        for key, number in bundle.items():
            self.deliveries[key] += number
        return True

    def _paid(self, c: str, y: int, k: str, cost: int) -> list[tuple[str, int]]:
        """Who pays a cost: a little from a pool where the county is supported, the rest from its own funds, one after another."""
        facts, parts = self.facts, []
        for f in facts.funds:
            if facts.is_pool(f) and k == "capital" and k in facts.pays(f) and facts.counties[c]["supported"] and not parts:
                cap = Fraction(facts.funds[f]["county_cap_share"]) * facts.amount(f, c, y)
                parts.append((f, int(min(cap, cost * FROM_POOLS))))
        left = cost - sum(yuan for _, yuan in parts)
        for f in facts.funds:
            if not facts.is_pool(f) and k in facts.pays(f):
                parts.append((f, min(left, facts.amount(f, c, y))))
                left -= parts[-1][1]
        return parts
