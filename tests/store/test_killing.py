"""``kill -9`` at any moment: what was acknowledged is there, the store is sound, and nobody is locked out."""

from __future__ import annotations

import multiprocessing
import random
import time
from multiprocessing.connection import Connection
from typing import Any

import pytest

import optplan
from optplan.plan import Plan
from optplan.result import Result
from store.outside import is_file
from store.saving import PRELOAD, save_and_say, told_apart
from store.server import Server

AT_ONCE = 2


def heard(pipe: Connection) -> list[Any]:
    """Everything that came through before the other end died."""
    found = []
    while True:
        try:
            found.append(pipe.recv())
        except (EOFError, OSError):
            return found


@pytest.mark.parametrize("all_rounds", [20, pytest.param(200, marks=pytest.mark.slow)])
def test_nothing_that_was_acknowledged_is_lost(url: str, server: Server, plan: Plan, result: Result, all_rounds: int) -> None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOAD)
    dice = random.Random(20_210_401)
    acknowledged: dict[str, float] = {}
    crashes = 0
    for rounds in range(1, all_rounds + 1):
        pipes, savers = [], []
        for number in range(AT_ONCE):
            hear, say = context.Pipe(duplex=False)
            savers.append(context.Process(target=save_and_say, args=(url, plan, result.document, say, 1_000, f"saver {number}")))
            savers[-1].start()
            say.close()
            pipes.append(hear)
        if rounds > 3:  # the first few are killed while they open the store, or make it
            pipes[0].poll(10)
        time.sleep(dice.random() * 0.1)
        if rounds % 6 == 0 and not is_file(url):
            crashes += 1
            server.stop("immediate")  # the server too, as if the power had failed
            server.start()
        for saver in savers:
            saver.kill()
        for saver, pipe in zip(savers, pipes, strict=True):
            saver.join(10)
            acknowledged.update(entry for entry in heard(pipe) if entry is not None)
        if rounds % 4 == 0:
            began = time.monotonic()
            with optplan.open_store(url) as store:
                record = store.save_run(told_apart(result, 1_000 + rounds), plan=plan)
            acknowledged[record.id] = 1_000 + rounds
            assert time.monotonic() - began < 5, "locked out"
    with optplan.open_store(url) as store:
        kept = {record.id for record in store.runs()}
        assert set(acknowledged) <= kept
        for run, mark in acknowledged.items():
            assert store.open(run).document["criteria"][0]["seconds"] == mark
        assert store.check() == []
        store.save_run(result, plan=plan)
    print(f"{all_rounds} rounds, {crashes} crashes of the server, {len(acknowledged)} runs acknowledged, {len(kept)} kept")
    assert len(acknowledged) >= all_rounds // 2
