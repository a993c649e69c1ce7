"""Random plans with more of what plans can say: each feature alone, or all of them together."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from plans.random_plans import Size, random_tables, tables_of

from optplan.tables.content import Tables

D = Decimal
Rows = dict[str, list[dict[str, Any]]]


def rows_of(tables: Tables) -> Rows:
    """The rows of every table, as they are given."""
    return {name: [dict(row.values) for row in tables[name]] for name in tables}


def richer(seed: int, *features: str, closed: int = 0) -> Tables:
    """A small random plan, number ``seed``, with the named features; with none named, all of them."""
    rng = random.Random(seed)
    years = rng.randint(2, 3) + closed
    size = Size(counties=rng.randint(1, 2), years=years, goods=2, teams=rng.randint(1, 2), projects=3, closed=closed,
                money=rng.choice([0.6, 0.8, 1.1]))  # fmt: skip
    rows = rows_of(random_tables(seed, size))
    years_of = sorted({row["year"] for row in rows["growth"]})
    for feature in features or FEATURES:
        FEATURES[feature](rows, rng, years_of)
    return tables_of(rows)


def _links(rows: Rows, rng: random.Random, years: list[int]) -> None:
    first, second, third = (row["project"] for row in rows["projects"])
    kinds = rng.sample(["after", "together", "exclusive"], 2)
    rows["project_links"] = [
        {"project": second, "other": first, "kind": kinds[0], "lag": rng.choice([0, 1]) if kinds[0] == "after" else 0},
        {"project": third, "other": second, "kind": kinds[1]},
    ]


def _hard(rows: Rows, rng: random.Random, years: list[int]) -> None:
    for row in rows["project_needs"]:
        row["hard"] = rng.random() < 0.8
        row["quantity"] = D(rng.randint(2, 5))


def _needs_alone(rows: Rows, rng: random.Random, years: list[int]) -> None:
    """The county requires nothing itself: no row, or one of 0 that weighs something."""
    wanted = rows["project_needs"][0]["standard"]
    kept = rng.random() < 0.5
    rows["standards"] = [row for row in rows["standards"] if row["standard"] != wanted or kept]
    for row in rows["standards"]:
        if row["standard"] == wanted:
            row["required"] = D(0)
    if not kept:  # somebody must say what the standard is about
        group = wanted.removeprefix("s_")
        rows["standards"].append(
            {
                "standard": wanted,
                "group": group,
                "county": rows["counties"][0]["county"],
                "from_year": years[-1],
                "required": D(1),
            }
        )


def _from_year(rows: Rows, rng: random.Random, years: list[int]) -> None:
    for row in rows["targets"]:
        if rng.random() < 0.7:
            row["from_year"] = rng.choice(years)
            row["sense"] = "min"


def _stock_mix(rows: Rows, rng: random.Random, years: list[int]) -> None:
    part, whole = ("g0", "big") if len([row for row in rows["groups"] if row["group"] == "big"]) > 1 else ("g0", "every")
    rows["groups"] += [{"group": "every", "item": item} for item in ("g0", "g1")]
    rows["mix"].append(
        {"mix": "fleet", "part": part, "whole": whole if whole == "every" else "every", "of": "stock",
         "year": rng.choice([None, years[-1]]), "max_share": D(rng.choice(["0.3", "0.5"]))}
    )  # fmt: skip


def _losses(rows: Rows, rng: random.Random, years: list[int]) -> None:
    closed = next((row["value"] for row in rows["plan"] if row["key"] == "closed_through"), years[0] - 1)
    for row in rows["teams"]:
        if row.get("project") is None and row["staff"] > 2:
            rows.setdefault("losses", []).append(
                {
                    "team": row["team"],
                    "year": rng.choice([y for y in years if y > closed]),
                    "quantity": rng.randint(1, row["staff"]),
                }
            )
            if rng.random() < 0.5 and len(years) > 1:
                rows["losses"].append({"team": row["team"], "year": years[-1], "quantity": 1})
    rows["losses"] = list({(row["team"], row["year"]): row for row in rows.get("losses", [])}.values())


def _over_time(rows: Rows, rng: random.Random, years: list[int]) -> None:
    """Goods that wear out, and goods that are ordered a year before, with a first share of the price."""
    for row in rows["items"]:
        if row["item"] == "g0":
            row["service_life"] = rng.choice([1, 2])
        if row["item"] == "g1":
            row["lead_years"], row["service_life"] = 1, rng.choice([None, 2])
            row["spend"] = rng.choice([None, (D("0.3"), D("0.7")), (D("0.5"), D("0.5"))])
    closed = next((row["value"] for row in rows["plan"] if row["key"] == "closed_through"), years[0] - 1)
    county = rows["counties"][0]["county"]
    rows["actuals"].append({"item": "g1", "county": county, "year": closed + 1, "quantity": D(2)})


def _carrying(rows: Rows, rng: random.Random, years: list[int]) -> None:
    for row in rows["funds"]:
        row["carry_years"] = rng.choice(["1", "2", "all"])
        row["carry_share"] = D(rng.choice(["0.5", "1"]))
    rows["funds"][-1]["carry_years"] = "all"


def _loans(rows: Rows, rng: random.Random, years: list[int]) -> None:
    rows["funds"].append(
        {"fund": "loan", "name": "loan", "level": "county", "pays": "capital", "repay_years": rng.choice([1, 2, 5]),
         "interest": D(rng.choice(["0", "0.035"])), "order": 3}
    )  # fmt: skip
    for county in rows["counties"]:
        rows["budgets"].append({"fund": "loan", "county": county["county"], "year": years[-2], "amount": D("300.07")})


def _purposes(rows: Rows, rng: random.Random, years: list[int]) -> None:
    rows["fund_uses"] = [
        {"fund": "pool", "group": "g0", "max_share": D("0.8")},
        {"fund": "own_capital", "group": rng.choice(["g0", "station"]), "class": "capital", "min_share": D("0.1")},
        {"fund": "own_capital", "project": rows["projects"][0]["project"]},
    ]


FEATURES: dict[str, Callable[[Rows, random.Random, list[int]], None]] = {
    "links": _links,
    "hard": _hard,
    "needs_alone": _needs_alone,
    "from_year": _from_year,
    "stock_mix": _stock_mix,
    "losses": _losses,
    "over_time": _over_time,
    "carrying": _carrying,
    "loans": _loans,
    "purposes": _purposes,
}
