"""Which cells of a conflict the linear relaxation alone can see: the multipliers that prove that there is no plan."""

from __future__ import annotations

from collections.abc import Callable, Collection

import numpy as np
from highspy import HighsModelStatus, HighsVarType

from optplan.explanation.elastic_program import GivingProgram
from optplan.rules.cells import Cell
from optplan.search.solver.highs import PRIMAL, highs_program
from optplan.search.solver.matrix import Floats
from optplan.search.solver.silent import silent_highs

SEEN = 1e-7  # of a multiplier, relative to what a unit of a cell costs
TRIED = 5  # cells that gave way, to find a conflict that one of them is in


class Relaxation:
    """The program without whole numbers. Where even it has no plan, few solves name the cells that matter."""

    def __init__(self, program: GivingProgram, over: Callable[[], bool]) -> None:
        """``over``: whether no more may be asked."""
        self._program, self._over = program, over
        self._highs = silent_highs()
        self._highs.setOptionValue("threads", 1)
        self._highs.setOptionValue("simplex_strategy", PRIMAL)  # costs change from question to question, rows do not
        self._highs.passModel(highs_program(program.matrix))
        every = np.arange(program.matrix.columns, dtype=np.int32)
        kinds = np.array([HighsVarType.kContinuous] * len(every))
        self._highs.changeColsIntegrality(len(every), every, kinds)
        self._highs.cbSimplexInterrupt.subscribe(lambda event: event.interrupt(over()))
        self._every, self._broken = every, list[Cell]()
        self._values: Floats | None = None  # of the last solution

    def support(self, held: Collection[Cell]) -> frozenset[Cell] | None:
        """Cells among ``held`` that cannot hold together even in parts; ``None`` if all of ``held`` can, or it is not known.

        The least sum by which they give way has a proof (its dual solution), and the cells that it does not use are not needed.
        """
        highs, columns = self._highs, self._program.columns
        cost = np.zeros(len(self._every))
        for cell in held:
            cost[self._program.own[cell]] = 1.0
        highs.changeColsCost(len(self._every), self._every, cost)
        highs.run()
        if highs.getModelStatus() != HighsModelStatus.kOptimal:
            self._values = None
            return None
        solution = highs.getSolution()
        reduced, values = np.array(solution.col_dual), np.array(solution.col_value)
        self._values = values
        if highs.getInfo().objective_function_value <= SEEN:
            return None
        self._broken = self._giving(held)
        return frozenset(cell for cell in held if (np.abs(reduced[columns[cell]] - cost[columns[cell]]) > SEEN).any())

    def irreducible(self, held: Collection[Cell], order: Callable[[Cell], int]) -> frozenset[Cell] | None:
        """The same with none to spare: without any one of them the rest can hold in parts. As far as it comes in time.

        Those that come last by ``order`` are left out first, many at a time as long as that can be.
        """
        found = self.support(held)
        if found is None:
            return None
        found = self._of_one(found, order)
        many, needed = max(1, len(found) // 4), set[Cell]()
        while not self._over():
            left = sorted(found - needed, key=lambda each: (order(each), str(each)), reverse=True)
            for start in range(0, len(left), many):
                without = (found - needed) & set(left[start : start + many])
                if self._over() or not without:
                    continue
                fewer = self.support(found - without)
                found = found if fewer is None else fewer
                if fewer is None and len(alone := self._giving(found)) == 1:  # all others hold in parts: it is needed
                    needed.update(alone)
            if many == 1:
                break
            many = max(1, many // 4)
        return found

    def _giving(self, cells: Collection[Cell]) -> list[Cell]:
        """Those of ``cells`` that give way in the last solution; none if there was none."""
        values = self._values
        return [] if values is None else [cell for cell in cells if values[self._program.columns[cell]].max() > SEEN]

    def _of_one(self, found: frozenset[Cell], order: Callable[[Cell], int]) -> frozenset[Cell]:
        """Those of one conflict, where there are several: all cells but one that gave way are out of the way."""
        broken = sorted(self._broken, key=lambda each: (order(each), str(each)))
        for cell in broken[:TRIED]:
            one = self.support(found - (set(broken) - {cell}))
            if one is not None:
                return one
        return found
