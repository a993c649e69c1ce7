"""The levels of a result as exact rows: what each held, and what it was to reach (model.md §4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from optplan.decision_model import DecisionModel, noise
from optplan.proof.program import ExactProgram, Linear, Row

HELD = "held"  # the rule under which the criteria before a level stand, by their names


@dataclass(frozen=True)
class ExactLevel:
    """A criterion with its ``objective``, the ``value`` reached, and the criteria before it, each held at its value and slack."""

    criterion: str
    objective: Linear
    value: Fraction
    held: Mapping[tuple[str, str], Row]

    @property
    def no_worse(self) -> Row:
        """That a plan is no worse than the one found: who looks for the least may leave all others out."""
        return Row(None, self.objective.terms, self.value + noise(self.criterion, self.value) - self.objective.constant)


def levels_of(program: ExactProgram, model: DecisionModel, values: Sequence[Fraction]) -> Iterator[ExactLevel]:
    """The levels that reached these ``values``."""
    held: dict[tuple[str, str], Row] = {}
    for criterion, value in zip(model.criteria, values, strict=True):
        objective = program.criteria[criterion.name]
        yield ExactLevel(criterion.name, objective, value, dict(held))
        most = value + Fraction(criterion.slack) + noise(criterion.name, value)
        held[HELD, criterion.name] = Row(None, objective.terms, most - objective.constant)
