"""Relax-and-fix: from an LP solution to a plan in integers, one class of columns after another.

What is integer in the LP solution is fixed: openings and teams, then every item of a county (and every squad) that is integer in
all years. The rest is decided class by class, dear goods first, cheap goods and hires last. Each class is a small program in
which all later classes may be divided. A program without a solution is tried once more with fewer columns fixed.

Where every unit costs, two things differ. Sums are integer in the first relaxation already. And teams are decided together with
dear goods, not before them: teams made integer first often leave no room for whole goods under the readiness that is held. They
are decided together, too, where every target can be met: any plan that meets them all will do, and that is found soonest.

Some criteria, such as the shortfall, say nothing of most decisions: the best LP solution may then waste money that is needed to
make goods integer. So dear goods are made integer at the least cost, with the criterion held near what was reached.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optplan.search.heuristics.completion import THRIFTY, Completion
from optplan.search.heuristics.lp_diving import LpDiving
from optplan.search.heuristics.sub_mip import ENOUGH, Aim, SubMip, crossover, first, prepared, solved
from optplan.search.solver.column_classes import ColumnClasses, is_integer
from optplan.search.solver.highs import INTEGRALITY, HighsModel, Style
from optplan.search.solver.matrix import Columns, Floats, Matrix, Objective

FEW, MANY = 5, 300  # nodes of a sub-MIP where a plan is known, from which RINS goes on if this fails, and where none is
MORE = (0.5, 10.0, 50.0)  # tolerances: how far from what was reached the criterion may be at the least cost, one after another


@dataclass(frozen=True)
class StagedSolution:
    """What relax-and-fix came to: ``coupled`` has the first classes integer, ``core`` dear goods too, ``incumbent`` everything.

    ``None``: it did not come so far.
    """

    core: Floats | None = None
    incumbent: Floats | None = None
    coupled: Floats | None = None


class RelaxAndFix:
    """Relax-and-fix for one matrix; keeps its own HiGHS models, which need every objective cut."""

    def __init__(self, matrix: Matrix, classes: ColumnClasses) -> None:
        self._classes = classes
        self._highs, self._coupling = HighsModel(matrix), HighsModel(matrix)
        self._lp_diving = LpDiving(matrix)
        self._completion = Completion(matrix, classes)

    def add_objective_cut(self, objective: Objective, most: float, aside: float, exactly: float | None) -> None:
        """From now on the objective must not exceed ``most``, and before cheap goods are made integer ``aside`` less.

        ``exactly``: where it has no slack, how exactly it was minimised.
        """
        self._highs.add_objective_cut(objective, most - aside)
        self._lp_diving.add_objective_cut(objective, most - aside)
        self._coupling.add_objective_cut(objective, most)
        self._completion.add_objective_cut(objective, most, exactly)

    def repair(self, aim: Aim, plan: Floats) -> StagedSolution:
        """A plan near one of a question much like this: its dear goods as they are, if that can be, and cheap ones anew."""
        classes = self._classes
        held = np.concatenate([classes.openings, classes.meeting])
        sub_mips = (
            SubMip(classes.core, np.concatenate([held, classes.dear]), style="proving"),
            SubMip(classes.core, held, style="proving"),
        )
        return self._completed(aim, first(solved("dear", sub_mip, aim, plan, self._highs) for sub_mip in sub_mips))

    def run(self, aim: Aim, lp_solution: Floats) -> StagedSolution:
        """A plan near ``lp_solution``, the LP solution."""
        classes, firm, little = self._classes, self._completion.is_firm, aim.objective.says_little
        counting = is_integer(lp_solution[classes.sums]).all() and not little
        nothing = little and aim.objective.at(lp_solution) <= aim.tolerance
        if not firm and (counting or nothing):
            sub_mip = SubMip(classes.core, self._settled(lp_solution), style="rens", nodes=5)
            staged = self._completed(aim, solved("core", sub_mip, aim, lp_solution, self._highs))
            if counting or staged.incumbent is not None:
                return staged
        coupled = lp_solution if is_integer(lp_solution[classes.coupled]).all() else self._coupled(aim, lp_solution)
        return self._completed(aim, self._dear(aim, coupled) if coupled is not None else None, coupled)

    def apart(self, aim: Aim, lp_solution: Floats) -> Iterator[StagedSolution]:
        """Plans near ``lp_solution``: dear goods made integer while only the numbers of teams are, then teams.

        First with all dear goods kept, then with the numbers of teams kept.
        """
        classes = self._classes
        sub_mip = SubMip(classes.counted, self._settled(lp_solution), style="rens", nodes=20)
        counted = solved("dear", sub_mip, aim, lp_solution, self._highs)
        if counted is None:
            return
        for kept in (classes.dear, classes.counts):
            sub_mip = SubMip(classes.core, np.concatenate([classes.openings, kept]), style="rens", nodes=20)
            yield self._completed(aim, solved("core", sub_mip, aim, counted, self._highs))

    def between(self, aim: Aim, lp_solution: Floats, known: Floats, *, all_but_teams: bool) -> StagedSolution:
        """A plan between ``lp_solution``, of a relaxation, and ``known``, whose core is integer: what they agree on is kept.

        Of the core, or of openings and dear goods alone.
        """
        classes = self._classes
        agreeing = np.concatenate([classes.openings, classes.dear]) if all_but_teams else classes.core
        style: Style = "rins" if all_but_teams else "finding"
        found = crossover(classes.core, agreeing, aim, known, lp_solution, self._highs, style, known)
        better = found is not None and aim.objective.at(found) < aim.objective.at(known)
        return self._completed(aim, found) if better else StagedSolution()

    def same(self, staged: StagedSolution, lp_solution: Floats) -> bool:
        """Whether relax-and-fix from ``lp_solution`` would begin from what led to ``staged``."""
        if staged.coupled is None:
            return False
        coupled = self._classes.coupled
        return np.allclose(lp_solution[coupled], staged.coupled[coupled], rtol=0.0, atol=INTEGRALITY)

    def _settled(self, lp_solution: Floats) -> Columns:
        """The openings, and the dear goods that are settled in ``lp_solution``."""
        return np.concatenate([self._classes.openings, self._classes.settled(self._classes.dear, lp_solution)])

    def _completed(self, aim: Aim, lp_solution: Floats | None, coupled: Floats | None = None) -> StagedSolution:
        return StagedSolution(lp_solution, None if lp_solution is None else self._completion.run(aim, lp_solution), coupled)

    def _coupled(self, aim: Aim, lp_solution: Floats) -> Floats | None:
        integer = self._classes.coupled
        if self._completion.is_firm:
            return solved("coupled", SubMip(integer, style="proving"), aim, lp_solution, self._coupling, aim.start)
        nodes = FEW if aim.start is not None else MANY
        sub_mips = SubMip(integer, self._classes.openings, nodes=nodes), SubMip(integer, nodes=nodes)
        return first(solved("coupled", sub_mip, aim, lp_solution, self._coupling) for sub_mip in sub_mips)

    def _dear(self, aim: Aim, lp_solution: Floats) -> Floats | None:
        openings, meeting, integer = self._classes.openings, self._classes.meeting, self._classes.core
        if aim.thrifty(lp_solution):
            return first(self._by_cost(SubMip(integer, openings), aim, lp_solution, more) for more in MORE)
        settled = self._settled(lp_solution)
        sub_mips = [SubMip(integer, np.concatenate([openings, meeting])), SubMip(integer, settled, nodes=20)]
        if aim.start is not None and not self._completion.is_firm:
            sub_mips.clear()  # RINS from that plan, which always comes to one, takes less than these
        if not self._completion.is_firm:  # settled goods use up what a criterion without slack allows
            sub_mips.insert(0, SubMip(integer, np.concatenate([meeting, settled]), nodes=FEW if aim.start is not None else MANY))
            lp_diving = None if aim.objective.says_little else self._by_lp_diving(sub_mips[0], aim, lp_solution)
            if lp_diving is not None:
                return lp_diving
        return first(solved("dear", sub_mip, aim, lp_solution, self._highs) for sub_mip in sub_mips)

    def _by_cost(self, sub_mip: SubMip, aim: Aim, lp_solution: Floats, more: float) -> Floats | None:
        """What it gives at the least cost, the criterion at most ``more`` tolerances above its value at ``lp_solution``."""
        assert aim.thrift is not None
        if aim.stop():
            return None
        with prepared(self._highs, sub_mip, aim, lp_solution):
            self._highs.add_temporary_cut(aim.objective, aim.objective.at(lp_solution) + more * aim.tolerance)
            found = self._highs.minimise(aim.thrift, relative_tolerance=THRIFTY, watch=lambda *_: aim.stop()).columns
        return None if aim.stop() else found

    def _by_lp_diving(self, sub_mip: SubMip, aim: Aim, lp_solution: Floats) -> Floats | None:
        """What an attempt gives by linear programs alone, if that is good enough; they need an objective to go by, and room."""
        fixed, kept = np.union1d(sub_mip.fixed, aim.kept), lp_solution.copy()
        kept[aim.kept] = aim.keeping(lp_solution)
        most = aim.bound + ENOUGH["lp-diving"] * aim.tolerance
        return self._lp_diving.run(
            aim.objective, kept, integer=sub_mip.integer, fixed=fixed, tolerance=aim.tolerance, most=most, stop=aim.stop
        )
