"""How near to its bound each criterion of a result is, and whether that is good enough for a what-if (docs/models.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from optplan.decision_model import DecisionModel, Level, is_good


@dataclass(frozen=True)
class Nearness:
    """A criterion with its ``value`` and proven ``bound``, in its own unit; ``good``: as near as a what-if needs it."""

    criterion: str
    value: float
    bound: float
    good: bool

    @property
    def gap(self) -> float:
        """What is still open: no plan is better by more than this."""
        return max(self.value - self.bound, 0.0)


def nearness(document: Mapping[str, Any], bounds: Mapping[str, float] | None = None) -> tuple[Nearness, ...]:
    """How near each criterion of a result document is; none without a schedule. ``bounds``: what has been proven since."""
    model = DecisionModel.model_validate(document["model_content"])
    found = []
    for criterion, level in zip(model.criteria, document["criteria"], strict=bool(document["criteria"])):
        bound = min(max(level["bound"], (bounds or {}).get(criterion.name, 0.0)), level["value"])
        reached = Level(criterion.name, Fraction(level["value"]), bound, level["seconds"])
        found.append(Nearness(criterion.name, level["value"], bound, is_good(criterion, reached)))
    return tuple(found)


def is_good_enough(document: Mapping[str, Any]) -> bool:
    """Whether every criterion is good enough; never without a schedule."""
    found = nearness(document)
    return bool(found) and all(each.good for each in found)
