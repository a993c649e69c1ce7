"""Where a plan may differ from the one asked about, so that a search for one in which a figure is another takes a moment."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from optplan.explanation.standing import places_around
from optplan.plan import Plan
from optplan.plan.squads import squads
from optplan.questions.certain.cells import Cell
from optplan.search.solver.matrix import Matrix

SUMS = {"sum", "count", "shortfall"}  # whole columns that follow from decisions

Columns = NDArray[np.int64]
Width = Literal["own", "kind", "county"]


class Neighbourhoods:
    """The whole columns around a figure."""

    def __init__(self, plan: Plan, matrix: Matrix) -> None:
        self._plan = plan
        (self._whole,) = np.nonzero(matrix.integer)
        self._of_item, self._of_county = _places(plan, matrix)
        self._together = _together(plan)

    def kept(self, cell: Cell, width: Width) -> Columns:
        """The whole columns that stay as they are when what is around ``cell`` may change.

        Its ``own`` items may, in all counties; with its ``kind`` so may what counts towards the same totals, and stations with
        those who serve there; with its ``county`` all else there, too.
        """
        items = set(cell.items)
        free = [self._of_item[""]]
        if width != "own":
            linked = items.union(*(others for others in self._together if others & items))
            items = set(places_around(self._plan, linked, cell.counties)[-1][0])
            if width == "county" and len(cell.counties) < len(self._plan.counties):
                free += [self._of_county[county] for county in cell.counties if county in self._of_county]
        free += [self._of_item[item] for item in sorted(items) if item in self._of_item]
        return np.setdiff1d(self._whole, np.concatenate(free)).astype(np.int64)


def _together(plan: Plan) -> list[set[str]]:
    """The item of each project with the items that its teams hire."""
    return [
        {project.item, *(team.item for team in plan.teams.values() if team.project == name)}
        for name, project in plan.projects.items()
    ]


def _places(plan: Plan, matrix: Matrix) -> tuple[dict[str, Columns], dict[str, Columns]]:
    """The whole columns of each item (blank: those that follow from decisions), and of each county."""
    squad_of = {squad.squad: squad for squad in squads(plan)}
    of_item: dict[str, list[int]] = {"": []}
    of_county: dict[str, list[int]] = {}
    for column, (variable, index) in enumerate(matrix.names):
        if not matrix.integer[column]:
            continue
        if variable in SUMS:
            of_item[""].append(column)
            continue
        if variable in {"hired_so_far", "meeting"}:
            item, county = squad_of[index[0]].item, squad_of[index[0]].county
        elif variable == "opened":
            item, county = plan.projects[index[0]].item, plan.projects[index[0]].county
        else:
            item, county = index[0], index[1]
        of_item.setdefault(item, []).append(column)
        of_county.setdefault(county, []).append(column)
    return ({key: np.array(some, dtype=np.int64) for key, some in of_item.items()},
            {key: np.array(some, dtype=np.int64) for key, some in of_county.items()})  # fmt: skip
