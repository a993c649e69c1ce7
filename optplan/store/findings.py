"""What can go wrong with a store, in words: every failure of the database becomes a finding that says what to do."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from optplan.language import find
from optplan.tables.findings import Finding, InputError, Place


class StoreFinding(Finding):
    """A finding about a store. Its words are in the catalogue ``store.ftl``."""

    def message(self, language: str | None = None) -> str:
        """The finding in words."""
        return find("store", self.code, language, **self.values) or super().message(language)


class StoreError(InputError):
    """A store that cannot be used as asked."""


def refusal(code: str, place: str = "", /, **values: Any) -> StoreError:
    """The error ``code`` about the store, or the run, that ``place`` names."""
    return StoreError([StoreFinding("error", code, Place(place), values)])


ROOM_TO_WRITE = 2**20  # bytes; a store needs less to keep a run
# What drivers say, from the most particular to the least; both speak English whatever the user's language.
_SAYINGS = (
    (("connection failed", "unable to open", "could not translate", "timeout expired", "server closed"), "store-unreachable"),
    (("terminating connection", "connection is", "consuming input failed"), "store-unreachable"),
    (("readonly database", "read-only", "permission denied", "must be owner", "authorization"), "store-read-only"),
    (("database is locked", "lock timeout", "locknotavailable", "database table is locked"), "store-busy"),
    (("disk is full", "no space left", "disk full"), "store-full"),
    (("malformed", "not a database", "invalid page", "could not read block"), "store-damaged"),
    (("kept for good",), "store-kept-for-good"),
    (("already exists",), "store-shared"),
    (("does not exist", "no such table", "no such column"), "store-incomplete"),
)
_ERRORS = {
    errno.EROFS: "store-read-only", errno.EACCES: "store-read-only", errno.EPERM: "store-read-only",
    errno.ENOSPC: "store-full", **({errno.EDQUOT: "store-full"} if hasattr(errno, "EDQUOT") else {}),
}  # fmt: skip


@contextmanager
def in_words(place: str) -> Iterator[None]:
    """Turn what a database says inside the block into a :class:`StoreError` about the store at ``place``."""
    try:
        yield
    except SQLAlchemyError as problem:
        said = str(problem.orig if isinstance(problem, DBAPIError) else problem).strip()
        code = _code(said, problem)
        if code == "store-failed" and _is_full(place):  # SQLite says "disk I/O error" where it finds no room beside the file
            code = "store-full"
        raise refusal(code, place, reason=(said.splitlines() or [type(problem).__name__])[0]) from problem
    except OSError as problem:
        code = _ERRORS.get(problem.errno or 0, "store-unreachable")
        raise refusal(code, place, reason=problem.strerror or problem) from problem


def _is_full(place: str) -> bool:
    """Whether the disk of a store in a file has no room worth speaking of."""
    try:
        return shutil.disk_usage(Path(place).parent).free < ROOM_TO_WRITE
    except (OSError, ValueError):
        return False


def _code(said: str, problem: SQLAlchemyError) -> str:
    lowered = said.lower()
    for sayings, code in _SAYINGS:
        if any(saying in lowered for saying in sayings):
            return code
    disconnected = isinstance(problem, DBAPIError) and problem.connection_invalidated
    return "store-unreachable" if disconnected else "store-failed"
