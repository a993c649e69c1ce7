"""Who pays a schedule, in whole yuan: balances to the yuan, shares and matching to within one (model.md §3.7, §5).

With the deliveries settled, what remains is a transport problem. It is solved twice. First in fractions, preferring
each county's own money to a pool's and any money to a request. Then every amount is moved to a whole yuan near it: an
integer program whose unknowns are the few yuan of difference, small whole numbers in which floating point cannot err.
The exact check judges the outcome.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import floor
from typing import Any

import numpy as np

from optplan.plan import Fund, Plan
from optplan.schedule import Schedule
from optplan.search.matrix import Floats, Matrix, Objective
from optplan.search.session import Session

OWN, POOL, REQUEST = 1.0, 4.0, 100.0  # what a yuan of each costs in the choice of who pays
REACH = (1, 3, 30, 300)  # how many yuan an amount may move when it is made whole, tried in turn
YUAN = 10_000  # in one unit of currency
NOISE = 1e-3  # yuan: what the fractions may be off by
GIVE = Fraction(9, 10)  # yuan that a share or matching rule may be off by once amounts are whole; the check allows one

Expenses = Mapping[tuple[str, int, str], int]  # yuan by (county, year, class)


@dataclass
class _Flow:
    """A small linear program in yuan: amounts ≥ 0 with a cost each, and rows ``lower ≤ Σ coefficient·amount ≤ upper``."""

    names: list[tuple[Any, ...]] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    rows: list[tuple[dict[int, Fraction], Fraction | None, Fraction | None, bool]] = field(default_factory=list)

    def amount(self, name: tuple[Any, ...], cost: float, upper: float = np.inf) -> int:
        self.names.append(name)
        self.cost.append(cost)
        self.upper.append(upper)
        return len(self.names) - 1

    def row(
        self, entries: dict[int, Fraction], lower: Fraction | None, upper: Fraction | None, *, share_rule: bool = False
    ) -> None:
        """A row; ``share_rule``: it may be off by a part of a yuan once amounts are whole."""
        if entries:
            self.rows.append((entries, lower, upper, share_rule))


class NoPayment(Exception):
    """The money rules leave no way to pay the schedule."""


def with_payments(plan: Plan, schedule: Schedule, expenses: Expenses, requests: bool) -> Schedule:
    """The schedule with its payments and requests, the same for the same arguments.

    ``expenses`` are the schedule's costs in the open years. Raises :class:`NoPayment` if no fund can pay them.
    """
    flow = _flow(plan, expenses, requests)
    if not flow.names:
        return schedule
    wanted = _fractions(flow)
    if wanted is None:
        raise NoPayment
    for reach in REACH:
        amounts = _whole(flow, wanted, reach)
        if amounts is not None:
            named = sorted((name, amount) for name, amount in zip(flow.names, amounts, strict=True) if amount)
            paid = {name[1:]: amount for name, amount in named if name[0] == "spent"}
            asked = {name[1:]: amount for name, amount in named if name[0] == "asked"}
            return replace(schedule, payments=paid, requests=asked)
    raise NoPayment


def _flow(plan: Plan, expenses: Expenses, requests: bool) -> _Flow:
    flow = _Flow()
    spent: dict[tuple[str, str, int, str], int] = {}
    asked: dict[tuple[str, int, str], int] = {}
    for (c, y, k), yuan in sorted(expenses.items()):
        for fund in plan.funds.values():
            if k in fund.pays and yuan:
                spent[fund.fund, c, y, k] = flow.amount(("spent", fund.fund, c, y, k), POOL if fund.pool else OWN, yuan)
        if requests and yuan:
            asked[c, y, k] = flow.amount(("asked", c, y, k), REQUEST, yuan)
        paying = [spent[f, c, y, k] for f in plan.funds if (f, c, y, k) in spent]
        if yuan and not paying and not requests:
            raise NoPayment
        columns = paying + ([asked[c, y, k]] if requests and yuan else [])
        flow.row(dict.fromkeys(columns, Fraction(1)), Fraction(yuan), Fraction(yuan))

    def drawn(fund: Fund, c: str, y: int, factor: Fraction = Fraction(1)) -> dict[int, Fraction]:
        return {spent[fund.fund, c, y, k]: factor for k in fund.pays if (fund.fund, c, y, k) in spent}

    for fund in plan.funds.values():
        for holder in ("",) if fund.pool else plan.counties:
            carried: int | None = None
            for y in plan.open_years:
                outlay = {
                    column: one for c in (plan.counties if fund.pool else (holder,)) for column, one in drawn(fund, c, y).items()
                }
                if carried is not None:
                    outlay[carried] = Fraction(-1)
                cap = plan.carry_cap(fund, holder, y)
                carried = flow.amount(("carried", fund.fund, holder, y), 0.0, cap) if cap else None
                if carried is not None:
                    outlay[carried] = Fraction(1)
                flow.row(outlay, None, Fraction(plan.amount(fund, holder, y)))
    for pool in plan.pools:
        for y in plan.open_years:
            if pool.support_floor:
                entries: dict[int, Fraction] = {}
                for c in plan.counties:
                    entries |= drawn(pool, c, y, plan.supported[c] - pool.support_floor)
                flow.row(entries, Fraction(0), None, share_rule=True)
            for c in plan.counties:
                if pool.county_cap_share is not None:
                    flow.row(drawn(pool, c, y), None, pool.county_cap_share * plan.amount(pool, c, y), share_rule=True)
                if rate := plan.match_rate(pool, c):
                    own = {column: one for fund in plan.county_funds for column, one in drawn(fund, c, y).items()}
                    flow.row(own | drawn(pool, c, y, -rate), Fraction(0), None, share_rule=True)
    if requests:
        _operating_budget(plan, flow, asked)
    return flow


def _operating_budget(plan: Plan, flow: _Flow, asked: Mapping[tuple[str, int, str], int]) -> None:
    for (c, y), rate in sorted(plan.revenue_growth.items()):
        if y not in plan.open_years[1:]:
            continue
        entries = {}
        if (c, y, "recurrent") in asked:
            entries[asked[c, y, "recurrent"]] = Fraction(1)
        if (c, y - 1, "recurrent") in asked:
            entries[asked[c, y - 1, "recurrent"]] = -(1 + rate)
        short = (1 + rate) * plan.operating_budget(c, y - 1) - plan.operating_budget(c, y)
        flow.row(entries, short, None, share_rule=True)


def _fractions(flow: _Flow) -> Floats | None:
    """The cheapest amounts, in yuan and fractions of one; solved in the currency unit, where costs and tolerances fit."""
    lower, upper = _bounds(flow, [0] * len(flow.names), Fraction(0))
    matrix = _matrix(flow, np.zeros(len(flow.names)), np.array(flow.upper) / YUAN, lower / YUAN, upper / YUAN, whole=False)
    outcome = Session(matrix).minimise(Objective(0.0, np.array(flow.cost)))
    return None if outcome.columns is None else outcome.columns * YUAN


def _whole(flow: _Flow, wanted: Floats, reach: int) -> list[int] | None:
    """Whole amounts no further than ``reach`` yuan from the fractions ``wanted``, every row kept."""
    base = [floor(amount) for amount in wanted + NOISE]
    steps = np.array(base, dtype=float)
    lower, upper = _bounds(flow, base, GIVE)
    matrix = _matrix(
        flow, np.maximum(-steps, 1 - reach), np.minimum(np.array(flow.upper) - steps, reach), lower, upper, whole=True
    )
    # up where more than half a yuan was cut off, and a request only if it must
    cost = 0.5 - (wanted - steps) if reach == 1 else np.zeros(len(base))
    cost = cost + np.array([name[0] == "asked" for name in flow.names], dtype=float)
    outcome = Session(matrix).minimise(Objective(0.0, cost))
    return None if outcome.columns is None else [start + round(step) for start, step in zip(base, outcome.columns, strict=True)]


def _bounds(flow: _Flow, base: list[int], give: Fraction) -> tuple[Floats, Floats]:
    """What is left of each row's bounds once the amounts ``base`` are in it."""
    lower, upper = [], []
    for entries, least, most, share_rule in flow.rows:
        already = sum((factor * base[column] for column, factor in entries.items()), Fraction(0))
        off = give if share_rule else Fraction(0)
        lower.append(-np.inf if least is None else float(least - already - off))
        upper.append(np.inf if most is None else float(most - already + off))
    return np.array(lower), np.array(upper)


def _matrix(flow: _Flow, lower: Floats, upper: Floats, row_lower: Floats, row_upper: Floats, *, whole: bool) -> Matrix:
    entries = [row[0] for row in flow.rows]
    return Matrix(
        tuple(("amount", name) for name in flow.names),
        tuple(("row", number) for number in range(len(flow.rows))),
        lower,
        upper,
        np.full(len(flow.names), whole),
        row_lower,
        row_upper,
        np.cumsum([0, *(len(row) for row in entries)]).astype(np.int32),
        np.array([column for row in entries for column in row], dtype=np.int32),
        np.array([float(factor) for row in entries for factor in row.values()]),
        {},
    )
