"""Among plans that are equally good, one that makes more sense: criteria of second rank are improved at the end (model.md §4).

Every criterion of the decision model is held, so none loses its status; cost and requests may use what their tolerance leaves
above the bound. Openings of projects stay as they are, and so do teams that meet their standard; goods and hires may move. The
effort is limited in nodes of the search tree, never in time, and nothing is claimed to be proven. In large programs the goods of
one target or standard are moved at a time.

Where a question starts from a known schedule, nearness to that comes first (:mod:`optplan.search.nearness`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optplan.decision_model import DecisionModel
from optplan.plan import Plan
from optplan.plan.squads import squads
from optplan.rules.criteria import EXPRESSIONS
from optplan.schedule import Schedule
from optplan.search.heaps import heaps
from optplan.search.nearness import AT_ONCE, EXACTLY, FEW, Nearness
from optplan.search.solver.goal import held
from optplan.search.solver.highs import HighsModel
from optplan.search.solver.matrix import Floats, Matrix, Objective, compile_program

SURPLUS, HEAPS = "surplus", "heaps"  # what is beyond the standard in the one county, and then in all
NODES = 1  # of each tree
HEAPED = 0.5  # of what a county is asked for: so much further beyond it than the average is a heap
GAIN = 1e-6  # relative: what is less is no improvement


def with_polish(plan: Plan, model: DecisionModel, reference: Schedule | None, m: Any, built: Matrix) -> Matrix:
    """``built``, the matrix of the program ``m``, with what ``model`` polishes; only what that adds is compiled."""
    more: dict[str, Any] = {}
    for name in polishes(model, reference):
        if name not in built.criteria:
            more[name] = EXPRESSIONS[name](m, plan, *((reference,) if name == "change" else ()))
        if name == SURPLUS and name in more:
            more[HEAPS] = heaps(m, plan)
    return compile_program(m, built, **more) if more else built


def polished(
    plan: Plan,
    program: Matrix,
    reference: Schedule | None,
    matrix: Matrix,
    columns: Floats,
    most: Mapping[str, float],
    stop: Callable[[], bool],
) -> Floats | None:
    """A point of ``matrix`` at most ``most`` in its criteria, and better than ``columns`` in those that ``program`` has besides.

    ``None`` where there is nothing to polish, or nothing was found.
    """
    wanted = [name for name in program.criteria if name not in most]
    if not wanted or stop():
        return None
    highs = HighsModel(program, NODES)
    for name, value in most.items():
        highs.add_objective_cut(program.criteria[name], held(value))
    known: dict[object, float] = dict(zip(matrix.names, columns, strict=True))
    (integer,) = np.nonzero(program.integer)
    kind = np.array([variable for variable, _ in program.names])
    free = integer[~np.isin(kind[integer], ["opened", "meeting"]) & (program.lower[integer] < program.upper[integer])]
    item_of, county_of = _subjects(plan, program)
    # what each target lacks, too: beside a heavy target the noise of the cut would be worth some of a light one
    lacking = np.nonzero(kind == "shortfall")[0]
    lacks = np.array([known[program.names[column]] for column in lacking])
    highs.at_most(lacking, lacks)
    at = _completed(highs, program, known, integer, program.criteria[wanted[0]])
    if at is None:
        return None
    better = bounded = False
    for name in wanted:
        objective, before = program.criteria[name], at
        # in large programs, of what HiGHS does to find plans by itself, only the tree and its relaxations pay; where money is
        # counted in millions it may not take the plan at hand for one, and in small programs, and where much is to be spread,
        # its own searches find the plan again, and better
        highs.style("proving" if len(free) > FEW and name != HEAPS else "alone")
        if name == "change" and reference is not None:
            at = Nearness(plan, program, reference, highs, free, (lacking, lacks), county_of, stop).nearer(at)
            highs.limit_nodes(NODES)
            better = better or at is not before
        else:
            if not bounded:
                for bought in _bought(plan, program):
                    highs.add_objective_cut(bought, bought.at(at))
                bounded = True
            for movable in [free] if len(free) <= FEW else _together(_parts(plan, name, program, at), free, item_of):
                settled = np.setdiff1d(integer, movable)
                highs.release()
                highs.at_most(lacking, lacks)
                highs.fix(settled, at[settled])
                if len(movable) < len(free):
                    highs.keep_near(movable, at[movable])
                found = highs.minimise(objective, relative_tolerance=EXACTLY, start=at, watch=lambda *_: stop()).columns
                if found is not None and objective.at(found) < objective.at(at) - GAIN * max(1.0, abs(objective.at(at))):
                    at, better = found, True
                if stop():
                    break
        value = objective.at(at)
        highs.add_objective_cut(objective, value + GAIN * max(1.0, abs(value)))
        if stop():
            break
    if not better:
        return None
    again = dict(zip(program.names, at, strict=True))  # without the columns that only the search's own matrix has: they stay
    return np.array([again.get(name, before) for name, before in zip(matrix.names, columns, strict=True)])


def polishes(model: DecisionModel, reference: Schedule | None) -> tuple[str, ...]:
    """What is improved, in order: nearness to the schedule that the question started from comes first, where there is one."""
    if reference is None or not model.polish:
        return tuple(name for name in model.polish if name != "change")
    return ("change", *(name for name in model.polish if name != "change"))


def _bought(plan: Plan, program: Matrix) -> list[Objective]:
    """How many units of each item of goods are bought in all: years become even by moving what is bought, not by more."""
    last = plan.open_years[-1]
    columns: dict[str, list[int]] = defaultdict(list)
    for column, (variable, index) in enumerate(program.names):
        if variable == "goods_so_far" and index[2] == last:
            columns[index[0]].append(column)
    found = []
    for _, own in sorted(columns.items()):
        cost = np.zeros(len(program.names))
        cost[own] = 1.0
        found.append(Objective(0.0, cost))
    return found


def _parts(plan: Plan, name: str, program: Matrix, at: Floats) -> list[frozenset[str]]:
    """The items that may move at once, one set after another, where there are too many to move all.

    Those of a standard with a surplus, of a target with uneven years; where there is none, nothing can become better.
    """
    whole = {target.target for target in plan.targets if all(plan.items[item].whole for item in target.items)}
    worth = _worth(name, program, at, whole)
    found: list[frozenset[str]] = []
    if name in {SURPLUS, HEAPS}:
        found = [frozenset(items) for standard, items in plan.standard_items.items() if standard in worth]
    elif name == "unevenness":
        found = [frozenset(target.items) for target in plan.targets if target.target in worth]
    return sorted(set(found), key=sorted)


def _worth(name: str, program: Matrix, at: Floats, whole: set[str]) -> set[str]:
    """The standards with a surplus or with heaps, the targets with uneven years; those ``whole`` come in whole units."""
    found: dict[str, list[float]] = defaultdict(list)
    for column in np.nonzero(program.criteria[name].cost > 0)[0]:
        _, index = program.names[column]
        if name != HEAPS or index[2] == 0:
            found[index if isinstance(index, str) else index[0]].append(at[column])
    if name == HEAPS:  # where one county is no further beyond what it is asked for than the others, nothing is heaped up
        return {key for key, shares in found.items() if max(shares) > sum(shares) / len(shares) + HEAPED}
    if name == "unevenness":  # where one step of one unit is all, the units cannot be divided more evenly
        return {key for key, steps in found.items() if sum(steps) > GAIN + (key in whole)}
    return {key for key, values in found.items() if max(values) > GAIN}


def _together(parts: list[frozenset[str]], free: NDArray[np.integer], item_of: NDArray[np.str_]) -> list[NDArray[np.integer]]:
    """The columns that may move at once: those of a part, of several where they are few, of some of its items where many."""
    found: list[NDArray[np.integer]] = []
    for items in parts:
        movable = free[np.isin(item_of[free], sorted(items))]
        fits = bool(found) and len(found[-1]) + len(movable) <= AT_ONCE
        for item in [movable] if len(movable) <= AT_ONCE else [free[item_of[free] == item] for item in sorted(items)]:
            if found and (fits or len(movable) > AT_ONCE) and len(found[-1]) + len(item) <= AT_ONCE:
                found[-1] = np.union1d(found[-1], item)
            elif len(item):
                found.append(item)
    return found


def _subjects(plan: Plan, program: Matrix) -> tuple[NDArray[np.str_], NDArray[np.str_]]:
    """The item that each column delivers or hires, and the county in which; blank for all others."""
    of_squad = {squad.squad: (squad.item, squad.county) for squad in squads(plan)}

    def subject(variable: str, index: tuple[str, ...]) -> tuple[str, str]:
        if variable == "goods_so_far":
            return index[0], index[1]
        return of_squad[index[0]] if variable == "hired_so_far" else ("", "")

    found = np.array([subject(variable, index) for variable, index in program.names])
    return found[:, 0], found[:, 1]


def _completed(
    highs: HighsModel, program: Matrix, known: Mapping[object, float], integer: NDArray[np.integer], objective: Objective
) -> Floats | None:
    """The LP solution of the larger program with the whole decisions that are known; all others follow."""
    values = np.array([known.get(name, 0.0) for name in program.names])
    highs.fix(integer, np.round(values[integer]))
    return highs.minimise(objective).columns
