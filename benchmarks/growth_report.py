"""How optplan's time grows with counties and years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import log

from benchmarks.contenders import OPTPLAN
from benchmarks.measures import Time, best_last, gap_left, mean, near, proof, proven_up_to, sealed_plan
from benchmarks.plans import Size
from benchmarks.records import Run
from benchmarks.tables import table


def growth_section(runs: Iterable[Run]) -> str:
    """Times of optplan by size, for the sizes that differ only in counties or only in years from the most frequent kind."""
    longest: dict[tuple[Size, str, int], Run] = {}
    for run in sorted(runs, key=lambda run: run.limit):
        if run.tool == OPTPLAN and run.counts and isinstance(run.subject, Size):
            longest[run.subject, run.model, run.seed] = run
    by_size: dict[tuple[Size, str], list[Run]] = defaultdict(list)
    for (size, model, _), run in longest.items():
        by_size[size, model].append(run)
    if len(by_size) < 2:
        return ""
    rows = [
        [
            model, str(size.counties), str(size.years), str(size.closed), f"{size.money:.0%}", str(len(some)),
            f"{sum(run.proven for run in some)}",
            mean([sealed_plan(run) for run in some]),
            mean([_but_the_last(run) for run in some]),
            mean([near(best_last([run], len(run.levels) - 1), len(run.levels) - 1)(run) for run in some if run.levels]),
            mean([proof(run) for run in some]),
            f"{max(map(gap_left, some)):.2%}",
            str(max((run.memory_mb or 0 for run in some), default=0) or "–"),
        ]
        for (size, model), some in sorted(by_size.items(), key=lambda entry: (entry[0][1], _order(entry[0][0])))
    ]  # fmt: skip
    head = ["model", "counties", "years", "closed", "money", "seeds", "proven", "sealed plan, s", "all proven but the last, s",
            "within 1 % of its own, s", "proof, s", "largest gap left", "memory, MB"]  # fmt: skip
    text = "## How optplan's time grows\n\n" + table(head, rows)
    slopes = [_slope(by_size, which) for which in ("counties", "years")]
    return text + "".join(slope for slope in slopes if slope)


def _but_the_last(run: Run) -> Time:
    """When every criterion but the last was proven: what a plan of many counties comes to."""
    return proven_up_to(max(0, len(run.levels) - 2))(run)


def _order(size: Size) -> tuple[int, float, int, int]:
    return size.closed, size.money, size.counties, size.years


def _slope(by_size: dict[tuple[Size, str], list[Run]], which: str) -> str:
    """The power of ``which`` that time grows with until all criteria but the last are proven.

    Where three sizes or more differ in nothing else and all their runs came so far.
    """
    families: dict[tuple[object, ...], list[tuple[int, float]]] = defaultdict(list)
    for (size, model), runs in by_size.items():
        if not any(_but_the_last(run).at_least for run in runs):
            number = size.counties if which == "counties" else size.years
            rest = size.years if which == "counties" else size.counties
            logs = [log(max(_but_the_last(run).seconds, 0.01)) for run in runs]
            families[model, rest, size.closed, size.money].append((number, sum(logs) / len(logs)))
    lines = []
    for points in families.values():
        if len(points) > 2:
            power = _fitted([(log(number), value) for number, value in points])
            span = f"{min(points)[0]} to {max(points)[0]}"
            lines.append(
                f"\nFrom {span} {which}, the time until all criteria but the last are proven grows with about their power "
                f"{power:.1f}: twice as many cost {2**power:.1f} times as much.\n"
            )
    return "".join(lines)


def _fitted(points: Sequence[tuple[float, float]]) -> float:
    """The slope of the least-squares line."""
    middle = sum(x for x, _ in points) / len(points)
    height = sum(y for _, y in points) / len(points)
    return sum((x - middle) * (y - height) for x, y in points) / sum((x - middle) ** 2 for x, _ in points)
