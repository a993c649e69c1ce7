"""Which figures of a schedule are the same in every plan as good as it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import partial
from math import inf, isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from optplan.answers.answer import foot, head, solve_entry
from optplan.answers.findings import refused
from optplan.figures.figures import Figures
from optplan.figures.programmes import headlines
from optplan.plan import Plan
from optplan.questions.base import Base, base_of
from optplan.questions.certain.answer import Certain
from optplan.questions.certain.cells import Cell, Cells
from optplan.questions.certain.neighbourhoods import Width
from optplan.questions.certain.ranges import Range
from optplan.questions.certain.settling import Settling
from optplan.questions.starting_point import program_of
from optplan.search.known_plan import point_of
from optplan.search.solver.matrix import Floats
from optplan.sweeps.executor import cores

if TYPE_CHECKING:
    from optplan.result import Result
    from optplan.schedule import Schedule

TIME = 180.0  # seconds
AT_ONCE = 2  # figures that are looked at side by side
WIDER: tuple[Width, ...] = ("kind", "county")
MOST_PATIENCE = 16.0  # times as long as at first
Task = TypeVar("Task")


@dataclass(frozen=True)
class CertainProgress:
    """Of how many of ``total`` figures it is ``known`` whether they are firm, and of how many the range is ``settled``.

    ``leading_known`` of the ``leading`` figures are known, those of which people ask first. ``plans`` as good were found.
    """

    known: int
    settled: int
    total: int
    leading_known: int
    leading: int
    plans: int

    @property
    def share(self) -> float:
        """How much of the work is done."""
        return (self.known + self.settled) / max(1, 2 * self.total)


def certain(
    plan: Plan,
    result: Result | str | Path,
    *,
    within: Decimal | float | str | None = None,
    items: Sequence[str] = (),
    reference: Result | Schedule | None = None,
    time_limit: float | None = TIME,
    earlier: Certain | None = None,
    progress: Callable[[CertainProgress], None] | None = None,
    cancel: threading.Event | None = None,
) -> Certain:
    """Which figures of ``result``, the answer to ``plan``, are the same in every plan as good; between what others vary.

    As good: no criterion is worse than it is here by more than the decision model's tolerance (and slack), or, with ``within``,
    by more than that share of it. Figures: deliveries by item, county and year (``items``: only of these), openings of projects,
    hires of teams that are alike, totals of targets. First it is settled which are firm, of openings, hires and the items of the
    programmes that the page begins with before all others; then between what they vary. What is not settled in ``time_limit``
    seconds, or once ``cancel`` is set, is said to be so. ``earlier``: an answer to the same question that was stopped, to go on
    from, with more patience for each figure.

    Raises :class:`InputError` for an item that is not there or a share that is none.

    >>> import optplan
    >>> optplan.certain(plan, "reports/attain.json", items=["platform"]).cells  # doctest: +SKIP
    """
    base = base_of(plan, result, reference)
    share = _share(within)
    for item in items:
        if item not in plan.items:
            raise refused("item-unknown", item, known=", ".join(list(plan.items)[:12]))
    most = _allowed(base, share)
    ends = float("inf") if time_limit is None else time.monotonic() + time_limit

    def over() -> bool:
        return time.monotonic() >= ends or (cancel is not None and cancel.is_set())

    matrix = program_of(plan, base.model, base.reference)
    headline = {each.name: each.items for each in headlines(Figures(base.result))}
    cells = Cells(plan, matrix, [item for each in headline.values() for item in each])
    start = point_of(plan, matrix, base.schedule)
    document = head(
        "certain",
        plan,
        base.model,
        {"within": None if share is None else str(within), "items": list(items), "time_limit": time_limit},
    )
    document["held"] = [{"name": name, "most": float(value)} for name, value in most.items()]
    document["headline"] = {name: list(each) for name, each in headline.items()}
    ranges = [] if start is None else [Range(cell, cell.at(start)) for cell in cells.of(items)]
    sitting = 1
    if earlier is not None and _same_question(earlier, document):
        _take_over(plan, ranges, earlier)
        sitting += earlier.document["effort"].get("sitting", 1)
    patience = min(2.0 ** (sitting - 1), MOST_PATIENCE)
    settlings = [Settling(base, matrix, start, most, over, patience) for _ in range(min(AT_ONCE, cores()))]
    _settle(start, settlings, ranges, [each for each in ranges if cells.leads(each.cell)], over, progress)
    settled = sum(each.settled for each in ranges)
    document |= {
        "status": "unknown" if start is None else "answered" if settled == len(ranges) else "partly",
        "cells": [_entry(plan, each) for each in ranges],
        "plans": _plans(start, settlings),
        "effort": {
            **{name: sum(getattr(each, name) for each in settlings) for name in ("relaxations", "searches")},
            "sitting": sitting,
        },
        "solves": [solve_entry("base", base.result)],
    }
    return Certain(document | foot(plan))


def _same_question(earlier: Certain, document: Mapping[str, Any]) -> bool:
    return all(earlier.document[name] == document[name] for name in ("plan", "model_content", "held"))


def _take_over(plan: Plan, ranges: Sequence[Range], earlier: Certain) -> None:
    """What was proven and seen before."""
    known = {(cell["kind"], cell["subject"], cell["county"], cell["year"]): cell for cell in earlier.document["cells"]}
    for each in ranges:
        entry = known.get((each.cell.kind, each.cell.subject, each.cell.county, each.cell.year))
        if entry is not None and entry["value"] == _entry(plan, each)["value"]:
            each.take_over(*(_ends(plan, each.cell, entry)))


def _ends(plan: Plan, cell: Cell, entry: Mapping[str, Any]) -> tuple[float, float, float, float]:
    """``low``, ``high``, ``seen_low`` and ``seen_high`` as :class:`Range` counts them."""
    low, high, seen_low, seen_high = (entry[name] for name in ("low", "high", "seen_low", "seen_high"))
    if cell.kind != "opening":
        return -inf if low is None else low, inf if high is None else high, seen_low, seen_high
    last = plan.projects[cell.subject].openings[-1]
    years = [0.0 if year is None else float(last - year + 1) for year in (high, low, seen_high, seen_low)]
    return years[0], years[1], years[2], years[3]


def _plans(start: Floats | None, settlings: Sequence[Settling]) -> int:
    """How many plans were seen, with the one that is asked about."""
    return (start is not None) + sum(each.plans for each in settlings)


def _settle(
    start: Floats | None,
    settlings: Sequence[Settling],
    ranges: list[Range],
    leading: list[Range],
    over: Callable[[], bool],
    progress: Callable[[CertainProgress], None] | None,
) -> None:
    """First which figures are firm, of what people ask first (``leading``) before the others; then between what all vary.

    What is proven of many at once and seen in plans near by comes before what takes long. What can be looked at side by side is,
    by each of ``settlings``. Relaxations say within seconds between what all lie at the most, so they come before searches among
    all plans, of which each takes as long.
    """

    def tell() -> None:
        if progress is not None:
            known = [sum(each.firm is not None for each in some) for some in (ranges, leading)]
            settled = sum(each.settled for each in ranges)
            progress(CertainProgress(known[0], settled, len(ranges), known[1], len(leading), _plans(start, settlings)))

    def of_each(work: Callable[[Settling, Range], None], some: Iterable[Range]) -> None:
        _side_by_side(settlings, some, work, over, tell)

    first = set(map(id, leading))
    others = [each for each in ranges if id(each) not in first]
    tell()
    for some in (leading, others):
        _side_by_side(settlings, (1.0, -1.0), partial(_prove_same, some), over, tell)
        _side_by_side(settlings, _by_items(some), lambda settling, group: settling.scatter(group, ranges), over, tell)
        of_each(partial(_near, ranges, "own"), (each for each in some if each.firm is None))
    for some in (leading, others):
        for width in WIDER:
            of_each(partial(_near, ranges, width), (each for each in some if each.firm is None))
    of_each(lambda settling, each: settling.relax(each), (each for each in (*leading, *others) if not each.settled))
    of_each(
        lambda settling, each: settling.other_value_anywhere(each, ranges),
        (each for each in (*leading, *others) if each.firm is None),
    )
    for work in (
        lambda settling, each: settling.ends_near(each, ranges),
        lambda settling, each: settling.search(each, ranges),
    ):
        of_each(work, (each for each in (*leading, *others) if not each.settled))
    tell()


def _prove_same(some: Sequence[Range], settling: Settling, side: float) -> None:
    settling.prove_same(some, side)


def _near(ranges: Sequence[Range], width: Width, settling: Settling, each: Range) -> None:
    settling.other_value(each, ranges, width)


def _by_items(ranges: Iterable[Range]) -> list[list[Range]]:
    """Deliveries and hires by what they are of."""
    groups: dict[frozenset[str], list[Range]] = {}
    for each in ranges:
        if each.cell.kind in {"delivery", "hires"}:
            groups.setdefault(each.cell.items, []).append(each)
    return list(groups.values())


def _side_by_side(
    settlings: Sequence[Settling],
    tasks: Iterable[Task],
    work: Callable[[Settling, Task], None],
    over: Callable[[], bool],
    tell: Callable[[], None],
) -> None:
    """Each of the tasks in its turn by whichever of ``settlings`` is free; ``tell`` is called in this thread."""
    left, turn, ended = iter(tasks), threading.Lock(), threading.Event()

    def run(settling: Settling, told: Callable[[], None]) -> None:
        while not (over() or ended.is_set()):
            with turn:
                task = next(left, None)
            if task is None:
                return
            work(settling, task)
            told()

    with ThreadPoolExecutor(len(settlings)) as together:
        running = [together.submit(run, settling, lambda: None) for settling in settlings[1:]]
        try:
            run(settlings[0], tell)
        except BaseException:
            ended.set()  # the others need not go on
            raise
        for each in running:
            each.result()


def _allowed(base: Base, share: Fraction | None) -> dict[str, Fraction]:
    """What each criterion may be in a plan that is as good."""
    found: dict[str, Fraction] = {}
    for criterion, level in zip(base.model.criteria, base.result.document["criteria"], strict=True):
        reached = Fraction(level["value"])
        tolerance = max(Fraction(criterion.tolerance), Fraction(criterion.relative_tolerance) * reached)
        allowed = tolerance if share is None else share * abs(reached)
        found[criterion.name] = max(reached + Fraction(criterion.slack) + allowed, Fraction(level["in_plan"]))
    return found


def _share(within: Decimal | float | str | None) -> Fraction | None:
    if within is None:
        return None
    try:
        share = Decimal(str(within))
    except InvalidOperation:
        share = Decimal(-1)
    if not (share.is_finite() and 0 <= share <= 1):
        raise refused("certain-within", str(within))
    return Fraction(share)


def _entry(plan: Plan, each: Range) -> dict[str, Any]:
    cell = each.cell
    ends = {"low": each.low, "high": each.high, "seen_low": each.seen_low, "seen_high": each.seen_high, "value": each.value}
    if cell.kind == "opening":
        ends = _as_years(plan, cell, ends)
    shown = {name: None if value is None or not isfinite(value) else value for name, value in ends.items()}
    return {
        "kind": cell.kind, "subject": cell.subject, "county": cell.county, "year": cell.year, **shown,
        "settled": each.settled, "firm": each.firm,
    }  # fmt: skip


def _as_years(plan: Plan, cell: Cell, ends: dict[str, float]) -> dict[str, Any]:
    """For so many years open: the year in which it opens, ``None`` for never; the earliest is the low end."""
    last = plan.projects[cell.subject].openings[-1]

    def year(count: float) -> int | None:
        return None if round(count) <= 0 else last - round(count) + 1

    return {
        "low": year(ends["high"]), "high": year(ends["low"]), "seen_low": year(ends["seen_high"]),
        "seen_high": year(ends["seen_low"]), "value": year(ends["value"]),
    }  # fmt: skip
