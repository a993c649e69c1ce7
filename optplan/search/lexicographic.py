"""The criteria of a decision model, one after another, each proven before the next is asked (model.md §4)."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import zip_longest

import numpy as np

from optplan.decision_model import MONEY_CRITERIA, Criterion, DecisionModel, Level, is_proven
from optplan.plan import Plan
from optplan.rules.program import build_program
from optplan.rules.rows import Contradiction
from optplan.schedule import Schedule
from optplan.search.bounds.core_mip import CoreMip
from optplan.search.bounds.relaxations import Relaxations, Step
from optplan.search.bring_back import BringBack
from optplan.search.finest_parts import with_room
from optplan.search.heuristics.county_pairs import LargeNeighbourhoodSearch
from optplan.search.heuristics.good_in_all import GoodInAll
from optplan.search.heuristics.relax_and_fix import RelaxAndFix
from optplan.search.heuristics.rens import Rens
from optplan.search.heuristics.weighted_sum import WeightedSum
from optplan.search.known_plan import KnownPlan, RicherPlan, point_of
from optplan.search.level.level import LevelSearch
from optplan.search.level.tools import WORTHWHILE, Tools
from optplan.search.mended_plan import mended
from optplan.search.messages import Progress, Search
from optplan.search.parts import Parts
from optplan.search.payments import NoPayment
from optplan.search.polish import polished, with_polish
from optplan.search.run import SHORTFALL, Orders, Run, parts_of_yuan
from optplan.search.solver.aggregates import AsBuilt, with_aggregates
from optplan.search.solver.column_classes import column_classes_of
from optplan.search.solver.goal import ALMOST, LEAST
from optplan.search.solver.highs import HighsModel
from optplan.search.solver.matrix import Floats, Matrix, compile_program
from optplan.search.warm_start import WarmStart

LONGEST, LONG = 0.8, 0.5  # of the time left: what a level may take, if others come after it, and once its plan is near its bound
ROUNDS = 3  # in which what is left over at the end may buy more of what targets lack
NEARBY = 10  # of the level's tolerance: a plan no further than this is near it


def _tools(plan: Plan, built: Matrix, matrix: Matrix, parts: Parts) -> Tools:
    classes = column_classes_of(plan, matrix)
    return Tools(
        matrix,
        HighsModel(matrix),
        AsBuilt(built, matrix),
        Relaxations(matrix, classes),
        WeightedSum(built, matrix, classes) if parts.has("weighted-sum") and not classes.vast else None,
        RelaxAndFix(matrix, classes),
        CoreMip(matrix, classes),
        LargeNeighbourhoodSearch(plan, matrix, classes, parts),
        GoodInAll(matrix, classes),
        classes,
        large=len(classes.integer) >= WORTHWHILE,
        rens=Rens(matrix, classes) if classes.vast and parts.has("rens") else None,
        parts=parts,
    )


def search(
    plan: Plan,
    model: DecisionModel,
    orders: Orders,
    reference: Schedule | None = None,
    warm_start: WarmStart | None = None,
    known: KnownPlan | RicherPlan | None = None,
) -> Search:
    """The best schedule of ``plan`` under ``model``, level by level, with what is proven of each.

    The same arguments give the same schedule, unless it is cut short. ``warm_start``: of earlier questions; its
    solutions are used, and those of this search are put into it. ``known``: a plan that the search begins with, or one that
    is the answer where it can be mended.
    """
    began = time.monotonic()
    try:
        with _garbage_left():
            m = build_program(plan, model, reference)
            built = compile_program(m)
    except Contradiction as broken:
        return Search("infeasible", None, broken_rule=(broken.rule, *(str(part) for part in broken.index)))
    if isinstance(known, RicherPlan):
        answer, known = mended(plan, model, with_aggregates(plan, built), known, orders, reference), None
        if answer is not None:
            return answer
    larger = cache(lambda: with_polish(plan, model, reference, m, built))
    run = _run_of(plan, model, orders, reference, built, larger, warm_start or WarmStart(), began)
    run.known = known
    found = _sound(run)
    if found is not None:
        return found
    # rounding left no plan that can be paid and passes the exact check: once more, with room for it
    careful = _run_of(plan, model, orders, reference, with_room(built), lambda: with_room(larger()), WarmStart(), began)
    cautious = _sound(careful)
    if cautious is None or cautious.schedule is None:
        return _last_sound(run) or _last_sound(careful) or Search("unknown", None)
    levels = _bounded(run, cautious.levels)
    proven = all(is_proven(criterion, level) for criterion, level in zip(model.criteria, levels, strict=True))
    return replace(cautious, status="optimal" if proven else "feasible", levels=levels)


def _bounded(run: Run, found: Sequence[Level]) -> tuple[Level, ...]:
    """Levels that a smaller program ended with, with what ``run`` has proven: as long as those before are no worse, it holds."""
    levels: list[Level] = []
    for level, before in zip_longest(found, run.levels):
        alike = all(one.value <= other.value for one, other in zip(levels, run.levels, strict=False))
        bound = before.bound if before is not None and alike else LEAST
        levels.append(replace(level, bound=min(bound, float(level.value))))
    return tuple(levels)


def _run_of(
    plan: Plan,
    model: DecisionModel,
    orders: Orders,
    reference: Schedule | None,
    built: Matrix,
    larger: Callable[[], Matrix],
    warm_start: WarmStart,
    began: float,
) -> Run:
    matrix = with_aggregates(plan, built) if orders.parts.has("aggregates") else built
    tools = _tools(plan, built, matrix, orders.parts)
    bringing, kept = BringBack(plan, matrix, tools.classes, large=tools.large), np.array([], dtype=int)
    return Run(plan, model, orders, reference, matrix, larger, tools, bringing, kept, warm_start, began)


def _sound(run: Run) -> Search | None:
    """What a run ends with, if that is a plan that passes the exact check, or that there is none; ``None`` otherwise."""
    try:
        found = _all(run)
    except NoPayment:
        return None
    finally:
        run.tools.end()
    return found if found.schedule is None or run.sound(found.schedule) else None


def _last_sound(run: Run) -> Search | None:
    """The plan of the last level that passes the exact check, where that of the search does not."""
    for columns in reversed(run.plans):
        try:
            schedule, values = run.complete(columns)
        except NoPayment:
            continue
        if run.sound(schedule):
            return Search("feasible", schedule, _all_levels(run, values))
    return None


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


def _all(run: Run) -> Search:
    """Every level of the run."""
    model, orders = run.model, run.orders
    columns = None if run.known is None else point_of(run.plan, run.matrix, run.known.schedule)
    run.known = None if columns is None else run.known
    schedule: Schedule | None = None
    values: dict[str, Fraction] = {}
    for number, criterion in enumerate(model.criteria):
        before = columns
        verdict, columns, bound, seconds = _no_better(run, number, criterion, before) or _minimise(run, number, criterion, before)
        if columns is None and (before is None or verdict == "infeasible"):
            verdict, columns, bound = _second_look(run, criterion, before)
        if columns is None:
            return Search("infeasible" if verdict == "infeasible" else "unknown", None)
        brought = _brought_back(run, criterion, before, columns)
        if (
            brought is not columns
            and not run.goal(criterion).suffices(float(run.value(criterion, brought)), bound)
            and run.tighten()
        ):
            _, found, above, more = _minimise(run, number, criterion, brought)
            brought = brought if found is None else _brought_back(run, criterion, brought, found)
            bound, seconds = max(bound, above), seconds + more
        columns = brought
        run.lift(columns)
        if criterion.name == SHORTFALL and not (run.tools.large and len(model.criteria) > 1):  # else at the end, where it counts
            shortfall = run.matrix.criteria[SHORTFALL]
            if shortfall.at(columns) > bound:
                columns = run.bringing.buy(shortfall, None, columns, run.ended)
        stopped = verdict == "stopped" and run.ended()
        last = _is_last(run, number)
        if stopped or (orders.plan_found is not None and not last):
            schedule, values = run.complete(columns)
        value, columns = _as_known(run, number, before, columns)
        run.plans.append(columns)
        run.levels.append(Level(criterion.name, value, min(bound, float(value)), seconds))
        if orders.plan_found is not None and schedule is not None:
            run.found(schedule, _all_levels(run, values))
        if stopped:
            return Search("feasible", schedule, _all_levels(run, values))
        if not last:
            _hold(run, criterion, value, bound, columns)
    assert columns is not None
    columns = _spent(run, columns)
    schedule, values = run.complete(columns)
    schedule, values = _polished(run, columns, schedule, values)
    levels = _at_least_as_in_plan(run, values)
    proven = all(is_proven(criterion, level) for criterion, level in zip(model.criteria, levels, strict=True))
    return Search("optimal" if proven else "feasible", schedule, levels)


def _is_last(run: Run, number: int) -> bool:
    return number == len(run.model.criteria) - 1


def _no_better(run: Run, number: int, criterion: Criterion, at: Floats | None) -> tuple[str, Floats | None, float, float] | None:
    """What a level comes to where a relaxation leaves no room for a plan that could be told apart from the known one, ``at``."""
    if run.known is None:
        return None
    began, goal, known = time.monotonic(), run.goal(criterion), run.known.levels[number]
    bound, value = LEAST, float(known.value)
    if not goal.suffices(value, bound):
        step: Step = "sums" if criterion.name == "cost" else "openings"
        tolerance = goal.tolerance_at(value)
        bound = max(bound, run.tools.relaxations.run(step, goal.objective, tolerance, lambda _bound: run.ended(), at).bound)
        alike = run.tools.large and run.known.relaxed[number] - bound <= goal.good_at(value)
        if not (alike or goal.suffices(value, bound)):
            return None
    return "optimal", at, bound, time.monotonic() - began


def _as_known(run: Run, number: int, before: Floats | None, columns: Floats) -> tuple[Fraction, Floats]:
    """The value that a level holds from now on, and a plan that keeps it: those known, unless it is proven to get better."""
    value = run.value(run.model.criteria[number], columns)
    if run.known is None or _is_last(run, number):
        return value, columns
    level = run.known.levels[number]
    if value < Fraction(level.bound):
        run.known = None
        return value, columns
    assert before is not None
    return level.value, before


def _hold(run: Run, criterion: Criterion, value: Fraction, bound: float, columns: Floats) -> None:
    run.hold(criterion, value, bound)
    if criterion.name == SHORTFALL:
        run.met = {target.target for target in run.plan.targets} - set(run.bringing.lacking(columns))


def _second_look(run: Run, criterion: Criterion, before: Floats | None) -> tuple[str, Floats | None, float]:
    """What a level comes to in another way, where its search found that there is no plan: a fact, or the solver's arithmetic."""
    again = run.bringing.anew(run.matrix.criteria[criterion.name], before, run.ended)
    if again.columns is None and before is not None:
        return "stopped", before, LEAST  # it keeps every rule of this level too
    return again.verdict, again.columns, max(again.bound, LEAST)


def _brought_back(run: Run, criterion: Criterion, before: Floats | None, columns: Floats) -> Floats:
    """The plan that a level ends with, or one near it that keeps what the levels before it hold."""
    if before is None or run.keeps(columns):
        return columns
    objective = run.goal(criterion).objective
    plan = run.bringing.bring_back(objective, columns, sorted(run.met), before, run.ended)
    return plan if plan is not None and objective.at(plan) < objective.at(before) and run.keeps(plan) else before


def _spent(run: Run, columns: Floats) -> Floats:
    """The final plan, or one in which money left over buys more of what targets lack; its last level is then asked anew."""
    criteria = run.model.criteria
    numbers = {criterion.name: number for number, criterion in enumerate(criteria)}
    if SHORTFALL not in numbers or len(criteria) == 1 or run.known is not None:
        return columns
    number, last = numbers[SHORTFALL], criteria[-1]
    for _ in range(ROUNDS):
        if run.ended() or not run.bringing.lacking(columns):
            break
        more = run.bringing.buy(run.matrix.criteria[SHORTFALL], run.matrix.criteria[last.name], columns, run.ended)
        value = run.value(criteria[number], more)
        if more is columns or value >= run.levels[number].value or not run.keeps(more):
            break
        columns = more
        held = run.levels[number]
        run.levels[number] = replace(held, value=value, bound=min(held.bound, float(value)))
        if number == len(criteria) - 1:
            break
        _hold(run, criteria[number], value, held.bound, columns)
        _, found, bound, seconds = _minimise(run, len(criteria) - 1, last, columns)
        columns = columns if found is None else _brought_back(run, last, columns, found)
        value, before = run.value(last, columns), run.levels[-1]
        bound = max(min(bound, float(value)), before.bound)
        run.levels[-1] = Level(last.name, value, bound, before.seconds + seconds)
    return columns


def _polished(run: Run, columns: Floats, schedule: Schedule, values: dict[str, Fraction]) -> tuple[Schedule, dict[str, Fraction]]:
    """The final plan, improved in what the decision model polishes; as it is where nothing better keeps every level as proven."""
    levels = _at_least_as_in_plan(run, values)
    most: dict[str, float] = {}
    for criterion, level in zip(run.model.criteria, levels, strict=True):
        most[criterion.name] = max(float(level.value + Fraction(criterion.slack)), float(values[criterion.name]))
        if criterion.name in MONEY_CRITERIA and is_proven(criterion, level):
            tolerance = run.goal(criterion).tolerance_at(float(level.value))
            most[criterion.name] = max(most[criterion.name], level.bound + ALMOST * tolerance)
    if run.ended():
        return schedule, values
    at = polished(run.plan, run.larger(), run.reference, run.matrix, columns, most, run.ended)
    if at is None:
        return schedule, values
    try:
        again, anew = run.complete(at)
    except NoPayment:
        return schedule, values
    kept = all(
        is_proven(criterion, Level(level.name, max(level.value, anew[level.name] - Fraction(criterion.slack)), level.bound, 0.0))
        if is_proven(criterion, level)
        else anew[level.name] <= values[level.name]
        for criterion, level in zip(run.model.criteria, levels, strict=True)
    )
    return (again, anew) if kept else (schedule, values)


def _minimise(run: Run, number: int, criterion: Criterion, start: Floats | None) -> tuple[str, Floats | None, float, float]:
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
        near = value - bound <= NEARBY * goal.tolerance_at(value)
        return now - began > left * (LONG if near else LONGEST)

    def show(columns: Floats, bound: float) -> None:
        if orders.plan_found is None:
            return
        try:
            schedule, values = run.complete(columns)
        except NoPayment:  # rounding left nothing that can be paid, which the end of the level sees to
            return
        value = values[criterion.name]
        levels = _all_levels(run, values)
        reached = Level(criterion.name, value, min(max(bound, LEAST), float(value)), time.monotonic() - began)
        run.found(schedule, (*levels[:number], reached, *levels[number + 1 :]))

    level = LevelSearch(
        run.tools,
        goal,
        report,
        show,
        run.matrix.criteria.get("cost"),
        run.kept,
        run.model.criteria[number:],
        run.warm_start.lp_solution(criterion.name, run.matrix),
    )
    outcome = level.run(start)
    columns = start if outcome.columns is None and outcome.verdict == "stopped" else outcome.columns
    if columns is not None:
        run.warm_start.keep(criterion.name, run.matrix, columns)
    unrounded = parts_of_yuan(run.plan) if criterion.name == "request" else 0.0
    return outcome.verdict, columns, max(outcome.bound - unrounded, LEAST), time.monotonic() - began


def _all_levels(run: Run, values: dict[str, Fraction]) -> tuple[Level, ...]:
    """The levels so far, and those not reached with what the plan in hand gives and the bound that needs no proof."""
    done = _at_least_as_in_plan(run, values)
    later = run.model.criteria[len(done) :]
    return done + tuple(Level(criterion.name, values[criterion.name], LEAST, 0.0) for criterion in later)


def _at_least_as_in_plan(run: Run, values: dict[str, Fraction]) -> tuple[Level, ...]:
    """The levels with a value no better than the final plan keeps: a held row is kept to the solver's arithmetic only."""
    return tuple(
        Level(level.name, max(level.value, values[level.name] - Fraction(criterion.slack)), level.bound, level.seconds)
        for level, criterion in zip(run.levels, run.model.criteria, strict=False)
    )
