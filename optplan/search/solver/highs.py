"""A HiGHS model over one matrix: everything that is particular to HiGHS is in this file.

What HiGHS is not trusted with: whole numbers come back within a tolerance and are rounded and re-checked elsewhere; its
random seed is never varied (seeds have moved "proven" bounds); it runs on one thread, so that the answer cannot depend on
how many there are; a start is set after the costs, because changing costs forgets it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from highspy import (
    HighsLp,
    HighsModelStatus,
    HighsSolution,
    HighsVarType,
    MatrixFormat,
)
from numpy.typing import NDArray

from optplan.search.solver.matrix import Floats, Matrix, Objective
from optplan.search.solver.silent import silent_highs

FEASIBILITY = 1e-8  # what a row may be off by, in the currency unit: a ten-thousandth of a yuan
# Room that a held criterion's row is given (its largest coefficient is at least 10, its smallest mostly at least 1e-4). With less
# room than HiGHS' own tolerances its presolve has called feasible programs infeasible, and a start optimal that was not.
EDGE = 1e-6
# Costs of an objective, once scaled: what the largest mostly is; the smallest beside which HiGHS' tolerances (1e-7 for reduced
# costs) are nothing; and the largest for which sums in floating point are still finer than those tolerances.
USUAL, SEEN, LARGEST = 100.0, 1e-4, 1e9
LARGEST_IN_ROW = 1e5  # the largest coefficient of a held criterion, whose row is kept to an absolute tolerance
ROUNDING = 1e-9  # relative
FALSE_START = 1e-6  # relative: a "proven" value further than this from its bound was not proven
REACH = 3  # units
INTEGRALITY = 1e-6  # what an integer column may be off by
UNLIMITED = 2**31 - 1  # nodes, or pivots
Style = Literal["alone", "proving", "exhausting", "finding", "rens", "rins"]
# only proves: HiGHS' own searches for plans take two thirds of the root node, beginning again after it a third of the rest
_PROVING: dict[str, bool | float] = {
    "mip_heuristic_effort": 0.0,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_allow_restart": False,
}
_SOME = {"mip_heuristic_effort": 0.05}
STYLES: dict[Style, dict[str, bool | float]] = {
    # as HiGHS would by itself
    "alone": dict.fromkeys(_PROVING, True) | _SOME,
    "proving": _PROVING,
    # the same for a long search, in which beginning again pays
    "exhausting": _PROVING | {"mip_allow_restart": True},
    # wants a good point of a small program soon: the two searches around the relaxation pay there, the others do not
    "finding": _PROVING | _SOME | {"mip_heuristic_run_rins": True, "mip_heuristic_run_rens": True},
    # the same around a point whose integer columns are mostly kept, and around a plan that it starts from
    "rens": _PROVING | _SOME | {"mip_heuristic_run_rens": True},
    "rins": _PROVING | _SOME | {"mip_heuristic_run_rins": True},
}
PRIMAL = 4  # HiGHS' number of the primal simplex method
AT_FLOOR = 2e-9  # relative: a criterion held so near to its least possible value is held at it
SMALLEST_GAP = 1e-9  # "proven to the solver's arithmetic", after scaling

Verdict = Literal["optimal", "infeasible", "stopped"]


@dataclass(frozen=True)
class Outcome:
    """How a minimisation ended. ``columns`` is the best point found, ``None`` if there is none; ``bound`` is proven."""

    verdict: Verdict
    columns: Floats | None
    value: float
    bound: float


Watch = Callable[[float, float, Floats | None, int], bool]
"""Called during a search with (best value, bound, new best point or None, nodes so far); returns whether to stop."""


class HighsModel:
    """A loaded matrix that can be minimised again and again, with rows added and bounds changed in between."""

    def __init__(
        self,
        matrix: Matrix,
        nodes: int | None = None,
        *,
        interior: bool = False,
        feasibility: float = FEASIBILITY,
    ) -> None:
        """``nodes``: how many nodes of the search tree a minimisation may look at, ``None`` for as many as it takes.

        ``interior``: solve the first relaxation by the interior point method, which for 119 counties takes 7 s instead of 56.
        ``feasibility``: what a row may be off by.
        """
        self._highs = silent_highs()
        settings: dict[str, bool | float | str] = {
            "threads": 1,
            "parallel": "off",
            "primal_feasibility_tolerance": feasibility,
            "mip_feasibility_tolerance": feasibility,
            "mip_abs_gap": SMALLEST_GAP,
        }
        if interior:
            settings |= {"mip_lp_solver": "ipm", "solver": "ipm"}
        for option, value in settings.items():
            self._highs.setOptionValue(option, value)
        if nodes is not None:
            self.limit_nodes(nodes)
        self.columns = matrix.columns
        self._lower, self._upper = matrix.lower.copy(), matrix.upper.copy()
        self._integer = matrix.integer.copy()
        self._rows = len(matrix.rows)
        self._highs.passModel(highs_program(matrix))
        self._every = np.arange(matrix.columns, dtype=np.int32)
        self._scale, self._unseen = 1.0, 0.0
        self._watch: Watch | None = None
        self._highs.cbMipImprovingSolution.subscribe(self._on_solution)
        self._highs.cbMipInterrupt.subscribe(self._on_interrupt)

    def add_objective_cut(self, objective: Objective, most: float) -> bool:
        """From now on the objective must not exceed ``most``. Returns whether that takes a row.

        Where that is the least it could ever be, its columns are fixed: a row at its edge is a matter of the last digits.
        """
        (used,) = np.nonzero(objective.cost)
        cost = objective.cost[used]
        least = np.where(cost > 0, self._lower[used], self._upper[used])
        floor = objective.constant + float(cost @ least)
        if most - floor <= AT_FLOOR * max(1.0, abs(most)):
            self._lower[used] = self._upper[used] = least
            self._highs.changeColsBounds(len(used), used.astype(np.int32), least, least)
            return False
        self.add_temporary_cut(objective, most)
        self._rows += 1  # stays when limits are released
        return True

    def add_temporary_cut(self, objective: Objective, most: float) -> None:
        """From now on, until :meth:`release`, the objective must not exceed ``most``."""
        scale = scale_of(objective, LARGEST_IN_ROW)
        (used,) = np.nonzero(objective.cost)
        self._highs.addRow(
            -np.inf, (most - objective.constant) * scale + EDGE, len(used), used.astype(np.int32), objective.cost[used] * scale
        )

    def fix(self, columns: NDArray[np.integer[Any]], values: Floats) -> None:
        """From now on, until :meth:`release`, these columns have these values."""
        self._highs.changeColsBounds(len(columns), columns.astype(np.int32), values, values)

    def free(self, columns: NDArray[np.integer[Any]]) -> None:
        """These columns are fixed no longer."""
        self._highs.changeColsBounds(len(columns), columns.astype(np.int32), self._lower[columns], self._upper[columns])

    def may_be(self, columns: NDArray[np.integer[Any]], values: Floats) -> bool:
        """Whether the bounds of these columns, unless fixed, allow these values."""
        return bool(((self._lower[columns] <= values) & (values <= self._upper[columns])).all())

    def at_most(self, columns: NDArray[np.integer[Any]], values: Floats) -> None:
        """From now on, until :meth:`release`, these columns are no more than these values, as far as bounds allow."""
        upper = np.clip(values, self._lower[columns], self._upper[columns])
        self._highs.changeColsBounds(len(columns), columns.astype(np.int32), self._lower[columns], upper)

    def keep_near(self, columns: NDArray[np.integer[Any]], values: Floats, reach: int = REACH) -> None:
        """From now on, until :meth:`release`, these columns are at most ``reach`` from these values, as far as bounds allow.

        HiGHS writes down, for each integer column and round of cuts, what each of its possible values would cost; with hundreds
        of them it does little else.
        """
        lower = np.minimum(np.maximum(self._lower[columns], np.floor(values + INTEGRALITY) - reach), self._upper[columns])
        upper = np.maximum(np.minimum(self._upper[columns], np.ceil(values - INTEGRALITY) + reach), self._lower[columns])
        self._highs.changeColsBounds(len(columns), columns.astype(np.int32), lower, upper)

    def keep_between(self, columns: NDArray[np.integer[Any]], values: Floats, others: Floats) -> None:
        """From now on, until :meth:`release`, these columns are between the one and the other, in integers, as bounds allow."""
        lower = np.floor(np.minimum(values, others) + INTEGRALITY)
        upper = np.ceil(np.maximum(values, others) - INTEGRALITY)
        lower = np.minimum(np.maximum(self._lower[columns], lower), self._upper[columns])
        upper = np.maximum(np.minimum(self._upper[columns], upper), self._lower[columns])
        self._highs.changeColsBounds(len(columns), columns.astype(np.int32), lower, upper)

    def release(self) -> None:
        """From now on only what the program and held criteria say counts."""
        rows = self._highs.getNumRow()
        if rows > self._rows:
            self._highs.deleteRows(rows - self._rows, np.arange(self._rows, rows, dtype=np.int32))
        self._highs.changeColsBounds(self.columns, self._every, self._lower, self._upper)
        self._highs.setOptionValue("presolve", "choose")
        self._highs.setOptionValue("simplex_iteration_limit", UNLIMITED)

    def set_integer(self, columns: NDArray[np.integer[Any]]) -> None:
        """From now on these columns must be integer, and all others may be divided."""
        integer = np.zeros(self.columns, dtype=bool)
        integer[columns] = True
        (changed,) = np.nonzero(integer != self._integer)
        kinds = np.array([HighsVarType.kInteger if integer[column] else HighsVarType.kContinuous for column in changed])
        if len(changed):
            self._highs.changeColsIntegrality(len(changed), changed.astype(np.int32), kinds)
        self._integer = integer

    def without_presolve(self) -> None:
        """From now on, until :meth:`release`, the program is solved as it is."""
        self._highs.setOptionValue("presolve", "off")

    def resume(self, pivots: int) -> None:
        """From now on, until :meth:`release`, linear programs are solved from where the last ended, in so many pivots at most."""
        self._highs.setOptionValue("presolve", "off")
        self._highs.setOptionValue("simplex_iteration_limit", pivots)

    def many_objectives(self) -> None:
        """From now on linear programs go on from the last point with the primal simplex method, to which it is still feasible.

        One objective after another on Shuozhou takes 15 ms each instead of 106 with the dual, which has to start anew.
        """
        self._highs.setOptionValue("simplex_strategy", PRIMAL)

    def limit_nodes(self, nodes: int) -> None:
        """From now on a minimisation looks at so many nodes of the search tree at most."""
        self._highs.setOptionValue("mip_max_nodes", nodes)

    def style(self, name: Style) -> None:
        """From now on HiGHS looks for plans by itself so much (:data:`STYLES`)."""
        for option, value in STYLES[name].items():
            self._highs.setOptionValue(option, value)

    def minimise(
        self,
        objective: Objective,
        *,
        tolerance: float = 0.0,
        relative_tolerance: float = 0.0,
        start: Floats | None = None,
        watch: Watch | None = None,
        seconds: float = np.inf,
    ) -> Outcome:
        """Minimise ``objective`` until value − bound ≤ max(tolerance, relative_tolerance·value), or ``watch`` says to stop.

        ``start``: columns, of which what must be integer is rounded; if they break a rule, HiGHS keeps only what must be integer.
        ``seconds``: after which HiGHS itself is to end. In the linear programs of a tree, of which one can take minutes, it asks
        no ``watch``. Its limits have overrun a little, so whoever can says when to stop by ``watch`` as well.
        """
        highs = self._highs
        self._scale, self._unseen = scale_of(objective), unseen(objective, self._lower, self._upper)
        highs.changeColsCost(self.columns, self._every, objective.cost * self._scale)
        highs.changeObjectiveOffset(objective.constant * self._scale)
        highs.setOptionValue("mip_abs_gap", max(tolerance * self._scale, SMALLEST_GAP))
        highs.setOptionValue("mip_rel_gap", relative_tolerance)
        self._watch = watch
        if start is not None:
            solution = HighsSolution()
            solution.col_value = np.where(self._integer, np.round(start), start)
            highs.setSolution(solution)
        ends = time.monotonic() + seconds
        self._run(ends)
        outcome = self._outcome(objective)
        allowed = max(tolerance, relative_tolerance * abs(outcome.value)) + FALSE_START * max(1.0, abs(outcome.value))
        if start is not None and outcome.verdict == "optimal" and outcome.value - outcome.bound > allowed:
            # HiGHS 1.16 at times believes a start to be better than it is once presolve has transformed it
            # (and then calls it optimal); the columns it returns tell the truth. Search again without it.
            highs.clearSolver()
            self._run(ends)
            outcome = self._outcome(objective)
        return outcome

    def _run(self, ends: float) -> None:
        """Let HiGHS work until ``ends`` of the clock, at the most."""
        highs, in_parts = self._highs, not self._integer.any()
        # the clock of linear programs runs on from run to run, that of a tree begins anew
        left = ends - time.monotonic() + (highs.getRunTime() if in_parts else 0.0)
        highs.setOptionValue("time_limit", max(left, 0.0))
        asked = self._watch is not None and in_parts  # asked at each pivot, which takes a seventh of the time
        if asked:
            highs.cbSimplexInterrupt.subscribe(self._on_pivot)
        highs.run()
        if asked:
            highs.cbSimplexInterrupt.unsubscribe(self._on_pivot)

    def relaxed(self, objective: Objective, watch: Watch | None = None, seconds: float = np.inf) -> Outcome:
        """Minimise ``objective`` as if every column could be divided."""
        integer, self._integer = self._integer, np.zeros(self.columns, dtype=bool)
        self._highs.setOptionValue("solve_relaxation", True)
        found = self.minimise(objective, watch=watch, seconds=seconds)
        self._highs.setOptionValue("solve_relaxation", False)
        self._integer = integer
        return found

    def _outcome(self, objective: Objective) -> Outcome:
        highs = self._highs
        status, info = highs.getModelStatus(), highs.getInfo()
        if status in {HighsModelStatus.kInfeasible, HighsModelStatus.kUnboundedOrInfeasible}:
            return Outcome("infeasible", None, np.inf, np.inf)
        if status == HighsModelStatus.kModelEmpty and not self.columns:  # nothing to decide, which is a plan
            constant = float(objective.constant)
            return Outcome("optimal", np.array([]), constant, constant)
        found = info.primal_solution_status == 2  # kSolutionStatusFeasible
        columns = np.array(highs.getSolution().col_value) if found else None
        if columns is not None:
            columns[self._integer] = np.round(columns[self._integer])
        value = objective.at(columns) if columns is not None else np.inf
        bound = info.mip_dual_bound if self._integer.any() else info.objective_function_value
        proven = status in {HighsModelStatus.kOptimal, HighsModelStatus.kModelEmpty}
        if not self._integer.any() and not proven:
            bound = -np.inf
        return Outcome("optimal" if proven else "stopped", columns, float(value), float(min(self._proven(bound), value)))

    def _proven(self, bound: float) -> float:
        """What a bound of HiGHS proves of the objective as it was before it was scaled."""
        return bound / self._scale - self._unseen

    def _on_solution(self, event: Any) -> None:
        if self._watch is not None:
            out = event.data_out
            columns = np.array(out.mip_solution)
            columns[self._integer] = np.round(columns[self._integer])
            self._watch(out.mip_primal_bound / self._scale, self._proven(out.mip_dual_bound), columns, out.mip_node_count)

    def _on_interrupt(self, event: Any) -> None:
        out = event.data_out
        stop = self._watch is not None and self._watch(
            out.mip_primal_bound / self._scale, self._proven(out.mip_dual_bound), None, out.mip_node_count
        )
        event.interrupt(stop)  # said every time: a wish to stop would otherwise outlive the run

    def _on_pivot(self, event: Any) -> None:
        event.interrupt(self._watch is not None and self._watch(np.inf, -np.inf, None, 0))


@lru_cache(maxsize=1)
def highs_program(matrix: Matrix) -> HighsLp:
    """The matrix as HiGHS takes it, which copies it; handing the arrays over takes three times as long as that."""
    lp = HighsLp()
    lp.num_col_, lp.num_row_ = matrix.columns, len(matrix.rows)
    lp.col_cost_ = np.zeros(matrix.columns)
    lp.col_lower_, lp.col_upper_ = matrix.lower, matrix.upper
    lp.row_lower_, lp.row_upper_ = matrix.row_lower, matrix.row_upper
    lp.a_matrix_.format_ = MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.starts, matrix.indices, matrix.values
    lp.integrality_ = [HighsVarType.kInteger if integer else HighsVarType.kContinuous for integer in matrix.integer]
    return lp


def scale_of(objective: Objective, largest: float = LARGEST) -> float:
    """A power of ten with which HiGHS' tolerances, which are absolute, are small beside every cost.

    It brings the largest cost to between 10 and 100, so that tolerances mean the same for all criteria. Where costs span many
    orders of magnitude it is larger, until the smallest cost is :data:`SEEN` or the largest is ``largest``.
    """
    sizes = np.abs(objective.cost[objective.cost != 0])
    if not len(sizes):
        return 1.0
    usual, seen = np.floor(np.log10(USUAL / sizes.max())), np.ceil(np.log10(SEEN / sizes.min()))
    return float(10.0 ** max(usual, min(seen, np.floor(np.log10(largest / sizes.max())))))


def seen_apart(objective: Objective) -> tuple[Objective, Objective | None]:
    """The objective's costs that HiGHS sees beside its tolerances, and those that it may overlook, if there are any."""
    sizes = np.abs(objective.cost)
    small = (sizes > 0) & (sizes * scale_of(objective) < SEEN * (1 - ROUNDING))
    if not small.any():
        return objective, None
    return Objective(objective.constant, np.where(small, 0.0, objective.cost)), Objective(
        0.0, np.where(small, objective.cost, 0.0)
    )


def unseen(objective: Objective, lower: Floats, upper: Floats) -> float:
    """How much of the objective HiGHS may overlook: all of it that has costs below :data:`SEEN` even when scaled."""
    sizes = np.abs(objective.cost)
    (small,) = np.nonzero((sizes > 0) & (sizes * scale_of(objective) < SEEN * (1 - ROUNDING)))
    return float(sizes[small] @ (upper[small] - lower[small])) if len(small) else 0.0
