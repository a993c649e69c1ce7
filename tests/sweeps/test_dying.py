"""A search that is killed costs another try of its point; one that is killed every time costs its row; never the sweep."""

from __future__ import annotations

import random
import threading

import optplan
from optplan.plan import Plan
from optplan.sweeps import SweepDesign

from .conftest import same
from .processes import kill_next, kill_one, searches


def test_a_killed_search_costs_another_try_and_changes_nothing(
    plan: Plan, design: SweepDesign, undisturbed: optplan.Sweep
) -> None:
    events: list[str] = []
    killer = threading.Thread(target=kill_one, args=(random.Random(3).random() * 0.2,))
    killer.start()
    swept = optplan.sweep(plan, design, jobs=2, progress=lambda now: events.append(now.event))
    killer.join()
    assert sorted(events) == ["retried", *["solved"] * 4]
    same(swept.table, undisturbed.table)
    assert searches() == []


def test_a_point_whose_search_is_killed_every_time_is_a_row_in_words(
    plan: Plan, design: SweepDesign, undisturbed: optplan.Sweep
) -> None:
    heard: list[optplan.sweeps.SweepProgress] = []
    given_up = threading.Event()

    def hear(now: optplan.sweeps.SweepProgress) -> None:
        heard.append(now)
        if now.event == "failed":
            given_up.set()

    def kill_all() -> None:
        while not given_up.is_set():
            kill_next(given_up.is_set, solving=False)

    only = design.model_copy(update={"axis": (design.axis[0].model_copy(update={"values": ("0%",)}), design.axis[1])})
    killer = threading.Thread(target=kill_all, daemon=True)
    killer.start()
    swept = optplan.sweep(plan, only, jobs=1, progress=hear)
    assert [now.event for now in heard if now.point.number == 1][:4] == ["retried", "retried", "retried", "failed"]
    table = swept.table
    assert table["status"][0] == "failed"
    assert "放弃" in table["note"][0]
    assert "SIGKILL" in table["note"][0]
    assert table["status"][1] in {"optimal", "failed"}, "the killer may have caught the next one's first try as well"
