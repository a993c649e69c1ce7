"""What a rival must be able to do, and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal, Protocol

from benchmarks.program import Affine


class Told(Protocol):
    """Called with the best value and the proven bound as they move, infinite where there is none, and how long ago that was.

    ``point``: the best point, where it is new and the solver gives it away while it searches.
    """

    def __call__(self, value: float, bound: float, ago: float = 0.0, /, point: Sequence[float] | None = None) -> None:
        """Take it in."""
        ...


@dataclass(frozen=True)
class Answer:
    """How a minimisation ended; ``point`` is the best found, ``bound`` what is proven of it."""

    verdict: Literal["optimal", "stopped", "infeasible"]
    point: Sequence[float] | None = None
    bound: float = -inf


class Refused(Exception):
    """A program that a rival cannot be given."""


class Rival(Protocol):
    """A solver with a program in it. Values and bounds are of the objective itself, scaled as the solver may have it."""

    def minimise(
        self, objective: Affine, *, absolute: float, relative: float, start: Sequence[float] | None, seconds: float, told: Told
    ) -> Answer:
        """Minimise until value − bound ≤ max(absolute, relative·value), or until ``seconds`` have passed."""
        ...

    def hold(self, objective: Affine, most: float) -> None:
        """From now on the objective must not exceed ``most``."""
        ...
