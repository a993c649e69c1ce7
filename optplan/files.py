"""Reading a file within bounds, and writing one as a whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path
from typing import Any


class UnreadableFile(Exception):
    """Why a file is not read: the ``code`` of a finding and what it speaks of."""

    def __init__(self, code: str, **values: Any) -> None:
        self.code, self.values = code, values
        super().__init__(code)


def read_bounded(path: Path, limit: int) -> bytes:
    """The content of an ordinary file of at most ``limit`` bytes. Pipes and devices, which may have no end, are not opened.

    Raises :class:`UnreadableFile`.
    """
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):  # opening a folder says by itself what is wrong
            raise UnreadableFile("file-not-regular")
        with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as stream:
            facts = os.fstat(stream.fileno())
            if not stat.S_ISREG(facts.st_mode):  # it was changed between the look and the opening
                raise UnreadableFile("file-not-regular")
            content = stream.read(limit + 1) if facts.st_size <= limit else b""
    except (OSError, ValueError) as problem:
        if isinstance(problem, FileNotFoundError) and path.is_symlink():
            raise UnreadableFile("file-dangling") from problem
        reason = (problem.strerror if isinstance(problem, OSError) else None) or type(problem).__name__
        raise UnreadableFile("file-unreadable", reason=reason) from problem
    if facts.st_size > limit or len(content) > limit:
        raise UnreadableFile("file-too-large", limit=limit)
    return content


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file as a whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException as problem:
        Path(name).unlink(missing_ok=True)
        if isinstance(problem, OSError) and problem.filename in {None, name}:
            problem.filename = str(path)  # a full disk says so without saying where
        raise
