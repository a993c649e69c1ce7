"""Seeded random plans of any size, realistic enough to be hard: what the tests and the benchmark run on.

A plan is made of the same parts as a real one: goods with prices and upkeep, teams that hire, station projects, plan-wide
targets, phased standards, capacities, mixes, own funds and a pool with its rules.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from optplan.tables.content import Row, Tables
from optplan.tables.declarations import TABLES

FIRST_YEAR = 2021


@dataclass(frozen=True)
class Size:
    """What a random plan has. ``money`` is the share of what everything would cost that the funds cover."""

    counties: int = 7
    years: int = 5
    goods: int = 8
    teams: int = 6  # standing teams a county
    projects: int = 5
    closed: int = 0
    money: float = 0.8


def random_tables(seed: int, size: Size = Size()) -> Tables:
    """The tables of plan number ``seed``; the same for the same arguments, whatever the machine."""
    return _Maker(random.Random(seed), size).tables()


def tables_of(rows: dict[str, list[dict[str, Any]]]) -> Tables:
    """Tables from typed values, without reading or checking them."""
    return Tables(
        {
            name: tuple(
                Row(TABLES[name], {key: value for key, value in row.items() if value is not None}, number)
                for number, row in enumerate(some, start=2)
            )
            for name, some in rows.items()
        },
        "random",
    )


def _money(value: float) -> Decimal:
    return Decimal(f"{value:.2f}")


class _Maker:
    def __init__(self, rng: random.Random, size: Size) -> None:
        self.rng, self.size = rng, size
        self.years = list(range(FIRST_YEAR, FIRST_YEAR + size.years))
        self.counties = [f"c{n:03d}" for n in range(size.counties)]
        self.weight = {c: rng.uniform(0.3, 2.0) for c in self.counties}

    def tables(self) -> Tables:
        rng, size = self.rng, self.size
        last = self.years[-1]
        rows: dict[str, list[dict[str, Any]]] = {
            "plan": [
                {"key": "title", "value": "random"},
                {"key": "first_year", "value": self.years[0]},
                {"key": "last_year", "value": last},
                {"key": "discount_rate", "value": Decimal("0.03")},
                {"key": "capital_price_growth", "value": Decimal("0.02")},
                {"key": "recurrent_price_growth", "value": Decimal("0.03")},
            ],
            "counties": [
                {
                    "county": c,
                    "name": c.upper(),
                    "risk_weight": Decimal(f"{self.weight[c]:.3f}"),
                    "supported": rng.random() < 0.4,
                }
                for c in self.counties
            ],
            **{name: [] for name in ("items", "groups", "costs", "targets", "stock", "standards", "limits", "mix", "teams")},
            **{name: [] for name in ("projects", "project_needs", "funds", "budgets", "growth", "actuals")},
        }
        rows["counties"][0]["supported"] = True
        if size.closed:
            rows["plan"].append({"key": "closed_through", "value": self.years[size.closed - 1]})
        need = dict.fromkeys(self.counties, 0.0)
        self._staff(rows, need)
        self._goods(rows, need)
        self._projects(rows, need)
        self._money(rows, need)
        return tables_of(rows)

    def _staff(self, rows: dict[str, list[dict[str, Any]]], need: dict[str, float]) -> None:
        rng, size = self.rng, self.size
        rows["items"].append({"item": "staff", "name": "staff", "category": "personnel", "kind": "staff"})
        rows["costs"].append(
            {"item": "staff", "unit_cost": Decimal(3), "annual_cost": Decimal("7.5"), "first_year_share": Decimal("0.5")}
        )
        total = 0
        for c in self.counties:
            for n in range(rng.randint(max(1, size.teams - 2), size.teams + 2)):
                least = rng.choice([8, 8, 10, 15])
                staff = rng.choice([0, 0, 0, 5, least])
                rows["teams"].append(
                    {"team": f"{c}_t{n}", "name": "team", "county": c, "item": "staff", "staff": staff,
                     "min_staff": least, "max_staff": least + rng.randint(0, 6)}
                )  # fmt: skip
                total += max(0, least - staff)
                need[c] += max(0, least - staff) * (3 + 7.5 * (size.years - 1) * 0.6)
        rows["targets"].append(
            {
                "target": "staff",
                "group": "staff",
                "by_year": self.years[-1],
                "total": Decimal(int(total * 0.95)),
                "sense": "exact",
            }
        )
        for y in self.years:
            rows["limits"].append(
                {"limit": f"recruits_{y}", "group": "staff", "year": y, "max": Decimal(int(total * 1.6 / size.years) + 1)}
            )

    def _goods(self, rows: dict[str, list[dict[str, Any]]], need: dict[str, float]) -> None:
        rng, size = self.rng, self.size
        kinds: list[str] = []
        for n in range(size.goods):
            item, big = f"g{n}", n % 2 == 0
            kinds.append(item)
            price = rng.uniform(80, 400) if big else rng.uniform(0.5, 6)
            rows["items"].append({"item": item, "name": item, "category": "vehicle" if big else "hydrant"})
            rows["costs"].append(
                {
                    "item": item,
                    "unit_cost": _money(price),
                    "annual_cost": _money(price * 0.03),
                    "first_year_share": Decimal("0.5"),
                }
            )
            demand = 0
            for c in self.counties:
                scale = self.weight[c] * (3 if big else 40)
                full = max(1, int(scale * rng.uniform(0.7, 1.5)))
                had = int(full * rng.uniform(0.2, 0.7))
                rows["stock"].append({"item": item, "county": c, "quantity": Decimal(had)})
                if rng.random() < 0.3 and had:
                    rows["stock"].append(
                        {
                            "item": item,
                            "county": c,
                            "quantity": Decimal(max(1, had // 3)),
                            "retires_after": rng.choice(self.years[:-1] or self.years),
                        }
                    )
                for step, share in ((0, 0.6), (size.years // 2, 0.8), (size.years - 1, 1.0)):
                    if step == 0 or self.years[step] != self.years[0]:
                        rows["standards"].append(
                            {"standard": f"s_{item}", "group": item, "county": c, "from_year": self.years[step],
                             "required": Decimal(max(1, round(full * share))), "weight": Decimal(rng.choice([1, 1, 2]))}
                        )  # fmt: skip
                rows["limits"].append(
                    {"limit": f"ceiling_{item}_{c}", "group": item, "county": c, "max": Decimal(full), "kind": "ceiling"}
                )
                demand += max(0, full - had)
                need[c] += max(0, full - had) * price * 1.1
            total = Decimal(max(1, int(demand * 0.9)))
            rows["targets"].append(
                {"target": item, "group": item, "by_year": self.years[-1], "total": total, "sense": rng.choice(["min", "exact"])}
            )
            for y in self.years:
                rows["limits"].append(
                    {"limit": f"capacity_{item}_{y}", "group": item, "year": y, "max": Decimal(int(total * 2 / size.years) + 1)}
                )
        rows["standards"] = list({(r["standard"], r["county"], r["from_year"]): r for r in rows["standards"]}.values())
        big = [item for n, item in enumerate(kinds) if n % 2 == 0]
        rows["groups"] += [{"group": "big", "item": item} for item in big]
        if len(big) > 1:
            rows["mix"].append({"mix": "big_first", "part": big[0], "whole": "big", "max_share": Decimal("0.6")})

    def _projects(self, rows: dict[str, list[dict[str, Any]]], need: dict[str, float]) -> None:
        rng, size = self.rng, self.size
        if not size.projects:
            return
        rows["items"].append({"item": "station", "name": "station", "category": "station", "kind": "project"})
        for n in range(size.projects):
            c, p = rng.choice(self.counties), f"p{n:03d}"
            capital = rng.uniform(600, 1500)
            build = min(rng.choice([1, 2]), size.years - 1)
            rows["projects"].append(
                {"project": p, "name": p, "county": c, "item": "station", "capital_cost": _money(capital), "build_years": build,
                 "spend": (Decimal("0.4"), Decimal("0.6")), "annual_cost": _money(capital * 0.03), "first_year_share": Decimal("0.5")}
            )  # fmt: skip
            rows["project_needs"].append({"project": p, "standard": "s_g0", "quantity": Decimal(2)})
            rows["teams"].append(
                {"team": f"{p}_t", "name": "team", "county": c, "item": "staff", "min_staff": 15, "max_staff": 25, "project": p}
            )
            need[c] += capital * 1.05
        rows["targets"].append(
            {"target": "stations", "group": "station", "by_year": self.years[-1], "total": Decimal(size.projects), "sense": "min"}
        )

    def _money(self, rows: dict[str, list[dict[str, Any]]], need: dict[str, float]) -> None:
        rng, size = self.rng, self.size
        rows["funds"] += [
            {"fund": "own_capital", "name": "own capital", "level": "county", "pays": "capital", "carry_share": Decimal("0.3")},
            {"fund": "own", "name": "own", "level": "county", "pays": "both", "carry_share": Decimal("0.1")},
            {"fund": "pool", "name": "pool", "level": "pool", "pays": "both", "carry_share": Decimal("0.2"), "county_cap_share": Decimal("0.5"),
             "support_floor": Decimal("0.3"), "match_rate": Decimal("0.5"), "match_rate_supported": Decimal("0.2")},
        ]  # fmt: skip
        everything = sum(need.values())
        for step, y in enumerate(self.years):
            ramp = (0.6 + 0.8 * step / max(1, size.years - 1)) / size.years
            for c in self.counties:
                own = need[c] * size.money * rng.uniform(0.7, 0.95) * ramp
                rows["budgets"] += [
                    {"fund": "own_capital", "county": c, "year": y, "amount": _money(own * 0.4)},
                    {"fund": "own", "county": c, "year": y, "amount": _money(own * 0.6)},
                ]
                rows["growth"].append({"county": c, "year": y, "rate": Decimal("0.05")})
            rows["budgets"].append({"fund": "pool", "year": y, "amount": _money(everything * size.money * 0.18 * ramp)})
