"""Whoever imports this can be asked for forks by programs that are killed while they ask: a request that breaks off ends nobody."""

from __future__ import annotations

import errno
from multiprocessing import reduction
from typing import Any

_received = reduction.recvfds


def _received_or_aborted(*arguments: Any) -> Any:
    try:
        return _received(*arguments)
    except EOFError:
        raise ConnectionAbortedError(errno.ECONNABORTED, "the program is gone") from None  # which is waited out


reduction.recvfds = _received_or_aborted
