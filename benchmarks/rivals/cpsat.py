"""OR-Tools CP-SAT, which knows whole numbers only: money is counted in whole yuan, coefficients are made whole row by row.

Where that cannot be done without loss — items that come in parts, shares with endless decimals — the program is refused.
Objectives are rounded so finely that the difference is far below their tolerance; sums stay within 64 bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, inf, isinf

from ortools.sat.python import cp_model

from benchmarks.program import Affine, Program, Row
from benchmarks.rivals.rival import Answer, Refused, Told

MULTIPLIERS = tuple(10**power for power in range(9))
WHOLE = 1e-9  # relative: what a coefficient may be off a whole number in floating point
LARGEST = 10**9  # what a column without any bound may reach, in its grains
OBJECTIVE = 10**13  # what an objective in whole numbers may add up to at most
ROUNDED = 10**5  # what rounding its coefficients may add to one that is held


class _Watch(cp_model.CpSolverSolutionCallback):
    def __init__(self, told: Told, unit: float, columns: Sequence[cp_model.IntVar], grains: Sequence[float]) -> None:
        super().__init__()
        self._told, self._unit, self._best, self._proven = told, unit, inf, -inf
        self._columns, self._grains = columns, grains

    def on_solution_callback(self) -> None:
        self._best, self._proven = self.objective_value * self._unit, self.best_objective_bound * self._unit
        point = [self.value(column) * grain for column, grain in zip(self._columns, self._grains, strict=True)]
        self._told(self._best, self._proven, point=point)

    def on_bound(self, bound: float) -> None:
        self._proven = bound * self._unit
        self._told(self._best, self._proven)


class CpSat:
    """A CP-SAT model with a program in it."""

    def __init__(self, program: Program) -> None:
        self._model = cp_model.CpModel()
        if any(column.grain is None for column in program.columns):
            raise Refused("a decision comes in parts")
        self._grains = [float(column.grain or 1.0) for column in program.columns]
        self._upper = [self._most(program, number) for number in range(len(program.columns))]
        self._tighten(program)
        self._columns = [
            self._model.new_int_var(ceil(column.lower / grain - WHOLE), most, f"x{number}")
            for number, (column, grain, most) in enumerate(zip(program.columns, self._grains, self._upper, strict=True))
        ]
        for row in program.rows:
            self._row(row)

    def _most(self, program: Program, number: int) -> int:
        upper = program.columns[number].upper
        return LARGEST if isinf(upper) else floor(upper / self._grains[number] + WHOLE)

    def _tighten(self, program: Program) -> None:
        """Columns without a bound of their own get one from rows in which nothing can make up for them."""
        for row in program.rows:
            if isinf(row.upper) or any(value < 0 for value in row.entries.values()):
                continue
            for column, value in row.entries.items():
                most = floor(row.upper / value / self._grains[column] + WHOLE)
                self._upper[column] = max(0, min(self._upper[column], most))

    def _row(self, row: Row) -> None:
        entries = {column: value * self._grains[column] for column, value in row.entries.items()}
        smallest = min(abs(value) for value in entries.values())
        for multiplier in MULTIPLIERS:
            scaled = {column: value * multiplier for column, value in entries.items()}
            if smallest * multiplier > 0.5 and all(
                abs(value - round(value)) <= WHOLE * max(1.0, abs(value)) for value in scaled.values()
            ):
                break
        else:
            raise Refused("a row has coefficients with too many decimals")
        body = sum(round(value) * self._columns[column] for column, value in scaled.items())
        if not isinf(row.lower):
            self._model.add(body >= ceil(row.lower * multiplier - WHOLE * max(1.0, abs(row.lower * multiplier))))
        if not isinf(row.upper):
            self._model.add(body <= floor(row.upper * multiplier + WHOLE * max(1.0, abs(row.upper * multiplier))))

    def _whole(self, objective: Affine) -> tuple[cp_model.LinearExprT, float]:
        """The objective without its constant in whole numbers, and what one of those is worth."""
        weights = {column: value * self._grains[column] for column, value in objective.entries.items() if value}
        most = sum(abs(weight) * self._upper[column] for column, weight in weights.items()) or 1.0
        unit = most / OBJECTIVE
        return sum((round(weight / unit) * self._columns[column] for column, weight in weights.items()), start=0), unit

    def hold(self, objective: Affine, most: float) -> None:
        """A row."""
        body, unit = self._whole(objective)
        self._model.add(body <= floor((most - objective.constant) / unit) + ROUNDED)

    def minimise(
        self, objective: Affine, *, absolute: float, relative: float, start: Sequence[float] | None, seconds: float, told: Told
    ) -> Answer:
        """Search with as many workers as there are cores, from the hint ``start``."""
        model, constant = self._model, objective.constant
        body, unit = self._whole(objective)
        model.minimize(body)
        model.clear_hints()  # type: ignore[no-untyped-call]
        if start is not None:
            for column, value, grain in zip(self._columns, start, self._grains, strict=True):
                model.add_hint(column, round(value / grain))
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = max(seconds, 0.1)
        solver.parameters.absolute_gap_limit = max(absolute / unit, 1.0)
        solver.parameters.relative_gap_limit = relative
        watch = _Watch(
            lambda value, bound, ago=0.0, /, point=None: told(value + constant, bound + constant, point=point),
            unit,
            self._columns,
            self._grains,
        )
        solver.best_bound_callback = watch.on_bound
        status = solver.solve(model, watch)
        if status == cp_model.INFEASIBLE:
            return Answer("infeasible")
        if status == cp_model.MODEL_INVALID:
            raise Refused(model.validate())
        bound = solver.best_objective_bound * unit + constant
        if status == cp_model.UNKNOWN:
            return Answer("stopped", None, bound)
        point = [solver.value(column) * grain for column, grain in zip(self._columns, self._grains, strict=True)]
        return Answer("optimal" if status == cp_model.OPTIMAL else "stopped", point, bound)


def make(program: Program) -> CpSat:
    """A CP-SAT model with ``program`` in it."""
    return CpSat(program)
