"""Names one slip away from another: a row that was meant to speak of something else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from optplan.plan.checks.reach import Reach
from optplan.tables.findings import Finding, warning

MOST_NAMED = 20  # of names after other counties; more of the same help nobody
SHORTEST = 2  # characters by which a county is known


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


def check_names_of_counties(reach: Reach) -> Iterator[Finding]:
    """A team or project that is called after a county, and stands in another: ids that were sorted without their names."""
    return islice(_called_after_others(reach), MOST_NAMED)


def _called_after_others(reach: Reach) -> Iterator[Finding]:
    stems = {row["county"]: _stem(row["name"]) for row in reach.tables["counties"] if row["name"]}
    stems = {county: stem for county, stem in stems.items() if len(stem) >= SHORTEST}
    for table in ("teams", "projects"):
        for row in reach.tables[table]:
            said = {county: stem for county, stem in stems.items() if stem in (row["name"] or "")}
            others = [county for county, stem in said.items() if not any(stem in more and stem != more for more in said.values())]
            if len(others) == 1 and row["county"] not in said:
                place = row.place("county")
                yield warning("name-of-other-county", place, name=row["name"], county=row["county"], other=others[0])


def _stem(name: str) -> str:
    """The name of a county as things in it are called after it, without the word for what it is."""
    bare = re.sub(r"(自治[县州旗]|[区县市旗]|\s+(county|district|city))$", "", name, flags=re.IGNORECASE)
    return bare if len(bare) >= SHORTEST else name


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
