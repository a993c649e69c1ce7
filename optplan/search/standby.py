"""Search processes started ahead of time, or kept after a search: loading what a search needs takes a second.

One that is started ahead loads while its caller reads the plan; one that is kept waits a while for the next job.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

Child = subprocess.Popen[bytes]

RESTS = 30.0  # seconds that a process waits for another job
SURE = 10.0  # seconds after its last job in which it is surely still there

_waiting: list[Child] = []
_resting: list[tuple[Child, bool, float]] = []  # with whether its jobs are quick, and since when it rests
_lock = threading.Lock()
_niceness = [0, 0]  # of those that are started: where good is enough, and where a proof is wanted


def work_behind(niceness: int, proving: int) -> None:
    """Search processes that are started from now on leave the cores to what draws pages meanwhile, those that prove by more."""
    _niceness[:] = [niceness, proving]


def stand_by() -> None:
    """Start a search process, unless one stands by already; the next search takes it. Without one, it ends with this process."""
    with _lock:
        if not any(child.poll() is None for child in _waiting):
            _waiting[:] = [_start()]


def ready() -> Child:
    """The search process that stands by, or else a new one."""
    with _lock:
        while _waiting:
            if (child := _waiting.pop()).poll() is None:
                return child
    return _start()


def rest(child: Child, *, quick: bool) -> None:
    """Keep a process whose job has ended, and was ``quick``, for another like it."""
    with _lock:
        _resting.append((child, quick, time.monotonic()))


def rested(*, quick: bool) -> Child | None:
    """A process that was kept after a job as ``quick`` as this one, if there is one."""
    with _lock:
        for entry in reversed(_resting):
            child, its, since = entry
            if its == quick and time.monotonic() - since < SURE and child.poll() is None:
                _resting.remove(entry)
                return child
    return None


def dismiss() -> None:
    """End the processes that are kept: no more jobs follow."""
    with _lock:
        resting = [child for child, _, _ in _resting]
        _resting.clear()
    for child in resting:
        end(child)


def end(child: Child) -> None:
    """End a process, whatever it does."""
    if child.poll() is None:
        child.kill()
    with child:  # its pipes are closed
        pass


def _start() -> Child:
    return subprocess.Popen(
        [sys.executable, "-m", "optplan.search.worker", *map(str, _niceness)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).resolve().parents[2],
    )
