"""Runs a search in a process of its own: it can be watched, stopped and outlived."""

from __future__ import annotations

import pickle
import queue
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from optplan.search.messages import STOP, Certificate, Found, Job, Progress, Search
from optplan.search.standby import Child, end, ready, rest, rested

POLL = 0.05  # seconds between looks at the caller's wish to stop
LATE = 1.0  # seconds that a search may take to end after its time, or after a stop; then the last plan that it sent is taken
GRACE = 15.0  # the same where it sent none, or where it has ended and still writes down what proves its bounds


_logs: WeakKeyDictionary[Child, tuple[list[bytes], threading.Thread]] = WeakKeyDictionary()  # what each process prints


class SearchFailed(Exception):
    """The search process died before it had a plan. ``log`` is the end of what it printed."""

    def __init__(self, log: str) -> None:
        self.log = log
        super().__init__(log)


@dataclass(frozen=True)
class _Died:
    """The child ended without an outcome."""

    best: Found | None


def run_search(
    job: Job,
    *,
    progress: Callable[[Progress], None],
    plan_found: Callable[[Found], None],
    stop: Callable[[], bool],
) -> Search:
    """The outcome of ``job``, searched in a child process.

    If the child dies, or does not end within :data:`LATE` of its time or a stop, as HiGHS may not look at either for many
    seconds, the last plan that it sent is the outcome, as ``feasible``. Raises :class:`SearchFailed` if it died with none.
    """
    child = (rested(quick=job.quick) if job.another else None) or ready()
    messages: queue.Queue[object] = queue.Queue()
    log, log_reader = _log_of(child)
    reader = threading.Thread(target=_read_messages, args=(child, messages), daemon=True)
    reader.start()
    over = False
    try:
        _send(child, job)
        outcome, over = _follow(child, messages, job.seconds, progress, plan_found, stop)
        if isinstance(outcome, _Died):
            if child.poll() is None:
                child.kill()
            child.wait()
            for each in (reader, log_reader):
                each.join(GRACE)
            said = b"".join(log).decode("utf-8", "replace")[-4000:].strip()
            if child.returncode < 0 or not said:  # who is killed cannot say so, whatever else was printed before
                said = "\n".join([*([said] if said else []), _end_of(child.returncode)])
            if outcome.best is None:
                raise SearchFailed(said)
            return Search("feasible", outcome.best.schedule, outcome.best.levels, fault=said.splitlines()[-1])
        return outcome
    finally:
        if over and job.another:
            rest(child, quick=job.quick)
        else:
            end(child)


def _end_of(code: int) -> str:
    """How a process that said nothing ended: the signal that killed it by its name, or its exit code."""
    killed_by = [each.name for each in signal.Signals if each == -code]
    return f"killed by {killed_by[0]}" if killed_by else f"exit code {code}"


def _follow(
    child: Child,
    messages: queue.Queue[object],
    seconds: float,
    progress: Callable[[Progress], None],
    plan_found: Callable[[Found], None],
    stop: Callable[[], bool],
) -> tuple[Search | _Died, bool]:
    """What the search comes to, and whether the child has said all that it will of it."""
    best: Found | None = None
    ended: Search | None = None
    over, asked = time.monotonic() + seconds, False
    while True:
        if not asked and stop():
            _send(child, STOP)
            asked, over = True, time.monotonic()
        try:
            message = messages.get(timeout=POLL)
        except queue.Empty:
            if time.monotonic() > over + (LATE if best is not None and ended is None else GRACE):
                break
            continue
        match message:
            case Search():
                ended, over = message, time.monotonic()
                if not message.certified_later:
                    return message, True
            case Certificate() if ended is not None:
                return replace(ended, proof=message.proof), True
            case Progress():
                progress(message)
            case Found():
                best = message
                plan_found(message)
            case None:  # the pipe is closed, and no outcome came through it
                return (_Died(best) if ended is None else ended), False
    if ended is not None:
        return ended, False
    if best is None:
        return Search("unknown", None), False
    return Search("feasible", best.schedule, best.levels), False


def _send(child: Child, message: object) -> None:
    assert child.stdin is not None
    try:
        child.stdin.write(pickle.dumps(message))
        child.stdin.flush()
    except BrokenPipeError:
        pass  # it has died; its messages end, which is noticed there


def _read_messages(child: Child, messages: queue.Queue[object]) -> None:
    assert child.stdout is not None
    try:
        last = False
        while not last:  # what comes after it is of another search
            message = pickle.load(child.stdout)
            last = isinstance(message, Certificate) or (isinstance(message, Search) and not message.certified_later)
            messages.put(message)
    except Exception:
        messages.put(None)


def _log_of(child: Child) -> tuple[list[bytes], threading.Thread]:
    """What a process prints from now on, and the thread that reads it, as long as the process lives."""
    if child not in _logs:
        log: list[bytes] = []
        reader = threading.Thread(target=_read_log, args=(child, log), daemon=True)
        _logs[child] = log, reader
        reader.start()
    _logs[child][0].clear()
    return _logs[child]


def _read_log(child: Child, log: list[bytes]) -> None:
    assert child.stderr is not None
    for line in child.stderr:
        log.append(line)
        del log[:-200]
