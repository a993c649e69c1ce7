"""Proves plans in a second thread: a dive finds the first, and the core's tree raises a bound until it is proven.

Better plans are offered while the tree goes on, and are looked at when it has come to a certain node: so what comes out does not
depend on which of two threads is faster.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from optplan.search.attempts import Aim
from optplan.search.beside import LOOK
from optplan.search.core import Core, Proven
from optplan.search.dive import Dived
from optplan.search.matrix import Floats

# nodes of the tree after which offers are looked at, one for each search of :mod:`optplan.search.improving`, and with the first
# of them what the tree itself came upon
OFFERS = (20, 60, 120, 1000)
FAR = 8  # tolerances: with a plan further from the bound than this the tree is not begun


class Prover:
    """Starts at once. ``known``: the best plan known so far; ``suffices``: whether a bound proves a plan's value.

    ``first`` is the better of ``known`` and what the dive found (``result``), once ``dived`` says that it is there. ``proven`` is
    what the core says. ``best``, once it has ``ended``, is the plan that was proven, or the best of those that count.
    """

    def __init__(
        self,
        dive: Callable[[Aim], Dived],
        core: Core,
        aim: Aim,
        known: Floats | None,
        suffices: Callable[[float, float], bool],
    ) -> None:
        self.first = self.best = known
        self.proven, self.result = Proven(), Dived()
        self._dive, self._core, self._objective, self._suffices = dive, core, aim.objective, suffices
        self._offers: list[Floats | None] = []
        self._news = threading.Condition()
        self._dived, self._stopped, self._ended = threading.Event(), threading.Event(), threading.Event()
        self._passed = 0
        self._aim = replace(aim, stop=lambda: self._stopped.is_set() or aim.stop())
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            self.result = self._dive(self._aim)
            self.first = self.best = self._objective.better(self.first, self.result.plan)
            self._dived.set()
            bound = self._aim.bound
            if self.first is None or (np.isfinite(bound) and self._objective.of(self.first) - bound > FAR * self._aim.allowed):
                self.best = self._objective.better(self.first, self._offered(0))
            if self.best is not None and not self._aim.stop():
                self._core.prove(self._aim, self.best, self._enough, self.proven)
                self.best = self._objective.better(self.best, self.proven.plan)
        finally:
            self._dived.set()
            self._ended.set()

    def _enough(self, nodes: int) -> bool:
        for number, after in enumerate(OFFERS):
            if nodes < after or self._suffices(self._objective.of(self.best), self.proven.bound):
                break
            self.best = self._objective.better(self._objective.better(self.best, self.proven.plan), self._offered(number))
        return self._suffices(self._objective.of(self.best), self.proven.bound)

    def _offered(self, number: int) -> Floats | None:
        """The plan offered as number so and so; waits for it."""
        self._passed = max(self._passed, number + 1)
        with self._news:
            while len(self._offers) <= number and not self._aim.stop():
                self._news.wait(LOOK)
            return self._offers[number] if len(self._offers) > number else None

    def offer(self, plan: Floats | None) -> None:
        """Another plan, to be looked at once the tree has come so far."""
        with self._news:
            self._offers.append(plan)
            self._news.notify_all()

    @property
    def dived(self) -> bool:
        """Whether ``first`` is there."""
        return self._dived.is_set()

    def looks_at(self, number: int) -> bool:
        """Whether it has come to where it looks at the offer number so and so, or to its end."""
        return self._passed > number or self._ended.is_set()

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
