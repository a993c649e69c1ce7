"""An office: a store of its own, a quick plan, one that takes until it is stopped, and four people."""

import time

import pytest
from holding import holding
from plans.random_plans import Size, random_tables

import optplan
from optplan.decision_model import read_model
from optplan.office import Person, Question, Role, SolveQueue
from optplan.plan import Plan

WANG = Person("王审定", Role.APPROVER, "wang@example.gov.cn")
LI = Person("李编制", Role.EDITOR, "li@example.gov.cn")
ZHAO = Person("赵编制", Role.EDITOR, "zhao@example.gov.cn")
QIAN = Person("钱查看", Role.VIEWER, "qian@example.gov.cn")
LONG = Size(counties=7)


@pytest.fixture(scope="session")
def quick():
    return Plan(random_tables(1, Size(counties=2, years=3, goods=2, teams=1, projects=1)))


@pytest.fixture
def long(monkeypatch):
    """A plan whose search finds a first plan after seconds, and then goes on until it is stopped."""
    for name, setting in holding(LONG.counties).items():
        monkeypatch.setenv(name, setting)
    return Plan(random_tables(1, LONG))


@pytest.fixture
def store(tmp_path):
    with optplan.open_store(tmp_path / "store.sqlite3") as opened:
        yield opened


@pytest.fixture
def queues(store, tmp_path):
    """Makes queues on the same store and journal; all are closed in the end."""
    made = []

    def make(at_once=1, opener=lambda: store, **more):
        made.append(SolveQueue(opener, at_once, tmp_path / "solves", **more))
        return made[-1]

    yield make
    for queue in made:
        queue.close()


def ask(queue, person, plan, model="thrift", **options):
    return queue.ask(person, Question(plan, read_model(model), **options))


def wait(queue, solve, until, seconds=180):
    """The first snapshot of which ``until`` is true."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        snapshot = queue.look(WANG, solve)
        if until(snapshot):
            return snapshot
        time.sleep(0.05)
    raise AssertionError(f"still {snapshot.state}, {snapshot.findings}")


def over(snapshot):
    return snapshot.state.is_over
