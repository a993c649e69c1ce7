"""Transactions on the store's database: readers that never wait, writers that take short turns."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, NullPool, RootTransaction, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError

from optplan.store.address import shown
from optplan.store.findings import StoreError, in_words, refusal
from optplan.store.store_file import is_for_reading, open_file, unchanging

PATIENCE = 30  # seconds that a writer waits for its turn, and a client for a server
TURN = 7_301_954_026_517_228  # the advisory lock of PostgreSQL that writers take; any number that nobody else uses
_SHUT_DOWN = {"57P01", "57P02", "57P03"}  # what a server says that ends connections
_SESSION = f"""
    SET client_encoding = 'UTF8'; SET synchronous_commit = on; SET lock_timeout = '{PATIENCE}s';
    SET idle_in_transaction_session_timeout = '{PATIENCE}s'; SET tcp_keepalives_idle = {PATIENCE};
    SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3
"""


class Database:
    """The database at ``url``. Nothing is connected before the first transaction."""

    def __init__(self, url: URL) -> None:
        self.place = shown(url)
        self.is_file = url.get_backend_name() == "sqlite"
        self._url = url
        if self.is_file:
            file = Path(str(url.database))
            self._engine = create_engine("sqlite://", creator=lambda: open_file(file, PATIENCE), poolclass=NullPool)
            event.listen(self._engine, "connect", _prepare_file)
            event.listen(self._engine, "begin", _begin_in_file)
        else:
            patience = {} if "connect_timeout" in url.query else {"connect_timeout": PATIENCE}
            try:
                self._engine = create_engine(url, connect_args=patience, pool_pre_ping=True)
            except ImportError as problem:
                raise refusal("store-driver", self.place, reason=problem) from problem
            event.listen(self._engine, "do_connect", _connect)
            event.listen(self._engine, "connect", _prepare_session)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One unchanging view of everything saved so far. It blocks nobody, and nobody blocks it."""
        options: dict[str, Any] = {"begin": "BEGIN"}
        if not self.is_file:
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        unchanged = unchanging(Path(str(self._url.database))) if self.is_file else nullcontext()
        with (
            in_words(self.place),
            unchanged,
            self._engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The turn to write: everything in the block is saved for good when it ends, or nothing is."""
        options = {"begin": "BEGIN IMMEDIATE"} if self.is_file else {"isolation_level": "READ COMMITTED"}
        with in_words(self.place), self._engine.connect().execution_options(**options) as connection:
            with _turn(connection) as turn:
                if not self.is_file:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": TURN})
                yield connection
            try:
                turn.commit()
            except DBAPIError as problem:
                if self.is_file or getattr(problem.orig, "sqlstate", None) not in {None, *_SHUT_DOWN}:
                    raise  # the server itself said that it did not commit
                reason = str(problem.orig).strip().splitlines()[0]
                raise refusal("store-unsure", self.place, reason=reason) from problem

    def make_ready(self) -> None:
        """Make the file's folder if there is none, and let readers and writers of the file pass each other."""
        if not self.is_file:
            return
        file = Path(str(self._url.database))
        if is_for_reading(file):
            return
        with in_words(self.place):
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        deadline = time.monotonic() + PATIENCE
        try:
            with in_words(self.place):
                while not self._lets_pass():
                    if time.monotonic() > deadline:
                        raise refusal("store-busy", self.place, reason="journal_mode")
                    time.sleep(0.05)
        except StoreError as problem:
            # SQLite needs to write beside a file even to read it, and says only that it cannot open it
            [finding] = problem.findings
            if finding.code == "store-unreachable" and not (file.is_dir() or os.access(file.parent, os.W_OK)):
                raise refusal("store-read-only", self.place, **finding.values) from problem
            raise

    def _lets_pass(self) -> bool:
        """Whether the file keeps its log beside it (WAL), now if not before; changing that does not wait for its turn."""
        with self._engine.connect() as connection:
            try:
                if connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal":
                    return True
                return bool(connection.exec_driver_sql("PRAGMA journal_mode = WAL").scalar_one() == "wal")
            except OperationalError as problem:
                if "locked" in str(problem.orig):
                    return False
                raise

    def account(self, connection: Connection) -> str:
        """Whom the database itself takes the user for; a file does not know."""
        return "" if self.is_file else str(connection.execute(text("SELECT session_user")).scalar_one())

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()


@contextmanager
def _turn(connection: Connection) -> Iterator[RootTransaction]:
    """A transaction that is rolled back if the block fails; else it is the caller's to commit."""
    begun = connection.begin()
    try:
        yield begun
    except BaseException:
        with suppress(DBAPIError):  # the connection may be gone, and the server rolls back by itself
            begun.rollback()
        raise


def _prepare_file(driver: Any, _: Any) -> None:
    for pragma in ("foreign_keys = ON", "synchronous = FULL", "trusted_schema = OFF"):
        driver.execute(f"PRAGMA {pragma}")


def _begin_in_file(connection: Connection) -> None:
    if statement := connection.get_execution_options().get("begin"):
        connection.exec_driver_sql(statement)


def _connect(dialect: Any, record: Any, arguments: list[Any], options: dict[str, Any]) -> Any:
    from optplan.store.connection import PatientConnection

    return PatientConnection.connect(*arguments, **options)


def _prepare_session(driver: Any, _: Any) -> None:
    driver.autocommit = True
    driver.execute(_SESSION)
    driver.autocommit = False
