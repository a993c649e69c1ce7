"""Names one slip away from another: a row that was meant to speak of something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from optplan.plan.checks.reach import Reach
from optplan.tables.findings import Finding, warning


def check_names(reach: Reach) -> Iterator[Finding]:
    """A standard of a single row whose name is a slip away from that of a standard of several rows about the same group."""
    rows = reach.tables["standards"]
    times = Counter((row["standard"], row["group"]) for row in rows)
    for row in rows:
        if times[row["standard"], row["group"]] > 1:
            continue
        for (other, group), often in times.items():
            if often > 1 and group == row["group"] and one_slip_apart(row["standard"], other):
                yield warning("name-like-another", row.place("standard"), name=row["standard"], other=other)


def one_slip_apart(one: str, other: str) -> bool:
    """Whether a letter left out, added, changed or swapped with the next makes one name the other. Digits are meant."""
    short, long = sorted((one, other), key=len)
    start = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(long) - len(short) == 1:
        return short[start:] == long[start + 1 :] and not long[start].isdigit()
    if len(long) != len(short) or one == other:
        return False
    changed = short[start + 1 :] == long[start + 1 :]
    swapped = short[start + 2 :] == long[start + 2 :] and short[start : start + 2] == long[start : start + 2][::-1]
    return (changed or swapped) and not (short[start] + long[start]).isdigit()
