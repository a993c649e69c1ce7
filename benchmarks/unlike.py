"""Seeded plans that are unlike Shuozhou's and unlike those of :mod:`benchmarks.plans`: each kind has something those never have.

A search that fits one city's plan and little else is found out here. Nothing is taken from the catalogue: goods have no names,
prices are drawn over four orders of magnitude, and what a county needs follows no risk weight. Every plan can be carried out,
as nothing is asked for that must be bought and what closed years left behind is paid for.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from math import ceil
from typing import Any

from optplan.plan import Plan
from optplan.tables import tables_from
from optplan.tables.content import Tables
from optplan.tables.findings import PlanError

FIRST_YEAR = 2026
MARGIN = 1.05  # over what closed years left to be paid, for grown and rounded prices
CLOSED_PACE = 0.6  # how much of what an even pace would have delivered the closed years did
GROWTH = {"capital": 0.015, "recurrent": 0.025}
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Traits:
    """What a kind of plan has. ``most``: units of one item that a county may lack; ``pooled``: the share of all money that pools
    pay; ``rich``: how many times as much of its own money the first county has as each of the others; ``teams``: of each of two
    classes, a county; ``money``: the share of what everything would cost that the funds cover."""

    counties: int = 7
    years: int = 5
    closed: int = 0
    items: int = 12
    most: int = 40
    pooled: float = 0.3
    rich: float = 1.0
    teams: int = 1
    projects: int = 4
    money: float = 0.8


KINDS = {
    "few-units": Traits(most=3),
    "few-units-short-of-money": Traits(most=4, money=0.55, projects=7),
    "few-items": Traits(items=3, most=400, projects=0),
    "pools-pay": Traits(pooled=0.92, most=15),
    "one-rich-six-poor": Traits(rich=12, pooled=0.2, most=20),
    "twenty-years": Traits(counties=3, years=20, items=8, most=60, projects=6),
    "one-year": Traits(counties=12, years=1, projects=0, most=25),
    "closed-years": Traits(years=6, closed=3, most=30),
    "many-teams": Traits(counties=6, items=4, teams=5, most=12),
    "all-at-once": Traits(
        counties=6, years=8, closed=2, items=9, most=5, pooled=0.6, rich=5, teams=3, projects=5, money=0.65
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Unlike:
    """Plans of one of :data:`KINDS`."""

    kind: str

    @property
    def name(self) -> str:
        """What results call it."""
        return f"unlike-{self.kind}"


def unlike_tables(seed: int, subject: Unlike) -> Tables:
    """The tables of plan number ``seed``; the same for the same arguments, whatever the machine."""
    tables, findings = tables_from(_Maker(random.Random(f"{subject.kind} {seed}"), KINDS[subject.kind]).rows())
    if any(finding.severity == "error" for finding in findings):
        raise PlanError(findings)
    return tables


def unlike_plan(seed: int, subject: Unlike) -> Plan:
    """Plan number ``seed`` of a kind."""
    return Plan(unlike_tables(seed, subject), [])


class _Maker:
    """Draws a plan part by part, and adds up what it would cost: ``needed`` in all, ``owed`` for what closed years delivered."""

    def __init__(self, rng: random.Random, traits: Traits) -> None:
        self.rng, self.traits = rng, traits
        self.years = list(range(FIRST_YEAR, FIRST_YEAR + traits.years))
        self.open = self.years[traits.closed :]
        self.counties = [f"k{number}" for number in range(1, traits.counties + 1)]
        self.tables: dict[str, Rows] = defaultdict(list)
        self.needed: dict[tuple[str, int, str], float] = defaultdict(float)
        self.owed: dict[tuple[str, int, str], float] = defaultdict(float)

    def rows(self) -> dict[str, Rows]:
        """Every table, as rows of plain values."""
        self._frame()
        for number in range(self.traits.items):
            self._goods(f"i{number}", dear=number % 3 == 0)
        self._mixes()
        self._teams()
        self._projects()
        self._funds()
        return dict(self.tables)

    def _frame(self) -> None:
        settings = {
            "title": "unlike", "first_year": self.years[0], "last_year": self.years[-1],
            "closed_through": self.years[self.traits.closed - 1] if self.traits.closed else None,
            "price_year": self.years[0], "capital_price_growth": str(GROWTH["capital"]),
            "recurrent_price_growth": str(GROWTH["recurrent"]), "discount_rate": "0.04", "staffing_weight": 2,
        }  # fmt: skip
        self.tables["plan"] = [{"key": key, "value": value} for key, value in settings.items() if value is not None]
        for number, county in enumerate(self.counties):
            poor = number > 0 if self.traits.rich > 1 else number % 2
            risk = self.rng.choice(("0.4", "1", "1", "2.5"))
            self.tables["counties"].append(
                {"county": county, "name": county.upper(), "risk_weight": risk, "supported": int(bool(poor))}
            )

    def _pay(self, ledger: str, county: str, year: int, number: float, capital: float, annual: float) -> None:
        """Adds what ``number`` units delivered in ``year`` cost from then on."""
        book = self.needed if ledger == "needed" else self.owed
        book[county, year, "capital"] += number * capital * (1 + GROWTH["capital"]) ** (year - self.years[0])
        for later in self.years:
            if later >= year:
                book[county, later, "recurrent"] += number * annual * (1 + GROWTH["recurrent"]) ** (later - self.years[0])

    def _goods(self, item: str, *, dear: bool) -> None:
        rng, traits = self.rng, self.traits
        capital = round(10 ** (rng.uniform(1.5, 3) if dear else rng.uniform(-1, 1.2)), 2)
        annual = round(capital * rng.choice((0, 0.02, 0.08, 0.3)), 4)
        self.tables["items"].append({"item": item, "name": item, "category": "vehicle" if dear else "equipment"})
        self.tables["costs"].append({"item": item, "unit_cost": str(capital), "annual_cost": str(annual)})
        lacking_in_all = 0
        for county in self.counties:
            lacking = rng.randint(0, max(1, traits.most // (4 if dear else 1)))
            stands = rng.randint(0, 2 * lacking + 1)
            lacking_in_all += lacking
            self._stock(item, county, stands)
            self._standard(item, county, stands, stands + lacking)
            for year in self.years:
                self._pay("needed", county, year, lacking / len(self.years), capital, annual)
            if traits.closed and (done := int(CLOSED_PACE * lacking * traits.closed / len(self.years))):
                year = rng.choice(self.years[: traits.closed])
                self.tables["actuals"].append({"item": item, "county": county, "year": year, "quantity": done})
                self._pay("owed", county, year, done, capital, annual)
        if lacking_in_all:
            early = rng.random() < 0.4 and len(self.years) > 1
            by_year = self.years[len(self.years) // 2] if early else self.years[-1]
            share, sense = rng.uniform(0.6, 1) * (0.5 if early else 1), rng.choice(("min", "exact"))
            total = max(1, round(share * lacking_in_all), self._done(item))
            self.tables["targets"].append(
                {"target": f"t_{item}", "group": item, "by_year": by_year, "total": total, "sense": sense,
                 "weight": rng.choice((1, 1, 4))}
            )  # fmt: skip

    def _done(self, item: str) -> int:
        return sum(int(row["quantity"]) for row in self.tables["actuals"] if row["item"] == item)

    def _stock(self, item: str, county: str, stands: int) -> None:
        old = stands // 2 if len(self.years) > 1 and self.rng.random() < 0.5 else 0
        if stands - old:
            self.tables["stock"].append({"item": item, "county": county, "quantity": stands - old})
        if old:
            retires = self.rng.choice(self.years[:-1])
            self.tables["stock"].append({"item": item, "county": county, "quantity": old, "retires_after": retires})

    def _standard(self, item: str, county: str, now: int, in_the_end: int) -> None:
        steps = {self.years[0]: (now + in_the_end) // 2, self.years[len(self.years) // 2]: in_the_end}
        weight = self.rng.choice((1, 2, 5))
        self.tables["standards"] += [
            {"standard": f"s_{item}", "group": item, "county": county, "from_year": year, "required": required, "weight": weight}
            for year, required in steps.items()
            if required
        ]

    def _mixes(self) -> None:
        """Of two goods bought together one is to be at least a third and at most two thirds."""
        pair = [row["item"] for row in self.tables["items"]][1:3]
        if len(pair) == 2 and not self.traits.closed:
            self.tables["groups"] += [{"group": "pair", "item": item} for item in pair]
            self.tables["mix"].append({"mix": "pair", "part": pair[0], "whole": "pair", "min_share": "0.25", "max_share": "0.75"})

    def _teams(self) -> None:
        rng, lacking_in_all = self.rng, 0
        self.tables["items"].append({"item": "crew", "name": "crew", "category": "personnel", "kind": "staff"})
        self.tables["costs"].append({"item": "crew", "unit_cost": "1.2", "annual_cost": "9", "first_year_share": "0.5"})
        for county in self.counties:
            for kind, least in (("day", 6), ("night", 14)):
                for number in range(self.traits.teams):
                    staff = rng.randint(0, least)
                    lacking_in_all += least - staff
                    self.tables["teams"].append(
                        {"team": f"{county}_{kind}_{number}", "name": kind, "county": county, "item": "crew", "class": kind,
                         "staff": staff, "min_staff": least, "max_staff": least + rng.randint(0, 3)}
                    )  # fmt: skip
                    for year in self.years:
                        self._pay("needed", county, year, (least - staff) / len(self.years), 1.2, 9)
        total = max(1, round(0.9 * lacking_in_all))
        self.tables["targets"].append({"target": "t_crew", "group": "crew", "by_year": self.years[-1], "total": total})

    def _projects(self) -> None:
        rng = self.rng
        if len(self.open) < 3 or not self.traits.projects:
            return
        self.tables["items"].append({"item": "depot", "name": "depot", "category": "station", "kind": "project"})
        for number in range(self.traits.projects):
            county, capital = rng.choice(self.counties), round(rng.uniform(150, 1200))
            self.tables["projects"].append(
                {"project": f"d{number}", "name": f"d{number}", "county": county, "item": "depot", "capital_cost": capital,
                 "build_years": 2, "spend": "0.5;0.3;0.2", "annual_cost": round(capital / 25), "first_year_share": 1,
                 "earliest_start": self.open[0]}
            )  # fmt: skip
            need = {"project": f"d{number}", "standard": "s_i0", "quantity": rng.randint(1, 3)}
            self.tables["project_needs"].append(need)
            self.tables["teams"].append(
                {"team": f"d{number}_crew", "name": "new", "county": county, "item": "crew", "class": "new", "min_staff": 4,
                 "max_staff": 9, "project": f"d{number}"}
            )  # fmt: skip
            self._pay("needed", county, self.open[len(self.open) // 2], 1, capital, capital / 25 + 36)
        total = max(1, self.traits.projects - 1)
        self.tables["targets"].append({"target": "t_depot", "group": "depot", "by_year": self.years[-1], "total": total})

    def _funds(self) -> None:
        traits = self.traits
        self.tables["funds"] = [
            {"fund": "own", "name": "own", "level": "county", "pays": "both", "carry_share": "0.5"},
            {"fund": "grant", "name": "grant", "level": "pool", "pays": "both", "carry_share": "1", "match_rate": "0.05",
             "match_rate_supported": "0"},
            {"fund": "bond", "name": "bond", "level": "pool", "pays": "capital", "carry_share": "0", "support_floor": "0.4",
             "county_cap_share": "0.5"},
        ]  # fmt: skip
        shares = {county: traits.rich if number == 0 else 1.0 for number, county in enumerate(self.counties)}
        for year in self.open:
            cost = {
                county: sum(self.needed[county, year, kind] for kind in ("capital", "recurrent")) * traits.money
                for county in self.counties
            }
            everybody = sum(cost.values())
            weight = sum(shares[county] * cost[county] for county in self.counties)
            for county in self.counties:
                own = (1 - traits.pooled) * everybody * shares[county] * cost[county] / weight if weight else 0.0
                amount = ceil(own + MARGIN * self.owed[county, year, "recurrent"])
                self.tables["budgets"].append({"fund": "own", "county": county, "year": year, "amount": amount})
            for fund, share in (("grant", 0.6), ("bond", 0.4)):
                self.tables["budgets"].append({"fund": fund, "year": year, "amount": ceil(share * traits.pooled * everybody)})
