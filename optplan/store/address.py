"""Which database holds the store: what the caller says, else ``OPTPLAN_STORE``, else a file beside the user's data."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from optplan.store.findings import refusal

VARIABLE = "OPTPLAN_STORE"


def address(asked: str | Path | None) -> URL:
    """The address of the store: a PostgreSQL URL, a SQLite URL, or the path of a SQLite file."""
    named = asked if asked is not None else os.environ.get(VARIABLE, "").strip() or None
    if named is None:
        return _file(_standard_file())
    if isinstance(named, Path) or "://" not in named:
        return _file(Path(named))
    try:
        url = make_url(named)
    except (ArgumentError, ValueError) as problem:
        raise refusal("store-url", VARIABLE) from problem
    match url.get_backend_name():
        case "postgresql" | "postgres":
            return url.set(drivername="postgresql+psycopg")
        case "sqlite" if url.database and url.database != ":memory:":
            return _file(Path(url.database))
    raise refusal("store-url", VARIABLE)


def shown(url: URL) -> str:
    """The address as it may be shown: a file's path, or a URL without its password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    safe = url.difference_update_query(["password", "sslpassword"])
    return safe.set(drivername="postgresql").render_as_string(hide_password=True)


def _file(path: Path) -> URL:
    return URL.create("sqlite", database=str(path.expanduser().absolute()))


def _standard_file() -> Path:
    from platformdirs import user_data_path

    return user_data_path("optplan", appauthor=False) / "store.sqlite3"
