"""The process that searches. Its caller talks to it through pipes (see :mod:`optplan.search.process`).

Standard input: one pickled :class:`Job`, then a line for "stop". Standard output: pickled messages, nothing else; what
libraries print goes to standard error.
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
import time
from dataclasses import dataclass
from typing import Any, BinaryIO

from optplan.decision_model import DecisionModel
from optplan.result import Level
from optplan.schedule import Schedule
from optplan.search.levels import Orders, Progress, Search
from optplan.tables.content import Tables

BETWEEN_MESSAGES = 0.1  # seconds


@dataclass(frozen=True)
class Job:
    """What to search: a plan's tables under a decision model."""

    tables: Tables
    model: DecisionModel
    reference: Schedule | None
    gap: float
    seconds: float


@dataclass(frozen=True)
class Found:
    """A complete plan, better than those before it."""

    schedule: Schedule
    levels: tuple[Level, ...]


def run(job: Job, send: Any, stop: threading.Event) -> None:
    """Search, sending :class:`Progress`, :class:`Found` and at last :class:`Search` messages."""
    from optplan.plan import Plan
    from optplan.search.levels import search

    last: tuple[float, Progress | None] = (0.0, None)

    def progress(now: Progress) -> None:
        nonlocal last
        moment, before = last
        news = before is None or (now.level, now.value, now.bound) != (before.level, before.value, before.bound)
        if news and (time.monotonic() - moment > BETWEEN_MESSAGES or before is None or now.level != before.level):
            last = (time.monotonic(), now)
            send(now)

    orders = Orders(
        job.gap, job.seconds, progress, plan_found=lambda schedule, levels: send(Found(schedule, levels)), stop=stop.is_set
    )
    outcome: Search = search(Plan(job.tables), job.model, orders, job.reference)
    send(outcome)


def main() -> None:
    """Entry point of the process."""
    out: BinaryIO = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # HiGHS greets on standard output, which is the message pipe
    source = sys.stdin.buffer
    job = pickle.load(source)  # noqa: S301 — from our own parent process
    stop = threading.Event()

    def listen() -> None:
        source.readline()  # "stop", or the end of the pipe when the parent is gone
        stop.set()

    threading.Thread(target=listen, daemon=True).start()
    lock = threading.Lock()

    def send(message: object) -> None:
        with lock:
            pickle.dump(message, out)
            out.flush()

    run(job, send, stop)


if __name__ == "__main__":
    main()
