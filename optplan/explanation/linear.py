"""Which cells of a conflict the linear relaxation alone can see: the multipliers that prove that there is no plan."""

from __future__ import annotations

from collections.abc import Callable, Collection

import numpy as np
from highspy import HighsModelStatus, HighsVarType

from optplan.explanation.giving import GivingProgram
from optplan.rules.cells import Cell
from optplan.search.solver.highs import highs_program
from optplan.search.solver.silent import silent_highs

SEEN = 1e-7  # of a multiplier, relative to what a unit of a cell costs


class Relaxation:
    """The program without whole numbers. Where even it has no plan, few solves name the cells that matter."""

    def __init__(self, program: GivingProgram) -> None:
        self._program = program
        self._highs = silent_highs()
        self._highs.setOptionValue("threads", 1)
        self._highs.passModel(highs_program(program.matrix))
        every = np.arange(program.matrix.columns, dtype=np.int32)
        kinds = np.array([HighsVarType.kContinuous] * len(every))
        self._highs.changeColsIntegrality(len(every), every, kinds)
        self._every, self._upper = every, program.matrix.upper

    def support(self, held: Collection[Cell]) -> frozenset[Cell] | None:
        """Cells among ``held`` that cannot hold together even in parts; ``None`` if all of ``held`` can, or it is not known.

        The least sum by which they give way has a proof (its dual solution), and the cells that it does not use are not needed.
        """
        highs, columns = self._highs, self._program.columns
        cost, upper = np.zeros(len(self._every)), self._upper.copy()
        for cell in held:
            own = self._program.own[cell]
            cost[own] = 1.0
        highs.changeColsCost(len(self._every), self._every, cost)
        highs.changeColsBounds(len(self._every), self._every, self._program.matrix.lower, upper)
        highs.run()
        if highs.getModelStatus() != HighsModelStatus.kOptimal or highs.getInfo().objective_function_value <= SEEN:
            return None
        reduced = np.array(highs.getSolution().col_dual)
        return frozenset(cell for cell in held if (np.abs(reduced[columns[cell]] - cost[columns[cell]]) > SEEN).any())

    def irreducible(
        self, held: Collection[Cell], order: Callable[[Cell], int], over: Callable[[], bool]
    ) -> frozenset[Cell] | None:
        """The same with none to spare: without any one of them the rest can hold in parts. As far as it comes before ``over``.

        Those that come last by ``order`` are left out first.
        """
        found = self.support(held)
        if found is None:
            return None
        for cell in sorted(found, key=lambda each: (order(each), str(each)), reverse=True):
            if over():
                break
            if cell in found:
                found = self.support(found - {cell}) or found
        return found
