"""``kill -9`` at any moment of any program: what it had said is kept stays, nothing is left behind, the next start needs no hand."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
import pytest
from sweeps.processes import searches

import optplan
from optplan.plan import Plan
from optplan.result import Result
from optplan.store import StoreError
from optplan.tables import write_folder
from store.saving import told_apart
from store.server import Server

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 20
LONGEST = 4.0  # seconds after which a program is killed at the latest; most are done by then


def solving(folder: Path, url: str, out: Path) -> subprocess.Popen[str]:
    """``optplan solve … --keep``, its temporary files in a folder of its own."""
    temporary = folder / "temporary"
    temporary.mkdir(exist_ok=True)
    return subprocess.Popen(
        [sys.executable, "-m", "optplan.cli", "solve", str(folder / "plan"), "--keep", "--out", str(out), "--lang", "en"],
        cwd=ROOT, env={**os.environ, "OPTPLAN_STORE": url, "TMPDIR": str(temporary)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def gone(processes: list[int], patience: float = 20.0) -> bool:
    """Whether all of them end by themselves."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        alive = [each for each in processes if Path(f"/proc/{each}").exists() and "\nState:\tZ" not in status(each)]
        if not alive:
            return True
        time.sleep(0.05)
    return False


def status(process: int) -> str:
    try:
        return Path(f"/proc/{process}/status").read_text()
    except OSError:
        return "\nState:\tZ"


@pytest.mark.slow
def test_a_solve_that_is_kept(url: str, small: Plan, tmp_path: Path) -> None:
    """As people start it; many more rounds of forks are in ``tests/killing``."""
    write_folder(small.tables, tmp_path / "plan")
    out, dice = tmp_path / "out" / "result.json", random.Random(ROUNDS)
    out.parent.mkdir()
    acknowledged = set()
    for _ in range(ROUNDS):
        out.unlink(missing_ok=True)
        program = solving(tmp_path, url, out)
        time.sleep(dice.random() * LONGEST)
        below = searches(program.pid)
        program.kill()
        said, _ = program.communicate()
        assert gone(below), "a search outlived its program"
        acknowledged.update(re.findall(r"Kept as run ([0-9a-f]{10})", said))
        assert {each.name for each in out.parent.iterdir()} <= {"result.json"}
        assert list((tmp_path / "temporary").iterdir()) == []
        if out.exists():
            assert optplan.read_result(out).check().ok
    program = solving(tmp_path, url, out)
    said, errors = program.communicate(timeout=120)
    assert program.returncode == 0, said + errors
    last = re.findall(r"Kept as run ([0-9a-f]{10})", said)
    assert len(last) == 1, said
    acknowledged.update(last)
    with optplan.open_store(url) as store:
        assert store.check() == []
        kept = [record.id for record in store.runs(limit=10_000)]
    assert all(any(run.startswith(short) for run in kept) for short in acknowledged)


@pytest.mark.parametrize("rounds", [20, pytest.param(200, marks=pytest.mark.slow)])
def test_connections_that_the_server_drops(rounds: int, server: Server, plan: Plan, result: Result) -> None:
    """PostgreSQL ends connections in the middle of writing: what was acknowledged is there, the rest was said not to be."""
    url, dice, done = server.place(), random.Random(rounds), threading.Event()
    name = url.rpartition("%3D")[2]

    def drop() -> None:
        with psycopg.connect(server.url(), autocommit=True) as other:
            while not done.is_set():
                time.sleep(dice.random() * pause)
                other.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s AND pid <> pg_backend_pid()",
                    [name],
                )

    acknowledged, refused = {}, []
    with optplan.open_store(f"{url}&application_name={name}") as store:
        began = time.monotonic()
        acknowledged[store.save_run(told_apart(result, 0.5), plan=plan).id] = 0.5
        pause = 5 * (time.monotonic() - began)  # which leaves time for some to be saved, however busy the machine is
        dropper = threading.Thread(target=drop)
        dropper.start()
        for number in range(rounds):
            for mark in range(6):
                try:
                    record = store.save_run(told_apart(result, 1000 * number + mark + 1), plan=plan)
                except StoreError as problem:
                    refused.append(problem.findings[0].code)
                else:
                    acknowledged[record.id] = 1000 * number + mark + 1
        done.set()
        dropper.join()
        assert store.check() == []
        kept = {record.id for record in store.runs(limit=10_000)}
        assert set(acknowledged) <= kept
        for run in list(acknowledged)[:5]:
            assert store.open(run).document["criteria"][0]["seconds"] == acknowledged[run]
    assert len(acknowledged) > 1
    assert set(refused) <= {"store-unreachable", "store-unsure"}
    assert refused or rounds < 50
