"""Heaps: what stands in a county beyond what it is asked for, dearer the more it is. Polishing spreads them (model.md §4).

The criterion ``surplus`` sees the county that is farthest beyond its own requirement, and nothing of the others: where new
stations make one county ask for far more than that, any of them may have as much, whether or not it needs it.
"""

from __future__ import annotations

from typing import Any

from pyomo.core import Constraint, NonNegativeReals, Var, quicksum

from optplan.plan import Plan
from optplan.rules.deliveries import standing
from optplan.rules.standards import asked

STEPS = (0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0)  # of what is asked: from each of them on a unit counts once more


def heaps(m: Any, plan: Plan) -> Any:
    """Σ_σ w_σ·Σ_c Σ_j max(0, (stock − asked)/size − step_j) in the last year, asked with the needs of open projects.

    Size is what a county may come to be asked for; of one that asks for nothing, the least size of the standard.
    """
    last = {(r.standard, r.county): r for r in plan.requirements if r.year == plan.last_year and r.base}
    sizes = {
        (s, c): float(r.required + sum((quantity for _, quantity in plan.project_needs.get((s, c), ())), 0 * r.required))
        for (s, c), r in last.items()
    }
    weight = {s: max(float(r.weight) for (other, _), r in last.items() if other == s) for s in sorted({s for s, _ in last})}
    least = {s: min(size for (other, _), size in sizes.items() if other == s) for s in weight}
    cells = [(s, c, step) for s in weight for c in plan.counties for step in range(len(STEPS))] if len(plan.counties) > 1 else []
    m.heaped = Var(cells, domain=NonNegativeReals)

    def beyond(m: Any, s: str, c: str, step: int) -> Any:
        more = standing(m, plan, plan.standard_items[s], c, plan.last_year)
        if (s, c) in last:
            more -= asked(m, plan, last[s, c])
        return m.heaped[s, c, step] >= more / sizes.get((s, c), least[s]) - STEPS[step]

    m.heap = Constraint(cells, rule=beyond)
    return quicksum(weight[s] * m.heaped[s, c, step] for s, c, step in cells)
