"""The criteria of a decision model, one after another, each proven before the next is asked (model.md §4)."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np

from optplan.audit import Criteria, criteria_of
from optplan.decision_model import Criterion, DecisionModel, Level, is_proven
from optplan.plan import Plan
from optplan.rules.program import build_program
from optplan.rules.rows import Contradiction
from optplan.schedule import Schedule
from optplan.search.core import Core
from optplan.search.dive import Dive
from optplan.search.extraction import schedule_of
from optplan.search.goal import LEAST, Goal
from optplan.search.layers import Columns, layers_of
from optplan.search.level import WORTHWHILE, LevelSearch, Tools
from optplan.search.matrix import Floats, Matrix, compile_program
from optplan.search.memory import Memory
from optplan.search.messages import Found, Progress, Search
from optplan.search.neighbourhoods import Neighbourhoods
from optplan.search.parts import EVERY, Parts
from optplan.search.payments import with_payments
from optplan.search.relaxations import Relaxations
from optplan.search.rounding import Rounding
from optplan.search.session import Session
from optplan.search.sums import with_sums
from optplan.search.weighted import Weighted

LONGEST, LONG = 0.8, 0.5  # of the time left: what a level may take, if others come after it, and once its plan is near its bound
NEARBY = 10  # of the level's tolerance: a plan no further than this is near it
HELD = 1e-9  # what a held criterion may exceed its value by, relative: the noise of one addition


@dataclass(frozen=True)
class Orders:
    """How long and how exactly to search, and whom to tell.

    ``gap``: a level may also stop when value − bound ≤ gap·value. ``seconds``: in all; a level that has a plan leaves some of
    what is left to the levels after it, half if it is near its bound. ``plan_found``, if anybody wants them, gets each better
    plan, complete with payments. ``stop`` is asked again and again; once it says so, the best plan so far is kept. ``parts`` of
    the search are used.
    """

    gap: float = 0.0
    seconds: float = float("inf")
    progress: Callable[[Progress], None] = lambda progress: None
    plan_found: Callable[[Found], None] | None = None
    stop: Callable[[], bool] = lambda: False
    parts: Parts = EVERY


@dataclass
class _Run:
    plan: Plan
    model: DecisionModel
    orders: Orders
    reference: Schedule | None
    matrix: Matrix
    tools: Tools
    kept: Columns
    memory: Memory
    began: float
    levels: list[Level] = field(default_factory=list)

    def left(self) -> float:
        return self.orders.seconds - (time.monotonic() - self.began)

    def complete(self, columns: Floats) -> tuple[Schedule, dict[str, Fraction]]:
        """The schedule of a point with its payments, and the exact value of every criterion of the model."""
        schedule = schedule_of(self.plan, self.matrix, columns)
        exact = self._criteria(schedule)
        expenses = {cell: yuan for cell, yuan in exact.money.due.items() if cell[1] in self.plan.open_years}
        names = [criterion.name for criterion in self.model.criteria]
        schedule = with_payments(self.plan, schedule, expenses, self.model.requests, names)
        if self._follow_from_payments:
            exact = self._criteria(schedule)
        return schedule, {criterion.name: exact.value(criterion.name) for criterion in self.model.criteria}

    def value(self, criterion: Criterion, columns: Floats) -> Fraction:
        """The exact value of one criterion at a point."""
        if self._follow_from_payments:
            return self.complete(columns)[1][criterion.name]
        return self._criteria(schedule_of(self.plan, self.matrix, columns)).value(criterion.name)

    @property
    def _follow_from_payments(self) -> bool:
        """Whether requests, what loans cost, or the order of payers depend on who pays, which no other criterion asks."""
        ordered = any(criterion.name == "payer_order" for criterion in self.model.criteria)
        return self.model.requests or bool(self.plan.loans) or ordered

    def goal(self, criterion: Criterion) -> Goal:
        """What the level of a criterion asks, whatever the orders say of gaps."""
        tolerance, relative_tolerance = float(criterion.tolerance), float(criterion.relative_tolerance)
        return Goal(self.matrix.criteria[criterion.name], tolerance, relative_tolerance)

    def _criteria(self, schedule: Schedule) -> Criteria:
        return criteria_of(self.plan.tables, schedule, requests=self.model.requests, reference=self.reference)

    def hold(self, criterion: Criterion, value: Fraction, bound: float) -> None:
        """From now on the criterion must not exceed ``value``, of which ``bound`` is proven, by more than its slack.

        A sum over whole units may use its tolerance up: the level is as proven as before, and its value is that of the plan.

        Where no slack is left, dives keep the whole sums that it is made of (what each target lacks): other sums of the same
        worth are few, and a search among them hardly finds a plan.
        """
        goal = self.goal(criterion)
        objective, slack, exactly = goal.objective, float(criterion.slack), goal.allowed(float(value))
        (used,) = np.nonzero(objective.cost)
        of_units = np.intersect1d(used, self.tools.layers.sums)
        # what the tolerance leaves between value and bound: a set of equipment that one level finds room for, and the next does
        # not. What is met in full stays met in full.
        gap = max(0.0, float(value) - bound)
        left = max(0.0, exactly - gap) if len(of_units) and not slack and float(value) > exactly else 0.0
        self.tools.hold(objective, _held(value, criterion) + left, slack=slack, room=slack + left + gap, exactly=exactly)
        if not slack:
            self.kept = np.union1d(self.kept, of_units)


def _tools(plan: Plan, matrix: Matrix, parts: Parts) -> Tools:
    layers = layers_of(plan, matrix)
    return Tools(
        matrix,
        Session(matrix),
        Relaxations(matrix, layers),
        Weighted(matrix, layers) if parts.has("weighted") and not layers.vast else None,
        Dive(matrix, layers),
        Core(matrix, layers),
        Neighbourhoods(plan, matrix, layers, parts),
        layers,
        large=len(layers.all) >= WORTHWHILE,
        rounding=Rounding(matrix, layers) if layers.vast and parts.has("rounding") else None,
        parts=parts,
    )


def search(
    plan: Plan, model: DecisionModel, orders: Orders, reference: Schedule | None = None, memory: Memory | None = None
) -> Search:
    """The best schedule of ``plan`` under ``model``, level by level, with what is proven of each.

    The same arguments give the same schedule, unless time or a stop cut the search short. ``memory``: of questions before this
    one; what it holds is used, and what comes out is put into it.
    """
    began = time.monotonic()
    try:
        with _garbage_left():
            matrix = compile_program(build_program(plan, model, reference))
            matrix = with_sums(plan, matrix) if orders.parts.has("whole-sums") else matrix
    except Contradiction as broken:
        return Search("infeasible", None, broken_rule=(broken.rule, *(str(part) for part in broken.index)))
    tools, kept = _tools(plan, matrix, orders.parts), np.array([], dtype=int)
    run = _Run(plan, model, orders, reference, matrix, tools, kept, memory or Memory(), began)
    try:
        return _all(run)
    finally:
        run.tools.settle()


@contextmanager
def _garbage_left() -> Iterator[None]:
    """A program is many objects that all stay: to look among them for garbage takes a third as long as to make them."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _all(run: _Run) -> Search:
    """Every level of the run."""
    model, orders = run.model, run.orders
    columns: Floats | None = None
    schedule: Schedule | None = None
    values: dict[str, Fraction] = {}
    for number, criterion in enumerate(model.criteria):
        before = columns
        verdict, columns, bound, seconds = _minimise(run, number, criterion, before)
        if columns is None and before is not None:
            # the plan of the level before keeps every rule of this one, so this is the solver's arithmetic, not a fact
            schedule, values = run.complete(before)
            return Search("feasible", schedule, _all_levels(run, values))
        if columns is None:
            return Search("infeasible" if verdict == "infeasible" else "unknown", None)
        stopped = verdict == "stopped" and (run.left() <= 0 or orders.stop())
        last = stopped or number == len(model.criteria) - 1
        if last or orders.plan_found is not None:
            schedule, values = run.complete(columns)
            value = values[criterion.name]
        else:
            value = run.value(criterion, columns)
        run.levels.append(Level(criterion.name, value, min(bound, float(value)), seconds))
        if orders.plan_found is not None and schedule is not None:
            orders.plan_found(Found(schedule, _all_levels(run, values)))
        if stopped:
            return Search("feasible", schedule, _all_levels(run, values))
        run.hold(criterion, value, bound)
    assert schedule is not None
    levels = _at_least_as_in_plan(run, values)
    proven = all(is_proven(criterion, level) for criterion, level in zip(model.criteria, levels, strict=True))
    return Search("optimal" if proven else "feasible", schedule, levels)


def _minimise(run: _Run, number: int, criterion: Criterion, start: Floats | None) -> tuple[str, Floats | None, float, float]:
    orders, goal = run.orders, run.goal(criterion)
    began = time.monotonic()
    left, last = run.left(), number == len(run.model.criteria) - 1

    def report(value: float, bound: float) -> bool:
        now = time.monotonic()
        orders.progress(Progress(number, len(run.model.criteria), criterion.name, value, bound, now - began))
        if orders.stop() or run.left() <= 0:
            return True
        if last or not np.isfinite(value):
            return False
        near = value - bound <= NEARBY * goal.allowed(value)
        return now - began > left * (LONG if near else LONGEST)

    def show(columns: Floats, bound: float) -> None:
        if orders.plan_found is None:
            return
        schedule, values = run.complete(columns)
        value = values[criterion.name]
        levels = _all_levels(run, values)
        reached = Level(criterion.name, value, min(max(bound, LEAST), float(value)), time.monotonic() - began)
        orders.plan_found(Found(schedule, (*levels[:number], reached, *levels[number + 1 :])))

    level = LevelSearch(
        run.tools,
        replace(goal, relative_tolerance=max(goal.relative_tolerance, orders.gap)),
        report,
        show,
        run.matrix.criteria.get("cost"),
        run.kept,
        run.model.criteria[number:],
        run.memory.point(criterion.name, run.matrix),
    )
    outcome = level.run(start)
    columns = start if outcome.columns is None and outcome.verdict == "stopped" else outcome.columns
    if columns is not None:
        run.memory.keep(criterion.name, run.matrix, columns)
    return outcome.verdict, columns, max(outcome.bound, LEAST), time.monotonic() - began


def _held(value: Fraction, criterion: Criterion) -> float:
    most = float(value + Fraction(criterion.slack))
    return most + HELD * max(1.0, abs(most))


def _all_levels(run: _Run, values: dict[str, Fraction]) -> tuple[Level, ...]:
    """The levels so far, and those not reached with what the plan in hand gives and the bound that needs no proof."""
    done = _at_least_as_in_plan(run, values)
    later = run.model.criteria[len(done) :]
    return done + tuple(Level(criterion.name, values[criterion.name], LEAST, 0.0) for criterion in later)


def _at_least_as_in_plan(run: _Run, values: dict[str, Fraction]) -> tuple[Level, ...]:
    """The levels with a value no better than the final plan keeps: a held row is kept to the solver's arithmetic only."""
    return tuple(
        Level(level.name, max(level.value, values[level.name] - Fraction(criterion.slack)), level.bound, level.seconds)
        for level, criterion in zip(run.levels, run.model.criteria, strict=False)
    )
