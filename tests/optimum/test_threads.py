"""Which of the two threads of a search is faster changes nothing in the answer."""

import random
import threading
import time

import pytest
from plans.random_plans import Size, random_tables
from slow_set import mostly_slow

from optplan.decision_model import DecisionModel
from optplan.plan import Plan
from optplan.search.levels import Orders, search
from optplan.search.session import Session

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
    minimise, interrupt, delays, lock = Session.minimise, Session._on_interrupt, random.Random(seed), threading.Lock()

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

    monkeypatch.setattr(Session, "minimise", slow_minimise)
    monkeypatch.setattr(Session, "_on_interrupt", slow_interrupt)


@pytest.mark.parametrize("plan_seed", mostly_slow([1, 4, 6], 2))  # the core and its offers decide
def test_the_answer_is_the_same_however_the_threads_are_slowed(plan_seed, monkeypatch):
    monkeypatch.setattr("optplan.search.levels.WORTHWHILE", 0)
    plan = Plan(random_tables(plan_seed, Size(3, 4, 3, 3, 1, money=0.85)))
    first = search(plan, MODEL, Orders())
    for seed in range(2):
        with monkeypatch.context() as patched:
            slowed(patched, seed)
            again = search(plan, MODEL, Orders())
        assert again.status == first.status
        assert again.schedule == first.schedule
        assert [(level.value, level.bound) for level in again.levels] == [(level.value, level.bound) for level in first.levels]
