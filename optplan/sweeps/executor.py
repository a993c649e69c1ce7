"""Where the points of a sweep are solved: anything that takes work as Dask's ``Client`` does, or the cores of this machine."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any, Protocol


class Future(Protocol):
    """Work that was handed in."""

    def done(self) -> bool:
        """Whether it has ended, well or not."""

    def result(self) -> Any:
        """What came of it; raises what it raised."""

    def cancel(self) -> Any:
        """Do not begin it, if it has not begun."""


class Executor(Protocol):
    """Takes work. Dask's ``Client`` and the executors of ``concurrent.futures`` do.

    One that has an attribute ``stopping`` (an event: ``set``, ``is_set``) can also end searches that have begun: it goes along
    with the work, and is set when the sweep is stopped.
    """

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Future:
        """Hand in a call of ``function``."""


class Stopping(Protocol):
    """Whether the sweep has been stopped, as the work sees it."""

    def is_set(self) -> bool:
        """Whether to stop."""

    def set(self) -> Any:
        """Stop everything that was handed in."""


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class LocalPool:
    """``jobs`` searches at a time on this machine; as many as it has cores if not said.

    Threads are enough: every search runs in a process of its own.
    """

    def __init__(self, jobs: int | None = None) -> None:
        self.jobs = jobs or cores()
        self.stopping = threading.Event()
        self._pool = ThreadPoolExecutor(self.jobs, thread_name_prefix="optplan-sweep")

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Future:
        """Hand in a call of ``function``."""
        return self._pool.submit(function, *arguments)

    def __enter__(self) -> LocalPool:
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        self.stopping.set()
        self._pool.shutdown(cancel_futures=True)
