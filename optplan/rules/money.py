"""Money: what a year costs each county, and which fund pays it (model.md §3.7). Open years only."""

from __future__ import annotations

from typing import Any

from pyomo.core import Constraint, Expression, NonNegativeReals, Set, Var, quicksum

from optplan import schedule
from optplan.plan import Fund, Plan
from optplan.rules.cells import gives, may_give
from optplan.rules.deliveries import add_deliveries, delivered, delivered_so_far, retired
from optplan.rules.loans import repayments
from optplan.rules.needs import needs
from optplan.rules.projects import add_projects, is_open, opens
from optplan.rules.rows import between
from optplan.tables.declarations import SPENDING_CLASSES

YUAN = float(schedule.YUAN)  # of the currency unit


@needs(add_projects, add_deliveries)
def add_money(m: Any, plan: Plan, requests: bool) -> None:
    """Variables ``spent[f,c,y,κ]``: e, ``carried[f,c,y]``: r (c blank for a pool), ``requested[c,y,κ]``: q; l is the slack.

    Where money is told apart by purpose, e of a fund with a purpose has the purpose π as its last index. All other funds, and
    requests, may pay for any: what is left of every purpose adds up to what they pay, in whatever way it is divided.
    """
    years, county_funds, pools, caps_give = plan.open_years, plan.county_funds, plan.pools, may_give(m)
    apart = {(k, *of) for f in plan.funds for k in _classes(m, plan, f) for of in _purposes(m, plan, f, k) if of}
    cells = [(c, y, k, purpose) for c in plan.counties for y in years for k in SPENDING_CLASSES for purpose in plan.purposes]
    payers = [
        (f.fund, c, y, k, *of)
        for f in plan.funds.values()
        for c in plan.counties
        for y in years
        for k in _classes(m, plan, f.fund)
        for of in _purposes(m, plan, f.fund, k)
    ]
    m.payers = Set(initialize=payers, dimen=None)  # some with a purpose, some without
    m.spent = Var(m.payers, domain=NonNegativeReals)
    m.carried = Var(
        [
            (f.fund, c, y)
            for f in plan.funds.values()
            for c in _holders(plan, f)
            for y in years
            if plan.carry_cap(f, c, y) or (may_give(m) and y < plan.last_year)
        ],
        domain=NonNegativeReals,
        bounds=lambda m, f, c, y: (0, None if caps_give else plan.carry_cap(plan.funds[f], c, y) * YUAN),
    )
    m.requested = Var(
        [(c, y, k) for c in plan.counties for y in years for k in SPENDING_CLASSES] if requests else [], domain=NonNegativeReals
    )
    # what a county spends from a fund in a year: Σ_κ e[f,c,y,κ]
    m.drawn = {(f.fund, c, y): _drawn(m, plan, f, c, y) for f in plan.funds.values() for c in plan.counties for y in years}

    # what a class of spending costs in c and y, for each purpose and in all: capital[c,y], recurrent[c,y]
    m.costs = {cell: _cost(m, plan, *cell) for cell in cells}
    m.expense = Expression(
        [(c, y, k) for c in plan.counties for y in years for k in SPENDING_CLASSES],
        rule=lambda m, c, y, k: quicksum(m.costs[c, y, k, purpose] for purpose in plan.purposes),
    )
    # Σ_f e[f,c,y,κ] + q[c,y,κ] = cost of class κ in c and y
    m.paid = Constraint(
        [(c, y, k) for c in plan.counties for y in years for k in SPENDING_CLASSES],
        rule=lambda m, c, y, k: between(
            "paid",
            (c, y, k),
            0,
            quicksum(_paid_by(m, plan, f.fund, c, y, k) for f in plan.funds.values())
            + (m.requested[c, y, k] if requests else 0)
            - m.expense[c, y, k],
            0,
        ),
    )
    # Σ_{f with a purpose} e[f,c,y,κ,π] ≤ cost of class κ in c and y for π
    m.for_purpose = Constraint(
        [cell for cell in cells if cell[2:] in apart],
        rule=lambda m, *cell: between(
            "for_purpose", cell, None, quicksum(paid_for(m, f, *cell) for f in plan.funds) - m.costs[cell], 0
        ),
    )
    # Σ e + r[y] + l[y] = amount[y] + r[y−1], r[y] ≤ carry_share·amount[y]
    m.balance = Constraint(
        [(f.fund, c, y) for f in plan.funds.values() for c in _holders(plan, f) for y in years],
        rule=lambda m, f, c, y: between(
            "balance",
            (f, c, y),
            None,
            _outlay(m, plan, plan.funds[f], c, y)
            + _carried(m, f, c, y)
            - _carried(m, f, c, y - 1)
            - amount_gives(m, plan.funds[f], c, y),
            plan.amount(plan.funds[f], c, y) * YUAN,
        ),
    )
    # r[y] ≤ carry_share·amount[y] + r[y−1], where money is kept for good
    m.kept = Constraint(
        [(f, c, y) for f, c, y in m.carried if plan.funds[f].carry_years is None],
        rule=lambda m, f, c, y: between(
            "kept",
            (f, c, y),
            None,
            m.carried[f, c, y]
            - _carried(m, f, c, y - 1)
            - float(plan.funds[f].carry_share) * amount_gives(m, plan.funds[f], c, y)
            - gives(m, "funds", (f,), "carry_share", c, y),
            float(plan.funds[f].carry_share * plan.amount(plan.funds[f], c, y)) * YUAN,
        ),
    )
    of_counties = [(f.fund, c, y) for f in pools for c in plan.counties for y in years]
    # Σ_κ e[f,c,y,κ] ≤ county_cap_share·amount[y]
    m.county_cap = Constraint(
        [(f, c, y) for f, c, y in of_counties if plan.funds[f].county_cap_share is not None],
        rule=lambda m, f, c, y: between(
            "county_cap",
            (f, c, y),
            None,
            _drawn(m, plan, plan.funds[f], c, y)
            - float(plan.funds[f].county_cap_share or 0) * amount_gives(m, plan.funds[f], "", y)
            - gives(m, "funds", (f,), "county_cap_share", c, y),
            float((plan.funds[f].county_cap_share or 0) * plan.amount(plan.funds[f], c, y)) * YUAN,
        ),
    )
    # Σ_{c supported} Σ_κ e ≥ support_floor·Σ_c Σ_κ e
    m.support_floor = Constraint(
        [(f.fund, y) for f in pools if f.support_floor for y in years],
        rule=lambda m, f, y: between(
            "support_floor",
            (f, y),
            0,
            quicksum(
                (plan.supported[c] - float(plan.funds[f].support_floor)) * _drawn(m, plan, plan.funds[f], c, y)
                for c in plan.counties
            )
            + gives(m, "funds", (f,), "support_floor", y),
            None,
        ),
    )
    # Σ of e from county funds in (c,y) ≥ match_rate·Σ_κ e[pool,c,y,κ]
    m.matching = Constraint(
        [(f, c, y) for f, c, y in of_counties if plan.match_rate(plan.funds[f], c)],
        rule=lambda m, f, c, y: between(
            "matching",
            (f, c, y),
            0,
            quicksum(_drawn(m, plan, own, c, y) for own in county_funds)
            - float(plan.match_rate(plan.funds[f], c)) * _drawn(m, plan, plan.funds[f], c, y)
            + gives(m, "funds", (f,), _matching(plan, f, c), c, y),
            None,
        ),
    )
    # A[c,y] + q[c,y,recurrent] ≥ (1 + rate[c,y])·(A[c,y−1] + q[c,y−1,recurrent]), where requests are allowed
    m.operating_budget = Constraint(
        [(c, y) for c in plan.counties for y in years[1:] if requests and (c, y) in plan.revenue_growth],
        rule=lambda m, c, y: between(
            "operating_budget",
            (c, y),
            0,
            _operating(m, plan, c, y)
            + _running_request(m, c, y)
            - float(1 + plan.revenue_growth[c, y]) * (_operating(m, plan, c, y - 1) + _running_request(m, c, y - 1))
            + gives(m, "growth", (c, y), "rate"),
            None,
        ),
    )


def purpose_gives(m: Any, plan: Plan, f: str, c: str, y: int, k: str, purpose: str = "") -> Any:
    """What a fund pays that it does not pay for, by what it pays or by its rows of ``fund_uses``."""
    if k not in plan.funds[f].pays:
        return gives(m, "funds", (f,), "pays", c, y, k, purpose)
    key = next(use.key for use in plan.uses if use.fund == f)
    return gives(m, "fund_uses", key, "group" if key[1] else "project", c, y, k, purpose)


def amount_gives(m: Any, fund: Fund, c: str, y: int) -> Any:
    """By how much an appropriation is more."""
    return gives(m, "budgets", (fund.fund, None if fund.pool else c, y), "amount")


def _operating(m: Any, plan: Plan, c: str, y: int) -> Any:
    """A[c,y]."""
    paying = [fund for fund in plan.county_funds if "recurrent" in fund.pays]
    return plan.operating_budget(c, y) * YUAN + quicksum(amount_gives(m, fund, c, y) for fund in paying)


def _matching(plan: Plan, f: str, c: str) -> str:
    """The column with the rate at which county c matches pool f."""
    return "match_rate_supported" if plan.supported[c] and f in plan.rates_of_supported else "match_rate"


def _classes(m: Any, plan: Plan, f: str) -> tuple[str, ...]:
    """The classes of spending that the fund pays, or may come to pay."""
    return SPENDING_CLASSES if may_give(m) else plan.funds[f].pays


def _purposes(m: Any, plan: Plan, f: str, k: str) -> tuple[tuple[str, ...], ...]:
    """What the fund's spending of a class is told apart by: the purposes it may pay for, or nothing; none if it pays nothing."""
    purposes = tuple((purpose,) for purpose in plan.purposes if may_give(m) or plan.may_pay(f, k, purpose))
    return purposes if plan.told_apart(f) or not purposes else ((),)


def paid_for(m: Any, f: str, c: str, y: int, k: str, purpose: str) -> Any:
    """e[f,c,y,κ,π] of a fund with a purpose; 0 where it does not pay it."""
    index = (f, c, y, k, purpose)
    return m.spent[index] if index in m.spent else 0  # noqa: SIM401 — Pyomo variables have no get


def _paid_by(m: Any, plan: Plan, f: str, c: str, y: int, k: str) -> Any:
    """e[f,c,y,κ]; of a fund with a purpose Σ_π e[f,c,y,κ,π]."""
    of = _purposes(m, plan, f, k) if k in _classes(m, plan, f) else ()
    return quicksum(m.spent[(f, c, y, k, *purpose)] for purpose in of)


def cost_of(m: Any, plan: Plan, c: str, y: int, k: str, purpose: str) -> Any:
    """What a class costs in c and y for a purpose, without what loans cost."""
    return _cost(m, plan, c, y, k, purpose, loans=False)


def _cost(m: Any, plan: Plan, c: str, y: int, k: str, purpose: str, *, loans: bool = True) -> Any:
    if k == "capital":
        return capital(m, plan, c, y, purpose)
    owed = repayments(m, plan, c, y) if loans and plan.loans and not purpose else 0
    return recurrent(m, plan, c, y, purpose) + owed


def _running_request(m: Any, c: str, y: int) -> Any:
    return m.requested[c, y, "recurrent"]


def _items(plan: Plan, purpose: str) -> Any:
    return [i for i in plan.items if len(plan.purposes) == 1 or plan.purpose_of_item[i] == purpose]


def _projects(plan: Plan, c: str, purpose: str) -> Any:
    every = [p for p, project in plan.projects.items() if project.county == c]
    return [p for p in every if len(plan.purposes) == 1 or plan.purpose_of_project[p] == purpose]


def capital(m: Any, plan: Plan, c: str, y: int, purpose: str) -> Any:
    """capital[c,y] = Σ_i unit_cost·x + Σ_p capital_cost·spend share of that year.

    Of goods with a lead time the shares that fall due in y, of what is delivered in y … y + lead_years.
    """
    bought = quicksum(
        YUAN * due * delivered(m, plan, i, c, later)
        for i in _items(plan, purpose)
        for later in range(y, min(y + plan.items[i].lead_years, plan.last_year) + 1)
        for year, due in plan.prices.order(i, c, later)
        if year == y and due
    )
    return bought + quicksum(_instalment(m, plan, p, y) for p in _projects(plan, c, purpose))


def _instalment(m: Any, plan: Plan, p: str, y: int) -> Any:
    """What project p costs in year y: s[p,y'] = opens[p, y' + build_years] starts it in y', and pays from then on."""
    project = plan.projects[p]
    starts = [project.started] if project.started is not None else [opening - project.build_years for opening in project.openings]
    due = 0
    for start in starts:
        started = 1 if project.started is not None else opens(m, plan, p, start + project.build_years)
        due += quicksum(YUAN * yuan * started for year, yuan in plan.prices.instalments(p, start) if year == y and yuan)
    return due


def recurrent(m: Any, plan: Plan, c: str, y: int, purpose: str) -> Any:
    """recurrent[c,y] = Σ_i annual_cost(y)·(Σ_{y'<y} x + first_year_share·x), Σ over what is still in service,

    + Σ_p annual_cost·(open[p,y−1] + first_year_share·opens[p,y]). What loans cost comes to it in :func:`_cost`.
    """
    goods = quicksum(
        YUAN * price.annual * (delivered_so_far(m, plan, i, c, y - 1) - retired(m, plan, i, c, y))
        + YUAN * price.first_year * delivered(m, plan, i, c, y)
        for i in _items(plan, purpose)
        if (price := plan.prices.of(i, c, y)).annual
    )
    return goods + quicksum(
        YUAN * plan.prices.running(p, y).annual * is_open(m, plan, p, y - 1)
        + YUAN * plan.prices.running(p, y).first_year * opens(m, plan, p, y)
        for p in _projects(plan, c, purpose)
    )


def _holders(plan: Plan, fund: Fund) -> tuple[str, ...]:
    """Who holds a balance of the fund: every county its own, or all of them one (blank)."""
    return ("",) if fund.pool else plan.counties


def _drawn(m: Any, plan: Plan, fund: Fund, c: str, y: int) -> Any:
    return quicksum(_paid_by(m, plan, fund.fund, c, y, k) for k in SPENDING_CLASSES)


def _outlay(m: Any, plan: Plan, fund: Fund, holder: str, y: int) -> Any:
    return quicksum(_drawn(m, plan, fund, c, y) for c in (plan.counties if fund.pool else (holder,)))


def _carried(m: Any, f: str, holder: str, y: int) -> Any:
    return m.carried[f, holder, y] if (f, holder, y) in m.carried else 0  # noqa: SIM401 — Pyomo variables have no get
