"""What a visitor changes is changed whole.

Streamlit may break off a run of the page wherever it touches the session, as soon as the browser asks for something else. A
change that takes several steps would then be half made: a cell that is said to be in the draft and is not in it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class _Depth(threading.local):
    blocks = 0  # of this thread, one in another, that are to be run to their end


_depth = _Depth()


@contextmanager
def undisturbed() -> Iterator[None]:
    """Run a block, or a function that it decorates, to its end, whatever the browser asks for meanwhile."""
    _depth.blocks += 1
    try:
        yield
    finally:
        _depth.blocks -= 1


def is_undisturbed() -> bool:
    """Whether this thread is in such a block."""
    return _depth.blocks > 0
