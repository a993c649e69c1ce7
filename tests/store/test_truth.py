"""What the store says is so: the order of what happened, what may be read, and what was kept when its server fell silent."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

import optplan
from optplan.plan import Plan
from optplan.result import Result
from optplan.store import Store, StoreError, connection, database, events
from store.saving import told_apart
from store.server import Server


def test_history_is_in_the_order_of_what_happened_though_the_clock_was_set_back(
    store: Store, plan: Plan, result: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = []
    for number, moment in enumerate(["2026-03-01", "2026-03-03", "2025-01-01", "2026-03-02"]):
        monkeypatch.setattr(events, "now", lambda moment=moment: f"{moment}T08:00:00.000000+00:00")
        kept.append(store.save_run(told_apart(result, number + 1), plan=plan).id)
    assert [record.id for record in store.runs()] == kept[::-1]
    assert [entry.subject for entry in store.audit_log() if entry.kind == "run"] == kept
    store.approve(kept[2])
    store.approve(kept[0])
    assert store.adopted().id == kept[0]
    assert store.check() == []


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """The folder as a medium that nobody may write to, for this process's eyes."""
    before, own = os.access, folder.resolve()

    def access(path: object, mode: int, **more: object) -> bool:
        inside = Path(str(path)).resolve()
        return before(path, mode, **more) and not (mode & os.W_OK and (inside == own or own in inside.parents))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "access", access)
        yield


def test_a_file_that_may_only_be_read_is_read(tmp_path: Path, plan: Plan, result: Result) -> None:
    file = tmp_path / "medium" / "store.sqlite3"
    with optplan.open_store(file) as store:
        run = store.save_run(result, plan=plan)
    before = sorted(each.name for each in file.parent.iterdir())
    with read_only(file.parent):
        with optplan.open_store(file) as store:
            assert store.runs() == [run]
            assert store.open(run.id).document == result.document
            assert store.check() == []
            with pytest.raises(StoreError) as raised:
                store.save_run(told_apart(result, 5), plan=plan)
            assert raised.value.findings[0].code == "store-read-only"
        assert sorted(each.name for each in file.parent.iterdir()) == before
        with optplan.open_store(file) as store, pytest.raises(StoreError) as raised, store._database.reading():
            os.utime(file)
        assert raised.value.findings[0].code == "store-busy"


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="only root can mount")
def test_a_medium_that_is_mounted_for_reading_only(tmp_path: Path, plan: Plan, result: Result) -> None:
    from subprocess import run

    medium = tmp_path / "medium"
    with optplan.open_store(medium / "store.sqlite3") as store:
        kept = store.save_run(result, plan=plan)
    if run(["mount", "--bind", "-o", "ro", str(medium), str(medium)], check=False, capture_output=True).returncode:
        pytest.xfail("this machine lets nobody mount")
    try:
        run(["mount", "-o", "remount,ro,bind", str(medium)], check=True)
        with optplan.open_store(medium / "store.sqlite3") as store:
            assert store.runs() == [kept]
    finally:
        run(["umount", str(medium)], check=True)


class Between:
    """Passes bytes between a client and a PostgreSQL server, until it is told to fall silent after so many bytes of a client."""

    def __init__(self, server: Server) -> None:
        self.there = str(server.folder / ".s.PGSQL.5432")
        self.silent = threading.Event()
        self.words: list[bytes] = []  # falls silent when a client has said the last of them, one after the other
        self.listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._listen, daemon=True).start()

    def url(self, server: Server) -> str:
        return (
            server.place()
            .replace("@/postgres?host=" + str(server.folder), f"@127.0.0.1:{self.listener.getsockname()[1]}/postgres?x")
            .replace("?x&", "?")
        )

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            there = socket.socket(socket.AF_UNIX)
            there.connect(self.there)
            for source, target, own in ((client, there, True), (there, client, False)):
                threading.Thread(target=self._pass, args=(source, target, own), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, own: bool) -> None:
        with target, suppress(OSError):
            while said := source.recv(65_536):
                if own and self.words and self.words[0] in said:
                    self.words.pop(0)
                    if not self.words:
                        self.silent.set()
                if not self.silent.is_set():
                    target.sendall(said)
            target.shutdown(socket.SHUT_RDWR)  # whoever hung up has hung up on the other side, too


@pytest.fixture
def between(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Between]:
    monkeypatch.setattr(connection, "SILENCE", 2.0)
    monkeypatch.setattr(connection, "LOOK", 0.1)
    monkeypatch.setattr(database, "PATIENCE", 2)
    made = Between(server)
    yield made
    made.listener.close()


@pytest.mark.parametrize(
    ("words", "code"), [((b"INSERT INTO runs",), "store-unreachable"), ((b"INSERT INTO runs", b"COMMIT"), "store-unsure")]
)
def test_a_server_that_falls_silent_is_given_up(
    server: Server, between: Between, plan: Plan, result: Result, words: tuple[bytes, ...], code: str
) -> None:
    url = between.url(server)
    with optplan.open_store(url) as store:
        kept = store.save_run(result, plan=plan)
        between.words = list(words)
        began = time.monotonic()
        with pytest.raises(StoreError) as raised:
            store.save_run(told_apart(result, 7), plan=plan)
        assert raised.value.findings[0].code == code
        assert time.monotonic() - began < 30
        for language in ("zh", "en"):
            assert "timeout expired" in raised.value.findings[0].message(language)
        with pytest.raises(StoreError):
            store.runs()  # it is silent still: given up as well
        between.silent.clear()
        assert store.runs() == [kept]  # what was not acknowledged is not there, as nothing of it reached the server
        assert store.save_run(told_apart(result, 7), plan=plan)
        assert store.check() == []


def test_a_server_that_accepts_and_never_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 2)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        began = time.monotonic()
        with pytest.raises(StoreError) as raised:
            optplan.open_store(f"postgresql://a@127.0.0.1:{mute.getsockname()[1]}/x")
        assert raised.value.findings[0].code == "store-unreachable"
        assert time.monotonic() - began < 20


def test_a_server_that_is_stopped_in_the_middle(
    server: Server, plan: Plan, result: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its processes are there and answer for nothing, as those of a machine that hangs."""
    monkeypatch.setattr(connection, "SILENCE", 1.0)
    monkeypatch.setattr(connection, "LOOK", 0.1)
    monkeypatch.setattr(database, "PATIENCE", 2)
    with optplan.open_store(server.place()) as store, psycopg.connect(server.url(), autocommit=True) as other:
        kept = store.save_run(result, plan=plan)
        backends = [
            pid
            for (pid,) in other.execute(
                "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
        ]
        for pid in backends:
            os.kill(pid, signal.SIGSTOP)
        assert store.runs() == [kept]  # another of its processes answered
        backends += [int((server.folder / "data" / "postmaster.pid").read_text().splitlines()[0])]
        backends += [
            pid
            for (pid,) in other.execute(
                "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
        ]
        for pid in backends:
            os.kill(pid, signal.SIGSTOP)
        try:
            with pytest.raises(StoreError) as raised:
                store.runs()
            assert raised.value.findings[0].code == "store-unreachable"
        finally:
            for pid in backends:
                os.kill(pid, signal.SIGCONT)
        assert store.runs() == [kept]
