"""Where a step of money, of prices or of recruits can be more or less: each as changes of the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from optplan.answers.findings import refused
from optplan.language.lists import listed
from optplan.language.numbers import decimal_of
from optplan.plan import Plan
from optplan.scenarios import Add, Change, Scale, Set
from optplan.schedule import YUAN

Place = tuple[str, str, int]  # fund, county (blank for a pool), year
Kind = Literal["cell", "pool", "county", "price", "recruits"]
KINDS: tuple[Kind, ...] = ("cell", "pool", "county", "price", "recruits")
SHARE = Decimal("0.01")  # of what is there
# a step is no less than this, in the currency unit: 100 000 yuan; other currencies have the share alone
LEAST = {"万元": Decimal(10), "元": Decimal(100_000), "千元": Decimal(100), "百万元": Decimal("0.1"), "亿元": Decimal("0.001")}


@dataclass(frozen=True)
class Lever:
    """One place: ``step`` is money in the currency unit, a share of a price, or people. ``monotone``: more can only be better."""

    lever: str
    kind: Kind
    step: Decimal
    fund: str = ""
    county: str = ""
    year: int | None = None
    subject: str = ""
    monotone: bool = True

    def changes(self, plan: Plan, sign: int) -> list[Change]:
        """The changes of the tables that make it one step more (``sign`` 1) or less; none where nothing can be taken away."""
        match self.kind:
            case "cell" | "pool" | "county":
                return _budgets(plan, self.parts(plan), sign)
            case "price":
                return list(_prices(plan, self.subject, 1 + sign * self.step))
            case _:
                row = next(row for row in plan.tables["limits"] if row["limit"] == self.subject)
                most = row["max"] + sign * self.step
                return [] if most < (row["min"] or 0) else [Set(table="limits", where={"limit": self.subject}, set={"max": most})]

    def parts(self, plan: Plan) -> dict[Place, Decimal]:
        """How a step of money is spread over (fund, county, year), each in proportion to what it has; empty if it is no money."""
        if self.kind in {"cell", "pool"}:
            return {(self.fund, self.county, self.year or 0): self.step}
        if self.kind != "county":
            return {}
        amounts = {
            (row["fund"], row["county"], row["year"]): row["amount"]
            for row in plan.tables["budgets"]
            if row["county"] == self.county and row["year"] in plan.open_years and row["amount"]
        }
        whole = sum(amounts.values(), Decimal(0))
        return {place: self.step * amount / whole for place, amount in amounts.items()}


def levers_of(plan: Plan, kinds: Sequence[str], cells: Sequence[str], step: Decimal | None) -> list[Lever]:
    """Every lever of the kinds; of ``cells`` (``FUND:COUNTY:YEAR``, the county blank for a pool) only those, if any are named.

    ``step``: money, instead of a hundredth of each cell but no less than 100 000 yuan. Raises :class:`InputError` for a cell
    that is not there or a kind that is not known.
    """
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        raise refused("value-kind", unknown[0], known=", ".join(KINDS))
    makers = {"cell": _cells, "pool": _pools, "county": _counties, "price": _items, "recruits": _recruits}
    if not cells:
        return [lever for kind in kinds for lever in makers[kind](plan, step)]
    known = {lever.lever: lever for lever in (*_cells(plan, step), *_pools(plan, step))}
    found = []
    for cell in cells:
        name = ":".join(part.strip() for part in cell.strip().replace("：", ":").split(":"))
        if name not in known:
            raise refused("value-cell", cell, known=listed(list(known)[:8]))
        found.append(known[name])
    return found


def _cells(plan: Plan, step: Decimal | None) -> Iterator[Lever]:
    """The cells of each county fund, in the counties that have any of its money."""
    holders = {(row["fund"], row["county"]) for row in plan.tables["budgets"] if row["amount"]}
    for fund in plan.funds.values():
        for county in () if fund.pool else [county for county in plan.counties if (fund.fund, county) in holders]:
            for year in plan.open_years:
                amount = _amount(plan, fund.fund, county, year)
                yield Lever(f"{fund.fund}:{county}:{year}", "cell", _step(plan, amount, step), fund.fund, county, year)


def _pools(plan: Plan, step: Decimal | None) -> Iterator[Lever]:
    for fund in plan.funds.values():
        if fund.pool:
            for year in plan.open_years:
                size = _step(plan, _amount(plan, fund.fund, "", year), step)
                yield Lever(f"{fund.fund}::{year}", "pool", size, fund.fund, "", year)


def _counties(plan: Plan, step: Decimal | None) -> Iterator[Lever]:
    for county in plan.counties:
        rows = [row for row in plan.tables["budgets"] if row["county"] == county and row["year"] in plan.open_years]
        whole = sum((row["amount"] for row in rows), Decimal(0))
        if whole:
            yield Lever(f"county:{county}", "county", _step(plan, whole, step), county=county)


def _items(plan: Plan, step: Decimal | None) -> Iterator[Lever]:
    for item in plan.items:
        if any(row["item"] == item and (row["unit_cost"] or row["annual_cost"]) for row in plan.tables["costs"]):
            yield Lever(f"price:{item}", "price", SHARE, subject=item, monotone=False)


def _recruits(plan: Plan, step: Decimal | None) -> Iterator[Lever]:
    for limit in plan.limits:
        if limit.maximum is not None and all(plan.items[item].kind == "staff" for item in limit.items):
            size = max(Decimal(1), (decimal_of(limit.maximum) * SHARE).quantize(Decimal(1), ROUND_HALF_UP))
            yield Lever(f"recruits:{limit.limit}", "recruits", size, subject=limit.limit)


def _budgets(plan: Plan, parts: Mapping[Place, Decimal], sign: int) -> list[Change]:
    """So much more or less in each cell; nothing where there is nothing to take away."""
    amounts = {place: _amount(plan, *place) for place in parts}
    if sign < 0 and not any(amounts.values()):
        return []
    found: list[Change] = []
    for (fund, county, year), part in parts.items():
        now = max(Decimal(0), amounts[fund, county, year] + sign * part).quantize(YUAN, ROUND_HALF_UP)
        key: dict[str, Any] = {"fund": fund, "year": year} | ({"county": county} if county else {})
        there = any((row["fund"], row["county"] or "", row["year"]) == (fund, county, year) for row in plan.tables["budgets"])
        found.append(
            Set(table="budgets", where=key, set={"amount": now})
            if there
            else Add(table="budgets", rows=({**key, "amount": now},))
        )
    return found


def _prices(plan: Plan, item: str, factor: Decimal) -> Iterator[Change]:
    rows = [row for row in plan.tables["costs"] if row["item"] == item]
    for column in ("unit_cost", "annual_cost"):
        if any(row[column] for row in rows):
            yield Scale(table="costs", where={"item": item}, column=column, factor=factor)


def _amount(plan: Plan, fund: str, county: str, year: int | None) -> Decimal:
    return sum(
        (
            row["amount"]
            for row in plan.tables["budgets"]
            if (row["fund"], row["county"] or "", row["year"]) == (fund, county, year)
        ),
        Decimal(0),
    )


def least_step(plan: Plan) -> Decimal:
    """What no step of money is less than if none is said, in the plan's currency unit."""
    least = LEAST.get(str(plan.tables.setting("currency")))
    if least is None:  # the average cell says what is little in this currency
        rows = plan.tables["budgets"]
        least = sum((row["amount"] for row in rows), Decimal(0)) / max(len(rows), 1) * SHARE
    return least.quantize(YUAN, ROUND_HALF_UP)


def _step(plan: Plan, amount: Decimal, step: Decimal | None) -> Decimal:
    return max((amount * SHARE).quantize(YUAN, ROUND_HALF_UP), least_step(plan)) if step is None else step
