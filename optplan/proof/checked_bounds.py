"""What the multipliers in a result prove, worked out in exact fractions without a solver (``optplan verify --proof``).

What is trusted: the rules of :mod:`optplan.rules`, whose program is built anew from the plan's tables, with its coefficients in
double precision; Pyomo, which adds them up; Python's fractions. HiGHS, the search, and whoever wrote the result are not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import nextafter
from typing import Any, Literal

from optplan.decision_model import Criterion, DecisionModel, Level, is_proven, noise
from optplan.plan import Plan
from optplan.proof.bound import bound_of, limits_that_follow
from optplan.proof.levels import ExactLevel, levels_of
from optplan.proof.program import ZERO, ExactProgram, Row, exact_program
from optplan.schedule import Schedule

FAR = 5  # times what the level leaves open, or may leave open: a checked bound further away than that says little
Standing = Literal["suffices", "short", "far", "contradicts"]


@dataclass(frozen=True)
class CheckedBound:
    """A criterion's ``value``, the solver's ``bound``, and what was ``checked``: that no plan has less, all in its own unit.

    ``standing``: it ``suffices`` to prove the value within its tolerance; falls ``short`` of that, or ``far`` short; or it
    ``contradicts`` the result, whose value would be less than anything possible.
    """

    criterion: str
    value: float
    bound: float
    checked: float
    standing: Standing

    def as_dict(self) -> dict[str, Any]:
        """As ``--json`` prints it."""
        return dict(vars(self))


def checked_bounds(plan: Plan, document: Mapping[str, Any], reference: Schedule | None = None) -> tuple[CheckedBound, ...]:
    """The bound of each criterion of a result document that follows from the multipliers it carries.

    Where it carries none, nil: no criterion is ever below that. Raises :class:`optplan.rules.rows.Contradiction` if the plan has
    no schedule at all, and ``ValueError`` for a criterion that needs a ``reference`` where none is given.
    """
    model = DecisionModel.model_validate(document["model_content"])
    if model.needs_reference and reference is None:
        raise ValueError("the criterion change needs the reference schedule")
    if not document["criteria"]:
        return ()
    program = exact_program(plan, model, reference)
    multipliers = {entry["criterion"]: entry["multipliers"] for entry in document.get("proof", ())}
    levels = levels_of(program, model, [Fraction(entry["value"]) for entry in document["criteria"]])
    return tuple(
        _checked(criterion, entry, _least(program, level, multipliers.get(level.criterion, {})))
        for level, criterion, entry in zip(levels, model.criteria, document["criteria"], strict=True)
    )


def _least(program: ExactProgram, level: ExactLevel, multipliers: Mapping[str, Mapping[str, float]]) -> Fraction:
    """What no plan of the level can be below."""
    rows: Mapping[tuple[str, str], Row] = {**program.rows, **level.held}
    if not multipliers:
        return ZERO
    given = [(rule, index, value) for rule, of_rule in multipliers.items() for index, value in of_rule.items()]
    multiplied = [(Fraction(value), rows[rule, index]) for rule, index, value in given if (rule, index) in rows]
    lower, upper = limits_that_follow([*rows.values(), level.no_worse], program.lower, program.upper)
    return max(ZERO, bound_of(level.objective, multiplied, lower, upper) or ZERO)


def _checked(criterion: Criterion, entry: Mapping[str, Any], least: Fraction) -> CheckedBound:
    value, name = Fraction(entry["value"]), criterion.name
    # rounded down, so that what is written is no more than what was worked out
    checked = float(least) if Fraction(float(least)) <= least else nextafter(float(least), 0.0)
    allowed = max(Fraction(criterion.tolerance), Fraction(criterion.relative_tolerance) * value, value - Fraction(entry["bound"]))
    if least > value + noise(name, value):
        standing: Standing = "contradicts"
    elif is_proven(criterion, Level(name, value, checked, 0.0)):
        standing = "suffices"
    else:
        standing = "far" if value - least > FAR * allowed else "short"
    return CheckedBound(name, entry["value"], entry["bound"], checked, standing)
