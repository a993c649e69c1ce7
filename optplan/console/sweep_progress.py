"""How a sweep is going: a bar on a terminal, a line for each point otherwise, both on standard error."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from optplan.console.progress import interruptible
from optplan.console.terminal import console, tell
from optplan.figures.proven import outcome
from optplan.language import current_language, text
from optplan.language.numbers import seconds

if TYPE_CHECKING:
    from optplan.sweeps import SweepProgress

Watching = tuple[Callable[["SweepProgress"], None], threading.Event]


@contextmanager
def watching_sweep(points: int) -> Iterator[Watching]:
    """What to call with progress, and the event that Ctrl-C sets: the sweep then stops and keeps what is done."""
    with interruptible() as cancel:
        if sys.stderr.isatty():
            with _bar(points) as show:
                yield show, cancel
        else:
            yield _line, cancel


def _said(progress: SweepProgress) -> str:
    return text(
        "sweep",
        f"progress-{progress.event}",
        None,
        done=progress.done,
        total=progress.total,
        point=progress.point.called(current_language()),
        status=outcome(progress.status) if progress.status else "",
        seconds=seconds(progress.seconds),
        detail=progress.detail,
    )


def _line(progress: SweepProgress) -> None:
    tell(_said(progress))


@contextmanager
def _bar(points: int) -> Iterator[Callable[[SweepProgress], None]]:
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task(text("sweep", "progress-all", None, done=0, total=points), total=points)

        def show(progress: SweepProgress) -> None:
            bar.console.print(_said(progress))
            bar.update(
                task,
                completed=progress.done,
                description=text("sweep", "progress-all", None, done=progress.done, total=progress.total),
            )

        yield show
