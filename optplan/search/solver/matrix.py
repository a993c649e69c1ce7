"""The program as arrays that HiGHS takes: columns, rows, and each criterion as a cost vector."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyomo.core import Constraint, Var
from pyomo.repn.linear import LinearRepnVisitor
from pyomo.repn.util import FileDeterminism, FileDeterminism_to_SortComponents, OrderedVarRecorder

from optplan.search.solver.remainders import without_remainders

FEW = 0.05  # of all columns: an objective with fewer in it says nothing of most decisions

Floats = NDArray[np.float64]
Columns = NDArray[np.integer]
Integers = NDArray[np.int32]


@dataclass(frozen=True)
class Objective:
    """``constant + cost · columns``, ``cost`` having one entry a column."""

    constant: float
    cost: Floats

    def at(self, columns: Floats) -> float:
        """Its value at a point."""
        return self.constant + float(self.cost @ columns)

    def of(self, plan: Floats | None) -> float:
        """Its value at a plan; without one, worse than any."""
        return float("inf") if plan is None else self.at(plan)

    def better(self, one: Floats | None, other: Floats | None) -> Floats | None:
        """The better of two plans, ``one`` if they are as good."""
        return other if self.of(other) < self.of(one) else one

    def plus(self, weight: float, other: Objective) -> Objective:
        """Itself and so much of another."""
        return Objective(self.constant + weight * other.constant, self.cost + weight * other.cost)

    @property
    def says_little(self) -> bool:
        """Whether it leaves most of what is decided open."""
        return int(np.count_nonzero(self.cost)) < FEW * len(self.cost)


@dataclass(frozen=True, eq=False)
class Matrix:
    """``row_lower ≤ A·columns ≤ row_upper``, ``lower ≤ columns ≤ upper``, some columns whole.

    ``A`` is stored by rows: the entries of row r are ``values[starts[r]:starts[r + 1]]`` in columns ``indices[…]``.
    ``names`` gives each column as (Pyomo variable, index); ``rows`` gives each row as (Pyomo constraint, index).
    """

    names: tuple[tuple[str, Any], ...]
    rows: tuple[tuple[str, Any], ...]
    lower: Floats
    upper: Floats
    integer: NDArray[np.bool_]
    row_lower: Floats
    row_upper: Floats
    starts: Integers
    indices: Integers
    values: Floats
    criteria: Mapping[str, Objective]

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.names)


def compile_program(m: Any, before: Matrix | None = None, **more: Any) -> Matrix:
    """The matrix of a Pyomo program made by :func:`optplan.rules.program.build_program`.

    Columns and rows stand in the order in which the rules declare them, so the same plan always gives the same matrix.
    ``before``: what this gave of ``m`` when it had fewer variables and rules. ``more``: expressions that are objectives beside
    the criteria.
    """
    variables = [variable for block in m.component_objects(Var) for variable in block.values()]
    order = {id(variable): column for column, variable in enumerate(variables)}
    recorder = OrderedVarRecorder(
        {id(variable): variable for variable in variables},
        order,
        FileDeterminism_to_SortComponents(FileDeterminism.ORDERED),
    )
    visitor = LinearRepnVisitor({}, var_recorder=recorder)

    def linear(expression: Any) -> tuple[float, dict[int, float]]:
        repn = visitor.walk_expression(expression)
        return float(repn.constant), {order[key]: float(value) for key, value in repn.linear.items() if value}

    had = before or NOTHING
    rows: list[tuple[str, Any]] = []
    row_lower: list[float] = []
    row_upper: list[float] = []
    starts, indices = list[int](), list[int]()
    values: list[float] = []
    known = len(had.rows)
    for constraint in m.component_objects(Constraint):
        if known:
            known -= len(constraint)
            continue
        for index, row in constraint.items():
            lower, body, upper = row.to_bounded_expression()
            constant, entries = linear(body)
            rows.append((constraint.name, index))
            row_lower.append(-np.inf if lower is None else float(lower) - constant)
            row_upper.append(np.inf if upper is None else float(upper) - constant)
            indices += entries.keys()
            values += entries.values()
            starts.append(len(had.indices) + len(indices))

    new = variables[had.columns :]
    names = (*had.names, *((variable.parent_component().name, variable.index()) for variable in new))
    wider = np.zeros(len(new))
    criteria = {name: Objective(each.constant, np.concatenate([each.cost, wider])) for name, each in had.criteria.items()}
    for name, expression in {**{name: m.criterion[name].expr for name in m.criterion}, **more}.items():
        if name in criteria:
            continue
        constant, entries = linear(expression)
        cost = np.zeros(len(variables))
        cost[list(entries.keys())] = list(entries.values())
        criteria[name] = Objective(constant, without_remainders(names, cost))
    return Matrix(
        names,
        (*had.rows, *rows),
        np.append(had.lower, [-np.inf if variable.lb is None else variable.lb for variable in new]),
        np.append(had.upper, [np.inf if variable.ub is None else variable.ub for variable in new]),
        np.append(had.integer, np.array([variable.is_integer() for variable in new], dtype=bool)),
        np.append(had.row_lower, row_lower),
        np.append(had.row_upper, row_upper),
        np.append(had.starts, np.array(starts, dtype=np.int32)),
        np.append(had.indices, np.array(indices, dtype=np.int32)),
        np.append(had.values, values),
        criteria,
    )


_FLOATS, _INTEGERS = np.array([], dtype=float), np.array([], dtype=np.int32)
NOTHING = Matrix(
    (), (), _FLOATS, _FLOATS, np.array([], dtype=bool), _FLOATS, _FLOATS, np.zeros(1, dtype=np.int32), _INTEGERS, _FLOATS, {}
)  # a program without columns and rows
