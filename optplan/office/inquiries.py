"""Questions of visitors that are not solves: answered one after another, and found again by what they are about.

A visitor may go to another page, or away, meanwhile; whoever asks the same finds the same answer. Questions that take minutes
have places of their own, so that no short one waits for them.
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
LOOK = 0.2  # seconds between looks at whether one that waits was stopped
log = logging.getLogger("optplan.office")
State = Literal["waiting", "running", "answered", "failed", "stopped"]


@dataclass
class Inquiry:
    """One question: ``state``, what it is at (``news``), its ``answer`` once it is ``answered``, or the ``problem`` that it met.

    Whoever works on it may hand over an ``answer`` before, of what is known so far. ``share``: how much of it is done, where that
    is known. ``cancel`` is set when somebody stops it; whoever works on it looks at that, and what is answered by then is the
    ``answer``. ``long``: it takes minutes.
    """

    key: str
    long: bool = False
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
    """The inquiries of this server, of short and of long ones ``at_once`` worked on at a time each. Threads may share it."""

    def __init__(self, at_once: int | None = None) -> None:
        self._at_once = at_once or solves_at_once()
        self._turns = threading.Condition()
        self._known: OrderedDict[str, Inquiry] = OrderedDict()
        self._waiting: list[Inquiry] = []  # in the order in which they were asked

    def of(self, key: str) -> Inquiry | None:
        """The inquiry about ``key``, if one was made and is still known."""
        return self._known.get(key)

    def ask(self, key: str, work: Work, *, long: bool = False, again: bool = False) -> Inquiry:
        """Have ``work`` done, which takes minutes if it is ``long``.

        What is under way is not asked again, nor what is answered, unless it is wanted ``again``.

        Raises :class:`~optplan.office.findings.OfficeError` when too many are waiting.
        """
        with self._turns:
            known = self._known.get(key)
            if known is not None and known.state not in {"failed", "stopped"} and not (again and known.is_over):
                self._known.move_to_end(key)
                return known
            if sum(not each.is_over for each in self._known.values()) >= MOST_WAITING:
                raise refusal("inquiries-full", number=MOST_WAITING)
            inquiry = self._known[key] = Inquiry(key, long)
            self._waiting.append(inquiry)
            over = [name for name, each in self._known.items() if each.is_over]
            for name in over[: max(0, len(self._known) - MOST_KEPT)]:
                del self._known[name]
        threading.Thread(target=self._work, args=(inquiry, work), name=f"inquiry {key[:8]}", daemon=True).start()
        return inquiry

    def _work(self, inquiry: Inquiry, work: Work) -> None:
        if not self._has_its_turn(inquiry):
            return
        outcome: State = "answered"
        try:
            inquiry.answer = work(inquiry)
        except InputError as problem:
            inquiry.problem, outcome = problem, "failed"
        except Exception as problem:
            log.exception("an inquiry ended in a fault")
            inquiry.problem, outcome = problem, "failed"
        else:
            if inquiry.cancel.is_set():
                outcome = "stopped"
        with self._turns:
            inquiry.state = outcome
            self._turns.notify_all()

    def _has_its_turn(self, inquiry: Inquiry) -> bool:
        """Wait until it is worked on; ``False`` if it was stopped before."""
        with self._turns:
            while not inquiry.cancel.is_set() and not self._is_next(inquiry):
                self._turns.wait(LOOK)
            self._waiting.remove(inquiry)
            inquiry.state = "stopped" if inquiry.cancel.is_set() else "running"
            self._turns.notify_all()
        return inquiry.state == "running"

    def _is_next(self, inquiry: Inquiry) -> bool:
        """Whether nobody asked one as long before, and there is a place for it."""
        first = next(each for each in self._waiting if each.long == inquiry.long)
        running = sum(each.state == "running" and each.long == inquiry.long for each in self._known.values())
        return first is inquiry and running < self._at_once


@cache
def server_inquiries() -> Inquiries:
    """The inquiries of this process."""
    return Inquiries()
