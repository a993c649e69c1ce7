"""A plan that is known: most of what it decides stands while a question about something close by is asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from optplan.explanation.elastic_program import GivingProgram
from optplan.plan import Plan
from optplan.plan.squads import squads
from optplan.schedule import Schedule
from optplan.search.known_plan import whole_decisions
from optplan.search.solver.matrix import Columns, Floats


@dataclass(frozen=True)
class Standing:
    """``columns`` of whole decisions that stand, at these ``values``."""

    columns: Columns
    values: Floats


def standing_far_from(
    program: GivingProgram, schedule: Schedule, places: Iterable[tuple[Collection[str], str]]
) -> tuple[Standing, ...]:
    """For each of ``places``, what ``schedule`` decides of other items than these, in other counties than this one."""
    known, place = whole_decisions(program.plan, schedule), _places(program.plan)
    decided = [
        (column, known[name], *place(*name))
        for column, name in enumerate(program.matrix.names)
        if program.matrix.integer[column] and name in known
    ]
    found = []
    for items, county in places:
        far = [(column, value) for column, value, item, at in decided if item not in items and at != county]
        columns, values = zip(*far, strict=True) if far else ((), ())
        found.append(Standing(np.array(columns, dtype=np.intp), np.array(values, dtype=float)))
    return tuple(found)


def _places(plan: Plan) -> Callable[[str, Any], tuple[str, str]]:
    """Which item a whole decision is about, and in which county."""
    of_squad = {squad.squad: (squad.item, squad.county) for squad in squads(plan)}

    def place(variable: str, index: Any) -> tuple[str, str]:
        if variable == "goods_so_far":
            return index[0], index[1]
        if variable == "opened":
            return plan.projects[index[0]].item, plan.projects[index[0]].county
        return of_squad[index[0]]

    return place
