"""A plan that is known: most of what it decides stands while a question about something close by is asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from optplan.plan import Plan
from optplan.plan.squads import squads
from optplan.schedule import Schedule
from optplan.search.known_plan import whole_decisions
from optplan.search.solver.matrix import Columns, Floats, Matrix

Place = tuple[frozenset[str], frozenset[str]]  # items, in all counties, and counties


@dataclass(frozen=True)
class Standing:
    """``columns`` of whole decisions that stand, at these ``values``."""

    columns: Columns
    values: Floats


def places_around(plan: Plan, items: Collection[str], counties: Collection[str]) -> list[Place]:
    """Where something about ``items`` in ``counties`` may be decided, the narrowest first.

    Of the items themselves, and then also of whatever counts towards the same totals, which can take their place.
    """
    own = frozenset(items)
    of_targets = [frozenset(target.items) for target in plan.targets]
    wider = own.union(*(others for others in of_targets if others & own))
    return [(each, frozenset(counties)) for each in dict.fromkeys((own, wider))]


def standing_far_from(plan: Plan, matrix: Matrix, schedule: Schedule, places: Iterable[Place]) -> tuple[Standing, ...]:
    """For each of ``places``, what ``schedule`` decides of other items than these, in other counties than these."""
    known, place = whole_decisions(plan, schedule), _places(plan)
    decided = [
        (column, known[name], *place(*name))
        for column, name in enumerate(matrix.names)
        if matrix.integer[column] and name in known
    ]
    found = []
    for items, counties in places:
        far = [(column, value) for column, value, item, at in decided if item not in items and at not in counties]
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
