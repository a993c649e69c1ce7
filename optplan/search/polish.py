"""Sensible among equals: a final plan improved in criteria of second rank, inside what the levels leave open (model.md §4).

No level changes its status: every criterion is held, and of cost and requests what their tolerance leaves above the bound may be
used. Openings of projects, and teams that meet their standard, stay as they are; goods and hires may move. Effort is bounded by
nodes of the search tree, never by time, and nothing is claimed to be proven. In large programs the goods of one target or
standard move at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from optplan.decision_model import Criterion, DecisionModel
from optplan.plan import Plan
from optplan.plan.squads import squads
from optplan.rules.program import build_program
from optplan.schedule import Schedule
from optplan.search.solver.highs import HighsModel
from optplan.search.solver.matrix import Floats, Matrix, Objective, compile_program

NODES = 1  # of each tree
EXACTLY = 0.003  # relative: how exactly each part is decided
FEW = 300  # integer columns: so many may all move at once
GAIN = 1e-6  # relative: what is less is no improvement
HELD = 1e-9  # relative: the noise of one addition


def polished(
    plan: Plan,
    model: DecisionModel,
    reference: Schedule | None,
    matrix: Matrix,
    columns: Floats,
    most: Mapping[str, float],
    stop: Callable[[], bool],
) -> Floats | None:
    """A point of ``matrix`` at most ``most`` in the criteria of ``model``, and better than ``columns`` in those it polishes.

    ``None`` where there is nothing to polish, or nothing was found.
    """
    wanted = [name for name in model.polish if name not in most and (name != "change" or reference is not None)]
    if not wanted or stop():
        return None
    more = tuple(Criterion.model_validate({"name": name}) for name in wanted)
    program = compile_program(build_program(plan, model.model_copy(update={"criteria": (*model.criteria, *more)}), reference))
    highs = HighsModel(program, NODES)
    for name, value in most.items():
        highs.add_objective_cut(program.criteria[name], value + HELD * max(1.0, abs(value)))
    known: dict[object, float] = dict(zip(matrix.names, columns, strict=True))
    (integer,) = np.nonzero(program.integer)
    kind = np.array([variable for variable, _ in program.names])
    free = integer[~np.isin(kind[integer], ["opened", "meeting"])]
    item_of = _items(plan, program)
    at = _completed(highs, program, known, integer, program.criteria[wanted[0]])
    if at is None:
        return None
    better = False
    for name in wanted:
        objective = program.criteria[name]
        for items in [None] if len(free) <= FEW else _parts(plan, name):
            movable = free if items is None else free[np.isin(item_of[free], sorted(items))]
            settled = np.setdiff1d(integer, movable)
            highs.release()
            highs.fix(settled, at[settled])
            if items is not None:
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
    again = dict(zip(program.names, at, strict=True))
    return _with_sums(matrix, np.array([again.get(name, np.nan) for name in matrix.names]), columns)


def _parts(plan: Plan, name: str) -> list[frozenset[str]]:
    """The items that may move at once, one set after another, where there are too many to move all."""
    found: list[frozenset[str]] = []
    if name == "surplus":
        found = [frozenset(items) for items in plan.standard_items.values()]
    elif name == "unevenness":
        found = [frozenset(target.items) for target in plan.targets if target.by_year == plan.last_year and target.total]
    elif name == "change":
        found = [frozenset([item]) for item in plan.items]
    return sorted(set(found), key=sorted)


def _items(plan: Plan, program: Matrix) -> NDArray[np.str_]:
    """The item that each column delivers or hires; blank for all others."""
    of_squad = {squad.squad: squad.item for squad in squads(plan)}
    return np.array(
        [
            index[0] if variable == "goods_so_far" else of_squad[index[0]] if variable == "hired_so_far" else ""
            for variable, index in program.names
        ]
    )


def _completed(
    highs: HighsModel, program: Matrix, known: Mapping[object, float], integer: NDArray[np.integer], objective: Objective
) -> Floats | None:
    """The LP solution of the larger program with the whole decisions that are known; all others follow."""
    values = np.array([known.get(name, 0.0) for name in program.names])
    highs.fix(integer, np.round(values[integer]))
    return highs.minimise(objective).columns


def _with_sums(matrix: Matrix, values: Floats, before: Floats) -> Floats:
    """Columns that only the search's own matrix has do not matter to the schedule; they keep what they were."""
    return np.where(np.isnan(values), before, values)
