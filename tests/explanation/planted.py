"""Possible plans made impossible in known ways: which cells then exclude each other is known."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from explanation.relaxing import Rows
from plans.random_plans import Size, random_tables
from plans.richer_plans import rows_of

D = Decimal
Cell = tuple[str, tuple[Any, ...], str]


def base(seed: int) -> Rows:
    """A tiny random plan in which nothing is mandatory, with projects that have teams."""
    rows = rows_of(random_tables(seed, Size(counties=2, years=3, goods=2, teams=1, projects=3, money=0.8)))
    for row in rows["projects"]:
        row["mandatory"] = False
        row["latest_opening"] = row["earliest_start"] = None
    return rows


def _years(rows: Rows) -> list[int]:
    settings = {row["key"]: row["value"] for row in rows["plan"]}
    return list(range(settings["first_year"], settings["last_year"] + 1))


def _must_open(rows: Rows, rng: random.Random) -> tuple[dict[str, Any], dict[str, Any]]:
    """A project that must open, and its team."""
    teams = [row for row in rows["teams"] if row.get("project")]
    team = rng.choice(teams)
    project = next(row for row in rows["projects"] if row["project"] == team["project"])
    project["mandatory"], project["build_years"], project["spend"] = True, 0, (D(1),)
    team["min_staff"] = max(2, team["min_staff"])
    team["max_staff"] = max(team["max_staff"], team["min_staff"])
    for row in rows["budgets"]:
        row["amount"] = D(100_000)
    rows["limits"] = [row for row in rows["limits"] if row["group"] != team["item"]]  # which might exclude it in other ways too
    return project, team


def exact_target(rows: Rows, rng: random.Random) -> set[Cell]:
    """Exactly one hire fewer than the team of a project that must open needs."""
    project, team = _must_open(rows, rng)
    rows["targets"].append({"target": "few", "group": team["item"], "county": team["county"], "by_year": _years(rows)[-1],
                            "total": D(team["min_staff"] - 1), "sense": "exact", "weight": D(1)})  # fmt: skip
    return {
        ("projects", (project["project"],), "mandatory"),
        ("teams", (team["team"],), "min_staff"),
        ("targets", ("few",), "total"),
    }


def limit_of_a_year(rows: Rows, rng: random.Random) -> set[Cell]:
    """A station that must open in the first year, in which too few may be hired."""
    project, team = _must_open(rows, rng)
    first = _years(rows)[0]
    project["latest_opening"] = first
    rows["limits"].append({"limit": "few", "group": team["item"], "county": None, "year": first, "max": D(team["min_staff"] - 1)})
    return {
        ("projects", (project["project"],), "mandatory"), ("projects", (project["project"],), "latest_opening"),
        ("teams", (team["team"],), "min_staff"), ("limits", ("few",), "max"),
    }  # fmt: skip


def minima_beyond_a_maximum(rows: Rows, rng: random.Random) -> set[Cell]:
    """The least of two counties, together more than the most of both."""
    item = next(row["item"] for row in rows["items"] if row.get("kind", "goods") == "goods")
    rows["limits"] = [row for row in rows["limits"] if row["group"] != item]
    for row in rows["budgets"]:
        row["amount"] = D(100_000)
    counties = [row["county"] for row in rows["counties"]]
    least = [rng.randint(1, 4) for _ in counties]
    for county, number in zip(counties, least, strict=True):
        rows["limits"].append({"limit": f"least-{county}", "group": item, "county": county, "min": D(number)})
    rows["limits"].append({"limit": "most", "group": item, "max": D(sum(least) - 1)})
    return {("limits", ("most",), "max"), *(("limits", (f"least-{county}",), "min") for county in counties)}


def links(rows: Rows, rng: random.Random) -> set[Cell]:
    """Two projects together and not both, one of which must open."""
    project, _ = _must_open(rows, rng)
    other = next(row for row in rows["projects"] if row is not project)
    one, two = project["project"], other["project"]
    rows["project_links"] = [
        {"project": one, "other": two, "kind": "together"},
        {"project": two, "other": one, "kind": "exclusive"},
    ]
    return {("projects", (one,), "mandatory"), ("project_links", (one, two), "kind"), ("project_links", (two, one), "kind")}


def shares_without_whole(rows: Rows, rng: random.Random) -> set[Cell]:
    """Between 40 and 45 % of at least one and at most four units: only whole numbers exclude it."""
    goods = [row["item"] for row in rows["items"] if row.get("kind", "goods") == "goods"]
    rows["limits"] = [row for row in rows["limits"] if row["group"] not in {*goods, "both"}]
    rows["mix"] = []
    for row in rows["items"]:
        if row["item"] in goods:
            row["whole"] = True
    for row in rows["budgets"]:
        row["amount"] = D(100_000)
    rows["groups"] += [{"group": "both", "item": item, "name": "both"} for item in goods]
    rows["limits"] += [{"limit": "some", "group": "both", "min": D(1)}, {"limit": "not-many", "group": "both", "max": D(4)}]
    rows["mix"] = [{"mix": "odd", "part": goods[0], "whole": "both", "min_share": D("0.4"), "max_share": D("0.45")}]
    return {
        ("limits", ("some",), "min"),
        ("limits", ("not-many",), "max"),
        ("mix", ("odd",), "min_share"),
        ("mix", ("odd",), "max_share"),
    }


def three_of_which_two(rows: Rows, rng: random.Random) -> set[Cell]:
    """Of three projects each excludes the others, and more than one is asked for: in parts it would do."""
    names = [row["project"] for row in rows["projects"]]
    rows["limits"] = []
    for row in rows["projects"]:
        row["build_years"], row["spend"], row["item"] = 0, (D(1),), rows["projects"][0]["item"]
    for row in rows["budgets"]:
        row["amount"] = D(100_000)
    pairs = [(names[0], names[1]), (names[1], names[2]), (names[0], names[2])]
    rows["project_links"] = [{"project": one, "other": two, "kind": "exclusive"} for one, two in pairs]
    rows["limits"].append({"limit": "more", "group": rows["projects"][0]["item"], "min": D("1.5")})
    return {("limits", ("more",), "min"), *(("project_links", pair, "kind") for pair in pairs)}


def no_money(rows: Rows, rng: random.Random) -> set[Cell]:
    """A project that must open, and hardly any money: which appropriations exclude it follows from who may pay."""
    _must_open(rows, rng)
    for row in rows["budgets"]:
        row["amount"] = D(1)
    return set()


WAYS: tuple[Callable[[Rows, random.Random], set[Cell]], ...] = (
    exact_target, limit_of_a_year, minima_beyond_a_maximum, links, shares_without_whole, three_of_which_two, no_money,
)  # fmt: skip
