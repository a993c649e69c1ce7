"""Reading a file within bounds, and writing one as a whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from optplan.language.numbers import file_size


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
        raise UnreadableFile("file-too-large", limit=file_size(limit))
    return content


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file as a whole or not at all; once this returns, it survives a failure of the machine.

    While it is written it has no name where the system can do that, so that a process that is killed leaves nothing behind.
    Raises :class:`OSError` with the name of the file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        if not _written_without_name(path, content):
            _written_beside(path, content)
        _synced(path.parent)
    except OSError as problem:
        problem.filename, problem.filename2 = str(path), None  # a full disk says so without saying where
        raise


def _written_without_name(path: Path, content: bytes) -> bool:
    """Write through a file that gets a name at last; ``False`` where there are no such files."""
    if not hasattr(os, "O_TMPFILE"):
        return False
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            handle = os.open(path.parent, os.O_TMPFILE | os.O_WRONLY, 0o600)
        except OSError as problem:
            if problem.errno in {errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT}:
                return False  # network folders and old systems
            raise
        with os.fdopen(handle, "wb") as out:
            _filled(out, content)
            name = f".{hashlib.sha256(path.name.encode()).hexdigest()[:16]}.part"
            with suppress(FileNotFoundError):  # of a process that was killed between the two names
                os.unlink(name, dir_fd=folder)
            try:
                os.link(f"/proc/self/fd/{out.fileno()}", name, dst_dir_fd=folder, follow_symlinks=True)
            except OSError as problem:
                if problem.errno in {errno.ENOENT, errno.EXDEV, errno.EPERM, errno.EEXIST}:
                    return False  # nothing is mounted at /proc, or somebody else is writing the very same file
                raise
        try:
            os.replace(name, path.name, src_dir_fd=folder, dst_dir_fd=folder)
        except FileNotFoundError:
            return False  # somebody else is
        except OSError:
            os.unlink(name, dir_fd=folder)
            raise
        return True
    finally:
        os.close(folder)


def _written_beside(path: Path, content: bytes) -> None:
    """Write a file of another name and rename it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".optplan-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out:
            _filled(out, content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _filled(out: BinaryIO, content: bytes) -> None:
    out.write(content)
    out.flush()
    if hasattr(os, "fchmod"):
        os.fchmod(out.fileno(), 0o644)
    os.fsync(out.fileno())


def _synced(folder: Path) -> None:
    """Have the names in a folder survive, too, where folders can be opened."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass  # some network folders cannot
    finally:
        os.close(handle)
