"""Long questions of visitors that are not solves: answered one after another, and found again by what they are about.

A visitor may go to another page, or away, meanwhile; whoever asks the same finds the same answer.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from optplan.office.findings import refusal
from optplan.office.queue import solves_at_once
from optplan.tables.findings import InputError

MOST_WAITING = 20  # inquiries of all visitors together
MOST_KEPT = 16  # answers; they hold whole schedules
log = logging.getLogger("optplan.office")
State = Literal["waiting", "running", "answered", "failed", "stopped"]


@dataclass
class Inquiry:
    """One question: ``state``, what it is at (``news``), its ``answer`` once it is ``answered``, or the ``problem`` that it met.

    Whoever works on it may hand over an ``answer`` before, of what is known so far. ``share``: how much of it is done, where that
    is known. ``cancel`` is set when somebody stops it; whoever works on it looks at that, and what is answered by then is the
    ``answer``.
    """

    key: str
    state: State = "waiting"
    news: str = ""
    share: float | None = None
    answer: Any = None
    problem: Exception | None = None
    cancel: threading.Event = field(default_factory=threading.Event)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state not in {"waiting", "running"}


Work = Callable[[Inquiry], Any]


class Inquiries:
    """The inquiries of this server, ``at_once`` of them worked on at a time. Threads may share it."""

    def __init__(self, at_once: int | None = None) -> None:
        self._free = threading.Semaphore(at_once or solves_at_once())
        self._lock = threading.Lock()
        self._known: OrderedDict[str, Inquiry] = OrderedDict()

    def of(self, key: str) -> Inquiry | None:
        """The inquiry about ``key``, if one was made and is still known."""
        return self._known.get(key)

    def ask(self, key: str, work: Work) -> Inquiry:
        """Have ``work`` done; what is under way or answered already is not asked again.

        Raises :class:`~optplan.office.findings.OfficeError` when too many are waiting.
        """
        with self._lock:
            known = self._known.get(key)
            if known is not None and known.state not in {"failed", "stopped"}:
                self._known.move_to_end(key)
                return known
            if sum(not each.is_over for each in self._known.values()) >= MOST_WAITING:
                raise refusal("inquiries-full", number=MOST_WAITING)
            inquiry = self._known[key] = Inquiry(key)
            over = [name for name, each in self._known.items() if each.is_over]
            for name in over[: max(0, len(self._known) - MOST_KEPT)]:
                del self._known[name]
        threading.Thread(target=self._work, args=(inquiry, work), name=f"inquiry {key[:8]}", daemon=True).start()
        return inquiry

    def _work(self, inquiry: Inquiry, work: Work) -> None:
        with self._free:
            if inquiry.cancel.is_set():
                inquiry.state = "stopped"
                return
            inquiry.state = "running"
            try:
                inquiry.answer = work(inquiry)
            except InputError as problem:
                inquiry.problem, inquiry.state = problem, "failed"
            except Exception as problem:
                log.exception("an inquiry ended in a fault")
                inquiry.problem, inquiry.state = problem, "failed"
            else:
                inquiry.state = "stopped" if inquiry.cancel.is_set() else "answered"


@cache
def server_inquiries() -> Inquiries:
    """The inquiries of this process."""
    return Inquiries()
