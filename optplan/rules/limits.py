"""Limits and mixes: capacities, ceilings, pins, and shares of one kind in another (model.md §3.5)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from pyomo.core import Constraint, quicksum

from optplan.plan import Mix, Plan
from optplan.rules.cells import gives
from optplan.rules.deliveries import add_deliveries, delivered_in, standing
from optplan.rules.needs import needs
from optplan.rules.rows import between


@needs(add_deliveries)
def add_limits(m: Any, plan: Plan) -> None:
    """Constraints only: limits and mixes speak of deliveries, or of what stands."""
    limits = {limit.limit: limit for limit in plan.limits}
    mixes = {mix.mix: mix for mix in plan.mixes if not mix.standing}
    standing_mixes = {mix.mix: mix for mix in plan.mixes if mix.standing}

    # min ≤ Σ x ≤ max over group, county scope and year scope
    m.limit = Constraint(
        list(limits),
        rule=lambda m, n: between(
            "limit",
            (n,),
            _number(limits[n].minimum),
            delivered_in(m, plan, limits[n].items, limits[n].counties, limits[n].years)
            + (0 if limits[n].minimum is None else gives(m, "limits", (n,), "min"))
            - (0 if limits[n].maximum is None else gives(m, "limits", (n,), "max")),
            _number(limits[n].maximum),
        ),
    )
    # min_share·W ≤ A
    m.mix_min = Constraint(
        [n for n, mix in mixes.items() if mix.min_share is not None],
        rule=lambda m, n: between(
            "mix_min",
            (n,),
            0,
            _part(m, plan, mixes[n])
            - float(mixes[n].min_share or 0) * _whole(m, plan, mixes[n])
            + gives(m, "mix", (n,), "min_share"),
            None,
        ),
    )
    # A ≤ max_share·W
    m.mix_max = Constraint(
        [n for n, mix in mixes.items() if mix.max_share is not None],
        rule=lambda m, n: between(
            "mix_max",
            (n,),
            None,
            _part(m, plan, mixes[n])
            - float(mixes[n].max_share or 0) * _whole(m, plan, mixes[n])
            - gives(m, "mix", (n,), "max_share"),
            0,
        ),
    )
    # the same of what stands in a year
    m.standing_mix_min = Constraint(
        [(n, y) for n, mix in standing_mixes.items() if mix.min_share is not None for y in mix.years],
        rule=lambda m, n, y: between(
            "standing_mix_min",
            (n, y),
            0,
            _beyond(m, plan, standing_mixes[n], standing_mixes[n].min_share, y) + gives(m, "mix", (n,), "min_share", y),
            None,
        ),
    )
    m.standing_mix_max = Constraint(
        [(n, y) for n, mix in standing_mixes.items() if mix.max_share is not None for y in mix.years],
        rule=lambda m, n, y: between(
            "standing_mix_max",
            (n, y),
            None,
            _beyond(m, plan, standing_mixes[n], standing_mixes[n].max_share, y) - gives(m, "mix", (n,), "max_share", y),
            0,
        ),
    )


def _part(m: Any, plan: Plan, mix: Any) -> Any:
    return delivered_in(m, plan, mix.part, mix.counties, mix.years)


def _whole(m: Any, plan: Plan, mix: Any) -> Any:
    return delivered_in(m, plan, mix.whole, mix.counties, mix.years)


def _beyond(m: Any, plan: Plan, mix: Mix, share: Fraction | None, year: int) -> Any:
    """A − share·W of what stands in ``year``."""
    part, whole = (quicksum(standing(m, plan, items, c, year) for c in mix.counties) for items in (mix.part, mix.whole))
    return part - float(share or 0) * whole


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
