"""Who pays a schedule, in whole yuan: balances to the yuan, shares and matching to within one (model.md §3.7, §5).

With the deliveries settled, what remains is a transport problem, from funds to what counties spend and its purposes. It is
solved twice. First in fractions, preferring funds by their order (or each county's own money to a pool's) and any money to a
request. Then every amount is moved to a whole yuan near it: an integer program whose unknowns are the few yuan of difference,
small whole numbers in which floating point cannot err. The exact check judges the outcome.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import floor
from typing import Any

import numpy as np

from optplan.plan import Fund, Plan
from optplan.schedule import YUAN_IN_UNIT, Schedule
from optplan.search.solver.highs import HighsModel
from optplan.search.solver.matrix import Floats, Matrix, Objective

OWN, POOL, REQUEST = 1.0, 4.0, 100.0  # what a yuan of each costs in the choice of who pays
SOONER = 0.001  # what each year of asking sooner costs more: no money is asked while there is some at hand
FOLLOWING = ("request", "cost", "payer_order")  # criteria that depend on who pays
REACH = (1, 3, 30, 300)  # how many yuan an amount may move when it is made whole, tried in turn
NOISE = 1e-3  # yuan: what the fractions may be off by
NOT_SO_MUCH, NOT_FOR, NOT_DUE = 1.0, 2.0, 4.0  # what a yuan costs that breaks a share, is for something else, or for nothing due
GIVE = Fraction(9, 10)  # yuan that a share or matching rule may be off by once amounts are whole; the check allows one

Give = tuple[Fraction, Fraction]  # by how many yuan a row may be under its lower and over its upper bound
EXACTLY: Give = (Fraction(0), Fraction(0))
HALF_UP: Give = (Fraction(1, 2) - Fraction(1, 100_000), Fraction(1, 2))  # a whole number is the share rounded half-up
Expenses = Mapping[tuple[str, int, str, str], int]  # yuan by (county, year, class, purpose)


@dataclass
class _Flow:
    """A small linear program in yuan: amounts ≥ 0 with a cost each, and rows ``lower ≤ Σ coefficient·amount ≤ upper``."""

    names: list[tuple[Any, ...]] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)
    whole_cost: list[float] = field(default_factory=list)  # once the fractions are settled and amounts are made whole
    upper: list[float] = field(default_factory=list)
    rows: list[tuple[dict[int, Fraction], Fraction | None, Fraction | None, Give]] = field(default_factory=list)

    def amount(self, name: tuple[Any, ...], cost: float, upper: float = np.inf, *, whole_cost: float = 0.0) -> int:
        self.names.append(name)
        self.cost.append(cost)
        self.whole_cost.append(whole_cost)
        self.upper.append(upper)
        return len(self.names) - 1

    def row(
        self,
        entries: dict[int, Fraction],
        lower: Fraction | None,
        upper: Fraction | None,
        *,
        share_rule: bool = False,
        give: Give | None = None,
    ) -> None:
        """A row; ``share_rule``: it may be off by a part of a yuan once amounts are whole. ``give``: by how much, if by other."""
        if entries:
            self.rows.append((entries, lower, upper, give or ((GIVE, GIVE) if share_rule else EXACTLY)))


class NoPayment(Exception):
    """The money rules leave no way to pay the schedule."""


def with_payments(plan: Plan, schedule: Schedule, expenses: Expenses, requests: bool, criteria: Sequence[str] = ()) -> Schedule:
    """The schedule with its payments and requests, the same for the same arguments.

    ``expenses`` are the schedule's costs in the open years, without what loans cost; ``criteria`` those of the decision model,
    in their order. Raises :class:`NoPayment` if no fund can
    pay them.
    """
    flow = _flow(plan, expenses, requests, criteria)
    if not flow.names:
        return schedule
    wanted = _fractions(flow)
    if wanted is None:
        raise NoPayment
    for reach in REACH:
        amounts = _in_yuan(flow, wanted, reach)
        if amounts is not None:
            named = sorted((name, amount) for name, amount in zip(flow.names, amounts, strict=True) if amount)
            return replace(
                schedule,
                payments=_summed((name[1:5], amount) for name, amount in named if name[0] == "spent"),
                requests=_summed((name[2:5], amount) for name, amount in named if name[0] == "asked"),
                purposes={name[1:]: amount for name, amount in named if name[0] in {"spent", "asked"}}
                if len(plan.purposes) > 1
                else {},
            )
    raise NoPayment


def with_purposes(plan: Plan, schedule: Schedule, payable: Expenses) -> Schedule:
    """The schedule with its payments and requests divided among the purposes ``payable``, what loans cost included.

    For a schedule that somebody else made: where no division keeps the rules, one that breaks them by the fewest yuan, so that
    what is refused is what is wrong. As it is where nothing is told apart.
    """
    if len(plan.purposes) == 1:
        return schedule
    paid = {**schedule.payments, **{("", *key): yuan for key, yuan in schedule.requests.items()}}
    flow, spent = _Flow(), dict[tuple[str, str, int, str, str], int]()

    def breach(cost: float) -> int:
        return flow.amount(("breach",), cost, whole_cost=cost)

    of_purpose: dict[tuple[str, int, str, str], dict[int, Fraction]] = {key: {} for key in payable}
    negative = {key: yuan for key, yuan in paid.items() if yuan < 0}  # for no purpose more than for another
    for (f, c, y, k), yuan in sorted(paid.items()):
        if yuan <= 0:
            continue
        for purpose in plan.purposes:
            may = not f or (f in plan.funds and plan.may_pay(f, k, purpose))
            cost = 0.0 if may else NOT_FOR
            spent[f, c, y, k, purpose] = flow.amount(("spent", f, c, y, k, purpose), cost, yuan, whole_cost=cost)
            of_purpose.setdefault((c, y, k, purpose), {})[spent[f, c, y, k, purpose]] = Fraction(1)
        whole = {spent[f, c, y, k, purpose]: Fraction(1) for purpose in plan.purposes}
        flow.row(whole, Fraction(yuan), Fraction(yuan))
    for (c, y, k, purpose), columns in sorted(of_purpose.items()):
        due = payable.get((c, y, k, purpose), 0)
        due -= sum(yuan for (_, *key), yuan in negative.items() if (*key, purpose) == (c, y, k, plan.purposes[0]))
        apart = {breach(NOT_DUE): Fraction(1), breach(NOT_DUE): Fraction(-1)}
        flow.row(columns | apart, Fraction(due), Fraction(due))
    _uses(plan, flow, spent, payable, breach)
    wanted = _fractions(flow)
    amounts = None if wanted is None else _in_yuan(flow, wanted, REACH[-1])
    if amounts is None:
        return schedule
    divided = {name[1:]: yuan for name, yuan in zip(flow.names, amounts, strict=True) if name[0] == "spent" and yuan}
    return replace(schedule, purposes=divided | {(*key, plan.purposes[0]): yuan for key, yuan in negative.items()})


def _summed(amounts: Iterable[tuple[Any, int]]) -> dict[Any, int]:
    found: dict[Any, int] = {}
    for key, amount in amounts:
        found[key] = found.get(key, 0) + amount
    return found


def _flow(plan: Plan, expenses: Expenses, requests: bool, criteria: Sequence[str]) -> _Flow:
    flow = _Flow()
    spent: dict[tuple[str, str, int, str, str], int] = {}
    asked: dict[tuple[str, int, str, str], int] = {}
    instalments = _borrow(plan, flow)
    costs = _Costs(plan, criteria)
    owing = plan.purposes[0]  # the blank purpose, to which what loans cost belongs
    every = set(expenses) | {(c, y, "recurrent", owing) for c in plan.counties for y in plan.open_years if plan.loans}
    for c, y, k, purpose in sorted(every):
        yuan = expenses.get((c, y, k, purpose), 0)
        owes = k == "recurrent" and purpose == owing and bool(plan.loans)
        repaid = _repaid(plan, instalments, c, y) if owes else {}
        most = np.inf if repaid else yuan
        for fund in plan.funds.values():
            if plan.may_pay(fund.fund, k, purpose) and most:
                name = ("spent", fund.fund, c, y, k, purpose)
                spent[name[1:]] = flow.amount(name, costs.of(fund, y), most)
        if requests and most:
            asked[c, y, k, purpose] = flow.amount(("asked", "", c, y, k, purpose), costs.asked(y), most, whole_cost=1.0)
        paying = [spent[f, c, y, k, purpose] for f in plan.funds if (f, c, y, k, purpose) in spent]
        if yuan and not paying and not requests:
            raise NoPayment
        columns = paying + ([asked[c, y, k, purpose]] if requests and most else [])
        flow.row(dict.fromkeys(columns, Fraction(1)) | repaid, Fraction(yuan), Fraction(yuan))

    def drawn(fund: Fund, c: str, y: int, factor: Fraction = Fraction(1)) -> dict[int, Fraction]:
        keys = ((fund.fund, c, y, k, purpose) for k in fund.pays for purpose in plan.purposes)
        return {spent[key]: factor for key in keys if key in spent}

    for (f, c, y), column in instalments.items():
        borrowed = drawn(plan.funds[f], c, y, -plan.funds[f].annuity)
        flow.row({column: Fraction(1)} | borrowed, Fraction(0), Fraction(0), give=HALF_UP)
    for fund in plan.funds.values():
        for holder in ("",) if fund.pool else plan.counties:
            carried: int | None = None
            for y in plan.open_years:
                outlay = {
                    column: one for c in (plan.counties if fund.pool else (holder,)) for column, one in drawn(fund, c, y).items()
                }
                before = carried
                if before is not None:
                    outlay[before] = Fraction(-1)
                cap = plan.carry_cap(fund, holder, y)
                carried = flow.amount(("carried", fund.fund, holder, y), 0.0, cap) if cap else None
                if carried is not None:
                    outlay[carried] = Fraction(1)
                    if fund.carry_years is None:
                        kept = {carried: Fraction(1)} | ({} if before is None else {before: Fraction(-1)})
                        flow.row(kept, None, Fraction(floor(fund.carry_share * plan.amount(fund, holder, y))))
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
    _uses(plan, flow, spent, expenses)
    if requests:
        _operating_budget(plan, flow, asked)
    return flow


class _Costs:
    """What a yuan of each payer costs in the choice of who pays.

    Where funds have an order or are loans: what each criterion that depends on who pays counts of it, those that the decision
    model asks for first a thousand times as much as the next.
    """

    def __init__(self, plan: Plan, criteria: Sequence[str]) -> None:
        self.plan = plan
        self.plain = not plan.loans and all(fund.order is None for fund in plan.funds.values())
        asked = [name for name in criteria if name in FOLLOWING]
        order = [*asked, *(name for name in FOLLOWING if name not in asked)]
        self.weight = {name: 1000.0 ** (len(order) - 1 - place) for place, name in enumerate(order)}
        self.last = float(max(plan.rank.values(), default=1))
        self.request = REQUEST if self.plain else self.weight["request"] + 2 * self.weight["payer_order"]

    def asked(self, year: int) -> float:
        """What a yuan asked for in ``year`` costs."""
        return self.request + SOONER * (self.plan.open_years[-1] - year)

    def of(self, fund: Fund, year: int) -> float:
        """What a yuan of ``fund`` spent in ``year`` costs."""
        if self.plain:
            return POOL if fund.pool else OWN
        cost = self.weight["payer_order"] * self.plan.rank[fund.fund] / self.last
        if fund.repay_years:
            rate = 1 + float(self.plan.discount_rate)
            repaid = [later for later in self.plan.open_years if year < later <= year + fund.repay_years]
            worth = float(fund.annuity) * sum(rate ** (self.plan.first_year - later) for later in repaid)
            cost += self.weight["cost"] * worth
        return cost


def _repaid(plan: Plan, instalments: Mapping[tuple[str, str, int], int], c: str, y: int) -> dict[int, Fraction]:
    """The instalments of loans that county c pays in y."""
    return {
        column: Fraction(-1)
        for (f, county, past), column in instalments.items()
        if county == c and past < y <= past + (plan.funds[f].repay_years or 0)
    }


def _borrow(plan: Plan, flow: _Flow) -> dict[tuple[str, str, int], int]:
    """What each of the years to come pays for what a county borrows of a loan in a year."""
    return {
        (fund.fund, c, y): flow.amount(("instalment", fund.fund, c, y), 0.0)
        for fund in plan.loans
        for c in plan.counties
        for y in plan.open_years
    }


def _uses(
    plan: Plan,
    flow: _Flow,
    spent: Mapping[tuple[str, str, int, str, str], int],
    expenses: Expenses,
    breach: Callable[[float], int] | None = None,
) -> None:
    """The shares that funds with a purpose pay of what they may pay for. ``breach`` adds a column for what breaks one of them."""
    for use in plan.uses:
        for c in plan.counties:
            for y in plan.open_years:
                keys = [(c, y, k, purpose) for k in use.classes for purpose in sorted(use.purposes)]
                cost = sum(expenses.get(key, 0) for key in keys)
                entries = {spent[use.fund, *key]: Fraction(1) for key in keys if (use.fund, *key) in spent}
                if use.min_share and cost and not entries and breach is None:
                    raise NoPayment
                least = None if use.min_share is None else use.min_share * cost
                most = None if use.max_share is None else use.max_share * cost
                if entries and (least is not None or most is not None):
                    if breach is not None:
                        entries |= {breach(NOT_SO_MUCH): Fraction(1), breach(NOT_SO_MUCH): Fraction(-1)}
                    flow.row(entries, least, most, share_rule=True)


def _operating_budget(plan: Plan, flow: _Flow, asked: Mapping[tuple[str, int, str, str], int]) -> None:
    for (c, y), rate in sorted(plan.revenue_growth.items()):
        if y not in plan.open_years[1:]:
            continue
        entries = {}
        for year, factor in ((y, Fraction(1)), (y - 1, -(1 + rate))):
            for purpose in plan.purposes:
                if (c, year, "recurrent", purpose) in asked:
                    entries[asked[c, year, "recurrent", purpose]] = factor
        short = (1 + rate) * plan.operating_budget(c, y - 1) - plan.operating_budget(c, y)
        flow.row(entries, short, None, share_rule=True)


def _fractions(flow: _Flow) -> Floats | None:
    """The cheapest amounts, in yuan and fractions of one; solved in the currency unit, where costs and tolerances fit."""
    lower, upper = _bounds(flow, [0] * len(flow.names), integer=False)
    matrix = _matrix(
        flow,
        np.zeros(len(flow.names)),
        np.array(flow.upper) / YUAN_IN_UNIT,
        lower / YUAN_IN_UNIT,
        upper / YUAN_IN_UNIT,
        integer=False,
    )
    outcome = HighsModel(matrix).minimise(Objective(0.0, np.array(flow.cost)))
    return None if outcome.columns is None else outcome.columns * YUAN_IN_UNIT


def _in_yuan(flow: _Flow, wanted: Floats, reach: int) -> list[int] | None:
    """Whole amounts no further than ``reach`` yuan from the fractions ``wanted``, every row kept."""
    base = [floor(amount) for amount in wanted + NOISE]
    steps = np.array(base, dtype=float)
    lower, upper = _bounds(flow, base, integer=True)
    matrix = _matrix(
        flow, np.maximum(-steps, 1 - reach), np.minimum(np.array(flow.upper) - steps, reach), lower, upper, integer=True
    )
    # up where more than half a yuan was cut off, and a request only if it must
    cost = 0.5 - (wanted - steps) if reach == 1 else np.zeros(len(base))
    cost = cost + np.array(flow.whole_cost)
    outcome = HighsModel(matrix).minimise(Objective(0.0, cost))
    return None if outcome.columns is None else [start + round(step) for start, step in zip(base, outcome.columns, strict=True)]


def _bounds(flow: _Flow, base: list[int], *, integer: bool) -> tuple[Floats, Floats]:
    """What is left of each row's bounds once the amounts ``base`` are in it."""
    lower, upper = [], []
    for entries, least, most, give in flow.rows:
        already = sum((factor * base[column] for column, factor in entries.items()), Fraction(0))
        under, over = give if integer else EXACTLY
        lower.append(-np.inf if least is None else float(least - already - under))
        upper.append(np.inf if most is None else float(most - already + over))
    return np.array(lower), np.array(upper)


def _matrix(flow: _Flow, lower: Floats, upper: Floats, row_lower: Floats, row_upper: Floats, *, integer: bool) -> Matrix:
    entries = [row[0] for row in flow.rows]
    return Matrix(
        tuple(("amount", name) for name in flow.names),
        tuple(("row", number) for number in range(len(flow.rows))),
        lower,
        upper,
        np.full(len(flow.names), integer),
        row_lower,
        row_upper,
        np.cumsum([0, *(len(row) for row in entries)]).astype(np.int32),
        np.array([column for row in entries for column in row], dtype=np.int32),
        np.array([float(factor) for row in entries for factor in row.values()]),
        {},
    )
