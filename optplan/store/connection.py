"""A connection to PostgreSQL that gives up a server which is there and says nothing.

Timeouts of the server's own do not help when it has gone silent, nor do those of TCP, which its machine may still answer for.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import Any

import psycopg

SILENCE = 45.0  # seconds without a word from the server; a writer waits up to 30 for its turn
LOOK = 0.5  # seconds between looks at the clock


class PatientConnection(psycopg.Connection[Any]):
    """As psycopg's own; a server that is silent for :data:`SILENCE` seconds is taken to be gone."""

    def wait(self, gen: Generator[Any, Any, Any], interval: float = LOOK, timeout: float | None = None) -> Any:
        """Wait for the server. Raises :class:`psycopg.OperationalError` when it stays silent."""
        return super().wait(self._heard(gen), min(interval, LOOK), timeout)

    def _heard(self, gen: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
        """``gen``, given up when nothing came for too long."""
        heard = time.monotonic()
        try:
            state = next(gen)
            while True:
                ready = yield state
                if ready:
                    heard = time.monotonic()
                elif time.monotonic() - heard > SILENCE:
                    self.pgconn.finish()  # without a word, for an answer to it would be waited for
                    raise psycopg.OperationalError(f"timeout expired: the server said nothing for {SILENCE:.0f} s")
                state = gen.send(ready)
        except StopIteration as done:
            return done.value
