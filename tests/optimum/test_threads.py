"""Which of the two threads of a search is faster changes nothing in the answer."""

import random
import threading
import time

import pytest
from optimum.test_session import what_ifs
from plans.random_plans import Size, random_tables
from slow_set import mostly_slow

from optplan.decision_model import DecisionModel
from optplan.plan import Plan
from optplan.search.lexicographic import search
from optplan.search.run import Orders
from optplan.search.solver.highs import HighsModel
from optplan.search.warm_start import WarmStart

MODEL = DecisionModel.model_validate(
    {
        "name": "x",
        "title": "x",
        "criteria": [
            {"name": "target_shortfall", "tolerance": "0.001"},
            {"name": "readiness_gap", "tolerance": "0.001", "slack": "0.01"},
            {"name": "cost", "relative_tolerance": "0.001"},
        ],
    }
)


def slowed(monkeypatch, seed):
    """Make each thread stop and wait now and then, for times that differ from seed to seed."""
    minimise, interrupt, delays, lock = HighsModel.minimise, HighsModel._on_interrupt, random.Random(seed), threading.Lock()

    def wait(most):
        with lock:
            seconds = most * delays.random() ** 3
        time.sleep(seconds)

    def slow_minimise(self, *arguments, **named):
        wait(0.05)
        return minimise(self, *arguments, **named)

    def slow_interrupt(self, event):
        wait(0.003)
        return interrupt(self, event)

    monkeypatch.setattr(HighsModel, "minimise", slow_minimise)
    monkeypatch.setattr(HighsModel, "_on_interrupt", slow_interrupt)


@pytest.mark.parametrize("plan_seed", mostly_slow([1, 4, 6], 1))  # the core and its offers decide
def test_the_answer_is_the_same_however_the_threads_are_slowed(plan_seed, monkeypatch):
    monkeypatch.setattr("optplan.search.lexicographic.WORTHWHILE", 0)
    plan = Plan(random_tables(plan_seed, Size(3, 4, 3, 3, 1, money=0.85)))
    as_if_undisturbed(monkeypatch, lambda: search(plan, MODEL, Orders()))


@pytest.mark.parametrize(
    ("plan_seed", "changes"), [(1, 1), *(pytest.param(seed, 3, marks=pytest.mark.slow) for seed in [1, 2, 4, 6, 7])]
)
def test_nor_does_it_depend_on_them_when_something_is_remembered(plan_seed, changes, monkeypatch):
    monkeypatch.setattr("optplan.search.lexicographic.WORTHWHILE", 0)
    plan, warm_start = Plan(random_tables(plan_seed, Size(3, 4, 3, 3, 1, money=1.0))), WarmStart()
    search(plan, MODEL, Orders(), warm_start=warm_start)
    for changed in what_ifs(plan, plan_seed, changes):
        as_if_undisturbed(monkeypatch, lambda changed=changed: search(changed, MODEL, Orders(), warm_start=warm_start.copy()))


def as_if_undisturbed(monkeypatch, answered):
    first = answered()
    for seed in range(2):
        with monkeypatch.context() as patched:
            slowed(patched, seed)
            again = answered()
        assert again.status == first.status
        assert again.schedule == first.schedule
        assert [(level.value, level.bound) for level in again.levels] == [(level.value, level.bound) for level in first.levels]
