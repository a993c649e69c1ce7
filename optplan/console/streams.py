"""Standard output and error that may take no more, as their reader is gone or the disk is full: no work stops for it."""

from __future__ import annotations

import os
import sys
from typing import Any, TextIO


class Unbroken:
    """A text stream that goes on in silence once it takes nothing any more. Everything else is the stream's own."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.refused: OSError | None = None  # why what was said is lost, but for a reader who is gone and wants no more

    def write(self, said: str) -> int:
        """Write ``said``, or nothing if the stream takes nothing."""
        try:
            return self._stream.write(said)
        except (OSError, ValueError) as problem:  # nobody reads it, the disk is full; ValueError: it was closed
            self._be_silent(problem)
            return len(said)

    def writelines(self, lines: Any) -> None:
        """Write each of ``lines``."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Hand over what was written."""
        try:
            self._stream.flush()
        except (OSError, ValueError) as problem:
            self._be_silent(problem)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def _be_silent(self, problem: Exception) -> None:
        """From now on what is written goes nowhere; Python's own flush at the end fails no more either."""
        if isinstance(problem, OSError) and not isinstance(problem, BrokenPipeError):
            self.refused = self.refused or problem
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, self._stream.fileno())
        except (OSError, ValueError):
            self._stream = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - for the rest of the process
        finally:
            os.close(nowhere)


def make_unbroken() -> None:
    """Have standard output and error, closed ones too, outlive their readers."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # it was closed before the program began
            stream = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - for the rest of the process
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # Windows consoles and pipes default to something else
        setattr(sys, name, Unbroken(stream))
