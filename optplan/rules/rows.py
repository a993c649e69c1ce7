"""Rows of the program: bounds on an expression, and what to do when nothing is left to decide in it."""

from __future__ import annotations

from typing import Any

from pyomo.core import Constraint
from pyomo.core.expr.numvalue import is_potentially_variable

ROUNDING = 1e-9  # what two sides of a row without variables may differ by in floating point


class Contradiction(Exception):
    """A rule that the closed years and the tables alone already break: no plan exists."""

    def __init__(self, rule: str, index: tuple[Any, ...]) -> None:
        self.rule, self.index = rule, index
        super().__init__(f"{rule}{list(index)}")


def between(rule: str, index: tuple[Any, ...], lower: float | None, body: Any, upper: float | None) -> Any:
    """``lower ≤ body ≤ upper`` as a Pyomo constraint; skipped if ``body`` is a number that lies within.

    Raises :class:`Contradiction` if it is a number that does not.
    """
    if lower is None and upper is None:
        return Constraint.Skip
    if is_potentially_variable(body):
        return (lower, body, upper) if lower != upper else body == lower
    scale = ROUNDING * max(1.0, abs(body))
    if (lower is not None and body < lower - scale) or (upper is not None and body > upper + scale):
        raise Contradiction(rule, index)
    return Constraint.Skip
