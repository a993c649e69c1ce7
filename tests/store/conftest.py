"""Every test of the store runs on both databases, each test on one that is new and empty."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from plans.random_plans import Size, random_tables

import optplan
from optplan.plan import Plan
from optplan.result import Result
from optplan.store import Store
from store.server import Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    running = Server.start_new()
    yield running
    running.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with nothing in it."""
    if request.param == "sqlite":
        return str(tmp_path / "存档 of ours" / "store.sqlite3")
    running: Server = request.getfixturevalue("server")
    return running.place()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with optplan.open_store(url) as opened:
        yield opened


@pytest.fixture
def file_store(tmp_path: Path) -> Iterator[Store]:
    """A store in a file, for what is the same in both databases and takes its time."""
    with optplan.open_store(tmp_path / "store.sqlite3") as opened:
        yield opened


@pytest.fixture(scope="session")
def plan() -> Plan:
    return Plan(random_tables(2, Size(counties=3, years=3, goods=4, teams=3, projects=2, money=1.0)))


@pytest.fixture(scope="session")
def small() -> Plan:
    """A plan that is solved at once."""
    return Plan(random_tables(1, Size(counties=2, years=3, goods=2, teams=2, projects=1, money=1.0)))


@pytest.fixture(scope="session")
def thrifty(plan: Plan) -> Result:
    return optplan.solve(plan, "thrift")


@pytest.fixture(scope="session")
def result(plan: Plan) -> Result:
    return optplan.solve(plan)
