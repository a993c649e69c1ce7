"""Work for one visitor that must not hold up others, or that may go wrong: done in a process of its own, within bounds.

What a browser sent is read here, and files to take away are made here: whatever they cost, the server's own threads go on, and
what takes too much memory or time is ended and told, without harm to the server.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from optplan.language import current_language, speaking
from optplan.tables.findings import Finding, InputError, error

MEMORY = 3 * 2**30  # bytes that such a process may take; the largest files that are let in need half
SECONDS = 120.0  # that it may take; an export of a whole province takes a third
PATIENCE = 60.0  # seconds that a visitor waits for others' to end
AT_ONCE = max(1, (os.cpu_count() or 1) // 2)
NICENESS = 5  # behind the server, which draws pages meanwhile

_free = threading.BoundedSemaphore(AT_ONCE)
Made = TypeVar("Made")


def done_apart(work: Callable[..., Made], *given: Any) -> Made:
    """``work(*given)``, done in another process in the current language; the function is one that a module has at its top.

    Raises :class:`InputError` as ``work`` does, and where it takes too much memory or time, or too many others are waiting.
    """
    if not _free.acquire(timeout=PATIENCE):
        raise InputError([error("work-busy")])
    try:
        done = subprocess.run(
            [sys.executable, "-m", "optplan.apart"],
            input=pickle.dumps((current_language(), work, given)),
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise InputError([error("work-too-long", seconds=f"{SECONDS:.0f}")]) from None
    finally:
        _free.release()
    if done.returncode:
        log = done.stderr.decode("utf-8", "replace").strip()
        if done.returncode < 0 or "MemoryError" in log or "bad_alloc" in log:
            raise InputError([error("work-too-large", limit=MEMORY // 2**20)])
        raise RuntimeError(log)
    made, findings = pickle.loads(done.stdout)  # what our own program wrote
    if findings is not None:
        raise InputError(findings)
    return made  # type: ignore[no-any-return]


def file_of(write: Callable[[Any, Path], object], subject: object, suffix: str) -> bytes:
    """The content of the file that ``write(subject, path)`` writes, made apart; ``suffix`` is the path's."""
    return done_apart(_file_of, write, subject, suffix)


def _file_of(write: Callable[[Any, Path], object], subject: object, suffix: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="optplan-file-") as folder:
        path = Path(folder) / f"file{suffix}"
        write(subject, path)
        return path.read_bytes()


def _bounded() -> None:
    """Bound what this process may take, where the system can: memory, and a core that the server needs."""
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard), hard))
    os.nice(NICENESS)


def main() -> None:
    """Do the work that standard input describes; what came of it goes to standard output."""
    _bounded()
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not come between
    language, work, given = pickle.load(sys.stdin.buffer)
    with speaking(language):
        try:
            answer: tuple[Any, list[Finding] | None] = (work(*given), None)
        except InputError as problem:
            answer = (None, problem.findings)
    with out:
        pickle.dump(answer, out)


if __name__ == "__main__":
    main()
