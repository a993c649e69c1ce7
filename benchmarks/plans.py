"""Seeded plans as real ones are: their structure is that of ``inputs/shuozhou``, their size and how tight money is are chosen.

Every plan can be fulfilled in part: what closed years left behind and what minima ask for is always paid for. How much of
the targets and standards the rest of the money reaches is for the solvers to find out.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Any

from benchmarks.catalogue import CAPACITIES, GOODS, GROUPS, MIXES, STAFF, STANDARDS, STATIONS, TARGETS
from optplan.plan import Plan
from optplan.plan.checks import check
from optplan.tables import tables_from
from optplan.tables.content import Tables
from optplan.tables.findings import PlanError

FIRST_YEAR = 2021
GROWTH = {"capital": 0.02, "recurrent": 0.03}
OWN_SHARE = {"capital": 0.72, "recurrent": 0.9}  # of what a county needs, that it finds itself
CLOSED_PACE = 0.7  # how much of what was planned the closed years delivered
MARGIN = 1.03  # over what minima and started projects cost, for rounded prices
CITY = "city"
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Size:
    """How large a plan is. ``money``: the share of what everything would cost that the funds cover; 0.7 is tight, 1.1 loose."""

    counties: int = 7
    years: int = 5
    closed: int = 0
    money: float = 0.9

    @property
    def name(self) -> str:
        """Short and unambiguous: what a size is called in results."""
        return f"{self.counties}x{self.years}-closed{self.closed}-money{self.money:g}"


def realistic_tables(seed: int, size: Size = Size()) -> Tables:
    """The tables of plan number ``seed``; the same for the same arguments, whatever the machine."""
    tables, findings = tables_from(_Maker(random.Random(seed), size).rows())
    if any(finding.severity == "error" for finding in findings):
        raise PlanError(findings)
    return tables


def realistic_plan(seed: int, size: Size = Size(), *, checked: bool = False) -> Plan:
    """Plan number ``seed``; ``checked``: with every check before solving, which takes long for a hundred counties."""
    tables = realistic_tables(seed, size)
    findings = check(tables) if checked else []
    if any(finding.severity == "error" for finding in findings):
        raise PlanError(findings)
    return Plan(tables, findings)


class _Maker:
    """Draws a plan part by part, and adds up what it would cost: ``needed`` in all, ``owed`` of that without any choice."""

    def __init__(self, rng: random.Random, size: Size) -> None:
        self.rng, self.size = rng, size
        self.years = list(range(FIRST_YEAR, FIRST_YEAR + size.years))
        self.last = self.years[-1]
        self.open = self.years[size.closed :]
        self.real = [f"c{number:03d}" for number in range(1, size.counties + 1)]
        self.risk = {county: round(rng.uniform(0.5, 2.2), 1) for county in self.real}
        ramp = [0.6 + 0.8 * step / max(1, size.years - 1) for step in range(size.years)]
        self.pace = dict(zip(self.years, (part / sum(ramp) for part in ramp), strict=True))
        self.full: dict[tuple[str, str], int] = {}
        self.hired: dict[str, int] = defaultdict(int)
        self.needed: dict[tuple[str, int, str], float] = defaultdict(float)
        self.owed: dict[tuple[str, int, str], float] = defaultdict(float)
        self.tables: dict[str, Rows] = defaultdict(list)

    def rows(self) -> dict[str, Rows]:
        """Every table, as rows of plain values."""
        self._frame()
        self._goods()
        self._projects()
        self._teams()
        self._standards()
        self._promises()
        self._funds()
        return dict(self.tables)

    def _year(self, share: float) -> int:
        """The year when that share of the plan's time has passed; 0 is the first year."""
        return self.years[min(round(share * (len(self.years) - 1)), len(self.years) - 1)]

    def _frame(self) -> None:
        settings = {
            "title": f"benchmark {self.size.name}", "first_year": self.years[0], "last_year": self.last,
            "closed_through": self.years[self.size.closed - 1] if self.size.closed else None,
            "price_year": self.years[0], "capital_price_growth": "0.02", "recurrent_price_growth": "0.03",
            "discount_rate": "0.03", "staffing_weight": 3,
        }  # fmt: skip
        self.tables["plan"] = [{"key": key, "value": value} for key, value in settings.items() if value is not None]
        poor = set(self.rng.sample(self.real, max(1, round(0.3 * len(self.real)))))
        for county in self.real:
            self.tables["counties"].append(
                {
                    "county": county,
                    "name": county.upper(),
                    "risk_weight": str(self.risk[county]),
                    "supported": int(county in poor),
                }
            )
            for step, year in enumerate(self.years[1:]):
                rate = ("0.10", "0.06", "0.03")[min(step, 2)]
                self.tables["growth"].append({"county": county, "year": year, "rate": rate})
        self.tables["counties"].append({"county": CITY, "name": "CITY", "risk_weight": 1, "supported": 0})
        self.tables["groups"] = [{"group": group, "item": item} for group, items in GROUPS.items() for item in items]

    def _cost(self, ledger: str, county: str, year: int, kind: str, amount: float) -> None:
        grown = amount * (1 + GROWTH[kind]) ** (year - self.years[0])
        (self.needed if ledger == "needed" else self.owed)[county, year, kind] += grown

    def _delivery(self, ledger: str, county: str, year: int, number: float, prices: tuple[str, str, str]) -> None:
        """Adds what ``number`` units delivered in ``year`` cost from then on."""
        unit, annual, first = map(float, prices)
        self._cost(ledger, county, year, "capital", number * unit)
        for later in self.years:
            if later >= year:
                self._cost(ledger, county, later, "recurrent", number * annual * (first if later == year else 1))

    def _goods(self) -> None:
        rng = self.rng
        for goods in GOODS:
            self.tables["items"].append({"item": goods.item, "name": goods.item, "category": goods.category})
            price = {"item": goods.item, "unit_cost": goods.price, "annual_cost": goods.upkeep}
            self.tables["costs"].append({**price, "first_year_share": goods.first_year})
            some = [county for county in self.real if rng.random() < 0.5] or self.real[:1]
            places = {
                "every": self.real, "some": some, "city": [CITY],
                "one": rng.sample(self.real, 1), "two": rng.sample(self.real, min(2, len(self.real))),
            }[goods.where]  # fmt: skip
            for county in (*self.real, CITY):
                scale = self.risk.get(county, 1) * rng.uniform(0.8, 1.2) if goods.where in {"every", "some"} else 1
                if goods.yearly or goods.need == 1:
                    scale = 1
                full = max(1, round(goods.need * scale)) if county in places else 0
                if goods.item.endswith("_repair"):  # mended in proportion to what is new, as the mixes ask
                    full = round(self.full[goods.item.replace("_repair", "_new"), county] * rng.uniform(0.43, 0.5))
                self.full[goods.item, county] = full
                self._deliver(goods.item, county, goods.yearly, (goods.price, goods.upkeep, goods.first_year))
        self._dear_places()

    def _deliver(self, item: str, county: str, yearly: bool, prices: tuple[str, str, str]) -> None:
        full = self.full[item, county]
        for year in self.years:
            if yearly:
                self.tables["limits"].append(
                    {"limit": f"{item}_{county}_{year}", "group": item, "county": county, "year": year,
                     "min": full or None, "max": full}
                )  # fmt: skip
                self._delivery("owed", county, year, full, prices)
                done = full
            else:
                planned = 0.9 * full * self.pace[year]
                self._delivery("needed", county, year, planned, prices)
                done = int(planned * CLOSED_PACE * min(1, self.size.money))
                if item in {"motorcycle", "tanker", "hydrant_repair", "crane_repair"}:
                    done = self._companion(item, county, year)
            if year not in self.open and done:
                self.tables["actuals"].append({"item": item, "county": county, "year": year, "quantity": done})
        if not yearly:
            row = {"limit": f"{item}_{county}", "group": item, "county": county, "max": full, "kind": "ceiling"}
            self.tables["limits"].append(row)

    def _companion(self, item: str, county: str, year: int) -> int:
        """What a closed year delivered of the items whose share in their group is ruled."""
        if not item.endswith("_repair"):
            return 0
        new = item.replace("_repair", "_new")
        delivered = (row for row in self.tables["actuals"] if (row["item"], row["county"], row["year"]) == (new, county, year))
        return int(0.43 * sum(int(row["quantity"]) for row in delivered))

    def _dear_places(self) -> None:
        """Prices of a county, of a year, and of both: every kind of row that the rules know."""
        county = self.rng.choice(self.real)
        self.tables["costs"] += [
            {"item": "road_upgrade", "county": county, "unit_cost": "14", "annual_cost": "0.25", "first_year_share": 0},
            {"item": "village_water", "county": county, "year": self.last, "unit_cost": "5.6", "annual_cost": "0.12"},
            *(
                {"item": "equip_station", "year": year, "unit_cost": str(Decimal("0.07") + Decimal("0.002") * step)}
                for step, year in enumerate(self.years)
                if year in self.open
            ),
        ]

    def _projects(self) -> None:
        rng, build = self.rng, {name: facts[1] for name, facts in STATIONS.items()}
        for item in STATIONS:
            self.tables["items"].append({"item": item, "name": item, "category": "station", "kind": "project"})
        possible = [item for item in STATIONS if build[item] < len(self.open)]
        if not possible:
            return
        for county in rng.sample(self.real, max(1, round(0.7 * len(self.real)))):
            item = rng.choice(possible)
            capital, years, spend, annual, staff = STATIONS[item]
            earliest = min(self.years[0] + 1, self.last - years)
            project = f"p_{county}"
            started = earliest not in self.open and rng.random() < 0.3
            self.tables["projects"].append(
                {"project": project, "name": project, "county": county, "item": item, "capital_cost": capital,
                 "build_years": years, "spend": spend, "annual_cost": annual, "first_year_share": "0.5",
                 "earliest_start": earliest, "latest_opening": self.last}
            )  # fmt: skip
            if started:
                self.tables["actuals"].append(
                    {"item": item, "county": county, "year": earliest, "quantity": 1, "project": project}
                )
            start = earliest if started else rng.choice(range(earliest, max(earliest, self.last - years) + 1))
            ledger = "owed" if started else "needed"
            for age, share in enumerate(spend.split(";")):
                if start + age <= self.last:
                    self._cost(ledger, county, start + age, "capital", float(capital) * float(share))
            if start + years <= self.last:
                self._delivery(ledger, county, start + years, 1, ("0", annual, "0.5"))
                if staff:
                    self._delivery(ledger, county, start + years, staff[0], STAFF["firefighter"])
            if staff:
                self.tables["project_needs"].append(
                    {"project": project, "standard": "station_engines", "quantity": staff[0] // 5}
                )
                self.hired["firefighter"] += staff[0]
                self.tables["teams"].append(
                    {"team": f"{project}_new", "name": "new", "county": county, "item": "firefighter",
                     "min_staff": staff[0], "max_staff": staff[1], "project": project}
                )  # fmt: skip
        self.tables["limits"].append({"limit": "station_openings", "group": "stations", "max": len(self.tables["projects"])})

    def _teams(self) -> None:
        rng = self.rng
        for item, (capital, annual, first) in STAFF.items():
            self.tables["items"].append({"item": item, "name": item, "category": "personnel", "kind": "staff"})
            self.tables["costs"].append({"item": item, "unit_cost": capital, "annual_cost": annual, "first_year_share": first})
        for county in self.real:
            kinds = [
                ("station", "firefighter", 15, 25, rng.choice([14, 14, 15, 16])) for _ in range(round(self.risk[county]) or 1)
            ]
            if self.risk[county] > 1.7:
                kinds += [
                    ("special", "firefighter", 45, 60, 40),
                    ("first", "firefighter", 30, 45, 30),
                    ("depot", "firefighter", 40, 55, 20),
                ]
            kinds += [("town", "firefighter", 10, 15, 0)] * rng.randint(1, 3)
            kinds += [("volunteer", "volunteer", 8, 10, 0)] * rng.randint(5, 11)
            for number, (kind, item, least, most, staff) in enumerate(kinds):
                team = f"{county}_{kind}_{number}"
                self.tables["teams"].append(
                    {"team": team, "name": kind, "county": county, "item": item, "class": kind, "staff": staff,
                     "min_staff": least, "max_staff": most}
                )  # fmt: skip
                self._hire(team, county, item, max(0, least - staff))

    def _hire(self, team: str, county: str, item: str, lacking: int) -> None:
        self.hired[item] += lacking
        for year in self.years:
            planned = lacking * self.pace[year]
            self._delivery("needed", county, year, planned, STAFF[item])
            done = int(planned * CLOSED_PACE * min(1, self.size.money))
            if year not in self.open and done:
                self.tables["actuals"].append({"item": item, "county": county, "year": year, "quantity": done, "team": team})

    def _standards(self) -> None:
        rng = self.rng
        for standard, (group, weight, before, steps) in STANDARDS.items():
            for county in self.real:
                items = GROUPS.get(group, (group,))
                need = sum(self.full[item, county] for item in items)
                stands = {item: round(self.full[item, county] * before * rng.uniform(0.6, 1.4)) for item in items}
                asked = need + sum(stands.values())
                if standard == "fleet":
                    asked = round(asked * 1.3)
                for share, part in steps:
                    row = {
                        "standard": standard,
                        "group": group,
                        "county": county,
                        "from_year": self._year(share),
                        "weight": weight,
                    }
                    self.tables["standards"].append({**row, "required": max(1, round(asked * part))})
                for item, number in stands.items():
                    if number:
                        self._stock(item, county, number)
        last = {(row["standard"], row["county"], row["from_year"]): row for row in self.tables["standards"]}
        self.tables["standards"] = list(last.values())

    def _stock(self, item: str, county: str, number: int) -> None:
        """Counted once an item, some of it to be written off as the years go by."""
        if any((row["item"], row["county"]) == (item, county) for row in self.tables["stock"]):
            return
        old = number // 3 if self.rng.random() < 0.6 else 0
        self.tables["stock"].append({"item": item, "county": county, "quantity": number - old})
        if old:
            retires = self.rng.choice([self.years[0] - 1, *self.years[:-1]])
            self.tables["stock"].append({"item": item, "county": county, "quantity": old, "retires_after": retires})

    def _promises(self) -> None:
        need: dict[str, int] = defaultdict(int)
        for (item, _), number in self.full.items():
            need[item] += number
        need.update(self.hired)
        for row in self.tables["projects"]:
            need[row["item"]] += 1
        for group, share, when, sense, weight in TARGETS:
            year, total = self._year(when), int(share * sum(need[item] for item in GROUPS.get(group, (group,))))
            target = f"{group}_{year}"
            if total and all(row["target"] != target for row in self.tables["targets"]):
                row = {"target": target, "group": group, "by_year": year, "total": total, "sense": sense, "weight": weight}
                self.tables["targets"].append(row)
        for group, times in CAPACITIES.items():
            most = ceil(times * sum(need[item] for item in GROUPS[group]) / len(self.years))
            self.tables["limits"] += [{"limit": f"{group}_{y}", "group": group, "year": y, "max": most} for y in self.years]
        for part, whole, least, greatest in MIXES:
            self.tables["mix"].append(
                {"mix": f"{part}_share", "part": part, "whole": whole, "min_share": least, "max_share": greatest}
            )

    def _funds(self) -> None:
        rng, size = self.rng, self.size
        pool = {"level": "pool", "carry_share": "0.3", "county_cap_share": f"{min(1, 2.8 / size.counties):.4f}"}
        self.tables["funds"] = [
            {"fund": "own_capital", "name": "own capital", "level": "county", "pays": "capital", "carry_share": "0.3"},
            {"fund": "own_recurrent", "name": "own recurrent", "level": "county", "pays": "recurrent", "carry_share": "0.1"},
            {"fund": "special", "name": "special", "pays": "both", **pool, "support_floor": "0.6", "match_rate": "0.5",
             "match_rate_supported": "0.2"},
            {"fund": "transfer", "name": "transfer", "pays": "capital", **pool, "support_floor": "0.3"},
        ]  # fmt: skip
        wealth = {county: rng.uniform(0.85, 1.15) for county in (*self.real, CITY)}
        for year in self.years:
            for county in (*self.real, CITY):
                for kind, share in OWN_SHARE.items():
                    own = self.needed[county, year, kind] * size.money * share * wealth[county]
                    amount = ceil(own + MARGIN * self.owed[county, year, kind])
                    self.tables["budgets"].append({"fund": f"own_{kind}", "county": county, "year": year, "amount": amount})
            capital = sum(self.needed[county, year, "capital"] for county in (*self.real, CITY)) * size.money
            for fund, share in (("special", 0.15), ("transfer", 0.13)):
                self.tables["budgets"].append({"fund": fund, "year": year, "amount": ceil(capital * share)})
