"""Work in a second thread, whose results are taken at points that do not depend on how fast either thread is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from optplan.search.solver.matrix import Floats

LOOK = 0.02  # seconds between looks at whether to go on waiting

Work = Callable[[Callable[[], bool]], Iterator[Floats | None]]
"""Makes points; it is given a function that says whether to stop, and should look at it."""


class Background:
    """Runs through the points that ``work`` makes, one after another, in a thread of its own."""

    def __init__(self, work: Work) -> None:
        self._points: list[Floats | None] = []
        self._stop = threading.Event()
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._run, args=(work,))
        self._thread.start()

    def _run(self, work: Work) -> None:
        for lp_solution in work(self._stop.is_set):
            with self._news:
                self._points.append(lp_solution)
                self._news.notify_all()
        with self._news:
            self._news.notify_all()

    def after(self, steps: int, going_on: Callable[[], bool] = lambda: True) -> Floats | None:
        """The point after so many steps, or the last if there are fewer; waits for it while ``going_on``."""
        if steps <= 0:
            return None
        with self._news:
            while len(self._points) < steps and self._thread.is_alive() and going_on():
                self._news.wait(LOOK)
            return self._points[min(steps, len(self._points)) - 1] if self._points else None

    def last(self) -> Floats | None:
        """The last point so far."""
        with self._news:
            return self._points[-1] if self._points else None

    def stop(self) -> None:
        """Ask it to stop, without waiting until it has."""
        self._stop.set()

    def join(self) -> None:
        """Wait until it has ended."""
        self._thread.join()
