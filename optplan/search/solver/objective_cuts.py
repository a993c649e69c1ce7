"""The objective cuts so far, for models that are made only when they are needed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, TypeVar

from optplan.search.solver.matrix import Objective


class TakesCuts(Protocol):
    """A model, or something that keeps some."""

    def add_objective_cut(self, objective: Objective, most: float) -> Any:
        """From now on the objective must not exceed ``most``."""


Model = TypeVar("Model", bound=TakesCuts)


class ObjectiveCuts:
    """Keeps what it is told."""

    def __init__(self, cuts: Iterable[tuple[Objective, float]] = ()) -> None:
        self._cuts = list(cuts)

    def so_far(self) -> ObjectiveCuts:
        """Those of now, for a search that goes on while there come more."""
        return ObjectiveCuts(self._cuts)

    def add_objective_cut(self, objective: Objective, most: float) -> None:
        """In models that are made from now on the objective must not exceed ``most``."""
        self._cuts.append((objective, most))

    def told(self, model: Model) -> Model:
        """``model`` with all of them."""
        for objective, most in self._cuts:
            model.add_objective_cut(objective, most)
        return model
