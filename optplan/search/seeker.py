"""Looks for plans in a second thread: one that a dive finds, then better ones, and a bound, from the core."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

from optplan.search.core import FIRST, SECOND, Core, Proven
from optplan.search.dive import Aim, Dived
from optplan.search.matrix import Floats


class Seeker:
    """Starts at once. ``known``: the best plan known so far; ``suffices``: whether a bound proves a plan's value.

    ``first`` is the better of ``known`` and what the dive found (``result``), once ``dived`` says that it is there. ``proven`` is
    what the core says of it, and ``hard`` that this was not enough, so that better plans are looked for if ``finding``: where the
    dive found none ``around`` the one that is known, then in the core. ``best`` is the best plan so far. All of them are the same
    at the end, whatever the speed of the machine.
    """

    def __init__(
        self,
        dive: Callable[[Aim], Dived],
        core: Core,
        around: Callable[[Floats, Callable[[], bool]], Iterator[Floats]],
        aim: Aim,
        known: Floats | None,
        suffices: Callable[[float, float], bool],
        *,
        finding: bool,
    ) -> None:
        self.finding = finding
        self.best = self.first = known
        self.proven, self.result = Proven(), Dived()
        self._dive, self._core, self._around, self._aim, self._suffices = dive, core, around, aim, suffices
        self._dived, self._hard, self._ended = threading.Event(), threading.Event(), threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        before = self._aim.stop
        aim = replace(self._aim, stop=lambda: self._stopped.is_set() or before())
        try:
            dived = self.result = self._dive(aim)
            self._take(dived.plan)
            self.first = self.best
            self._dived.set()
            if aim.stop():
                return
            if self.first is not None:
                value, nodes = aim.objective.at(self.first), SECOND if self.finding else FIRST
                self._core.prove(aim, self.first, lambda bound: self._suffices(value, bound), self.proven, nodes=nodes)
                if self._suffices(value, self.proven.bound) or self.proven.infeasible or aim.stop():
                    return
            self._hard.set()
            if not self.finding:
                return
            if dived.plan is None and self.best is not None:
                for better in self._around(self.best, aim.stop):
                    if self._suffices(self._take(better), aim.bound):
                        return
            self._core.find(aim, self.first if dived.point is None or dived.plan is not None else dived.point, self._take)
        finally:
            self._dived.set()
            self._ended.set()

    def _take(self, plan: Floats | None) -> float:
        at = self._aim.objective.at
        if plan is not None and (self.best is None or at(plan) < at(self.best)):
            self.best = plan
        return float("inf") if self.best is None else at(self.best)

    @property
    def dived(self) -> bool:
        """Whether ``first`` is there."""
        return self._dived.is_set()

    @property
    def hard(self) -> bool:
        """Whether nothing proves ``first``, so that better plans are looked for."""
        return self._hard.is_set()

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self._ended.is_set()

    def wait(self, seconds: float) -> None:
        """Wait until it has ended, but so long at most."""
        self._ended.wait(seconds)

    def stop(self) -> None:
        """Ask it to stop, without waiting until it has."""
        self._stopped.set()

    def join(self) -> None:
        """Wait until it has ended."""
        self._thread.join()
