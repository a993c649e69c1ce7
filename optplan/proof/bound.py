"""A bound that follows from multipliers of a program's rows, in exact arithmetic (weak duality).

For any multipliers y, with y ≥ 0 counting at a row's lower and y < 0 at its upper limit, no point of the program has an objective
c·x below  Σ y·limit + min over the columns' bounds of (c − yᵀA)·x  (Neumaier and Shcherbina, "Safe bounds in linear and
mixed-integer linear programming", Mathematical Programming 99, 2004). Whoever made the multipliers need not be trusted: bad ones
give a weak bound, never a false one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from optplan.proof.program import ZERO, Linear, Row, Terms

FINEST = 2**40  # the limits that follow for columns are rounded outwards to this part of one, to keep numbers short
SWEEPS = 4  # over the rows; what a limit follows from may itself have to follow first
Limits = list[Fraction | None]


def bound_of(
    objective: Linear,
    multiplied: Iterable[tuple[Fraction, Row]],
    lower: Sequence[Fraction | None],
    upper: Sequence[Fraction | None],
) -> Fraction | None:
    """The least that ``objective`` can be, as far as the multiplied rows tell; ``None`` if they tell nothing."""
    reduced: Terms = dict(objective.terms)
    total = objective.constant
    for multiplier, row in multiplied:
        limit = row.lower if multiplier > 0 else row.upper
        if limit is None or not multiplier:
            continue  # a row without a limit on that side proves nothing
        total += multiplier * limit
        for column, coefficient in row.terms.items():
            reduced[column] = reduced.get(column, ZERO) - multiplier * coefficient
    for column, coefficient in reduced.items():
        if not coefficient:
            continue
        edge = lower[column] if coefficient > 0 else upper[column]
        if edge is None:
            return None
        total += coefficient * edge
    return total


def limits_that_follow(
    rows: Iterable[Row], lower: Sequence[Fraction | None], upper: Sequence[Fraction | None]
) -> tuple[Limits, Limits]:
    """The columns' limits, with those that follow from the rows where a column has none.

    Money, for one, is spent only where there is some.
    """
    low, high = list(lower), list(upper)
    sides = [
        (terms, limit)
        for row in rows
        for terms, limit in (
            (row.terms, row.upper),
            ({c: -a for c, a in row.terms.items()}, None if row.lower is None else -row.lower),
        )
        if limit is not None
    ]
    for _ in range(SWEEPS):
        found = False
        for terms, limit in sides:
            found |= _follow(terms, limit, low, high)
        if not found:
            break
    return low, high


def _follow(terms: Mapping[int, Fraction], limit: Fraction, low: Limits, high: Limits) -> bool:
    """Limits from  terms ≤ limit  for columns that have none; whether there were any."""
    open_columns = [c for c, a in terms.items() if (high if a > 0 else low)[c] is None]
    if not open_columns:
        return False
    endless = [c for c, a in terms.items() if (low if a > 0 else high)[c] is None]
    if len(endless) > 1:
        return False
    least = sum((a * edge for c, a in terms.items() if (edge := (low if a > 0 else high)[c]) is not None), ZERO)
    found = False
    for c in open_columns:
        if endless not in ([], [c]):
            continue
        a = terms[c]
        own = low[c] if a > 0 else high[c]
        rest = least - (a * own if own is not None else ZERO)
        most = (limit - rest) / a
        if a > 0:
            high[c] = Fraction(-((-most.numerator * FINEST) // most.denominator), FINEST)
        else:
            low[c] = Fraction((most.numerator * FINEST) // most.denominator, FINEST)
        found = True
    return found
