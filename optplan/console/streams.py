"""Standard output and error whose reader may go away: that ends what is said, never what is done."""

from __future__ import annotations

import os
import sys
from typing import Any, TextIO


class Unbroken:
    """A text stream that goes on in silence once nobody reads it any more. Everything else is the stream's own."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, said: str) -> int:
        """Write ``said``, or nothing if nobody is there to read it."""
        try:
            return self._stream.write(said)
        except (BrokenPipeError, ValueError):  # ValueError: the stream was closed
            self._be_silent()
            return len(said)

    def writelines(self, lines: Any) -> None:
        """Write each of ``lines``."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Hand over what was written."""
        try:
            self._stream.flush()
        except (BrokenPipeError, ValueError):
            self._be_silent()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def _be_silent(self) -> None:
        """From now on what is written goes nowhere; Python's own flush at the end fails no more either."""
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
