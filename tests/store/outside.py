"""Reaching into a store from outside the product, as a person with a database tool would."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from typing import Any

import psycopg

TABLES = {
    "contents": "sha256",
    "plans": "sha256",
    "scenarios": "sha256",
    "models": "sha256",
    "runs": "id",
    "records": "id",
    "answers": "id",
    "events": "number",
}


def is_file(url: str) -> bool:
    return "://" not in url


@contextlib.contextmanager
def raw(url: str) -> Iterator[Any]:
    """A connection of the driver's own, every statement a transaction of its own."""
    connection = sqlite3.connect(url, isolation_level=None) if is_file(url) else psycopg.connect(url, autocommit=True)
    try:
        yield connection
    finally:
        connection.close()


def without_guards(url: str, *statements: str) -> None:
    """Run ``statements`` with the triggers and links out of the way, and put the triggers back as if nothing had been."""
    with raw(url) as connection:
        if is_file(url):
            guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in guards:
                connection.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                connection.execute(statement)
            for _, sql in guards:
                connection.execute(sql)
        else:
            for table in TABLES:
                connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
            for statement in statements:
                connection.execute(statement)
            for table in TABLES:
                connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL")
                for change in ("update", "delete", "truncate"):
                    connection.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_{change}")
