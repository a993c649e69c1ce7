"""Opening a store that is a file, one that may only be read as well: on a medium or in a folder that nobody may write to.

SQLite writes beside a file even to read it, where others may be writing. Where it cannot, and nothing stands beside the file that
somebody is writing, it is told that the file does not change; that this was so is looked at after reading.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from optplan.store.findings import refusal


def is_for_reading(file: Path) -> bool:
    """Whether the file is there and may be read only."""
    return file.is_file() and not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK))


def open_file(file: Path, patience: float) -> sqlite3.Connection:
    """A connection to the file; ``patience``: the seconds for which it waits for a turn."""
    place: str | Path = file
    if is_for_reading(file):
        place = f"{file.as_uri()}?mode=ro{'' if _is_being_written(file) else '&immutable=1'}"
    return sqlite3.connect(place, uri=isinstance(place, str), timeout=patience, isolation_level=None, check_same_thread=False)


@contextmanager
def unchanging(file: Path) -> Iterator[None]:
    """Raise :class:`StoreError` if a file that is taken not to change was changed during the block."""
    before = _state(file) if is_for_reading(file) and not _is_being_written(file) else None
    yield
    if before is not None and _state(file) != before:
        raise refusal("store-busy", str(file), reason="changed while it was read")


def _is_being_written(file: Path) -> bool:
    """Whether there is a log beside the file with what is not in the file yet."""
    log = file.with_name(f"{file.name}-wal")
    return log.is_file() and log.stat().st_size > 0


def _state(file: Path) -> tuple[int, int, bool]:
    found = file.stat()
    return found.st_mtime_ns, found.st_size, _is_being_written(file)
