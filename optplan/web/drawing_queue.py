"""What takes long to draw of large plans is drawn one after the other, so that no page ever shares the server with many of it.

Python runs one thread at a time: a page competes with every other page that is being drawn. With one large drawing at a time,
however many ask for them, another's page takes at most about twice as long as alone.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from optplan.web.desk import Desk

LARGE = 3_000  # rows of a plan's tables; a prefecture of seven counties has some 600
_turn = threading.Lock()


@contextmanager
def in_turn(desk: Desk) -> Iterator[None]:
    """Wait for one's turn, if what is on the desk is large. Nothing that waits for something else belongs into the block."""
    if not _is_large(desk):
        yield
        return
    with _turn:
        yield


def _is_large(desk: Desk) -> bool:
    plan, result = desk.plan, desk.result
    rows = sum(map(len, plan.tables.rows.values())) if plan is not None else 0
    inputs = result.document["inputs"].values() if result is not None else ()
    return max(rows, sum(len(table["rows"]) for table in inputs)) > LARGE
