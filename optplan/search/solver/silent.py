"""HiGHS without a word: the first solver that a process makes greets on its standard output, which may be a document's."""

from __future__ import annotations

import os
import sys
import threading
from functools import cache

from highspy import Highs

_lock = threading.Lock()


def silent_highs() -> Highs:
    """A solver that prints nothing, not even when it is made."""
    with _lock:
        _let_it_greet()
    highs = Highs()  # type: ignore[no-untyped-call]
    highs.silent()
    return highs


@cache
def _let_it_greet() -> None:
    """The greeting is printed below Python, so it is the descriptor that leads elsewhere for as long as that takes."""
    if sys.stdout is not None:
        sys.stdout.flush()
    try:
        kept = os.dup(1)
    except OSError:  # no standard output at all
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        Highs()  # type: ignore[no-untyped-call]
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
