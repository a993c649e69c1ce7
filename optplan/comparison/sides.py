"""Results side by side, as data: their figures, and where the inputs differ."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from optplan.comparison.figures import SECTIONS, Difference, Side, differences
from optplan.comparison.inputs import InputChange, input_changes
from optplan.document.document import ResultDocument

LABELS = "ABCDEF"


class Sides:
    """Two to six results under the letters A to F; the first is what the others are measured against."""

    def __init__(self, results: Sequence[ResultDocument]) -> None:
        self.sides = tuple(Side(label, result) for label, result in zip(LABELS, results, strict=False))
        self._listed: dict[str, list[Difference]] = {}

    @property
    def labels(self) -> tuple[str, ...]:
        """The letters of the results."""
        return tuple(side.label for side in self.sides)

    def differences(self, section: str) -> list[Difference]:
        """The figures of a section, one of :data:`~optplan.comparison.figures.SECTIONS`, in the order of their keys."""
        if section not in self._listed:
            self._listed[section] = list(differences(SECTIONS[section], self.sides))
        return self._listed[section]

    @cached_property
    def input_changes(self) -> list[InputChange]:
        """Every cell in which the inputs of a result differ from those of the first."""
        first, *others = self.sides
        return [change for side in others for change in input_changes(side.label, first.tables, side.tables)]
