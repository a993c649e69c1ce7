"""Quantities of goods that come in parts, put on the grid of eight decimals without breaking any limit, share or exact total.

A solver keeps a row to its tolerance only. Rounded to the grid, a third of something may be a hundred-millionth too small. Where
a row is broken that way, quantities are moved by a few steps of the grid. How many is an integer program over small whole
numbers, in which floating point cannot err. The exact check judges the outcome.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import count
from math import ceil, floor, lcm

import numpy as np

from optplan.plan import Plan
from optplan.search.solver.highs import HighsModel
from optplan.search.solver.matrix import Floats, Matrix, Objective

STEP = Fraction(1, 10**8)  # of a unit
NODES = 2000  # of the search tree: where a share hardly rounds it may have no end
MOST_LOOKS = 2000  # at how a search goes on: one that comes to no second node is ended too, at the same place each time
OFF = 1e-4  # what HiGHS may be off by: rows of whole numbers up to 1e9, kept to its usual 1e-8, have kept it for ever
REACH = (1, 10, 1000, 100_000)  # steps that a quantity may move, tried in turn
MARGIN = 1e-6  # of a step, where shares are not whole numbers: what a row keeps away from its edge
YUAN, ROOM_OF_SHARE = 1e-4, 1e-7  # of the currency unit, and of a unit
MOST_IN_COMMON = 10**4  # of the shares of a row: then whole numbers say exactly what it asks
LONGEST = 10**9  # denominators of shares and bounds as people write them
DECIDED = ("goods_so_far", "hired_so_far", "opened", "meeting")  # a row of these alone says something of quantities


@dataclass(frozen=True)
class _Row:
    """``lower ≤ Σ factor·step ≤ upper``, in steps from where the quantities are."""

    factors: dict[int, Fraction]
    lower: Fraction | None
    upper: Fraction | None

    @property
    def holds(self) -> bool:
        return self.holds_after({})

    def holds_after(self, moved: Mapping[int, int]) -> bool:
        """Whether it holds once quantities have moved by so many steps."""
        by = sum((factor * moved.get(column, 0) for column, factor in self.factors.items()), Fraction(0))
        return (self.lower is None or self.lower <= by) and (self.upper is None or by <= self.upper)


def with_room(matrix: Matrix) -> Matrix:
    """The matrix with room for rounding: a yuan in every balance of a fund, and ten steps of the grid in every share."""
    rows = np.array([rule for rule, _ in matrix.rows])
    shares, balances = np.char.find(rows.astype(str), "mix_") >= 0, rows == "balance"
    wide = matrix.row_upper - matrix.row_lower > 2 * ROOM_OF_SHARE
    return replace(
        matrix,
        row_lower=np.where(shares & wide, matrix.row_lower + ROOM_OF_SHARE, matrix.row_lower),
        row_upper=np.where(
            balances & (matrix.row_upper > YUAN),
            matrix.row_upper - YUAN,
            np.where(shares & wide, matrix.row_upper - ROOM_OF_SHARE, matrix.row_upper),
        ),
    )


def on_the_grid(plan: Plan, matrix: Matrix, columns: Floats) -> Floats:
    """The point with what comes in parts rounded to the grid, moved a little where a row would be broken by that."""
    parts = [
        column
        for column, (variable, index) in enumerate(matrix.names)
        if variable == "goods_so_far" and not plan.items[index[0]].whole
    ]
    if not parts:
        return columns
    steps = {column: round(Fraction(float(columns[column])) / STEP) for column in parts}
    rows = _rows(matrix, columns, steps)
    if not all(row.holds for row in rows):
        steps = next((moved for reach in REACH if (moved := _moved(steps, rows, reach)) is not None), steps)
    result = columns.copy()
    result[parts] = [float(steps[column] * STEP) for column in parts]
    return result


def _rows(matrix: Matrix, columns: Floats, steps: dict[int, int]) -> list[_Row]:
    """The rows in which only quantities stand, some of them in parts."""
    decided = np.array([variable in DECIDED for variable, _ in matrix.names])
    rows = []
    for number in range(len(matrix.rows)):
        inside = slice(matrix.starts[number], matrix.starts[number + 1])
        of_row = matrix.indices[inside]
        if not decided[of_row].all() or not any(int(column) in steps for column in of_row):
            continue
        already, factors = Fraction(0), {}
        for column, value in zip(of_row.tolist(), matrix.values[inside].tolist(), strict=True):
            factor = _as_written(value)
            if column in steps:
                factors[column] = factor
            already += factor * (steps[column] if column in steps else round(columns[column]) / STEP)
        lower, upper = matrix.row_lower[number], matrix.row_upper[number]
        rows.append(
            _Row(
                factors,
                None if np.isinf(lower) else _as_written(lower) / STEP - already,
                None if np.isinf(upper) else _as_written(upper) / STEP - already,
            )
        )
    return rows


def _as_written(value: float) -> Fraction:
    return Fraction(float(value)).limit_denominator(LONGEST)


def _moved(steps: dict[int, int], rows: list[_Row], reach: int) -> dict[int, int] | None:
    """The quantities moved by as few steps as keep every row, none by more than ``reach``; ``None`` if that cannot be."""
    order = {column: number for number, column in enumerate(steps)}
    number = len(order)  # columns: the steps, then how far each is from nothing
    lower, upper, starts, indices, values = [], [], [0], list[int](), list[float]()

    def add(entries: dict[int, float], least: float, most: float) -> None:
        indices.extend(entries)
        values.extend(entries.values())
        starts.append(len(indices))
        lower.append(least)
        upper.append(most)

    for row in rows:
        common = lcm(*(factor.denominator for factor in row.factors.values()))
        integer = common <= MOST_IN_COMMON
        times = common if integer else 1
        least = -np.inf if row.lower is None else ceil(row.lower * times) if integer else float(row.lower) + MARGIN
        most = np.inf if row.upper is None else floor(row.upper * times) if integer else float(row.upper) - MARGIN
        if least > most:  # both edges are the same share: it must be met
            least, most = least - MARGIN, most + MARGIN
        add({order[column]: float(factor * times) for column, factor in row.factors.items()}, float(least), float(most))
    for one in range(number):
        add({number + one: 1.0, one: -1.0}, 0.0, np.inf)
        add({number + one: 1.0, one: 1.0}, 0.0, np.inf)
    least_steps = np.maximum(-np.array(list(steps.values()), dtype=float), -reach)
    matrix = Matrix(
        tuple(("step", column) for column in (*order, *order)),
        tuple(("row", row) for row in range(len(lower))),
        np.concatenate([least_steps, np.zeros(number)]),
        np.full(2 * number, float(reach)),
        np.concatenate([np.ones(number, dtype=bool), np.zeros(number, dtype=bool)]),
        np.array(lower),
        np.array(upper),
        np.array(starts, dtype=np.int32),
        np.array(indices, dtype=np.int32),
        np.array(values),
        {},
    )
    highs, looks = HighsModel(matrix, NODES, feasibility=OFF), count()
    objective = Objective(0.0, np.concatenate([np.zeros(number), np.ones(number)]))
    found = highs.minimise(objective, watch=lambda *_: next(looks) > MOST_LOOKS).columns
    if found is None:
        return None
    by = {column: round(found[one]) for column, one in order.items()}
    return {column: steps[column] + by[column] for column in by} if all(row.holds_after(by) for row in rows) else None
