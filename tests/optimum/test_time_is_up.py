"""When its time is up a search is over, whatever its solver is busy with."""

import pickle
import subprocess
import sys
import time

from plans.random_plans import random_tables

from optplan.decision_model import DecisionModel, Level
from optplan.schedule import Schedule
from optplan.search import process
from optplan.search.messages import Certificate, Found, Job, Search

MODEL = DecisionModel.model_validate({"name": "x", "title": "x", "criteria": [{"name": "cost"}]})
LEVELS = (Level("cost", 5, 3.0, 0.0),)
FOUND = Found(Schedule(), LEVELS)
ENDED = Search("optimal", Schedule(), LEVELS, certified_later=True)
CHILD = "import pickle, sys, time; pickle.load(sys.stdin.buffer); sys.stdout.buffer.write(bytes.fromhex({said!r})); sys.stdout.flush(); time.sleep({sleep})"


def searched(monkeypatch, said, *, sleep, stop=lambda: False):
    """What comes of a search whose process says so much and then is busy, and how long that takes."""
    code = CHILD.format(said=b"".join(map(pickle.dumps, said)).hex(), sleep=sleep)
    pipes = dict.fromkeys(["stdin", "stdout", "stderr"], subprocess.PIPE)
    monkeypatch.setattr(process, "ready", lambda: subprocess.Popen([sys.executable, "-c", code], **pipes))
    job, plans, began = Job(random_tables(1), MODEL, None, 0.0, 0.5), [], time.monotonic()
    outcome = process.run_search(job, progress=lambda _: None, plan_found=plans.append, stop=stop)
    return outcome, plans, time.monotonic() - began


def test_the_last_plan_is_the_answer_of_a_search_that_does_not_end_in_time(monkeypatch):
    outcome, plans, seconds = searched(monkeypatch, [FOUND], sleep=60)
    assert (outcome.status, outcome.schedule, outcome.levels) == ("feasible", FOUND.schedule, LEVELS)
    assert len(plans) == 1
    assert 0.5 <= seconds < 4


def test_what_proves_the_bounds_of_a_search_that_has_ended_is_waited_for(monkeypatch):
    outcome, _, _ = searched(monkeypatch, [FOUND, ENDED, Certificate(({"criterion": "cost"},))], sleep=60)
    assert (outcome.status, outcome.proof) == ("optimal", ({"criterion": "cost"},))


def test_a_search_that_dies_while_it_writes_that_down_has_ended_all_the_same(monkeypatch):
    outcome, _, _ = searched(monkeypatch, [FOUND, ENDED], sleep=0)
    assert (outcome.status, outcome.proof) == ("optimal", ())
