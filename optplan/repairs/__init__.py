"""The planner's edit: a schedule workbook that a person changed, read back, judged exactly, and repaired.

Only the yellow cells (quantities, hires, starts, payments) are decisions; everything else in the workbook follows from them
and from the plan. Rows are found by the ids in the hidden columns, so that sorting, inserting and hiding do no harm.
"""

from __future__ import annotations

from optplan.repairs.nearest import Repair, repair
from optplan.repairs.verdict import EditVerdict, Standing, judge
from optplan.workbook.edited.reading import Edit, read_edit

__all__ = ["Edit", "EditVerdict", "Repair", "Standing", "judge", "read_edit", "repair"]
