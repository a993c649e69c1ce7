"""Asking the solver which cells can hold together: each answer is a plan, the proof that there is none, or not known."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from optplan.explanation.elastic_program import GivingProgram
from optplan.explanation.standing import Standing
from optplan.rules.cells import Cell
from optplan.search.solver.highs import HighsModel, Outcome, Watch
from optplan.search.solver.matrix import Floats, Objective

GIVEN = 1e-6  # below that a cell holds: a hundredth of a yuan, a millionth of a person
NEAR_ENOUGH = 0.2  # relative, of the sum of what gives way: any such plan says which cells can do
WHOLE_STEP = 1 - 1e-3  # below a bound so near, what counts in wholes is proven
NEARBY = 1.5  # seconds for the best plan in which so much of a known one stands
ALIKE = 1e-6  # what two sums of amounts are alike within
Status = Literal["possible", "impossible", "unknown"]


@dataclass(frozen=True)
class Answer:
    """Whether there is a plan in which all the cells asked for hold.

    ``given``: by how much every other cell gives way in the plan that was found. ``value`` and ``bound`` of the amount that was
    minimised: no plan has less than the bound.
    """

    status: Status
    given: dict[Cell, float]
    value: float
    bound: float
    columns: Floats | None = None


@dataclass
class Limits:
    """When to stop asking: at ``deadline`` on the clock of :func:`time.monotonic`, or as soon as ``stop`` says so."""

    deadline: float
    stop: Callable[[], bool] = lambda: False

    def over(self) -> bool:
        """Whether no more may be asked."""
        return time.monotonic() >= self.deadline or self.stop()


class Asking:
    """Questions about one program, and how many were asked."""

    def __init__(
        self, program: GivingProgram, scale: Callable[[Cell], float], limits: Limits, standing: Sequence[Standing] = ()
    ) -> None:
        """``scale``: how much a cell must give way to count as much as another.

        ``standing``: much of a plan that is known, the most first. A plan in which it stands, if the relaxation proves that none
        is better, answers a question in a moment, and otherwise is where the search for a better one starts.
        """
        self.program, self.limits, self.asked, self._standing = program, limits, 0, standing
        self._scale = scale
        self._highs = HighsModel(program.matrix)
        self._highs.style("alone")
        self._zero = np.zeros(program.matrix.columns)

    def least(
        self,
        held: Collection[Cell],
        soft: Iterable[Cell],
        *,
        most: Mapping[Cell, float] | None = None,
        near: float = 0.0,
        within: float = 0.0,
        start: Floats | None = None,
        seconds: float = np.inf,
    ) -> Answer:
        """The plan in which the cells ``held`` hold and those in ``soft`` give way the least; all others give way freely.

        ``most``: cells that give way by so much at most. ``near``: how far from the least, relative, is near enough;
        ``within``: how far in all. ``start``: a plan that is known. Not known if it takes more than ``seconds``.
        """
        highs, program = self._highs, self.program
        self._hold(held)
        for cell, amount in (most or {}).items():
            highs.at_most(program.own[cell], np.full(len(program.own[cell]), amount + GIVEN))
        cost = self._zero.copy()
        for cell in soft:
            cost[program.own[cell]] = 1 / self._scale(cell)
        ends = self._ends(seconds)
        self.asked += 1
        objective = Objective(0.0, cost)
        soon = self._nearby(objective, ends, within, near)
        if soon is not None and (soon.verdict != "stopped" or time.monotonic() >= ends or self.limits.stop()):
            outcome = soon
        else:
            if soon is not None and soon.columns is not None and (start is None or soon.value < objective.at(start)):
                start = soon.columns
            outcome = self._minimised(objective, ends, within, near, start)
        if outcome.verdict == "infeasible":
            return Answer("impossible", {}, np.inf, np.inf)
        if outcome.columns is None:
            return Answer("unknown", {}, np.inf, max(outcome.bound, 0.0))
        return Answer("possible", self._given(outcome.columns), outcome.value, max(outcome.bound, 0.0), outcome.columns)

    def with_the_same_decisions(self, held: Collection[Cell], columns: Floats) -> Answer | None:
        """A plan in which ``held`` hold and everything whole is as in ``columns``, found in a moment; ``None`` if there is none.

        Most often the same decisions will do, and only the money is divided otherwise.
        """
        (whole,) = np.nonzero(self.program.matrix.integer)
        self._hold(held)
        self._highs.fix(whole, np.round(columns[whole]))
        self.asked += 1
        outcome = self._minimised(Objective(0.0, self._zero), self._ends(NEARBY))
        if outcome.columns is None:
            return None
        return Answer("possible", self._given(outcome.columns), 0.0, 0.0, outcome.columns)

    def confirmed_impossible(self, held: Collection[Cell], seconds: float = np.inf) -> bool:
        """The same question once more without the solver's presolve: whether it still finds that there is no plan."""
        self._hold(held)
        self._highs.without_presolve()
        self.asked += 1
        return self._minimised(Objective(0.0, self._zero), self._ends(seconds)).verdict == "infeasible"

    def worth(self, held: Collection[Cell], names: Iterable[str], seconds: float) -> dict[str, tuple[float, float]]:
        """(bound, value) of each criterion where ``held`` hold, one after another, each with those before it at their value.

        ``seconds`` for each; a criterion for which no plan came up is left out, and those after it.
        """
        self._hold(held)
        found: dict[str, tuple[float, float]] = {}
        for name in names:
            objective, ends = self.program.matrix.criteria[name], self._ends(seconds)
            self.asked += 1
            soon = self._nearby(objective, ends, 0.0, 0.0)
            outcome = self._minimised(objective, ends, start=None if soon is None else soon.columns)
            if outcome.columns is None:
                break
            found[name] = max(outcome.bound, 0.0), outcome.value
            self._highs.add_temporary_cut(objective, outcome.value)
        return found

    def least_in_parts(self, held: Collection[Cell], soft: Iterable[Cell]) -> float:
        """Below which no plan is, found in a moment: the least by which ``soft`` give way where nothing need be whole."""
        cost = self._zero.copy()
        for cell in soft:
            cost[self.program.own[cell]] = 1 / self._scale(cell)
        self._hold(held)
        self.asked += 1
        return max(self._relaxed(Objective(0.0, cost), self._ends()).bound, 0.0)

    def _nearby(self, objective: Objective, ends: float, within: float, near: float) -> Outcome | None:
        """What comes of a question where most of the known plan stands, with the bound of the relaxation.

        ``optimal`` if no plan can be told from it, ``infeasible`` if there is no plan even in parts, ``stopped`` if another may
        be better; ``None`` where no plan is known.
        """
        highs = self._highs
        if not self._standing:
            return None
        relaxed = self._relaxed(objective, ends)
        if relaxed.verdict != "optimal":
            return relaxed if relaxed.verdict == "infeasible" else None
        best = Outcome("stopped", None, np.inf, relaxed.bound)
        for standing in self._standing:
            highs.fix(standing.columns, standing.values)
            found = self._minimised(objective, min(ends, self._ends(NEARBY)), within, near, best.columns)
            highs.free(standing.columns)
            if found.columns is None or found.value >= best.value:
                continue
            enough = found.value - relaxed.bound <= max(within, near * found.value, ALIKE)
            best = Outcome("optimal" if enough else "stopped", found.columns, found.value, relaxed.bound)
            if enough:
                break
        return best

    def _minimised(
        self, objective: Objective, ends: float, within: float = 0.0, near: float = 0.0, start: Floats | None = None
    ) -> Outcome:
        return self._highs.minimise(
            objective,
            tolerance=within,
            relative_tolerance=near,
            start=start,
            watch=self._watch(ends),
            seconds=ends - time.monotonic(),
        )

    def _relaxed(self, objective: Objective, ends: float) -> Outcome:
        return self._highs.relaxed(objective, watch=self._watch(ends), seconds=ends - time.monotonic())

    def _ends(self, seconds: float = np.inf) -> float:
        """When a question that may take so long ends."""
        return min(self.limits.deadline, time.monotonic() + seconds)

    def _watch(self, ends: float) -> Watch:
        return lambda *_: time.monotonic() >= ends or self.limits.stop()

    def _hold(self, held: Collection[Cell]) -> None:
        self._highs.release()
        fixed = np.concatenate([np.array([], dtype=np.intp), *(self.program.columns[cell] for cell in held)])
        self._highs.fix(fixed, np.zeros(len(fixed)))

    def _given(self, columns: Floats) -> dict[Cell, float]:
        return {
            cell: float(amount) for cell, of_cell in self.program.columns.items() if (amount := columns[of_cell].max()) > GIVEN
        }
