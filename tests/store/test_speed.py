"""A store with 2 000 runs opens its list in half a second, and one run in a fifth."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

import optplan
from optplan.plan import Plan
from optplan.result import Result
from optplan.solving.effort import Effort
from optplan.store import Store, runs
from optplan.store.contents import pack
from optplan.store.events import Author
from optplan.store.kept import kept_run

RUNS = 2_000
LIST, ONE = 0.5, 0.2  # seconds


def fill(store: Store, result: Result, plan: Plan | None, how_many: int) -> str:
    """Put ``how_many`` runs in as quickly as may be, each with bytes of its own; the id of the last."""
    ready = kept_run(result, plan, (), None, runs.options_of(Effort()), "")
    content = ready.result.content
    with store._database.writing() as connection:
        for number in range(how_many):
            each = replace(ready, result=pack(content + b"\n" * number))
            run = each.put(connection, Author(f"user {number % 7}", ""), None)
    return run


def best_of(times: int, act: Callable[[], Any]) -> tuple[float, Any]:
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        answer = act()
        spent.append(time.perf_counter() - began)
    return min(spent), answer


@pytest.mark.slow
def test_a_list_of_2000_runs_and_one_of_them_open_at_once(store: Store, url: str, plan: Plan, result: Result) -> None:
    fill(store, result, plan, RUNS - 1)
    city = fill(store, optplan.read_result("reports/sample/shuozhou-attain.json"), None, 1)
    for run in store.runs(limit=200):
        if run.id != city:
            store.retire(run.id)

    def open_list() -> Any:
        with optplan.open_store(url) as opened:
            return opened.runs(retired=True)

    def open_one() -> Any:
        with optplan.open_store(url) as opened:
            return opened.open(city[:12])

    for_list, listed = best_of(3, open_list)
    for_one, opened = best_of(3, open_one)
    for_check, faults = best_of(1, store.check)
    print(f"list {for_list:.3f} s, one run {for_one:.3f} s, check {for_check:.1f} s")
    assert len(listed) == RUNS
    assert sum(record.retired for record in listed) == 199
    assert opened.has_schedule
    assert faults == []
    assert for_list <= LIST
    assert for_one <= ONE
