"""What can go wrong is said in words, with what to do; never a traceback."""

from __future__ import annotations

import multiprocessing
import os
import socket
import sqlite3
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

import optplan
from optplan.language import text
from optplan.plan import Plan
from optplan.result import Result
from optplan.store import Store, StoreError, database
from optplan.store.database import TURN
from store.outside import is_file, raw
from store.saving import PRELOAD
from store.server import Server

NOBODY = 65534


def code_of(act: object) -> str:
    with pytest.raises(StoreError) as problem:
        act()  # type: ignore[operator]
    [finding] = problem.value.findings
    for language in ("zh", "en"):
        assert finding.message(language) != finding.code
        assert "$" not in finding.message(language)
        assert "Traceback" not in finding.line(language)
    return finding.code


def as_nobody(file: Path, say: Connection) -> None:
    """Read, and try to write, as a user who may not write the file."""
    model, _ = optplan.read_model("thrift"), text("store", "kept")  # read while everything may still be read
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    for asked in (file, file.with_name("new.sqlite3"), file.parent / "folder" / "new.sqlite3"):
        try:
            with optplan.open_store(asked) as store:
                store.save_model(model)
            say.send("saved")
        except Exception as problem:
            say.send(problem.findings[0].code if isinstance(problem, StoreError) else repr(problem))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_file_that_may_not_be_written() -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755)
        with optplan.open_store(folder / "store.sqlite3") as store:
            store.save_model(optplan.read_model("fair"))
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOAD)
        hear, say = context.Pipe(duplex=False)
        child = context.Process(target=as_nobody, args=(folder / "store.sqlite3", say))
        child.start()
        say.close()
        assert [hear.recv() for _ in range(3)] == ["store-read-only"] * 3
        child.join()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    assert code_of(lambda: optplan.open_store("/proc/nowhere/store.sqlite3")) == "store-unreachable"
    assert code_of(lambda: optplan.open_store(tmp_path)) == "store-unreachable"


def test_a_file_that_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "letter").write_bytes(b"Dear Sir or Madam, " * 100)
    assert code_of(lambda: optplan.open_store(tmp_path / "letter")) == "store-damaged"
    with sqlite3.connect(tmp_path / "other") as connection:
        connection.execute("CREATE TABLE runs (distance)")
    assert code_of(lambda: optplan.open_store(tmp_path / "other")) == "store-shared"


def test_a_file_that_lost_its_end(tmp_path: Path, plan: Plan, result: Result) -> None:
    file = tmp_path / "store.sqlite3"
    with optplan.open_store(file) as store:
        run = store.save_run(result, plan=plan).id
    whole = file.read_bytes()
    for share in (0.9, 0.5, 0.1):
        file.write_bytes(whole[: int(len(whole) * share)])

        def look() -> None:
            with optplan.open_store(file) as store:
                assert store.check() != []
                store.open(run)

        assert code_of(look) in {"store-damaged", "store-incomplete", "run-unknown", "store-content-differs"}


def test_a_server_that_is_not_there_or_refuses(server: Server) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        assert code_of(lambda: optplan.open_store(f"postgresql://a@127.0.0.1:{port}/x")) == "store-unreachable"
    assert code_of(lambda: optplan.open_store(server.url().replace("/postgres?", "/nothing?"))) == "store-unreachable"
    assert code_of(lambda: optplan.open_store(server.url().replace("postgres@", "nobody@"))) == "store-unreachable"
    assert code_of(lambda: optplan.open_store(server.url() + "&nonsense=1")) == "store-failed"


def test_a_user_who_may_only_read(server: Server, plan: Plan, result: Result) -> None:
    url = server.place()
    schema = url.rpartition("%3D")[2]
    with optplan.open_store(url) as store:
        run = store.save_run(result, plan=plan)
    with raw(url) as connection:
        connection.execute(f"CREATE ROLE {schema}_reader LOGIN; GRANT USAGE ON SCHEMA {schema} TO {schema}_reader")
        connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {schema}_reader")
    with optplan.open_store(url.replace("postgres@", f"{schema}_reader@")) as reader:
        assert reader.runs() == [run]
        assert reader.check() == []
        assert code_of(lambda: reader.save_run(result, plan=plan)) == "store-read-only"


def test_a_user_who_may_add_may_not_take_the_guards_away(server: Server, plan: Plan, result: Result) -> None:
    url = server.place()
    schema = url.rpartition("%3D")[2]
    optplan.open_store(url).close()
    with raw(url) as connection:
        connection.execute(f"CREATE ROLE {schema}_clerk LOGIN; GRANT USAGE ON SCHEMA {schema} TO {schema}_clerk")
        connection.execute(f"GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA {schema} TO {schema}_clerk")
    theirs = url.replace("postgres@", f"{schema}_clerk@")
    with optplan.open_store(theirs) as store:
        run = store.save_run(result, plan=plan, who="李工")
        store.approve(run.id)
        assert {(entry.who, entry.account) for entry in store.audit_log()} >= {("李工", f"{schema}_clerk")}
    with raw(theirs) as connection, pytest.raises(Exception, match="must be owner"):
        connection.execute("ALTER TABLE runs DISABLE TRIGGER ALL")


def test_a_turn_that_never_comes(store: Store, url: str, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 1)
    monkeypatch.setattr(database, "_SESSION", database._SESSION.replace("lock_timeout = '30s'", "lock_timeout = '1s'"))
    with raw(url) as other, optplan.open_store(url) as impatient:
        other.execute("BEGIN IMMEDIATE" if is_file(url) else "BEGIN")
        if not is_file(url):
            other.execute(f"SELECT pg_advisory_xact_lock({TURN})")
        assert code_of(lambda: impatient.save_plan(plan)) == "store-busy"
        other.execute("ROLLBACK")
        assert impatient.save_plan(plan) == plan.sha256


def test_a_store_goes_on_after_its_server_was_away(server: Server, plan: Plan, result: Result) -> None:
    with optplan.open_store(server.place()) as store:
        run = store.save_run(result, plan=plan)
        server.stop("immediate")
        assert code_of(store.runs) == "store-unreachable"
        server.start()
        assert store.runs() == [run]
        store.save_run(result, plan=plan)
        assert store.check() == []


def test_somebody_who_stops_in_the_middle_of_writing_locks_nobody_out(server: Server) -> None:
    """A laptop that falls asleep in a transaction: the server takes its turn away."""
    with optplan.open_store(server.place()) as store, store._database.reading() as connection:
        waits = connection.exec_driver_sql("SHOW idle_in_transaction_session_timeout").scalar_one()
        assert waits == "30s"
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on"
