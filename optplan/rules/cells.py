"""Which cell of the tables a row of the program comes from, and by how much that cell gives way.

In the program that is searched every cell holds, and :func:`gives` is 0. In the program that says why no plan exists
(:mod:`optplan.explanation`) it is a variable ≥ 0: by so much the cell is less strict than the tables say. So every rule names
the cells that it comes from where its formula stands, and both programs are written once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pyomo.core import Any as AnyIndex
from pyomo.core import NonNegativeReals, Var


@dataclass(frozen=True, order=True)
class Cell:
    """A cell of a table: the row with the values ``key`` in the table's key columns (``None`` is a blank), and the column."""

    table: str
    key: tuple[Any, ...]
    column: str


def let_cells_give(m: Any) -> None:
    """From now on the rules that are put on the model ``m`` may give way."""
    m.add_component("gives", Var(AnyIndex, dense=False, domain=NonNegativeReals))


def may_give(m: Any) -> bool:
    """Whether the rules on ``m`` may give way."""
    return m.component("gives") is not None


def gives(m: Any, table: str, key: tuple[Any, ...], column: str, *part: Any, most: float | None = None) -> Any:
    """By how much a cell gives way: 0 where every cell holds.

    ``part`` tells apart where one cell gives by an amount of its own in each of several rows of the program (a share of what is
    decided there). ``most``: the cell says no more when it has given so much.
    """
    if not may_give(m):
        return 0
    variable = m.gives[Cell(table, key, column), part]
    if most is not None:
        variable.setub(most)
    return variable
