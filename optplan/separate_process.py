"""Work for one visitor that must not hold up others, or that may go wrong: done in a process of its own, within bounds.

What a browser sent is read here, and files to take away are made here: whatever they cost, the server's own threads go on, and
what takes too much memory or time is ended and told, without harm to the server.
"""

from __future__ import annotations

import os
import pickle
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, TypeVar

from filelock import FileLock, Timeout

from optplan.language import current_language, speaking
from optplan.tables.findings import Finding, InputError, error

MEMORY = 3 * 2**30  # bytes that such a process may take; the largest files that are let in need half
SECONDS = 120.0  # that it may take; an export of a whole province takes a third
PATIENCE = 60.0  # seconds that a visitor waits for others' to end
LATE = 30.0  # seconds that watched work may take to end once it is told to
AT_ONCE = max(1, (os.cpu_count() or 1) // 2)
NEWS = "news"  # what such work tells before it has ended
LOOK = 0.2  # seconds between looks at whether work that is watched was stopped
ROOM = "optplan-apart-"  # how the names of folders for temporary files begin
NICENESS = 5  # behind the server, which draws pages meanwhile
BEHIND_ALL = 10  # of work that takes minutes: behind whatever somebody waits for

_free = threading.BoundedSemaphore(AT_ONCE)
Made = TypeVar("Made")


def done_apart(work: Callable[..., Made], *given: Any) -> Made:
    """``work(*given)``, done in another process in the current language; the function is one that a module has at its top.

    Raises :class:`InputError` as ``work`` does, and where it takes too much memory or time, or too many others are waiting.
    """
    if not _free.acquire(timeout=PATIENCE):
        raise InputError([error("work-busy")])
    try:
        with _room() as room:
            code, answer, log = _run(pickle.dumps((current_language(), work, given, False, NICENESS)), room)
    finally:
        _free.release()
    _must_have_ended_well(code, log)
    return _made(pickle.loads(answer)[1])  # type: ignore[no-any-return]  # what our own program wrote


def watched_apart(
    work: Callable[..., Made],
    *given: Any,
    told: Callable[[Any], None],
    cancel: threading.Event,
    seconds: float,
    niceness: int = NICENESS,
) -> Made:
    """``work(*given, told=…, cancel=…)`` in another process, as :func:`done_apart` does it, watched while it goes on.

    ``told`` gets what ``work`` tells there. Once ``cancel`` is set here it is set there, and what ``work`` then makes is waited
    for. So it is after ``seconds``, and what is made within :data:`LATE` more counts: on a busy machine nothing is lost. Whoever
    calls sees to it that not too many do so at once. Raises as :func:`done_apart`.
    """
    answers: list[Any] = []

    def read(child: subprocess.Popen[bytes]) -> None:
        assert child.stdout is not None
        with suppress(EOFError, pickle.UnpicklingError):
            while True:
                kind, content = pickle.load(child.stdout)  # what our own program wrote
                if kind == NEWS:
                    told(content)
                else:
                    answers.append(content)

    with _room() as room, (room / "log").open("w+b") as log, _begun(room, log) as child:
        reader = threading.Thread(target=read, args=(child,), name="read news", daemon=True)
        ends = time.monotonic() + seconds
        assert child.stdin is not None
        try:
            child.stdin.write(pickle.dumps((current_language(), work, given, True, niceness)))
            child.stdin.flush()
            reader.start()
            while reader.is_alive():
                reader.join(LOOK)
                late = time.monotonic() - ends
                if (cancel.is_set() or late > 0) and not child.stdin.closed:
                    child.stdin.close()  # which is how the child hears of it
                if late > LATE:
                    break
        except BaseException:
            _end(child)
            raise
        if reader.is_alive():
            _end(child)
            raise InputError([error("work-too-long", seconds=f"{seconds:.0f}")])
        code = child.wait()
        log.seek(0)
        _must_have_ended_well(code, log.read().decode("utf-8", "replace"))
    return _made(answers[-1])  # type: ignore[no-any-return]


def _watched(work: Callable[..., Made], *given: Any, say: Callable[[Any], None]) -> Made:
    """In the child: ``work``, which may tell how far it is and hears when nobody wants more of it."""
    cancel = threading.Event()

    def listen() -> None:
        while os.read(0, 1024):  # not by sys.stdin, whose lock a thread that waits would keep to the end
            pass
        cancel.set()

    threading.Thread(target=listen, name="hear of a stop", daemon=True).start()
    return work(*given, told=say, cancel=cancel)


def _must_have_ended_well(code: int, log: str) -> None:
    if code < 0 or (code and ("MemoryError" in log or "bad_alloc" in log)):
        raise InputError([error("work-too-large", limit=MEMORY // 2**20)])
    if code:
        raise RuntimeError(log)


def _made(answer: tuple[Any, list[Finding] | None]) -> Any:
    made, findings = answer
    if findings is not None:
        raise InputError(findings)
    return made


def file_of(write: Callable[[Any, Path], object], subject: object, suffix: str) -> bytes:
    """The content of the file that ``write(subject, path)`` writes, made apart; ``suffix`` is the path's."""
    return done_apart(_file_of, write, subject, suffix)


def _run(asked: bytes, room: Path) -> tuple[int, bytes, str]:
    """The exit code, the answer and the log of a process that does what is ``asked``, its temporary files in ``room``."""
    with _begun(room, subprocess.PIPE) as child:
        try:
            answer, log = child.communicate(asked, timeout=SECONDS)
        except BaseException as problem:
            _end(child)
            if isinstance(problem, subprocess.TimeoutExpired):
                raise InputError([error("work-too-long", seconds=f"{SECONDS:.0f}")]) from None
            raise
    return child.returncode, answer, log.decode("utf-8", "replace").strip()


def _begun(room: Path, log: IO[bytes] | int) -> subprocess.Popen[bytes]:
    places = {name: str(room) for name in ("TMPDIR", "TMP", "TEMP")}
    return subprocess.Popen(
        [sys.executable, "-m", "optplan.separate_process", str(os.getpid())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        env={**os.environ, **places},
        start_new_session=True,  # so that what it starts can be ended with it
    )


def _end(child: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    child.kill()


@contextmanager
def _room() -> Iterator[Path]:
    """A folder for temporary files. It is gone afterwards; should this process be killed, the next one to make a room clears it.

    The lock beside a room is let go by the system when the process that holds it ends, however it ends.
    """
    place = Path(tempfile.gettempdir())
    for lock in place.glob(f"{ROOM}*.lock"):
        with suppress(Timeout, OSError), FileLock(lock, timeout=0):
            shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
            lock.unlink()
    room = place / f"{ROOM}{secrets.token_hex(8)}"
    lock = room.with_suffix(".lock")
    with FileLock(lock, mode=0o600):
        room.mkdir(mode=0o700)
        try:
            yield room
        finally:
            shutil.rmtree(room, ignore_errors=True)
            lock.unlink(missing_ok=True)


def _file_of(write: Callable[[Any, Path], object], subject: object, suffix: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="optplan-file-") as folder:
        path = Path(folder) / f"file{suffix}"
        write(subject, path)
        return path.read_bytes()


def _bounded() -> None:
    """Bound the memory that this process may take, where the system can."""
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    # not the address space: the drawer of charts reserves far more of that than it ever uses
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard), hard))


def _watch(parent: int) -> None:
    """End this process and what it has started when nobody waits for it any more."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os.killpg(0, signal.SIGKILL)


def main() -> None:
    """Do the work that standard input describes; what came of it goes to standard output."""
    _bounded()
    if hasattr(os, "killpg"):
        threading.Thread(target=_watch, args=(int(sys.argv[1]),), daemon=True).start()
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not come between
    language, work, given, watched, niceness = pickle.load(sys.stdin.buffer)
    if hasattr(os, "nice"):
        os.nice(niceness)

    def say(content: Any, kind: str = NEWS) -> None:
        pickle.dump((kind, content), out)
        out.flush()

    with speaking(language), out:
        try:
            answer: tuple[Any, list[Finding] | None] = (_watched(work, *given, say=say) if watched else work(*given), None)
        except InputError as problem:
            answer = (None, problem.findings)
        say(answer, "made")


if __name__ == "__main__":
    main()
