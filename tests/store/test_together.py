"""Several people at once: both keep their work, and who reads never waits for who writes."""

from __future__ import annotations

import multiprocessing
import threading
import time

import optplan
from optplan.plan import Plan
from optplan.result import Result
from optplan.store import Store
from optplan.store.database import TURN
from store.outside import is_file, raw
from store.saving import PRELOAD, save_and_say, told_apart

SAVERS, EACH = 4, 8


def test_everybody_who_saves_at_once_keeps_their_work(url: str, plan: Plan, result: Result) -> None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOAD)
    pipes, savers = [], []
    for number in range(SAVERS):
        hear, say = context.Pipe(duplex=False)
        savers.append(context.Process(target=save_and_say, args=(url, plan, result.document, say, EACH, f"saver {number}")))
        savers[-1].start()
        say.close()
        pipes.append(hear)
    said = [pipe.recv() for pipe in pipes for _ in range(EACH + 1)]
    for saver in savers:
        saver.join(60)
        assert saver.exitcode == 0
    with optplan.open_store(url) as store:
        records = {record.id: record for record in store.runs()}
        assert set(records) == {entry[0] for entry in said if entry is not None}
        assert {record.who for record in records.values()} == {f"saver {number}" for number in range(SAVERS)}
        assert store.check() == []
        assert len([entry for entry in store.audit_log() if entry.kind == "plan"]) == 1


def test_threads_may_share_a_store(store: Store, plan: Plan, result: Result) -> None:
    threads = [
        threading.Thread(target=lambda mark=mark: store.save_run(told_apart(result, mark), plan=plan)) for mark in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.runs()) == 6
    assert store.check() == []


def test_readers_do_not_wait_for_a_writer(store: Store, url: str, plan: Plan, result: Result) -> None:
    run = store.save_run(result, plan=plan)
    with raw(url) as writer:
        writer.execute("BEGIN IMMEDIATE" if is_file(url) else "BEGIN")
        if not is_file(url):
            writer.execute(f"SELECT pg_advisory_xact_lock({TURN})")
        writer.execute("INSERT INTO contents VALUES ('0', 0, '')")
        began = time.monotonic()
        with optplan.open_store(url) as other:
            assert other.runs() == [run]
            assert other.open(run.id).status == "optimal"
            assert other.check() == []
        assert time.monotonic() - began < 2
        writer.execute("ROLLBACK")


def test_a_writer_does_not_wait_for_readers(store: Store, url: str, plan: Plan, result: Result) -> None:
    store.save_run(result, plan=plan)
    with raw(url) as reader:
        reader.execute("BEGIN")
        if not is_file(url):
            reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        before = reader.execute("SELECT count(*) FROM runs").fetchone()
        began = time.monotonic()
        store.save_run(told_apart(result, 9), plan=plan)
        assert time.monotonic() - began < 2
        assert reader.execute("SELECT count(*) FROM runs").fetchone() == before  # one unchanging view
        reader.execute("ROLLBACK")
    assert len(store.runs()) == 2


def test_a_writer_waits_for_its_turn(store: Store, url: str, plan: Plan, result: Result) -> None:
    with raw(url) as other:
        other.execute("BEGIN IMMEDIATE" if is_file(url) else "BEGIN")
        if not is_file(url):
            other.execute(f"SELECT pg_advisory_xact_lock({TURN})")
        saving = threading.Thread(target=lambda: store.save_run(result, plan=plan))
        saving.start()
        time.sleep(0.5)
        assert saving.is_alive()
        other.execute("ROLLBACK")
        saving.join(10)
    assert len(store.runs()) == 1
