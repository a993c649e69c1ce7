"""HiGHS by itself, with the options that it comes with."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Any

import numpy as np
from highspy import Highs, HighsLp, HighsModelStatus, HighsSolution, HighsVarType, MatrixFormat

from benchmarks.program import Affine, Program
from benchmarks.rivals.rival import Answer, Told

NIL = 1e-7  # what a sum that is nil may come to in floating point


def lp_of(program: Program) -> HighsLp:
    """The program as HiGHS takes it, without an objective."""
    lp = HighsLp()
    lp.num_col_, lp.num_row_ = len(program.columns), len(program.rows)
    lp.col_cost_ = np.zeros(len(program.columns))
    lp.col_lower_ = np.array([column.lower for column in program.columns])
    lp.col_upper_ = np.array([column.upper for column in program.columns])
    lp.row_lower_ = np.array([row.lower for row in program.rows])
    lp.row_upper_ = np.array([row.upper for row in program.rows])
    lp.a_matrix_.format_ = MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(row.entries) for row in program.rows)]).astype(np.int32)
    lp.a_matrix_.index_ = np.array([column for row in program.rows for column in row.entries], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([value for row in program.rows for value in row.entries.values()])
    lp.integrality_ = [HighsVarType.kInteger if column.whole else HighsVarType.kContinuous for column in program.columns]
    return lp


class HighsAlone:
    """A HiGHS instance with a program in it."""

    def __init__(self, lp: HighsLp) -> None:
        self._highs = Highs()  # type: ignore[no-untyped-call]
        self._highs.setOptionValue("log_to_console", False)
        self._highs.passModel(lp)
        self._columns, self._lower = lp.num_col_, list(lp.col_lower_)
        self._mixed = any(kind == HighsVarType.kInteger for kind in lp.integrality_)
        self._told: Told = lambda value, bound, ago=0.0, /, point=None: None
        self._scale = 1.0
        self._highs.cbMipImprovingSolution.subscribe(self._found)
        self._highs.cbMipInterrupt.subscribe(self._heard)

    def hold(self, objective: Affine, most: float) -> None:
        """A row; what stands in a sum that must stay nil is held at nil itself, which presolve makes more of."""
        if most - objective.constant <= NIL and all(
            value > 0 and self._lower[column] == 0 for column, value in objective.entries.items()
        ):
            for column in objective.entries:
                self._highs.changeColBounds(column, 0.0, 0.0)
            return
        columns = np.array(list(objective.entries), dtype=np.int32)
        values = np.array(list(objective.entries.values())) * objective.scale
        self._highs.addRow(-inf, (most - objective.constant) * objective.scale, len(columns), columns, values)

    def minimise(
        self, objective: Affine, *, absolute: float, relative: float, start: Sequence[float] | None, seconds: float, told: Told
    ) -> Answer:
        """Branch and cut from ``start``."""
        highs, self._told, self._scale = self._highs, told, objective.scale
        cost = np.zeros(self._columns)
        cost[list(objective.entries)] = list(objective.entries.values())
        highs.changeColsCost(self._columns, np.arange(self._columns, dtype=np.int32), cost * self._scale)
        highs.changeObjectiveOffset(objective.constant * self._scale)
        highs.setOptionValue("mip_abs_gap", max(absolute * self._scale, 1e-6))
        highs.setOptionValue("mip_rel_gap", relative)
        highs.setOptionValue("time_limit", highs.getRunTime() + seconds)
        if start is not None:
            solution = HighsSolution()
            solution.col_value = list(start)
            highs.setSolution(solution)
        highs.run()
        status, info = highs.getModelStatus(), highs.getInfo()
        if status in {HighsModelStatus.kInfeasible, HighsModelStatus.kUnboundedOrInfeasible}:
            return Answer("infeasible")
        point = list(highs.getSolution().col_value) if info.primal_solution_status == 2 else None
        proven = status in {HighsModelStatus.kOptimal, HighsModelStatus.kModelEmpty}
        bound = info.mip_dual_bound if self._mixed else info.objective_function_value
        return Answer("optimal" if proven else "stopped", point, bound / self._scale if self._mixed or proven else -inf)

    def _found(self, event: Any) -> None:
        out = event.data_out
        self._told(
            out.mip_primal_bound / self._scale, out.mip_dual_bound / self._scale, point=np.asarray(out.mip_solution).tolist()
        )

    def _heard(self, event: Any) -> None:
        out = event.data_out
        self._told(out.mip_primal_bound / self._scale, out.mip_dual_bound / self._scale)


def make(program: Program) -> HighsAlone:
    """A HiGHS with ``program`` in it."""
    return HighsAlone(lp_of(program))
