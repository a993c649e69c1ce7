"""The criteria of results side by side in the unit in which every other output shows them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from optplan.comparison.figures import Difference
from optplan.figures.criteria import Measure, decimals_of, measures_of, rounded
from optplan.language.numbers import decimal_of

if TYPE_CHECKING:
    from optplan.comparison.sides import Sides


def shown_criteria(comparison: Sides) -> list[tuple[Measure, Difference]]:
    """Each criterion with how it is shown, its values in that unit: of shortfalls by the weights of each result's own targets."""
    measures = {side.label: measures_of(side.tables) for side in comparison.sides}
    first, *others = comparison.labels
    found = []
    for line in comparison.differences("criteria"):
        (name,) = line.key
        values = {
            label: None if value is None else decimal_of(Fraction(value) / measures[label](name).per)
            for label, value in line.values.items()
        }
        base = values[first]
        apart = {label: None if base is None or (here := values[label]) is None else here - base for label in others}
        found.append((measures[first](name), Difference(line.key, values, apart)))
    return found


def in_words(measure: Measure, value: Decimal | None, *, change: bool = False) -> str:
    """A value of :func:`shown_criteria` with its unit; ``change``: a difference of two, with its sign."""
    if value is None:
        return "—"
    size = rounded(abs(Fraction(value)), decimals_of(abs(Fraction(value))))
    if not change:
        return measure.words(size, "figure")
    return ("+" if value > 0 else "−" if value < 0 else "") + measure.words(size, "distance") if size else "0"
