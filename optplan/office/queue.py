"""The server's queue of solves: as many at once as cores allow, the others in the order in which they asked.

Those that end once they are good enough have places of their own, so that none waits for a proof.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

from optplan.office.findings import NotAllowed, finding, refusal
from optplan.office.journal import Journal, standard_folder
from optplan.office.people import Person, require
from optplan.office.question import Question
from optplan.office.recovery import recovered
from optplan.office.roles import Role
from optplan.office.search_thread import search
from optplan.office.solve import Snapshot, Solve, State
from optplan.search.process import GRACE
from optplan.search.standby import stand_by
from optplan.solving.effort import Effort
from optplan.store import Store

VARIABLE = "OPTPLAN_SOLVES"
RECOVERY = 20.0  # seconds that somebody who asks for a former server's solve waits at most
MOST_WAITING = 5  # solves that one person may have waiting
MOST_KEPT = 200  # solves that are over and still told of; the store has them all
log = logging.getLogger("optplan.office")


def solves_at_once() -> int:
    """``OPTPLAN_SOLVES`` if that is a number above 0, else half the cores, and at least one."""
    asked = os.environ.get(VARIABLE, "").strip()
    if asked.isdecimal() and int(asked) > 0:
        return int(asked)
    return max(1, (os.cpu_count() or 1) // 2)


class SolveQueue:
    """All solves of this server. Its state is the server's, not a visitor's: a solve is found again by its id.

    ``store`` opens, or gives, the store that finished solves go to. ``folder`` holds the journal of what is under way. Every
    search runs in a process of its own, watched by a thread here; whatever happens to it, the others go on. ``at_once`` of
    those that end once they are good enough are searched at a time, and as many of those that prove. ``ahead``: one such
    process stands by while nothing is searched, so that nobody waits a second for it to load what it needs.
    """

    def __init__(
        self, store: Callable[[], Store], at_once: int | None = None, folder: Path | None = None, *, ahead: bool = False
    ) -> None:
        self.at_once = at_once or solves_at_once()
        self._ahead = ahead
        self._store = store
        self._lock = threading.RLock()
        self._news = threading.Condition(self._lock)  # of better plans, and of what is over
        self._solves: dict[str, Solve] = {}  # in the order in which they were asked
        self._former: dict[str, Snapshot] = {}
        self._closing = False
        try:
            self._journal: Journal | None = Journal(folder or standard_folder())
        except OSError:
            log.exception("no journal of solves can be kept; a killed server will not know what it was doing")
            self._journal = None
        self._recovery = threading.Thread(target=self._recover, name="recover solves", daemon=True)
        self._recovery.start()
        if ahead:
            stand_by()
        atexit.register(self.close)

    # -- what people do ------------------------------------------------------------------------------------------------

    def ask(self, person: Person, question: Question) -> str:
        """Have ``question`` solved; the id of the solve.

        Asking again what one has waiting or running already is the same solve. Raises :class:`NotAllowed` below editor, and
        :class:`InputError` if the question cannot be solved or the person has too many waiting.
        """
        require(person, Role.EDITOR)
        question.check()
        solve = Solve.of(question, person)
        with self._lock:
            if self._closing:
                raise refusal("server-stops")
            theirs = [each for each in self._solves.values() if not each.state.is_over and each.person.is_same_as(person)]
            for each in theirs:
                if each.fingerprint == solve.fingerprint and each.state is not State.STOPPING:
                    return each.id
            if sum(each.state is State.WAITING for each in theirs) >= MOST_WAITING:
                raise refusal("too-many-waiting", number=MOST_WAITING)
            self._solves[solve.id] = solve
            self._note(lambda journal: journal.begin(solve))
            self._start_next()
        return solve.id

    def stop(self, person: Person, solve_id: str) -> None:
        """Stop a solve and keep the best plan so far; one that waits is taken back. One that is over stays as it is.

        Raises :class:`NotAllowed` unless the person asked for it, or is an approver.
        """
        require(person, Role.EDITOR)
        with self._lock:
            solve = self._solves.get(solve_id)
            if solve is None or solve.state.is_over:
                return
            if not person.may_stop_solve_of(solve.person):
                raise NotAllowed([finding("not-your-solve", solve_id, name=solve.person.name)])
            if solve.state is State.WAITING:
                solve.state, solve.question = State.WITHDRAWN, None
                self._note(lambda journal: journal.end(solve))
            else:
                solve.state, solve.stopped_by_user = State.STOPPING, True
                solve.cancel.set()
            self._news.notify_all()

    def look(self, person: Person, solve_id: str) -> Snapshot | None:
        """How a solve stands; ``None`` if this server knows none of that id.

        One that it did not start itself may be a former server's, so what that left behind is waited for, if not for long.
        """
        require(person, Role.VIEWER)
        with self._lock:
            solve = self._solves.get(solve_id)
            if solve is not None:
                return solve.snapshot(self._place(solve))
        self._recovery.join(RECOVERY)
        with self._lock:
            return self._former.get(solve_id)

    def look_again(self, person: Person, before: Snapshot, seconds: float) -> Snapshot | None:
        """How a solve stands in so many seconds, or as soon as its state is not that of ``before`` or it has its first plan."""
        with self._news:
            solve = self._solves.get(before.id)
            if solve is not None:
                self._news.wait_for(lambda: solve.state is not before.state or (solve.best and not before.best), seconds)
        return self.look(person, before.id)

    def all(self, person: Person) -> list[Snapshot]:
        """Every solve that the server knows of, those searched and waiting first, in their order; then the latest first."""
        require(person, Role.VIEWER)
        with self._lock:
            known = [solve.snapshot(self._place(solve)) for solve in self._solves.values()] + list(self._former.values())
        going = [each for each in known if not each.state.is_over]
        over = sorted((each for each in known if each.state.is_over), key=lambda each: each.asked_at, reverse=True)
        return sorted(going, key=lambda each: each.place or 0) + over

    # -- the server ----------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """The server stops: what waits is lost, what is searched is stopped and its best plan saved."""
        with self._lock:
            if self._closing:
                return
            self._closing = True
            going = [solve for solve in self._solves.values() if not solve.state.is_over]
            for solve in going:
                solve.interrupted = True
                if solve.state is State.WAITING:
                    solve.state = State.LOST
                else:
                    solve.state = State.STOPPING
                    solve.cancel.set()
            threads = [solve.thread for solve in going if solve.thread is not None]
        deadline = time.monotonic() + 2 * GRACE
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        self._note(lambda journal: journal.close())
        atexit.unregister(self.close)

    def _start_next(self) -> None:
        if self._closing:
            return
        for solve in list(self._solves.values()):
            if solve.state is State.WAITING and self._searched(solve.effort) < self.at_once:
                solve.state, solve.started = State.RUNNING, time.monotonic()
                solve.thread = threading.Thread(target=self._work, args=(solve,), name=f"solve {solve.id}", daemon=True)
                solve.thread.start()
                self._news.notify_all()

    def _work(self, solve: Solve) -> None:
        try:
            search(solve, self._store, self._news, self._note)
        except Exception:
            log.exception("solve %s", solve.id)
            with self._lock:
                solve.findings, solve.state = (*solve.findings, finding("solve-fault")), State.FAILED
        finally:
            with self._lock:
                solve.ended, solve.question, solve.best = time.monotonic(), None, None
                self._note(lambda journal: journal.hand_over(solve) if solve.interrupted else journal.end(solve))
                self._forget_oldest()
                self._start_next()
                self._news.notify_all()
                idle = not (self._closing or self._searched())
            if self._ahead and idle:
                stand_by()

    def _searched(self, like: Effort | None = None) -> int:
        """How many solves are being searched, of all or of those that are as quick as ``like``."""
        going = [solve for solve in self._solves.values() if solve.state in {State.RUNNING, State.STOPPING}]
        return sum(like is None or solve.effort.quick == like.quick for solve in going)

    def _forget_oldest(self) -> None:
        over = [solve.id for solve in self._solves.values() if solve.state.is_over]
        for solve_id in over[: max(0, len(over) - MOST_KEPT)]:
            del self._solves[solve_id]

    def _place(self, solve: Solve) -> int | None:
        if solve.state is not State.WAITING:
            return None
        ahead = [each for each in self._solves.values() if each.state is State.WAITING]
        waiting = [each.id for each in ahead if each.effort.quick == solve.effort.quick]
        return waiting.index(solve.id) + 1

    def _note(self, write: Callable[[Journal], None]) -> None:
        """Write into the journal; a full disk costs nobody their solve."""
        if self._journal is not None:
            try:
                write(self._journal)
            except OSError:
                log.exception("the journal of solves cannot be written")

    def _recover(self) -> None:
        if self._journal is None:
            return
        try:
            for snapshot in recovered(self._journal, self._store):
                with self._lock:
                    self._former[snapshot.id] = snapshot
        except Exception:
            log.exception("what a former server left behind cannot be recovered")
