"""How slow this machine is, so that a limit in seconds asks the same of the program on every machine."""

import time
from fractions import Fraction

REFERENCE = 0.09  # seconds that the work below takes on the machine where the limits were set


def slowness() -> float:
    """How many times as long a fixed piece of work takes here and now as where the limits were set; at least 1."""
    return max(1.0, min(_seconds() for _ in range(3)) / REFERENCE)


def _seconds() -> float:
    began = time.process_time()
    words: dict[str, Fraction] = {}
    for number in range(60_000):
        key = f"{number % 997}"
        words[key] = words.get(key, Fraction(0)) + number % 13
    assert len(words) == 997
    return time.process_time() - began
