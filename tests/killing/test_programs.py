"""``kill -9`` at any moment of a solve, a search, a sweep or the page's server: what was said to be kept stays, nothing is left
behind, the next start needs no hand. Saving and recording: ``tests/store``."""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from killing.nursery import Search, all_gone, left_over, load, start
from killing.page_alone import serve
from killing.typing_visitor import Editor
from plans.random_plans import Size, random_tables
from store.server import Server

import optplan
from benchmarks.served import free_port
from optplan.cli import main
from optplan.office import SolveQueue
from optplan.plan import Plan
from optplan.search import standby
from optplan.search.process import SearchFailed
from optplan.tables import write_folder

ROUNDS = [20, pytest.param(200, marks=pytest.mark.slow)]
PATIENCE = 10  # kills of one sweep, which a machine that has become slower might never let come to a point
SWEEP = """
title = "资金"
author = "test"
reason = "测试"
model = "thrift"

[[axis]]
name = "money"
title = "资金"
values = [0.8, 1.0]

[[axis.changes]]
table = "budgets"
action = "scale"
column = "amount"
factor = "$value"
"""


@pytest.fixture(scope="module")
def plan() -> Plan:
    """A plan that is solved at once."""
    return Plan(random_tables(1, Size(counties=1, years=2, goods=1, teams=1, projects=1)))


@pytest.fixture(scope="module")
def folder(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("plans") / "plan"
    write_folder(plan.tables, where)
    return where


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    running = Server.start_new()
    yield running
    running.remove()


class Rounds:
    """A command that is started again and again, and killed: its files, what it says, how long it takes if it is let."""

    def __init__(self, folder: Path, rounds: int) -> None:
        self.folder, self.dice, self.takes = folder, random.Random(rounds), 0.0
        self.temporary, self.out, self.said = folder / "temporary", folder / "out", folder / "said.txt"
        self.temporary.mkdir()
        self.out.mkdir()

    def run(self, store: str, *arguments: str | Path, kill: bool = True) -> tuple[int | None, str]:
        """Its exit code and what it said. Nothing of it may be left but what it was asked to write."""
        self.said.unlink(missing_ok=True)
        settings = {"OPTPLAN_STORE": store, "TMPDIR": str(self.temporary)}
        program = start(main, [*map(str, arguments), "--lang", "en"], said=self.said, **settings)
        began = time.monotonic()  # the first start had all loaded
        program.join(self.dice.random() * self.takes * 1.2 if kill else 120)
        program.kill()
        program.join()
        took = time.monotonic() - began
        assert all_gone(), f"left behind: {left_over()}"
        assert list(self.temporary.iterdir()) == []
        said = self.said.read_text("utf-8") if self.said.exists() else ""
        assert "Traceback" not in said, said
        if program.exitcode == 0:
            self.takes = took if not self.takes else min(self.takes, took)
        return program.exitcode, said


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_solve_that_is_kept(rounds: int, server: Server, folder: Path, tmp_path: Path) -> None:
    """By turns on both databases."""
    solves, ends = Rounds(tmp_path, rounds), set()
    result = solves.out / "result.json"
    stores: dict[str, set[str]] = {str(tmp_path / "store.sqlite3"): set(), server.place(): set()}
    arguments = ("solve", folder, "--keep", "--out", result)
    for number in range(-2, rounds + 2):  # the first and the last two are let be
        store = list(stores)[number % 2]
        result.unlink(missing_ok=True)
        end, said = solves.run(store, *arguments, kill=0 <= number < rounds)
        ends.add(end)
        assert end in {0, -9}, said
        stores[store].update(re.findall(r"Kept as run ([0-9a-f]{10})", said))
        assert {each.name for each in solves.out.iterdir()} <= {"result.json"}
        if result.exists():
            assert optplan.read_result(result).check().ok
        elif "Result written" in said:
            pytest.fail("the result is lost")
    assert ends == {0, -9}
    for place, acknowledged in stores.items():
        with optplan.open_store(place) as store:
            assert store.check() == []
            kept = {record.id[:10] for record in store.runs(limit=10_000)}
        assert acknowledged
        assert acknowledged <= kept


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_search(rounds: int, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """The search alone is killed: its best plan so far is the answer, sealed as any other, or it is said that there is none."""
    load()
    monkeypatch.setattr(standby, "_start", Search)
    dice, ends = random.Random(rounds), []
    standby.stand_by()  # the first has all loaded
    began = time.monotonic()
    optplan.solve(plan)
    takes = time.monotonic() - began

    def kill(search: Search, over: threading.Event) -> None:
        over.wait(dice.random() * takes)
        search.kill()

    for _ in range(rounds):
        standby.stand_by()
        over = threading.Event()
        killer = threading.Thread(target=kill, args=(*standby._waiting, over))
        killer.start()
        try:
            result = optplan.solve(plan)
        except SearchFailed as problem:
            ends.append(str(problem))
        else:
            ends.append(result.document["made_with"].get("fault", result.status))
            assert result.check().ok
        over.set()
        killer.join()
        assert all_gone(), f"left behind: {left_over()}"
    assert {end.splitlines()[-1] for end in ends} <= {"killed by SIGKILL", "optimal"}, ends
    assert any("SIGKILL" in end for end in ends)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_sweep(rounds: int, server: Server, folder: Path, tmp_path: Path) -> None:
    """It goes on where it was until it ends, then there is another one, by turns on both databases: each ends with the same table."""
    sweeps, tables = Rounds(tmp_path, rounds), []
    (tmp_path / "money.toml").write_text(SWEEP, encoding="utf-8")
    out = sweeps.out / "table.csv"
    killed, number = 0, 0
    while killed < rounds or not number:
        store = str(tmp_path / f"{number}.sqlite3") if number % 2 else server.place()
        end, acknowledged, kills = None, 0, 0
        while end != 0:
            end, said = sweeps.run(
                store, "sweep", folder, tmp_path / "money.toml", "--jobs", "2", "--out", out, kill=number > 0 and kills < PATIENCE
            )
            assert end in {0, -9}, said
            kills += end == -9
            acknowledged = max([acknowledged, *map(int, re.findall(r"^\[(\d)/2\]", said, re.MULTILINE))])
            with optplan.open_store(store) as opened:
                assert acknowledged <= len(opened.runs()) <= 2 + kills, (
                    "a point is solved twice only if it was killed before it was kept"
                )
            if end == -9 and out.exists():
                pytest.fail("a table that is not whole") if len(pd.read_csv(out)) != 2 else out.unlink()
        with optplan.open_store(store) as opened:
            assert opened.check() == []
        assert {each.name for each in sweeps.out.iterdir()} == {"table.csv"}
        tables.append(pd.read_csv(out).drop(columns="run"))
        out.unlink()
        killed, number = killed + kills, number + 1
    for table in tables[1:]:
        pd.testing.assert_frame_equal(table, tables[0])


@pytest.mark.parametrize("rounds", ROUNDS)
def test_the_page(rounds: int, folder: Path, tmp_path: Path) -> None:
    """What a visitor was told to be in the draft is there."""
    (tmp_path / "temporary").mkdir()
    settings = {
        "OPTPLAN_LANG": "zh", "OPTPLAN_LOCAL_ROLE": "approver", "OPTPLAN_PLANS": str(folder.parent), "OPTPLAN_USER": "jike",
        "OPTPLAN_STORE": str(tmp_path / "store.sqlite3"), "TMPDIR": str(tmp_path / "temporary"), "XDG_STATE_HOME": str(tmp_path / "state"),
    }  # fmt: skip
    dice, takes, told = random.Random(rounds), 0.0, 0
    for number in range(rounds + 2):  # the first and the last are let be
        port = free_port()
        server = start(serve, port, said=tmp_path / "said.txt", **settings)
        began = time.monotonic()  # the first start had all loaded
        editor = Editor(port)
        if 0 < number <= rounds:
            server.join(dice.random() * takes * 1.2)
        else:
            while not editor.kept:
                assert editor.thread.is_alive(), (tmp_path / "said.txt").read_text()
                time.sleep(0.02)
            takes = time.monotonic() - began
        server.kill()
        editor.enough.set()
        editor.thread.join()
        server.join()
        assert all_gone(), f"left behind: {left_over()}"
        assert list((tmp_path / "temporary").iterdir()) == []
        drafts = " ".join(each.read_text("utf-8") for each in (tmp_path / "state").glob("**/drafts/**/*.json"))
        if editor.kept:
            told += 1
            assert str(editor.kept % 10**9) in drafts or str(editor.typed % 10**9) in drafts
        assert not list((tmp_path / "state").glob("**/*.part"))
    assert told >= 2
    assert "Traceback" not in (tmp_path / "said.txt").read_text("utf-8")
    with optplan.open_store(tmp_path / "store.sqlite3") as store:
        assert store.check() == []
        SolveQueue(lambda: store, 1, tmp_path / "state" / "optplan" / "solves").close()
    end = time.monotonic() + 30
    while list((tmp_path / "state").glob("**/solves/*")):
        assert time.monotonic() < end, "the next server puts away what killed ones left"
        time.sleep(0.05)
