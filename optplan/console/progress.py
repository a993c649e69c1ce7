"""How a search is going: a bar on a terminal, plain lines otherwise, both on standard error."""

from __future__ import annotations

import math
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from optplan.console.terminal import console, tell
from optplan.decision_model import DecisionModel
from optplan.figures.criteria import criterion_name, measures_of
from optplan.figures.proven import proven_at
from optplan.language import text
from optplan.search.endings import ENDING

if TYPE_CHECKING:
    from optplan.search.messages import Progress
    from optplan.tables.content import Tables

BETWEEN_LINES = 5.0  # seconds between plain lines of one level

Watching = tuple[Callable[["Progress"], None], threading.Event]
Describing = Callable[["Progress"], str]


@contextmanager
def watching(model: DecisionModel, tables: Tables) -> Iterator[Watching]:
    """What to call with progress, and the event of :func:`interruptible`: the search then stops and keeps its best plan.

    ``tables``: what is searched, by which figures are shown as they are everywhere else.
    """
    describe = _describing(tables)
    with interruptible() as cancel:
        if sys.stderr.isatty():
            with _bar(model, describe) as show:
                yield show, cancel
        else:
            yield _lines(model, describe), cancel


@contextmanager
def interruptible() -> Iterator[threading.Event]:
    """The event that Ctrl-C, a request to end and a closed terminal set inside the block, instead of ending the program."""
    cancel = threading.Event()

    def interrupt(signum: int, frame: FrameType | None) -> None:
        cancel.set()

    in_main = threading.current_thread() is threading.main_thread()
    before = {number: signal.signal(number, interrupt) for number in ENDING} if in_main else {}
    try:
        yield cancel
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _describing(tables: Tables) -> Describing:
    measure_in = measures_of(tables)

    def describe(progress: Progress) -> str:
        measure = measure_in(progress.criterion)
        if not math.isfinite(progress.value):
            return text("cli", "progress-no-plan", None, criterion=measure.name, bound=measure.bound(max(progress.bound, 0.0)))
        value, bound, difference = proven_at(measure, progress.value, progress.bound).figures
        return text("cli", "progress", None, criterion=measure.name, value=value, bound=bound, difference=difference)

    return describe


def _lines(model: DecisionModel, describe: Describing) -> Callable[[Progress], None]:
    last = {"level": -1, "moment": 0.0}
    announced = False

    def show(progress: Progress) -> None:
        nonlocal announced
        now = time.monotonic()
        if progress.good and not announced:
            announced = True
            tell(text("cli", "progress-good"))
        if progress.level != last["level"] or now - last["moment"] >= BETWEEN_LINES:
            last.update(level=progress.level, moment=now)
            count = f"[{progress.level + 1}/{len(model.criteria)}]"
            tell(f"{count} {progress.seconds:6.1f} s  {describe(progress)}")

    return show


@contextmanager
def _bar(model: DecisionModel, describe: Describing) -> Iterator[Callable[[Progress], None]]:
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    with Bar(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TimeElapsedColumn(),
        console=console(stderr=True),
        transient=True,
    ) as bar:
        tasks = [bar.add_task(criterion_name(criterion.name), total=1.0, start=False) for criterion in model.criteria]
        reached, announced = -1, False

        def show(progress: Progress) -> None:
            nonlocal reached, announced
            if progress.good and not announced:
                announced = True
                bar.console.print(text("cli", "progress-good"))
            if progress.level != reached:
                for done in tasks[: progress.level]:
                    bar.update(done, completed=1.0)
                bar.start_task(tasks[progress.level])
                reached = progress.level
            closed = progress.bound / progress.value if math.isfinite(progress.value) and progress.value > 0 else 0.0
            bar.update(tasks[progress.level], completed=min(max(closed, 0.0), 1.0), description=describe(progress))

        yield show
