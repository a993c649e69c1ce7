"""One more and one less step in each place, solved exactly, the most promising first."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optplan.answers.answer import foot, head, solve_entry
from optplan.answers.findings import refused
from optplan.answers.interval import Interval, criteria_of
from optplan.plan import Plan
from optplan.questions.base import Base, base_of
from optplan.questions.differences import differences
from optplan.questions.value.answer import Value
from optplan.questions.value.levers import Lever, levers_of
from optplan.questions.value.many_solves import Variant, solved
from optplan.questions.value.screening import screened
from optplan.solving.effort import Effort

if TYPE_CHECKING:
    from optplan.result import Result
    from optplan.schedule import Schedule
    from optplan.store import Store
    from optplan.sweeps.executor import Executor


OPEN = {"waiting", "unknown"}  # what a step is that was not solved, or not to any end


@dataclass(frozen=True)
class ValueProgress:
    """``done`` of ``total`` steps are solved; ``value`` is the answer so far, the best first."""

    done: int
    total: int
    value: Value


def value(
    plan: Plan,
    result: Result | str | Path,
    *,
    step: Decimal | float | str | None = None,
    cells: Sequence[str] = (),
    kinds: Sequence[str] = ("cell", "pool"),
    both: bool = True,
    reference: Result | Schedule | None = None,
    quick: bool = False,
    gap: float = 0.0,
    time_limit: float | None = None,
    executor: Executor | None = None,
    jobs: int | None = None,
    store: Store | None = None,
    earlier: Value | None = None,
    progress: Callable[[ValueProgress], None] | None = None,
    cancel: threading.Event | None = None,
) -> Value:
    """What a step more, and (``both``) a step less, in each place does to every criterion of ``result``, the answer to ``plan``.

    ``kinds``: ``cell`` (each county fund, county and year), ``pool`` (each pool and year), ``county`` (a county's whole budget),
    ``price`` (a hundredth of an item's prices) and ``recruits`` (a recruiting cap). ``cells``: only these (``FUND:COUNTY:YEAR``).
    ``step``: money, in the currency unit; a hundredth of what is there but no less than 100 000 yuan if not said.

    Linear relaxations say where to begin, exact solves what it is worth: ``quick``, ``gap`` and ``time_limit`` (seconds) are
    those of each. ``executor`` and ``jobs`` as for :func:`optplan.sweep`; with a ``store``, or from the answer that it had
    ``earlier``, a question that was stopped goes on where it was. ``progress`` gets the answer so far, at first
    of estimates alone; once ``cancel`` is set, what is not solved is said to be not known.

    >>> import optplan
    >>> answer = optplan.value(plan, "reports/attain.json", cells=["county_capital:huairen:2023"])  # doctest: +SKIP
    >>> answer.ranked, answer.heat_map("readiness_gap")  # doctest: +SKIP
    """
    base = base_of(plan, result, reference)
    size = _money(step)
    levers = levers_of(plan, kinds, cells, size)
    effort = Effort(gap, quick, time_limit)
    asked = {
        "step": None if size is None else str(size), "cells": list(cells), "kinds": list(kinds), "both": both, **effort.as_dict()
    }  # fmt: skip
    top = head("value", plan, base.model, asked)
    top["base"] = {name: interval.as_list() for name, interval in base.proven.items()}
    estimates = screened(base, levers)
    order = sorted(levers, key=lambda lever: tuple(-each for each in estimates[lever.lever]))
    steps = [(lever, sign) for sign in ((1, -1) if both else (1,)) for lever in order if lever.changes(plan, sign)]
    variants = [
        Variant(
            f"value {lever.lever} {sign:+d}",
            f"{lever.lever} {'+' if sign > 0 else '-'}{lever.step}",
            tuple(lever.changes(plan, sign)),
            less=sign < 0 and _more_is_never_worse(base, lever),
            more=sign > 0 and _more_is_never_worse(base, lever),
        )
        for lever, sign in steps
    ]
    entries = [_unknown(lever, sign, estimates[lever.lever]) for lever, sign in steps]
    solves = [solve_entry("base", base.result)]
    end = foot(plan)

    def so_far() -> Value:
        status = "partly" if any(entry["status"] == "waiting" for entry in entries) else "answered"
        levers = sorted(map(dict, entries), key=_rank)  # as they are now, whatever is solved later
        return Value(top | {"status": status, "levers": levers, "solves": [*solves]} | end)

    known = _known(earlier, top, entries)
    left = [number for number in range(len(steps)) if number not in known]
    for number, (entry, solve) in known.items():
        entries[number] = entry
        solves.append(solve)
    if progress is not None:  # the order in which they are solved is worth seeing
        progress(ValueProgress(len(known), len(steps), so_far()))
    coming = solved(base, [variants[number] for number in left], effort, executor, jobs, store, cancel)
    for done, (place, document) in enumerate(coming, start=1 + len(known)):
        number = left[place]
        lever, sign = steps[number]
        entries[number] |= _worth(base, lever, sign, document)
        if document is not None:
            solves.append(_solve_of(lever, sign, document))
        if progress is not None:
            progress(ValueProgress(done, len(steps), so_far()))
    return so_far()


def _known(
    earlier: Value | None, top: Mapping[str, Any], entries: Sequence[Mapping[str, Any]]
) -> dict[int, tuple[dict[str, Any], dict[str, Any]]]:
    """By the number of a step, its entry and its solve in an earlier answer to the same question."""
    if earlier is None or any(earlier.document[name] != top[name] for name in ("plan", "model_content", "base")):
        return {}
    before = {(entry["lever"], entry["step"]): entry for entry in earlier.document["levers"] if entry["status"] not in OPEN}
    solves = {solve["what"]: solve for solve in earlier.document["solves"]}
    found = {}
    for number, entry in enumerate(entries):
        same = before.get((entry["lever"], entry["step"]))
        what = f"{entry['lever']} {-1 if entry['step'].startswith('-') else 1:+d}"
        if same is not None and what in solves:
            found[number] = dict(same), solves[what]
    return found


def _money(step: Decimal | float | str | None) -> Decimal | None:
    if step is None:
        return None
    try:
        size = Decimal(str(step))
    except InvalidOperation:
        size = Decimal(0)
    if not (size.is_finite() and size > 0):
        raise refused("value-step", str(step))
    return size


def _unknown(lever: Lever, sign: int, estimate: Sequence[float]) -> dict[str, Any]:
    return {
        "lever": lever.lever, "kind": lever.kind, "fund": lever.fund, "county": lever.county, "year": lever.year,
        "subject": lever.subject, "step": str(sign * lever.step), "status": "waiting", "criteria": [], "unchanged": False,
        "if_divisible": [-sign * each for each in estimate],
    }  # fmt: skip


def _more_is_never_worse(base: Base, lever: Lever) -> bool:
    """Whether every plan is one with a step more of the lever, too."""
    return lever.monotone and not base.model.requests


def _worth(base: Base, lever: Lever, sign: int, document: Any) -> dict[str, Any]:
    """What became of a step: every criterion then, and by how much it changes; whether the schedule stays as it is."""
    from optplan.result import Result

    if document is None or document["seal"] is None:
        return {"status": "unknown" if document is None else document["status"]}
    after = criteria_of(document)
    one_way = _more_is_never_worse(base, lever)
    if sign < 0 or not one_way:
        both = list(differences(base.model, base.proven, after, more_asked=one_way))
        if one_way:
            in_plan = {level["name"]: level["in_plan"] for level in document["criteria"]}
            found = [_as_shown(base.proven[name], in_plan[name], now, change) for name, now, change in both]
        else:
            found = [(now, change) for _, now, change in both]
    else:  # the base is the plan with a step more, of which less is asked
        harder = {name: change for name, _, change in differences(base.model, after, base.proven, more_asked=True)}
        found = [(after[name], Interval(-harder[name].high, -harder[name].low)) for name in base.proven]
    criteria = [
        {"name": name, "after": now.as_list(), "change": change.as_list()}
        for name, (now, change) in zip(base.proven, found, strict=True)
    ]
    unchanged = sign < 0 and one_way and Result(dict(document)).to_schedule() == base.schedule
    return {"status": document["status"], "criteria": criteria, "unchanged": unchanged}


def _as_shown(before: Interval, in_plan: float, now: Interval, change: Interval) -> tuple[Interval, Interval]:
    """What is proven of a criterion where less is to be had, and of its change.

    A level that holds the value it had before is shown to be possible only as far as the plan at hand goes, which may use up its
    slack: the plan that had the value may need what is there no longer.
    """
    more = max(0.0, in_plan - now.high) if now.high == before.high else 0.0
    return Interval(now.low, now.high + more), Interval(change.low, change.high + more)


def _rank(entry: dict[str, Any]) -> tuple[Any, ...]:
    """The best first: more before less, then what is proven, then what relaxations promise; of less what costs nothing first."""
    more = not str(entry["step"]).startswith("-")
    gains = [max(-(each["change"][1] or 0.0), 0.0) for each in entry["criteria"] if more]
    promised = [round(each, 12) for each in entry["if_divisible"]]
    losses = [] if more else [round(each["change"][0] or 0.0, 9) for each in entry["criteria"]]
    least = [-round(each, 9) for each in gains]
    return not more, not entry["criteria"], not entry.get("unchanged"), least, losses, promised, entry["lever"]


def _solve_of(lever: Lever, sign: int, document: Any) -> dict[str, Any]:
    from optplan.result import Result

    return solve_entry(f"{lever.lever} {sign:+d}", Result(dict(document)))
