"""What is read off a run: times with "at least" where the limit was reached, ratios, and their geometric means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Any

from benchmarks.records import Run

NEAR = 0.01  # relative: what counts as near the best value
SHORTEST = 0.01  # seconds: less cannot be told apart


@dataclass(frozen=True)
class Time:
    """Seconds; ``at_least`` where the run ended before it happened, and the limit stands for it."""

    seconds: float
    at_least: bool = False

    def __str__(self) -> str:
        return f"{'≥ ' if self.at_least else ''}{figure(self.seconds)}"


@dataclass(frozen=True)
class Ratio:
    """One time over another; ``mark`` says on which side the truth lies if a limit stands for a time."""

    value: float
    mark: str = ""

    def __str__(self) -> str:
        return f"{self.mark}{' ' if self.mark else ''}{figure(self.value)}"


def figure(value: float) -> str:
    """A number in three digits."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def first_plan(run: Run) -> Time:
    """When the first plan was found, of whatever quality."""
    return Time(run.limit, True) if run.first is None else Time(run.first)


def sealed_plan(run: Run) -> Time:
    """When the first plan was there that the exact check has sealed."""
    return Time(run.limit, True) if run.sealed is None else Time(run.sealed)


def proof(run: Run) -> Time:
    """When the last criterion was proven."""
    return Time(run.seconds) if run.proven else Time(run.limit, True)


def proven_up_to(level: int) -> Callable[[Run], Time]:
    """How long the search took to prove a criterion and all before it; building the program is not counted."""

    def of(run: Run) -> Time:
        some = run.levels[: level + 1]
        if len(some) <= level or not all(one["proven"] for one in some):
            return Time(run.limit, True)
        return Time(sum(one["seconds"] for one in some))

    return of


def near(best: float | None, level: int) -> Callable[[Run], Time]:
    """When a plan was found that is within 1 % of the best value known for the last criterion, those before it done."""

    def of(run: Run) -> Time:
        if best is not None:
            for at, reached, value in run.moments:
                if reached == level and value <= best + NEAR * abs(best):
                    return Time(at)
        return Time(run.limit, True)

    return of


def best_last(runs: Iterable[Run], level: int) -> float | None:
    """The best value of the last criterion among runs that proved it; among all that reached it if nobody did."""
    proven = [run.levels[level]["value"] for run in runs if run.proven]
    reached = [run.levels[level]["value"] for run in runs if len(run.levels) > level]
    return min(proven or reached, default=None)


def ratio(ours: Time, theirs: Time) -> Ratio:
    """Ours over theirs."""
    mark = {(False, False): "", (True, False): "≥", (False, True): "≤", (True, True): "?"}[ours.at_least, theirs.at_least]
    return Ratio(max(ours.seconds, SHORTEST) / max(theirs.seconds, SHORTEST), mark)


def spread(ratios: Sequence[Ratio]) -> str:
    """Geometric mean (smallest – largest), each with the mark of a limit where one stands in it."""
    if not ratios:
        return "–"
    marks = {one.mark for one in ratios}
    mean = Ratio(exp(sum(log(one.value) for one in ratios) / len(ratios)), mark_of(marks))
    least, most = (choose(ratios, key=lambda one: one.value) for choose in (min, max))
    return f"**{mean}** ({least} – {most})"


def mark_of(marks: set[str]) -> str:
    """The mark of a mean over times or ratios with these marks."""
    marks = marks - {""}
    return "" if not marks else (marks.pop() if len(marks) == 1 else "?")


def mean(times: Sequence[Time]) -> str:
    """The geometric mean of times."""
    if not times:
        return "–"
    value = exp(sum(log(max(one.seconds, SHORTEST)) for one in times) / len(times))
    return str(Time(value, any(one.at_least for one in times)))


def middle(times: Sequence[Time]) -> str:
    """The median of times, and the worst in brackets."""
    ordered = sorted(times, key=lambda time: time.seconds)
    return f"{ordered[len(ordered) // 2]} ({ordered[-1]})" if len(ordered) > 1 else str(ordered[0])


def gap_left(run: Run) -> float:
    """(value − bound)/value of the criterion at which a run ended; 1 where there was no plan or no bound."""
    if run.proven:
        return 0.0
    number = sum(level["proven"] for level in run.levels)
    heard = run.reached if run.reached.get("level") == number else {}
    told: dict[str, Any] = run.levels[number] if number < len(run.levels) else {}
    value = told.get("value", heard.get("value"))
    bounds = [bound for bound in (heard.get("bound"), told.get("bound")) if bound is not None]
    if value is None or not bounds:
        return 1.0
    bound = max(bounds)
    return min(1.0, max(0.0, (value - max(bound, 0.0)) / value)) if value > 0 else 0.0
