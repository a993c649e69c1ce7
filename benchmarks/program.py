"""A mixed-integer program as plain columns, rows and objectives: what every rival is given, whatever its own language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import floor, inf, log10

MONEY_GRAIN = 1e-4  # one yuan, in the plan's currency unit


@dataclass(frozen=True)
class Column:
    """A decision. ``grain``: the step in which it may be counted without losing anything, ``None`` if there is none."""

    name: str
    lower: float = 0.0
    upper: float = inf
    whole: bool = False
    grain: float | None = 1.0


@dataclass
class Affine:
    """``constant + Σ entries[column]·column``; grows in place."""

    constant: float = 0.0
    entries: dict[int, float] = field(default_factory=dict)

    def add(self, other: Affine | float, factor: float = 1.0) -> Affine:
        """Adds ``factor·other`` and returns itself."""
        if not isinstance(other, Affine):
            self.constant += factor * other
            return self
        self.constant += factor * other.constant
        for column, coefficient in other.entries.items():
            self.entries[column] = self.entries.get(column, 0.0) + factor * coefficient
        return self

    def at(self, point: Sequence[float]) -> float:
        """The value at a point."""
        return self.constant + sum(coefficient * point[column] for column, coefficient in self.entries.items())

    @property
    def scale(self) -> float:
        """The power of ten that brings the largest coefficient to between 10 and 100: tolerances of solvers are absolute."""
        largest = max((abs(coefficient) for coefficient in self.entries.values()), default=0.0)
        return float(10.0 ** floor(2 - log10(largest))) if largest else 1.0


def total(parts: Iterable[Affine]) -> Affine:
    """The sum of ``parts``."""
    found = Affine()
    for part in parts:
        found.add(part)
    return found


@dataclass(frozen=True)
class Row:
    """``lower ≤ Σ entries·columns ≤ upper``."""

    lower: float
    entries: dict[int, float]
    upper: float


@dataclass
class Program:
    """Columns, rows, and an objective to minimise for each criterion."""

    columns: list[Column] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    objectives: dict[str, Affine] = field(default_factory=dict)

    def column(self, column: Column) -> Affine:
        """Adds a column and returns it as an expression."""
        self.columns.append(column)
        return Affine(0.0, {len(self.columns) - 1: 1.0})

    def row(self, lower: float, body: Affine, upper: float) -> None:
        """Adds ``lower ≤ body ≤ upper``; one without columns is left to the exact check."""
        entries = {column: coefficient for column, coefficient in body.entries.items() if coefficient}
        if entries:
            self.rows.append(Row(lower - body.constant, entries, upper - body.constant))

    def rounded(self, point: Sequence[float]) -> list[float]:
        """The point with its whole columns rounded."""
        return [float(round(value)) if column.whole else value for column, value in zip(self.columns, point, strict=True)]

    def violation(self, point: Sequence[float]) -> float:
        """By how much the point breaks the row that it breaks most; bounds of columns included."""
        worst = 0.0
        for row in self.rows:
            value = sum(coefficient * point[column] for column, coefficient in row.entries.items())
            worst = max(worst, row.lower - value, value - row.upper)
        for column, value in zip(self.columns, point, strict=True):
            worst = max(worst, column.lower - value, value - column.upper)
        return worst
