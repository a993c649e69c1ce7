"""Where prices grow as fast as money is discounted, to buy later costs the same but for rounding; proofs must not depend on that."""

from decimal import Decimal

import numpy as np
from optimum.test_second_solver import model_of
from plans.random_plans import tables_of
from pyomo.core import Var, value

from optplan.plan import Plan
from optplan.rules.program import build_program
from optplan.search.lexicographic import search
from optplan.search.run import Orders
from optplan.search.solver.matrix import compile_program
from optplan.search.solver.remainders import without_remainders

D = Decimal
YEARS = range(2025, 2040)
NAMES = ["target_shortfall", "readiness_gap", "cost"]


def fleet():
    """Ambulances that last six years and a tower that lasts fifteen, in dollars, at 3 % growth and 3 % interest."""
    return tables_of(
        {
            "plan": [
                {"key": "title", "value": "fleet"}, {"key": "currency", "value": "USD"},
                {"key": "first_year", "value": YEARS[0]}, {"key": "last_year", "value": YEARS[-1]},
                *({"key": key, "value": D("0.03")} for key in ("discount_rate", "capital_price_growth", "recurrent_price_growth")),
            ],
            "counties": [{"county": c, "name": c} for c in ("st1", "st2", "st3")],
            "items": [
                {"item": "ambulance", "name": "ambulance", "service_life": 6, "lead_years": 1},
                {"item": "tower", "name": "tower", "service_life": 15},
            ],
            "costs": [
                {"item": "ambulance", "unit_cost": D(350_000), "annual_cost": D(12_000)},
                {"item": "tower", "unit_cost": D(2_611_111), "annual_cost": D(22_000)},
            ],
            "stock": [
                {"item": "ambulance", "county": c, "quantity": D(1), "retires_after": y}
                for c, y in (("st1", 2026), ("st2", 2028), ("st3", 2030))
            ] + [{"item": "tower", "county": "st3", "quantity": D(1), "retires_after": 2027}],
            "standards": [
                *({"standard": "ambulance", "group": "ambulance", "county": c, "from_year": 2025, "required": D(1)} for c in ("st1", "st2", "st3")),
                {"standard": "tower", "group": "tower", "county": "st3", "from_year": 2025, "required": D(1)},
            ],
            "funds": [{"fund": "vehicles", "name": "vehicles", "level": "pool", "carry_share": D(1), "carry_years": "all"}],
            "budgets": [{"fund": "vehicles", "year": y, "amount": D(1_150_000)} for y in YEARS],
        }
    )  # fmt: skip


def test_the_cost_of_a_fleet_is_proven():
    found = search(Plan(fleet()), model_of(NAMES), Orders())
    assert found.status == "optimal"
    assert [float(level.value) for level in found.levels[:2]] == [0, 0]


def test_what_is_minimised_is_the_cost_and_never_more():
    """At random plans: no more than the cost, so that what is proven holds, and less only in its last digits."""
    m = build_program(Plan(fleet()), model_of(NAMES))
    minimised = compile_program(m).criteria["cost"]
    sizes = np.abs(minimised.cost[minimised.cost != 0])
    assert sizes.min() > 1e-9 * sizes.max()
    rng = np.random.default_rng(1)
    variables = [variable for block in m.component_objects(Var) for variable in block.values()]
    for _ in range(50):
        for variable in variables:
            variable.set_value(0)
        for (i, c, y), variable in m.goods_so_far.items():
            before = m.goods_so_far[i, c, y - 1].value if y > YEARS[0] else 0
            variable.set_value(before + int(rng.integers(0, 3)))
        least = minimised.at(np.array([variable.value for variable in variables], dtype=float))
        cost = value(m.criterion["cost"])
        assert -1e-9 * cost <= cost - least <= 1e-6 * cost


def test_nothing_is_left_out_where_costs_are_apart():
    cost = np.array([3.0, -1e-4, 5.0])
    assert without_remainders([("goods_so_far", ("i", "c", y)) for y in range(3)], cost) is cost
