"""The rules of a plan as exact rows, read from the Pyomo program by code that the search does not use.

Every coefficient is the program's double-precision number taken as the fraction that it is; nothing is rounded after that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pyomo.core import Constraint, Var, value
from pyomo.repn import generate_standard_repn

from optplan.decision_model import DecisionModel
from optplan.plan import Plan
from optplan.rules.program import build_program
from optplan.schedule import Schedule

Terms = dict[int, Fraction]  # coefficient by column
ZERO = Fraction(0)


@dataclass(frozen=True)
class Linear:
    """``constant + Σ terms``."""

    constant: Fraction
    terms: Terms


@dataclass(frozen=True)
class Row:
    """``lower ≤ terms ≤ upper``; ``None``: no limit on that side."""

    lower: Fraction | None
    terms: Terms
    upper: Fraction | None


@dataclass(frozen=True)
class ExactProgram:
    """Columns with their bounds (``None``: none), rows by (rule, index), and the criteria in their order."""

    lower: Sequence[Fraction | None]
    upper: Sequence[Fraction | None]
    rows: Mapping[tuple[str, str], Row]
    criteria: Mapping[str, Linear]


def exact_program(plan: Plan, model: DecisionModel, reference: Schedule | None = None) -> ExactProgram:
    """Every rule of model.md §3 and the criteria of ``model``. Whole columns may be divided, which can only lower a bound.

    Raises :class:`optplan.rules.rows.Contradiction` if a rule is broken before anything is decided.
    """
    m = build_program(plan, model, reference)
    variables = [variable for block in m.component_objects(Var) for variable in block.values()]
    column = {id(variable): number for number, variable in enumerate(variables)}
    return ExactProgram(
        [_exact(variable.lb) for variable in variables],
        [_exact(variable.ub) for variable in variables],
        dict(_rows(m, column)),
        {name: _linear(m.criterion[name].expr, column) for name in m.criterion},
    )


def index_of(index: Any) -> str:
    """How a row of a rule is called: its index, parts joined by semicolons."""
    parts = index if isinstance(index, tuple) else (index,)
    return ";".join("" if part is None else str(part) for part in parts)


def _rows(m: Any, column: Mapping[int, int]) -> Iterator[tuple[tuple[str, str], Row]]:
    for constraint in m.component_objects(Constraint):
        for index, row in constraint.items():
            body = _linear(row.body, column)
            lower, upper = (_exact(value(side)) if side is not None else None for side in (row.lower, row.upper))
            yield (
                (constraint.name, index_of(index)),
                Row(
                    None if lower is None else lower - body.constant,
                    body.terms,
                    None if upper is None else upper - body.constant,
                ),
            )


def _linear(expression: Any, column: Mapping[int, int]) -> Linear:
    repn = generate_standard_repn(expression, compute_values=True, quadratic=False)
    if repn.nonlinear_expr is not None:
        raise ValueError("a rule that is not linear")
    terms: Terms = {}
    for coefficient, variable in zip(repn.linear_coefs, repn.linear_vars, strict=True):
        number = column[id(variable)]
        terms[number] = terms.get(number, ZERO) + Fraction(coefficient)
    return Linear(Fraction(repn.constant), {number: each for number, each in terms.items() if each})


def _exact(bound: float | None) -> Fraction | None:
    return None if bound is None or abs(bound) == float("inf") else Fraction(bound)
