"""On a real Dask cluster: the same table, also when a worker is killed in the middle of a search."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from distributed import Client, LocalCluster

import optplan
from optplan.cli import main
from optplan.plan import Plan
from optplan.sweeps import SweepDesign
from optplan.sweeps.cluster import Cluster

from .conftest import same
from .processes import is_solving, searches


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    """Two workers, whose processes do not care what ran before them in this one.

    A new worker runs the file of its parent's ``__main__`` first. A test that draws a page leaves the page's script there.
    """
    where = tmp_path_factory.mktemp("cluster")
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(sys.modules, "__main__", ModuleType("__main__"))
        with LocalCluster(
            n_workers=2, threads_per_worker=1, memory_limit=None, dashboard_address=None, local_directory=str(where)
        ) as made:
            yield made


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_of_a_search_changes_nothing(
    cluster: LocalCluster, plan: Plan, design: SweepDesign, undisturbed: optplan.Sweep
) -> None:
    workers = _workers(cluster)
    killed = threading.Event()

    def kill() -> None:
        while not (busy := [worker for worker in workers if any(map(is_solving, searches(worker)))]):
            time.sleep(0.01)
        os.kill(busy[0], signal.SIGKILL)
        killed.set()

    killer = threading.Thread(target=kill, daemon=True)
    with Client(cluster, set_as_default=False) as client:
        killer.start()
        swept = optplan.sweep(plan, design, executor=client)
    killer.join(1)
    assert killed.is_set()
    same(swept.table, undisturbed.table)


def test_a_stopped_sweep_leaves_no_search_on_the_cluster(cluster: LocalCluster, plan: Plan, design: SweepDesign) -> None:
    cancel = threading.Event()

    def stop() -> None:
        while not searches():
            time.sleep(0.02)
        cancel.set()

    threading.Thread(target=stop, daemon=True).start()
    with Cluster(cluster.scheduler_address) as executor:
        swept = optplan.sweep(plan, design, executor, cancel=cancel)
        assert "waiting" in swept.table["status"].tolist()
        end = time.monotonic() + 20
        while searches() and time.monotonic() < end:
            time.sleep(0.1)
    assert searches() == []


def test_from_the_shell(
    cluster: LocalCluster,
    folder: Path,
    file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("OPTPLAN_STORE", str(tmp_path / "store"))
    words = file.read_text(encoding="utf-8").replace('["0%", "150%"]', '["100%"]').replace("[0.9, 1.1]", "[1]")
    (tmp_path / "one.toml").write_text(words, encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["sweep", str(folder), str(tmp_path / "one.toml"), "--dask", cluster.scheduler_address, "--lang", "en"])
    assert ended.value.code == 0
    said = capsys.readouterr()
    assert said.err.startswith("[1/1] Pool 100%, Price 1: proven")
    assert "1 points, 0 of them from the store" in said.out


def test_a_cluster_that_does_not_answer_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("optplan.sweeps.cluster.PATIENCE", 1)
    for address in ("tcp://127.0.0.1:9", "nonsense://x"):
        with pytest.raises(optplan.InputError) as refused:
            Cluster(address)
        assert address in refused.value.findings[0].message("en")


def test_without_dask_the_words_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(optplan.InputError) as refused:
        Cluster("tcp://127.0.0.1:8786")
    assert "pip install distributed" in refused.value.findings[0].message("zh")


def _workers(cluster: LocalCluster) -> list[int]:
    with Client(cluster, set_as_default=False) as client:
        return list(client.run(os.getpid).values())
