"""The second thread of a level: it finds the first plan by relax-and-fix, then raises the bound in the core until it is proven.

The first thread offers better plans while the core's tree is searched. They are taken when the tree has come to a certain node,
so what comes out does not depend on which of the two threads is faster.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from optplan.search.bounds.core_mip import CoreMip, Proven, Tree
from optplan.search.heuristics.relax_and_fix import StagedSolution
from optplan.search.heuristics.sub_mip import Aim
from optplan.search.level.background import LOOK
from optplan.search.solver.matrix import Floats

# For each search of :mod:`optplan.search.level.improvement`, in its order. The node of the core's tree from which on a plan that
# is proven without the tree is the answer, whatever the tree proves later; and the node at which the tree takes what was found.
STANDS_AFTER = (1, 5, 15, 40, 1000)
OFFERS = (20, 40, 80, 120, 1000)
FAR = 8  # tolerances: with a plan further from the bound than this the tree is not begun


class Prover:
    """Starts at once with relax-and-fix. ``known``: the incumbent so far; ``suffices``: whether a bound proves a value.

    ``trees``: of the core, one after another.

    ``first`` is the better of ``known`` and what relax-and-fix found (``result``), once ``has_first`` says that it is there.
    ``proven`` is what the core says. ``best``, once it has ``ended``, is the plan that was proven, or the best that counts.
    """

    def __init__(
        self,
        relax_and_fix: Callable[[Aim], StagedSolution],
        core: CoreMip,
        trees: tuple[Tree, ...],
        aim: Aim,
        known: Floats | None,
        suffices: Callable[[float, float], bool],
    ) -> None:
        self.first = self.best = known
        self.proven, self.result = Proven(), StagedSolution()
        self._relax_and_fix, self._core, self._trees = relax_and_fix, core, trees
        self._objective, self._suffices = aim.objective, suffices
        self._offers: list[Floats | None] = []
        self._news = threading.Condition()
        self._has_first, self._ended = threading.Event(), threading.Event()
        self._stopped, self._begun = threading.Event(), threading.Event()
        self._nodes = self._asked = 0  # nodes of all trees so far; offers asked for
        self._stands_after = STANDS_AFTER
        self._aim = replace(aim, stop=lambda: self._stopped.is_set() or aim.stop())
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            self.result = self._relax_and_fix(self._aim)
            self.first = self.best = self._objective.better(self.first, self.result.incumbent)
            self._has_first.set()
            if self.first is not None:
                self._aim.found(self.first)
            self._begun.wait()
            for number in range(len(OFFERS)):
                if not (self.best is None or (number == 0 and self._is_far())):
                    break
                self.best = self._objective.better(self.best, self._offered(number))
            for tree in self._trees:
                if self.best is None or self.proven.infeasible or self._aim.stop() or self._enough(self._nodes):
                    break
                self._prove(tree, self.best)
        finally:
            self._has_first.set()
            self._ended.set()

    def _is_far(self) -> bool:
        gap = self._objective.of(self.best) - self._aim.bound
        return bool(np.isfinite(self._aim.bound)) and gap > FAR * self._aim.tolerance

    def _prove(self, tree: Tree, best: Floats) -> None:
        before = self._nodes
        self._core.prove(tree, self._aim, best, lambda nodes: self._enough(before + nodes), self.proven)
        self.best = self._objective.better(self.best, self.proven.plan)

    def _enough(self, nodes: int) -> bool:
        self._nodes = max(self._nodes, nodes)
        for number, after in enumerate(OFFERS):
            if nodes < after or self._suffices(self._objective.of(self.best), self.proven.bound):
                break
            self.best = self._objective.better(self._objective.better(self.best, self.proven.plan), self._offered(number))
        return self._suffices(self._objective.of(self.best), self.proven.bound)

    def _offered(self, number: int) -> Floats | None:
        """The plan offered as number so and so; waits for it."""
        self._asked = max(self._asked, number + 1)
        with self._news:
            while len(self._offers) <= number and not self._aim.stop():
                self._news.wait(LOOK)
            return self._offers[number] if len(self._offers) > number else None

    def offer(self, plan: Floats | None) -> None:
        """Another plan, to be looked at once the tree has come so far."""
        with self._news:
            self._offers.append(plan)
            self._news.notify_all()

    def begin(self, *, background: bool = False) -> None:
        """Begin the tree, once there is a plan: HiGHS cannot be stopped in the first second or two of it.

        ``background``: beside the second relaxation. What the tree proves may then be the answer before there are searches, so
        plans of theirs count no sooner than it looks at them.
        """
        if not self._begun.is_set():
            self._stands_after = OFFERS if background else STANDS_AFTER
            self._begun.set()

    @property
    def has_first(self) -> bool:
        """Whether ``first`` is there."""
        return self._has_first.is_set()

    def passed(self, number: int) -> bool:
        """Whether it has come to where a plan counts that search number so and so proves, or to its end."""
        return self._stands(number) or self._ended.is_set()

    def ended_before(self, number: int) -> bool:
        """Whether it ended before such a plan would count."""
        return self._ended.is_set() and not self._stands(number)

    def _stands(self, number: int) -> bool:
        return self._nodes >= self._stands_after[number] or self._asked > number

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
        self._begun.set()

    def join(self) -> None:
        """Wait until it has ended."""
        self._thread.join()
