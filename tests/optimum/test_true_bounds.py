"""Costs over many orders of magnitude: no bound above the best plan, and nothing called proven that is not."""

import random
from decimal import Decimal
from fractions import Fraction

import pytest
from optimum.test_second_solver import model_of
from plans.random_plans import tables_of

from optplan.plan import Plan
from optplan.search.lexicographic import search
from optplan.search.run import Orders

ARITHMETIC = 1e-7  # relative, of what is proven


def shop(money, goods, scale=1):
    """One county, one year: goods as (price, total, weight), and the money that they are bought with."""
    return tables_of(
        {
            "plan": [{"key": "title", "value": "t"}, {"key": "first_year", "value": 2021}, {"key": "last_year", "value": 2021}],
            "counties": [{"county": "a", "name": "A"}],
            "items": [{"item": f"i{n}", "name": f"i{n}"} for n in range(len(goods))],
            "costs": [{"item": f"i{n}", "unit_cost": Decimal(price)} for n, (price, _, _) in enumerate(goods)],
            "targets": [
                {"target": f"t{n}", "group": f"i{n}", "by_year": 2021, "total": Decimal(total), "weight": Decimal(weight) * Decimal(scale)}
                for n, (_, total, weight) in enumerate(goods)
            ],
            "funds": [{"fund": "own", "name": "own", "level": "county", "pays": "capital"}],
            "budgets": [{"fund": "own", "county": "a", "year": 2021, "amount": Decimal(money)}],
        }
    )  # fmt: skip


def least_shortfall(money, goods):
    """By trying every number of all but the cheapest good, of which as many are bought as the money allows."""

    def least(left, rest):
        (price, total, weight), *more = rest
        price, total, weight = Fraction(price), int(total), Fraction(weight)
        affordable = min(total, left // price)
        numbers = range(int(affordable) + 1) if more else [affordable]
        return min(weight * (total - n) / total + (least(left - n * price, more) if more else 0) for n in numbers)

    return least(Fraction(money), sorted(goods, key=lambda good: -Fraction(good[0])))


CASES = [
    ("1000", [("0.0001", "20000000", "0.1"), ("60", "3", "10")]),
    ("1000", [("0.0001", "100000000", "0.1"), ("60", "3", "10")]),
    ("1000", [("0.0001", "100000000", "0.01"), ("60", "3", "3000")]),
    ("100", [("0.0001", "100000000", "0.01"), ("60", "3", "3000")]),
    ("179.9999", [("0.0001", "1000000", "0.000001"), ("60", "3", "1000")]),
    ("500", [("0.0007", "30000000", "0.003"), ("0.9", "40", "7"), ("61.3", "5", "0.5")]),
]


def seeded(seed):
    rng = random.Random(seed)
    few = [
        (str(Decimal(rng.randint(1, 9999)) / 100), str(rng.randint(1, 6)), str(Decimal(10) ** rng.randint(-3, 3)))
        for _ in range(2)
    ]
    many = (
        str(Decimal(rng.randint(1, 9)) / 10_000),
        str(rng.randint(1, 10) * 10 ** rng.randint(4, 7)),
        str(Decimal(10) ** rng.randint(-3, 2)),
    )
    return str(rng.randint(20, 600)), [*few, many]


def test_what_is_too_small_to_be_seen_beside_the_rest_is_bought_all_the_same():
    money, goods = "170", [("0.0001", "1000000", "0.000001"), ("60", "3", "10000000")]
    found = search(Plan(shop(money, goods)), model_of(["target_shortfall"]), Orders())
    assert found.levels[0].value == least_shortfall(money, goods)
    assert found.levels[0].bound <= found.levels[0].value


@pytest.mark.parametrize("scale", ["1", "0.001"])
@pytest.mark.parametrize("case", [*CASES, *(seeded(seed) for seed in range(10))], ids=str)
def test_a_bound_is_never_above_the_best_plan(case, scale):
    money, goods = case
    best = float(least_shortfall(money, goods) * Fraction(scale))
    found = search(Plan(shop(money, goods, scale)), model_of(["target_shortfall"]), Orders())
    value, bound = float(found.levels[0].value), found.levels[0].bound
    assert bound <= best * (1 + 1e-12) + 1e-15
    assert best <= value * (1 + 1e-12) + 1e-15
    assert found.status == "optimal"
    assert value - best <= ARITHMETIC * max(best, 1e-3)
