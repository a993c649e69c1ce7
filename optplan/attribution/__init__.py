"""Why two answers differ: the change of each headline figure, divided exactly over the groups of inputs that changed.

Every set of groups is a plan of its own, solved once; the parts are Shapley values in exact fractions and add up to the
whole change. What the searches left open between value and bound is carried along as the parts' uncertainty.
"""

from optplan.attribution.answers import Answer, Solved, Stopped
from optplan.attribution.asking import attribute
from optplan.attribution.attribution import Attribution
from optplan.attribution.cells import Cell, CellChange, cell_changes
from optplan.attribution.division import Part
from optplan.attribution.figures import FigureKey
from optplan.attribution.groups import MOST_GROUPS, Group, groups_by_table, groups_of_changes

__all__ = [
    "MOST_GROUPS", "Answer", "Attribution", "Cell", "CellChange", "FigureKey", "Group", "Part", "Solved", "Stopped",
    "attribute", "cell_changes", "groups_by_table", "groups_of_changes",
]  # fmt: skip
