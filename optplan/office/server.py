"""The one queue of this server, whoever asks for it first."""

from __future__ import annotations

import threading

from optplan.office.queue import SolveQueue
from optplan.search.standby import work_behind
from optplan.separate_process import BEHIND_ALL, NICENESS
from optplan.store import Store, open_store

_lock = threading.Lock()
_made: dict[str, SolveQueue] = {}
_opened: dict[str, Store] = {}


def server_queue(*, ahead: bool = False) -> SolveQueue:
    """The queue of this process, ``ahead`` or not as whoever asks first wants it.

    It saves to the standard store, which need not be reachable yet. Pages come before searches, and quick ones before proofs.
    """
    with _lock:
        if "queue" not in _made:
            work_behind(NICENESS, BEHIND_ALL)
            _made["queue"] = SolveQueue(server_store, ahead=ahead)
        return _made["queue"]


def server_store() -> Store:
    """The standard store, opened once. Raises :class:`~optplan.store.StoreError` while it cannot be reached."""
    with _lock:
        if "store" not in _opened:
            _opened["store"] = open_store()
        return _opened["store"]
