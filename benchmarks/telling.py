"""What a measured process says while it works: one JSON document a line, so that nothing is lost if it is killed."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from math import isfinite
from typing import Any, TextIO

BETWEEN = 0.1  # seconds between two lines that only say that the bound moved


class Teller:
    """Writes to what was standard output; whatever solvers print goes to standard error from now on."""

    def __init__(self) -> None:
        self._out: TextIO = os.fdopen(os.dup(1), "w", encoding="utf-8")
        os.dup2(2, 1)
        sys.stdout = sys.stderr
        self._lock = threading.Lock()
        self.began = time.monotonic()
        self._last: tuple[float, int, float | None, float | None] = (-1.0, -1, None, None)

    def seconds(self) -> float:
        """Since the clock was started."""
        return time.monotonic() - self.began

    def start(self) -> None:
        """Starts the clock."""
        self.began = time.monotonic()

    def say(self, **news: Any) -> None:
        """One line, with the time."""
        with self._lock:
            self._out.write(json.dumps({"at": round(self.seconds(), 3), **news}) + "\n")
            self._out.flush()

    def moved(self, level: int, value: float, bound: float, ago: float = 0.0) -> None:
        """Says how a level stands, or stood some seconds ago, if that is news."""
        now, known = self.seconds() - ago, value if isfinite(value) else None
        proven = bound if isfinite(bound) else None
        moment, before_level, before_value, before_bound = self._last
        if (level, known, proven) == (before_level, before_value, before_bound):
            return
        if (level, known) != (before_level, before_value) or now - moment > BETWEEN:
            self._last = (now, level, known, proven)
            self.say(at=round(now, 3), level=level, value=known, bound=proven)
