"""How a level comes to its first incumbent: jobs for the prover's thread, each a function that seeks one plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from optplan.decision_model import Criterion
from optplan.search.heuristics.relax_and_fix import StagedSolution
from optplan.search.heuristics.sub_mip import Aim
from optplan.search.heuristics.weighted_sum import good_of, weighted_objective
from optplan.search.level.background import Background
from optplan.search.level.tools import Tools
from optplan.search.solver.goal import Goal
from optplan.search.solver.matrix import Floats

Job = Callable[[Aim], StagedSolution]


def nothing(_aim: Aim) -> StagedSolution:
    """The job of no plan."""
    return StagedSolution()


@dataclass(frozen=True)
class Jobs:
    """The jobs of one level. ``criteria``: of it and those after it; ``near``: whether the incumbent is near to what is proven.

    Each job begins from an LP solution; where there is none there is nothing to do.
    """

    tools: Tools
    goal: Goal
    criteria: Sequence[Criterion]
    incumbent: Floats | None
    near: bool

    def weighted(self, lp_solution: Floats | None) -> Job:
        """By the weighted sum of this criterion and those after it: from the incumbent on, or a plan where there is none."""
        search, incumbent = self.tools.weighted_sum, self.incumbent
        if lp_solution is None or search is None:
            return nothing
        objective = weighted_objective(self.criteria, self.tools.matrix, lp_solution)
        if incumbent is not None and self.tools.large:  # where criteria are held, the relaxation of the sum takes long
            return lambda aim: search.between(aim, objective, lp_solution, incumbent)
        return lambda aim: search.run(aim, objective, incumbent)

    def between(self, other: Floats | None) -> Job:
        """A plan better than the incumbent, on the way from it to ``other``."""
        search, incumbent = self.tools.weighted_sum, self.incumbent
        if search is None or other is None or incumbent is None:
            return nothing
        objective = weighted_objective(self.criteria, self.tools.matrix, incumbent)
        return lambda aim: search.between(aim, objective, other, incumbent)

    def repair(self, plan: Floats) -> Job:
        """A plan near ``plan``, of a question much like this one; by the weighted sum where this criterion says little."""
        relax_and_fix, search = self.tools.relax_and_fix, self.tools.weighted_sum
        if search is None or not self.goal.objective.says_little:
            return lambda aim: relax_and_fix.repair(aim, plan)
        objective = weighted_objective(self.criteria, self.tools.matrix, plan)

        def run(aim: Aim) -> StagedSolution:
            repaired = search.core.repair(aim, objective, plan)
            return relax_and_fix.repair(aim, plan) if repaired is None else StagedSolution(repaired, repaired)

        return run

    def beyond(self, lp_solution: Floats | None) -> Job:
        """A better plan than the incumbent by a longer search of the weighted sum."""
        search, incumbent = self.tools.weighted_sum, self.incumbent
        if lp_solution is None or search is None or incumbent is None:
            return nothing
        objective = weighted_objective(self.criteria, self.tools.matrix, lp_solution)
        return lambda aim: search.beyond(aim, objective, incumbent)

    def short_of_money(self, lp_solution: Floats | None) -> Job:
        """A plan by the weighted sum, where something will be missing; from the incumbent on, if there is one."""
        search = self.tools.weighted_sum
        if lp_solution is None or search is None or self.incumbent is not None:
            return self.weighted(lp_solution)
        objective = weighted_objective(self.criteria, self.tools.matrix, lp_solution)
        if not self.tools.parts.has("lacking-kept"):
            return lambda aim: search.core.run(aim, objective)
        return lambda aim: search.short_of_money(aim, objective)

    def good_in_all(self, lp_solution: Floats | None, alone: Callable[[], Background]) -> Job:
        """A plan near the weighted relaxation where that is the best of this level; else one on the way to it.

        ``alone``: begins HiGHS' own search for the best of this level beside it; where that comes to nothing, relax-and-fix.
        """
        search, otherwise = self.tools.weighted_sum, self.relax_and_fix(lp_solution)
        if lp_solution is None or search is None:
            return otherwise
        objective = weighted_objective(self.criteria, self.tools.matrix, lp_solution)
        beside = alone()

        def run(aim: Aim) -> StagedSolution:
            relaxed = search.relax(aim, objective)
            plan = None if relaxed.columns is None else search.near(aim, objective, relaxed)
            if plan is not None and self.goal.suffices(aim.objective.at(plan), aim.bound):
                return StagedSolution(plan, plan)
            best = beside.after(1, lambda: not aim.stop())
            if not self.goal.suffices(aim.objective.of(best), aim.bound):
                best = aim.objective.better(best, otherwise(aim).incumbent)
            if plan is not None and best is not None:
                best = self.relinked(aim, *sorted((best, plan), key=aim.objective.at))
            found = plan if best is None else best
            return StagedSolution(found, found)

        return run

    def relinked(self, aim: Aim, best: Floats, other: Floats) -> Floats:
        """A plan as good as ``best`` in this criterion, on the way to ``other``, which is better in those after it, if it is.

        A plan that is sought for one criterion alone is mostly poor in all others. Where the time of the level is over, it is
        ``other`` if that is good enough and better in all.
        """
        search = self.tools.weighted_sum
        if search is None or len(self.criteria) == 1:
            return best
        objective = weighted_objective(self.criteria[1:], self.tools.matrix, best)
        if objective.at(other) < objective.at(best):
            best = search.relinked(aim, objective, best, other)
        enough = aim.objective.at(other) - aim.bound <= good_of(self.criteria[0], aim.bound)
        total = weighted_objective(self.criteria, self.tools.matrix, best)
        return other if aim.stop() and enough and total.at(other) < total.at(best) else best

    def relax_and_fix(self, lp_solution: Floats | None) -> Job:
        """Relax-and-fix; RINS where it comes to nothing, and instead of it where the incumbent is near already."""
        if lp_solution is None or not self.tools.parts.has("first-relax-and-fix"):
            return nothing
        weighted = self.weighted(lp_solution)

        def run(aim: Aim) -> StagedSolution:
            staged = StagedSolution() if self.near else self.tools.relax_and_fix.run(aim, lp_solution)
            return weighted(aim) if staged.incumbent is None else staged

        return run
