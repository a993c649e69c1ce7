"""Targets: what the plan promises to deliver, and what of it falls short (model.md §3.3)."""

from __future__ import annotations

from typing import Any

from pyomo.core import Constraint, NonNegativeReals, Var, quicksum

from optplan.plan import Plan, Target
from optplan.rules.cells import gives
from optplan.rules.deliveries import add_deliveries, delivered_so_far
from optplan.rules.needs import needs
from optplan.rules.rows import between


@needs(add_deliveries)
def add_targets(m: Any, plan: Plan) -> None:
    """Variables ``shortfall[t]``: z[t] ≥ 0, what target t lacks of its total."""
    targets = {target.target: target for target in plan.targets}
    m.shortfall = Var(list(targets), domain=NonNegativeReals, bounds=lambda m, t: (0, float(targets[t].total)))

    # X_t + z[t] ≥ total
    m.target = Constraint(
        list(targets),
        rule=lambda m, t: between("target", (t,), float(targets[t].total), reached(m, plan, targets[t]) + m.shortfall[t], None),
    )
    # X_t ≤ total, if exact
    m.target_exact = Constraint(
        [t for t, target in targets.items() if target.exact],
        rule=lambda m, t: between(
            "target_exact",
            (t,),
            None,
            reached(m, plan, targets[t]) - gives(m, "targets", (t,), "total"),
            float(targets[t].total),
        ),
    )
    # X_t ≥ at_least
    m.target_at_least = Constraint(
        [t for t, target in targets.items() if target.at_least],
        rule=lambda m, t: between("target_at_least", (t,), float(targets[t].at_least), _given(m, plan, targets[t]), None),
    )


def _given(m: Any, plan: Plan, target: Target) -> Any:
    return reached(m, plan, target) + gives(m, "targets", (target.target,), "at_least")


def reached(m: Any, plan: Plan, target: Target) -> Any:
    """X_t = Σ x over the target's items, counties and years from from_year to by_year."""
    year, before = min(target.by_year, plan.last_year), target.from_year - 1
    return quicksum(
        delivered_so_far(m, plan, i, c, year) - delivered_so_far(m, plan, i, c, before)
        for i in target.items
        for c in target.counties
    )
