"""Transactions on the store's database: readers that never wait, writers that take short turns."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.engine import URL

from optplan.store.address import shown
from optplan.store.findings import in_words

PATIENCE = 30  # seconds that a writer waits for its turn, and a client for a server
TURN = 7_301_954_026_517_228  # the advisory lock of PostgreSQL that writers take; any number that nobody else uses
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
            self._engine = create_engine(url, connect_args={"timeout": PATIENCE, "isolation_level": None})
            event.listen(self._engine, "connect", _prepare_file)
            event.listen(self._engine, "begin", _begin_in_file)
        else:
            patience = {} if "connect_timeout" in url.query else {"connect_timeout": PATIENCE}
            self._engine = create_engine(url, connect_args=patience, pool_pre_ping=True)
            event.listen(self._engine, "connect", _prepare_session)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One unchanging view of everything saved so far. It blocks nobody, and nobody blocks it."""
        level: dict[str, Any] = {} if self.is_file else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with in_words(self.place), self._engine.connect().execution_options(**level) as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The turn to write: everything in the block is saved for good when it ends, or nothing is."""
        with in_words(self.place), self._engine.connect().execution_options(writes=True) as connection, connection.begin():
            if not self.is_file:
                connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": TURN})
            yield connection

    def make_ready(self) -> None:
        """Make the file's folder if there is none, and let readers and writers of the file pass each other."""
        if not self.is_file:
            return
        with in_words(self.place):
            file = Path(str(self._url.database))
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            deadline = time.monotonic() + PATIENCE
            while True:
                try:
                    with self._engine.connect() as connection:
                        driver = connection.connection.driver_connection
                        assert isinstance(driver, sqlite3.Connection)
                        driver.rollback()
                        if driver.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                            driver.execute("PRAGMA journal_mode = WAL")
                        return
                except sqlite3.OperationalError as problem:
                    # changing the mode does not wait for its turn as transactions do
                    if "locked" not in str(problem) or time.monotonic() > deadline:
                        raise OSError(0, str(problem)) from problem
                    time.sleep(0.05)

    def account(self, connection: Connection) -> str:
        """Whom the database itself takes the user for; a file does not know."""
        return "" if self.is_file else str(connection.execute(text("SELECT session_user")).scalar_one())

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()


def _prepare_file(driver: Any, _: Any) -> None:
    for pragma in ("foreign_keys = ON", "synchronous = FULL", "trusted_schema = OFF"):
        driver.execute(f"PRAGMA {pragma}")


def _begin_in_file(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare_session(driver: Any, _: Any) -> None:
    driver.autocommit = True
    driver.execute(_SESSION)
    driver.autocommit = False
