"""One level: dual bounds from relaxations, incumbents from their LP solutions, and a tree search where the two do not meet.

Two threads work at it. The first solves the relaxations (:mod:`optplan.search.bounds.relaxations`). The second
(:mod:`optplan.search.level.prover`) finds the first incumbent: by relax-and-fix from the first LP solution, by a weighted sum of
all criteria where something will be missing, or by repair of the warm start. If the second relaxation does not prove it, the
second thread raises the bound in the core (:mod:`optplan.search.bounds.core_mip`), and the first looks for better plans: from the
second LP solution, then around the incumbent, then in the core. If there still is no proof, HiGHS searches the full MIP
(:mod:`optplan.search.level.full_mip`), beside large neighbourhood search (:mod:`optplan.search.heuristics.county_pairs`).

Where every target can be met, the first incumbent mostly meets them all: so it is waited for before the second relaxation.
A third thread seeks a plan that is good in every criterion, to be shown (:mod:`optplan.search.heuristics.good_in_all`).

What comes out does not depend on which thread is faster: what one found is taken when the other has come to a certain point, and
a bound that was still rising when it sufficed is given as what suffices.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from optplan.decision_model import Criterion
from optplan.search.bounds.core_mip import Tree
from optplan.search.bounds.relaxations import Relaxed, Step
from optplan.search.heuristics.relax_and_fix import StagedSolution
from optplan.search.heuristics.rens import Rens
from optplan.search.heuristics.sub_mip import Aim
from optplan.search.heuristics.weighted_sum import good_of, weighted_objective
from optplan.search.level.background import LOOK, Background
from optplan.search.level.full_mip import FullMip, root
from optplan.search.level.improvement import Improvement
from optplan.search.level.jobs import Jobs
from optplan.search.level.prover import Prover
from optplan.search.level.tools import Tools
from optplan.search.solver.goal import LEAST, Goal
from optplan.search.solver.highs import UNLIMITED, Outcome
from optplan.search.solver.matrix import Columns, Floats, Objective

MODERATE = 1000  # integer columns: with no more a plan near the weighted relaxation takes mostly less than half a second
TINY = 100  # integer columns: with fewer the tree search has ended before heuristics have
FAR = 8  # of the level's tolerance: RINS goes first where the incumbent is no further from the first relaxation
GOOD = 10  # of it: a plan no further from the first relaxation helps to solve the second, a worse one may not
NEAR = 3  # of it: relax-and-fix is left out where the plan of the level before is no further from the first relaxation
WORTH = 1.0  # of what is good enough of the first criterion: what a plan by the weighted sum may be from the best
INFEASIBLE = Outcome("infeasible", None, np.inf, np.inf)


@dataclass
class LevelSearch:
    """Minimises the objective of ``goal``. ``report`` is told (best value, bound) again and again and says whether to stop.

    ``show`` is given a plan, and what is proven by then, before a long search for a better one. ``thrift``: the cost, where it is
    a criterion. ``kept``: columns that relax-and-fix keeps as in its LP solution, or else as in the plan of the level before.
    ``criteria``: of this level and those after it. ``warm_start``: the plan that this level ended with when a question much like
    this one was asked before.
    """

    tools: Tools
    goal: Goal
    report: Callable[[float, float], bool]
    show: Callable[[Floats, float], None]
    thrift: Objective | None
    kept: Columns
    criteria: Sequence[Criterion]
    warm_start: Floats | None = None
    best: Floats | None = None
    dual_bound: float = float("-inf")
    first_bound: float = float("-inf")
    rising: float = float("-inf")
    shown: Floats | None = None
    beside: Floats | None = None  # the best plan that was sought beside the levels
    stopped: bool = False
    showing: threading.Lock = field(default_factory=threading.Lock)  # plans are shown by both threads

    @property
    def objective(self) -> Objective:
        """What is minimised."""
        return self.goal.objective

    def run(self, start: Floats | None) -> Outcome:
        """The best point, and what is proven of it."""
        self.best = start
        if self.warm_start is not None:
            self._take(self.tools.unchanged(self.objective, self.warm_start, lambda: self.stopped))
            if start is None:
                self._show(self.best)
        if self.goal.suffices(self.objective.of(self.best), LEAST):
            self.dual_bound = LEAST
            return self._outcome()
        if self.tools.rens is not None:
            return self._without_a_tree(self.tools.rens, start)
        early = self._before_the_tree(start) if self.tools.large else self._before_a_small_tree(start)
        return self._tree(start) if early is None else early

    def _before_a_small_tree(self, start: Floats | None) -> Outcome | None:
        """A good incumbent for the tree search of a small program; ``None`` if the first relaxation does not prove it."""
        tools = self.tools
        if tools.weighted_sum is None or len(tools.classes.integer) < TINY:
            return None
        worth = self._worth(start)
        first = self._relax("openings", worth)
        self.dual_bound = max(self.dual_bound, first.bound)
        if first.infeasible:
            return INFEASIBLE
        if first.columns is not None and not self._ended():
            self._take(self._jobs.weighted(first.columns)(self._aim(worth, start)).incumbent)
            self._show(self.best)
        return self._outcome() if self._ended() else None

    def _before_the_tree(self, start: Floats | None) -> Outcome | None:
        """The two relaxations, and a search for plans that ends in the core; ``None`` if nothing proves the best."""
        worth = self._worth(start)
        prover: Prover | None = None
        lp_solution: Floats | None = None
        if self.warm_start is not None:
            prover = self._prover(self._jobs.repair(self.warm_start), start)
        if prover is None or self.objective is not self.thrift:  # of the cost it hardly ever proves what is repaired
            # what is missing may use up what its bound leaves of the tolerance, so that bound is worked out to the end
            to_the_end = prover is None or self.objective.says_little
            first = self._relax("sums" if self.objective is self.thrift else "openings", worth, None if to_the_end else prover)
            self.dual_bound = max(self.dual_bound, first.bound)
            self.first_bound = self.dual_bound if to_the_end else self.first_bound
            lp_solution = first.columns
            if first.infeasible or self._ended_with(prover):
                self.tools.settle()
                return INFEASIBLE if first.infeasible else self._outcome()
            if self._roomy and prover is None and first.columns is not None:
                self._seek_good_in_all(first.columns)
        near = self.objective.of(self.best) - self.dual_bound <= NEAR * worth
        # where money is short, the second relaxation is far nearer to what can be had: of an objective that says little and is
        # not nil it is quick, and where a criterion is held at its value relax-and-fix from the first would solve it as well
        wait = not self._roomy and self.dual_bound > worth
        if prover is None:
            points = None if near else lp_solution
            if wait:
                job = self._jobs.short_of_money(points)
            elif self.best is None and len(self.tools.classes.integer) <= MODERATE:
                job = self._jobs.good_in_all(points, self._alone)
            else:
                job = self._jobs.relax_and_fix(points)
            prover = self._prover(job, start)
        if wait and self.best is None and self.warm_start is None:
            self._take_soon(lp_solution)
        if self.objective.says_little and self.dual_bound <= worth and self._first_suffices(prover):
            return self._outcome()
        if not self._roomy:
            prover.begin(background=True)
        step: Step = "counts" if self._roomy else "coupled"
        second = self._relax(step, worth, prover) if self.tools.parts.has("second-relaxation") else Relaxed(-np.inf)
        self.dual_bound = max(self.dual_bound, second.bound)
        if wait and self.warm_start is None:  # there was no plan that could have cut it short
            self.first_bound = self.dual_bound
        if not second.infeasible:
            self._follow(prover, start, None if near else lp_solution if second.columns is None else second.columns)
        self.tools.settle()
        if second.infeasible or prover.proven.infeasible:
            return INFEASIBLE
        if self.best is not None and prover.result.incumbent is not None and self.objective.says_little:
            aim = replace(self._aim(worth, start), stop=lambda: self._tell(self.objective.of(self.best)))
            self.best = self._jobs.relinked(aim, self.best, prover.result.incumbent)
        return self._outcome() if self._ended() else None

    def _ended_with(self, prover: Prover | None) -> bool:
        """Whether what is proven by now proves the incumbent, or the one under repair, or the search was stopped."""
        if prover is not None:
            while self._ended() and not (prover.has_first or self.stopped):
                self._wait(prover)
            if self.stopped or (prover.has_first and self.goal.suffices(self.objective.of(prover.first), self.dual_bound)):
                self._take(prover.first)
                self._prove(self.dual_bound)
        return self._ended()

    def _first_suffices(self, prover: Prover) -> bool:
        """Whether the first plan is proven to be the best. Where the bound is nil it mostly is: so it is waited for alone."""
        while not prover.has_first:
            self._wait(prover)
        if not (self.stopped or self.goal.suffices(self.objective.of(prover.first), self.dual_bound)):
            self._show(prover.first)
            return False
        self._take(prover.first)
        self._prove(self.dual_bound)
        self.tools.settle()
        return True

    @property
    def _roomy(self) -> bool:
        """Whether held criteria leave room for rounding, and the objective says much of what is decided.

        Where that is not so, money is short, and numbers of teams say less than the teams themselves.
        """
        return not (self.tools.tight or self.objective.says_little)

    @property
    def _jobs(self) -> Jobs:
        gap = self.objective.of(self.best) - self.dual_bound
        return Jobs(self.tools, self.goal, self.criteria, self.best, near=gap <= FAR * self._worth(self.best))

    def _follow(self, prover: Prover, start: Floats | None, lp_solution: Floats | None) -> None:
        """Wait for the first plan, and if it cannot be proven, look for better ones until the best is, or there are no more.

        ``lp_solution``: of the second relaxation.
        """
        while not prover.has_first:
            self._wait(prover)
        self._take(prover.first)
        first, bound = self.best, max(self.dual_bound, prover.proven.bound)
        if self.goal.suffices(self.objective.of(self.best), bound):
            prover.stop()
            self._prove(bound)
            return
        prover.begin()
        number, found = 0, list[Floats | None]()

        def stop() -> bool:
            self._tell(self.objective.of(self.best), prover.proven.bound)
            return self.stopped or prover.ended_before(number)

        aim = replace(self._aim(self._worth(None), start), stop=stop)

        improvement = Improvement(
            lambda: self._jobs, aim, lp_solution, prover.result, roomy=self._roomy, counting=self.objective is self.thrift,
            repaired=self.warm_start is not None, good=good_of(self.criteria[0], self.dual_bound),
        )  # fmt: skip
        for number, plans in enumerate(improvement.searches()):
            self._show(self.best)
            best = self.best
            for plan in plans:
                best = self.objective.better(best, plan)
                self._tell(self.objective.of(best), prover.proven.bound)
                if self.goal.suffices(self.objective.of(best), self.dual_bound):
                    break
            proven = self.goal.suffices(self.objective.of(best), self.dual_bound)
            while proven and not (prover.passed(number) or self.stopped):
                self._wait(prover)
            if prover.ended_before(number):
                break
            self.best = best
            if proven:
                prover.stop()
                self._prove(self.dual_bound)
                return
            found.append(best)
            prover.offer(best)
        while not prover.ended:
            self._wait(prover)
        # unless stopped, only what had to be found by then counts: what else was is a matter of the machine
        self.best = self.best if self.stopped else first
        for plan in (prover.best, *(plan for number, plan in enumerate(found) if not prover.ended_before(number))):
            self.best = self.objective.better(self.best, plan)
        self._prove(prover.proven.bound)
        self._show(self.best)

    def _prover(self, relax_and_fix: Callable[[Aim], StagedSolution], start: Floats | None) -> Prover:
        trees: tuple[Tree, ...] = ("counts", "teams") if self._roomy else ("teams",)
        trees = trees if self.tools.parts.has("core-proof") else ()
        prover = Prover(
            relax_and_fix, self.tools.core, trees, self._aim(self._worth(start), start), self.best, self.goal.suffices
        )
        self.tools.background.append(prover)
        return prover

    def _aim(self, tolerance: float, start: Floats | None) -> Aim:
        thrift = self.thrift if self.objective.says_little else None
        return Aim(self.objective, self.dual_bound, tolerance, lambda: self.stopped, self.kept, start, thrift, self._show)

    def _alone(self) -> Background:
        """What HiGHS comes to by itself in the root node, in a thread of its own."""
        return self.tools.run_in_background(lambda stop: root(self.tools.program, self.goal, lambda: stop() or self.stopped))

    def _seek_good_in_all(self, lp_solution: Floats) -> None:
        def found(plan: Floats) -> None:
            self.beside = self.objective.better(self.beside, plan)
            self._show(plan)

        def work(ended: Callable[[], bool], bound: float = self.dual_bound) -> Iterator[Floats | None]:
            yield self.tools.good_in_all.run(self.criteria, bound, lp_solution, found, lambda: ended() or self.stopped)

        if len(self.criteria) > 1 and self.tools.parts.has("good-in-all"):
            self.tools.run_beside(work)

    def _take_soon(self, lp_solution: Floats | None) -> None:
        """A plan near the linear relaxation of the weighted sum, or else any at all, so that there is one soon."""
        tools = self.tools
        if lp_solution is not None and tools.weighted_sum is not None:
            objective = weighted_objective(self.criteria, tools.matrix, lp_solution)
            self._take(tools.weighted_sum.soon(self._aim(self._worth(None), None), objective))
        if self.best is None:
            tools.highs.style("alone")
            tools.highs.limit_nodes(1)
            self._take(tools.highs.minimise(self.objective, watch=lambda value, *_: np.isfinite(value) or self.stopped).columns)
            tools.highs.limit_nodes(UNLIMITED)
        self._show(self.best)

    def _wait(self, prover: Prover) -> None:
        prover.wait(LOOK)
        self._tell(self.objective.of(prover.first), prover.proven.bound)

    def _show(self, plan: Floats | None) -> None:
        with self.showing:
            if plan is not None and plan is not self.shown:
                self.shown = plan
                self.show(plan, self.dual_bound)

    def _prove(self, bound: float) -> None:
        """Take a bound in: what suffices, if it does; how far it had risen when a plan came is a matter of the machine."""
        value, bound = self.objective.of(self.best), max(bound, self.dual_bound)
        if self.goal.suffices(value, self.first_bound):
            bound = self.first_bound
        elif self.goal.suffices(value, bound):
            bound = max(self.first_bound, value - self.goal.good_at(value))
        self.dual_bound = bound

    def _without_a_tree(self, rens: Rens, start: Floats | None) -> Outcome:
        """The first relaxation and a plan near its point, made better pair of counties by pair: where a tree is out of reach.

        Where something will be missing, all of it is by the weighted sum.
        """
        first = self._relax("openings", self._worth(start))
        if first.infeasible:
            return INFEASIBLE
        self.dual_bound = max(self.dual_bound, first.bound)
        if self._ended() or first.columns is None:
            return self._outcome()
        if self._roomy:
            self._seek_good_in_all(first.columns)
        worth = self._worth(start)

        def ended() -> bool:
            self._tell(self.objective.of(self.best))
            return self.stopped

        objective, each, at = self.objective, worth, first.columns
        if objective.says_little and self.dual_bound > worth and self.tools.parts.has("weighted-sum"):
            objective, each = weighted_objective(self.criteria, self.tools.matrix, at), WORTH
            relaxed = self.tools.relaxations.run("openings", objective, each, lambda _bound: ended())
            at = first.columns if relaxed.columns is None else relaxed.columns
        self.best = objective.better(self.best, rens.run(objective, at, each, ended))
        if self.best is None:
            return self._outcome() if self.stopped else self._tree(start)
        if not self._ended():
            if self.best is not start:
                self._show(self.best)
            for better in self.tools.neighbourhoods.improve(objective, self.best, each, ended):
                self.best = objective.better(self.best, better)
                if self._ended():
                    break
        return self._outcome()

    def _relax(self, step: Step, worth: float, prover: Prover | None = None) -> Relaxed:
        """A relaxation. It is cut short once its bound, or the core's, proves the first plan that ``prover`` has."""

        def watch(bound: float) -> bool:
            self.rising = max(self.rising, bound)
            if prover is None:
                return self._tell(self.objective.of(self.best))
            self._tell(self.objective.of(prover.first), prover.proven.bound)
            proven = self.goal.suffices(self.objective.of(prover.first), max(bound, self.dual_bound, prover.proven.bound))
            return self.stopped or (prover.has_first and proven)

        # the plan of another question may break rules of this one, and yet its integer columns are mostly near to what is best
        start = self.warm_start if self.tools.rens is None else None
        if self.tools.tight or self.objective.of(self.best) - self.dual_bound <= GOOD * worth:
            start = self.best
        return self.tools.relaxations.run(step, self.objective, worth, watch, start)

    def _take(self, found: Floats | None) -> None:
        self.best = self.objective.better(self.best, found)

    def _worth(self, columns: Floats | None) -> float:
        """What value − bound may be: at ``columns``, or at the bound where no plan is known."""
        value = self.objective.of(columns)
        return self.goal.tolerance_at(value if np.isfinite(value) else max(self.dual_bound, LEAST))

    def _tree(self, start: Floats | None) -> Outcome:
        """The full MIP, without relaxing anything, from the incumbent on; ``start``: the plan of the level before."""
        tools = self.tools
        fresh = not tools.large and start is None
        return FullMip(
            tools.program, tools.neighbourhoods, tools.run_in_background, self.goal, None if fresh else self.best,
            self.dual_bound, tools.large, self._tell, self.best if fresh else None,
        ).run()  # fmt: skip

    def _tell(self, value: float, bound: float = -np.inf) -> bool:
        """Report it; whether to stop."""
        self.rising = max(self.rising, bound)
        self.stopped = self.stopped or self.report(value, max(self.rising, self.dual_bound))
        return self.stopped

    def _ended(self) -> bool:
        return self.stopped or self.goal.suffices(self.objective.of(self.best), self.dual_bound)

    def _outcome(self) -> Outcome:
        if self.stopped:  # what was shown is not taken back
            self._take(self.beside)
        value = self.objective.of(self.best)
        proven = self.goal.suffices(value, self.dual_bound)
        return Outcome("optimal" if proven else "stopped", self.best, value, min(self.dual_bound, value))
