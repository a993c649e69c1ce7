"""Bringing a database to the tables that this version of optplan knows, when it is opened; two may open it at once."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from optplan.store.database import Database
from optplan.store.findings import refusal
from optplan.store.schema import LATEST

VERSION_TABLE = "store_version"
MIGRATIONS = Path(__file__).parent / "migrations"


def make_current(database: Database) -> None:
    """Create or upgrade the tables if need be. Raises :class:`StoreError` if a newer optplan has made them."""
    database.make_ready()
    with database.reading() as connection:
        if _revision(connection, database.place) == LATEST:
            return
    with database.writing() as connection:
        # while waiting for this turn, another process may have done it
        if _revision(connection, database.place) != LATEST:
            _upgrade(connection)


def _revision(connection: Connection, place: str) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one_or_none()
    if found is not None and not (MIGRATIONS / "versions" / f"revision_{found}.py").is_file():
        raise refusal("store-newer", place, revision=str(found)[:32], known=LATEST)
    return found


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, version_table=VERSION_TABLE)
    command.upgrade(config, LATEST)
