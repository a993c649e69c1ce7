"""Money with a purpose: what a fund pays for, and what share of it (model.md §3.7, ``fund_uses``)."""

from __future__ import annotations

from typing import Any

from pyomo.core import Constraint, quicksum
from pyomo.core.expr.numvalue import is_potentially_variable

from optplan.plan import Plan
from optplan.rules.cells import gives
from optplan.rules.money import add_money, cost_of, paid_for
from optplan.rules.needs import needs
from optplan.rules.rows import between


@needs(add_money)
def add_purposes(m: Any, plan: Plan) -> None:
    """Constraints only: :func:`optplan.rules.money.add_money` has variables only for what a fund may pay."""
    uses = dict(enumerate(plan.uses))
    cells = [(c, y) for c in plan.counties for y in plan.open_years]

    def costs(n: int, c: str, y: int) -> Any:
        """K: what the row's goods and projects cost, in its classes."""
        return quicksum(cost_of(m, plan, c, y, k, purpose) for k in uses[n].classes for purpose in sorted(uses[n].purposes))

    def pays(n: int, c: str, y: int) -> Any:
        """Σ e of the row's fund on them."""
        use = uses[n]
        return quicksum(paid_for(m, use.fund, c, y, k, purpose) for k in use.classes for purpose in sorted(use.purposes))

    # min_share·K ≤ Σ e of that fund on them
    m.least_share = Constraint(
        [(n, c, y) for n, use in uses.items() if use.min_share for c, y in cells if is_potentially_variable(costs(n, c, y))],
        rule=lambda m, n, c, y: between(
            "least_share",
            (n, c, y),
            0,
            pays(n, c, y)
            - float(uses[n].min_share or 0) * costs(n, c, y)
            + gives(m, "fund_uses", uses[n].key, "min_share", c, y),
            None,
        ),
    )
    # Σ e of that fund on them ≤ max_share·K
    m.most_share = Constraint(
        [(n, c, y) for n, use in uses.items() if use.max_share is not None for c, y in cells],
        rule=lambda m, n, c, y: between(
            "most_share",
            (n, c, y),
            None,
            pays(n, c, y)
            - float(uses[n].max_share or 0) * costs(n, c, y)
            - gives(m, "fund_uses", uses[n].key, "max_share", c, y),
            0,
        ),
    )
