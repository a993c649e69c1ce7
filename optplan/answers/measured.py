"""Which columns of an answer's tables hold values of a criterion, and in which unit a workbook shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from optplan.figures.criteria import Measure, MeasureIn
from optplan.language import text
from optplan.workbook.criterion_look import criterion_head

# columns that hold values of the criterion that their row is of
OF_ROW = frozenset(f"{when}_{side}" for when in ("before", "after", "change") for side in ("low", "high")) | {"low", "high"}
SIDES = ("low", "high", "estimate", "bound", "value")  # of a criterion that has columns of its own, named CRITERION_SIDE
BY_PLACE = ("heat-", "estimate-")  # tables of one criterion, their columns years


@dataclass(frozen=True)
class Measured:
    """The table ``name`` of an answer under a decision model with ``criteria``, each shown as ``measure_in`` says."""

    name: str
    criteria: frozenset[str]
    measure_in: MeasureIn

    def column(self, column: Any) -> Callable[[Mapping[Any, Any]], Measure | None]:
        """How the cells of a column are shown, by the row that they are in; ``None`` for what is no criterion's."""
        own = self._own(str(column))
        if own is not None:
            measure = self.measure_in(own)
            return lambda row: measure
        if column in OF_ROW:
            return lambda row: self.measure_in(str(row["criterion"])) if "criterion" in row else None
        return lambda row: None

    def head(self, column: Any) -> str | None:
        """What a column is called that a criterion has for itself; ``None`` for others."""
        criterion, _, side = str(column).rpartition("_")
        if criterion not in self.criteria or side not in SIDES:
            return None
        return text("answers", f"side-{side}", None, criterion=criterion_head(self.measure_in(criterion)))

    def criterion(self, value: str) -> str | None:
        """What a criterion is called in a cell of the column ``criterion``."""
        return criterion_head(self.measure_in(value)) if value in self.criteria else None

    def _own(self, column: str) -> str | None:
        """The criterion that a column is of, whatever the row."""
        for kind in BY_PLACE:
            if self.name.startswith(kind):
                return self.name.removeprefix(kind) if column.isdecimal() else None
        criterion, _, side = column.rpartition("_")
        return criterion if criterion in self.criteria and side in SIDES else None
