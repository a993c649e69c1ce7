"""What the sheet of a table makes of its figures: another unit of money beside them, fewer decimals, nothing for a zero.

Formats are given to whole columns, so each is told once a column, at its first cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from optplan.tables.cells import Formatted
from optplan.tables.findings import Finding, Place, error, warning
from optplan.tables.schema import Column, Kind

UNIT = "figure-money-unit"
_COUNTED = {Kind.WHOLE, Kind.QUANTITY, Kind.RATE, Kind.DEGREES}
_OF_ANY_UNIT = {"indicators", "observations"}  # whose figures are counted in what a column beside them says


@dataclass
class _First:
    place: Place
    value: str
    shown: str | None
    count: int = 0


class ShownFigures:
    """The figures of one table that their sheet does not show as they are."""

    def __init__(self) -> None:
        self._met: dict[tuple[str, str, str], _First] = {}

    def note(self, cell: Formatted, column: Column, place: Place) -> None:
        """Take note of a cell that was read."""
        if cell.money and (column.kind is Kind.MONEY or (column.kind in _COUNTED and place.table not in _OF_ANY_UNIT)):
            self._count(UNIT if column.kind is Kind.MONEY else "cell-number-unit", column, cell, place, cell.money)
        if cell.shown is not None:
            self._count("figures-rounded" if cell.shown else "zeros-unseen", column, cell, place)

    def _count(self, code: str, column: Column, cell: Formatted, place: Place, unit: str = "") -> None:
        first = _First(place, format(cell, ".15g"), cell.shown)
        self._met.setdefault((code, column.name, unit), first).count += 1

    def findings(self) -> Iterator[Finding]:
        """One finding a column and fault. Whether a unit of money is another than the plan's must still be seen."""
        for (code, column, unit), first in self._met.items():
            match code:
                case "figures-rounded" | "zeros-unseen":
                    yield warning(code, first.place, column=column, value=first.value, shown=first.shown, count=first.count)
                case "cell-number-unit":
                    yield error(code, first.place, value=f"{first.value} {unit}")
                case _:
                    yield error(code, first.place, column=column, value=first.value, unit=unit, count=first.count)
