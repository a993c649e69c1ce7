"""Loans: what is spent of a fund that is paid back costs the county so much in each of the years after it (model.md §3.7)."""

from __future__ import annotations

from typing import Any

from pyomo.core import quicksum

from optplan.plan import Plan


def repayments(m: Any, plan: Plan, c: str, y: int) -> Any:
    """Σ over loans f of r/(1 − (1+r)^−n)·Σ_{y−n ≤ y' < y} Σ_κ e[f,c,y',κ]: a recurrent cost of county c in year y."""
    return quicksum(
        float(fund.annuity) * m.drawn[fund.fund, c, past]
        for fund in plan.loans
        for past in plan.open_years
        if past < y <= past + (fund.repay_years or 0)
    )
