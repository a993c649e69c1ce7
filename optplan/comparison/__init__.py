"""What differs between results: their inputs row by row, their criteria, headline totals, money, schedule and gaps.

The first result is what the others are measured against. Figures are exact decimals in the units of the result file:
units of items, people, money in the plan's currency unit.
"""

from optplan.comparison.comparison import Comparison, compare
from optplan.comparison.figures import SECTIONS
from optplan.comparison.inputs import InputChange
from optplan.comparison.words import PrintedTable

__all__ = ["SECTIONS", "Comparison", "InputChange", "PrintedTable", "compare"]
