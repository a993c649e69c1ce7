"""Search processes started ahead of time: they load what a search needs while their caller reads the plan."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

Child = subprocess.Popen[bytes]

_waiting: list[Child] = []
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


def _start() -> Child:
    return subprocess.Popen(
        [sys.executable, "-m", "optplan.search.worker", *map(str, _niceness)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).resolve().parents[2],
    )
