"""One run of one contender in a process of its own: what it said, when, and how much memory its whole tree took."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
POLL = 0.1  # seconds between looks at memory
GRACE = 30.0  # seconds over the limit after which a contender is ended from outside


def measured(job: dict[str, Any], *, module: str = "benchmarks.child") -> dict[str, Any]:
    """What a process that runs ``module`` with ``job`` told (``news``), its ``memory_mb``, and whether it had to be ``killed``.

    ``began``: day and minute, UTC; ``load``: of the machine just before. ``memory_mb`` is the sum of the peaks of all processes
    of the tree, ``None`` where ``/proc`` is not to be had. If this
    process is interrupted, so is the one that is measured.
    """
    said: dict[str, Any] = {"began": datetime.now(UTC).strftime("%Y-%m-%d %H:%M"), "load": round(os.getloadavg()[0], 1)}
    began, news, log = time.monotonic(), list[dict[str, Any]](), list[str]()
    with subprocess.Popen(
        [sys.executable, "-m", module, json.dumps(job)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    ) as child:
        readers = [threading.Thread(target=_read, args=(child.stdout, news), daemon=True)]
        readers.append(threading.Thread(target=_listen, args=(child.stderr, log), daemon=True))
        for reader in readers:
            reader.start()
        peaks: dict[int, int] = {}
        killed = False
        try:
            while child.poll() is None:
                for process in _tree(child.pid):
                    peaks[process] = max(peaks.get(process, 0), _peak(process))
                if time.monotonic() - began > job["limit"] + GRACE:
                    killed = True
                    _end(child)
                time.sleep(POLL)
        finally:
            _end(child)
        for reader in readers:
            reader.join(GRACE)
    return said | {
        "news": news,
        "memory_mb": round(sum(peaks.values()) / 1024) or None,
        "killed": killed,
        "log": "".join(log)[-300:] if child.returncode else "",
    }


def _end(child: subprocess.Popen[str]) -> None:
    """Ends the child's own session: it and whatever it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


def _read(stream: Any, news: list[dict[str, Any]]) -> None:
    for line in stream:
        with contextlib.suppress(json.JSONDecodeError):  # the last line of a process that was killed
            news.append(json.loads(line))


def _listen(stream: Any, log: list[str]) -> None:
    for line in stream:
        log.append(line)
        del log[:-20]


def _tree(process: int) -> list[int]:
    found, ahead = list[int](), [process]
    while ahead:
        found.append(ahead.pop())
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{found[-1]}/task").iterdir():
                ahead += [int(child) for child in (task / "children").read_text().split()]
    return found


def _peak(process: int) -> int:
    """The most memory that a process has had so far, in KB."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return 0
