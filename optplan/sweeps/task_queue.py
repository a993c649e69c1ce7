"""Handing in tasks, taking answers in whatever order they come, and trying again what died."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Generator, Mapping

from optplan.sweeps.executor import Executor, Future
from optplan.sweeps.findings import SweepError, refused
from optplan.sweeps.point_work import Answer, Task, answer

RETRIES = 3  # of a point whose search, or whose worker, died
MOST_AT_ONCE = 256  # points handed in and not answered: enough for a large cluster, and little to keep in memory
POLL = 0.05  # seconds between looks at what is done
TRIED_ENOUGH = {"KilledWorker"}  # what Dask raises after it has itself tried again, on other workers


class Stopped(Exception):
    """The sweep was stopped with points still to solve."""


def answers(
    tasks: Mapping[int, Task], executor: Executor, stop: Callable[[], bool], retried: Callable[[int, str], None]
) -> Generator[tuple[int, Answer], None, None]:
    """The answer to each task, by its key, as they come; ``retried`` is told of each that has to be tried again, and why.

    Raises :class:`Stopped` once ``stop`` says so. However it ends, nothing that was handed in goes on.
    """
    waiting = deque((key, 1) for key in tasks)
    running: list[tuple[Future, int, int]] = []
    stopping = getattr(executor, "stopping", None)
    try:
        while waiting or running:
            stopped = stop()
            while not stopped and waiting and len(running) < MOST_AT_ONCE:
                key, attempt = waiting.popleft()
                running.append((_handed_in(executor, tasks[key], attempt, stopping), key, attempt))
            ended = [entry for entry in running if entry[0].done()]
            if stopped and not ended:
                raise Stopped
            if not ended:
                time.sleep(POLL)
            for entry in ended:
                running.remove(entry)
                future, key, attempt = entry
                found, again = _outcome(future)
                if again and attempt <= RETRIES:
                    retried(key, found.detail or found.fault)
                    waiting.append((key, attempt + 1))
                else:
                    yield key, found
    finally:
        if running and stopping is not None:
            stopping.set()
        for future, _, _ in running:
            future.cancel()


def _handed_in(executor: Executor, task: Task, attempt: int, stopping: object) -> Future:
    try:
        return executor.submit(answer, task, attempt, stopping)
    except Exception as problem:
        raise SweepError([refused("executor-lost", "executor", reason=_said(problem))]) from problem


def _outcome(future: Future) -> tuple[Answer, bool]:
    """What came of a task, and whether it may go better another time."""
    try:
        found: Answer = future.result()
    except (Exception, asyncio.CancelledError) as problem:
        return Answer(None, "failed-died", _said(problem)), type(problem).__name__ not in TRIED_ENOUGH
    return found, bool(found.fault)


def _said(problem: BaseException) -> str:
    """The last line of what an exception says."""
    lines = str(problem).strip().splitlines()
    return lines[-1][:300] if lines else type(problem).__name__
