"""The program of a plan in which the cells of its tables may give way, each by an amount of its own (model.md §3).

:func:`optplan.rules.cells.gives` stands in the rules' own rows. Here are the rows that only this program needs: those that are
bounds of variables, or variables left out, where every cell holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyomo.core import Constraint, Set, quicksum

from optplan.decision_model import DecisionModel
from optplan.plan import Plan
from optplan.rules.cells import Cell, gives
from optplan.rules.money import YUAN, amount_gives, purpose_gives
from optplan.rules.program import build_program
from optplan.rules.projects import is_open
from optplan.rules.staffing import MANY, places_give
from optplan.rules.standards import need_gives
from optplan.schedule import Schedule
from optplan.search.solver.matrix import Matrix, compile_program
from optplan.tables.content import Row, Tables

ROUNDING = 1e-6  # what figures of a solution may be off by
WINDOW = ("earliest_start", "latest_opening")  # columns of ``projects``


@dataclass(frozen=True, eq=False)
class GivingProgram:
    """``matrix`` with a column for each amount by which a cell gives way. Of ``settled`` cells it is no longer asked whether."""

    plan: Plan
    matrix: Matrix
    settled: frozenset[Cell] = frozenset()

    def settling(self, cell: Cell, most: float) -> GivingProgram:
        """The same program in which one cell gives way by so much at most, and is none that may give way any more."""
        upper = self.matrix.upper.copy()
        upper[self.own[cell]] = most + ROUNDING
        return replace(self, matrix=replace(self.matrix, upper=upper), settled=self.settled | {cell})

    @cached_property
    def columns(self) -> Mapping[Cell, NDArray[np.intp]]:
        """All columns of each cell; it holds where they are 0."""
        found: dict[Cell, list[int]] = defaultdict(list)
        for column, (name, index) in enumerate(self.matrix.names):
            if name == "gives" and self.matrix.upper[column] > 0:
                found[_cell(index)].append(column)
        return {cell: np.array(columns) for cell, columns in found.items() if cell not in self.settled}

    @cached_property
    def own(self) -> Mapping[Cell, NDArray[np.intp]]:
        """The columns that measure a cell: one in the cell's own unit where there is such a one, otherwise all of them."""
        single = {index: column for column, (name, index) in enumerate(self.matrix.names) if name == "gives"}
        return {cell: np.array([single[cell]]) if cell in single else columns for cell, columns in self.columns.items()}

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell that may give way, in the order of the rules."""
        return tuple(self.columns)


def giving_program(
    plan: Plan,
    model: DecisionModel,
    reference: Schedule | None = None,
    more: Callable[[Any, Plan], None] = lambda m, plan: None,
) -> GivingProgram:
    """The program of ``plan`` under ``model``, every cell of which may give way.

    The criterion ``change`` is left out where there is no ``reference``. ``more`` puts further rows on the program.
    Where every cell holds it has the plans of :func:`optplan.rules.program.build_program`.
    """
    if reference is None:
        model = model.model_copy(update={"criteria": tuple(each for each in model.criteria if each.name != "change")})
    wide = Plan(_without_windows(plan.tables))
    m = build_program(wide, model, reference, cells_give=True)
    _windows(m, wide, plan)
    _bands(m, wide)
    _needs(m, wide)
    _funds(m, wide)
    more(m, wide)
    for cell_index, variable in m.gives.items():
        if _never_meant(plan, _cell(cell_index)):
            variable.setub(0.0)
    return GivingProgram(plan, compile_program(m))


def _never_meant(plan: Plan, cell: Cell) -> bool:
    """Whether it is an appropriation of a purse that has none in any year, and beside it is another that pays as much."""
    if cell.table != "budgets":
        return False
    fund, holder, _ = cell.key
    filled = {(row["fund"], row["county"]) for row in plan.tables["budgets"]}
    mine = plan.funds[fund]
    return (fund, holder) not in filled and any(
        other.pool == mine.pool and set(mine.pays) <= set(other.pays) and (other.fund, holder) in filled
        for other in plan.funds.values()
    )


def _cell(index: Any) -> Cell:
    return index if isinstance(index, Cell) else index[0]  # Pyomo takes a tuple of one for what is in it


def _without_windows(tables: Tables) -> Tables:
    def free(row: Row) -> Row:
        return replace(row, values={name: value for name, value in row.values.items() if name not in WINDOW})

    return Tables({**tables.rows, "projects": tuple(free(row) for row in tables["projects"])}, tables.origin)


def _windows(m: Any, wide: Plan, plan: Plan) -> None:
    """No opening before the earliest start allows, none after the latest: a cell gives way by years."""
    earliest, latest = {}, {}
    for row in plan.tables["projects"]:
        p, project = row["project"], wide.projects[row["project"]]
        if project.started is None and project.openings:
            if row["earliest_start"] is not None and row["earliest_start"] + project.build_years > project.openings[0]:
                earliest[p] = row["earliest_start"] + project.build_years
            if row["latest_opening"] is not None and row["latest_opening"] < plan.last_year:
                latest[p] = row["latest_opening"]
    m.opens_too_early = Constraint(
        list(earliest),
        rule=lambda m, p: (
            quicksum(is_open(m, wide, p, y) for y in wide.projects[p].openings if y < earliest[p])
            <= gives(m, "projects", (p,), "earliest_start")
        ),
    )
    m.opens_too_late = Constraint(
        list(latest),
        rule=lambda m, p: (
            quicksum(is_open(m, wide, p, wide.last_year) - is_open(m, wide, p, y) for y in range(latest[p], wide.last_year))
            <= gives(m, "projects", (p,), "latest_opening")
        ),
    )


def _bands(m: Any, plan: Plan) -> None:
    """staff[k,y] ≤ max(max_staff, staff) for a standing team; a project's team hires nobody before it is open."""
    standing = [(k, y) for k, y in m.hired_so_far if m.squads[k].project is None]
    of_projects = [(k, y) for k, y in m.hired_so_far if m.squads[k].project is not None]
    m.places = Constraint(standing, rule=lambda m, k, y: m.hired_so_far[k, y] - places_give(m, k) <= m.squads[k].places_in(y))
    m.places_give = Constraint(of_projects, rule=lambda m, k, y: places_give(m, k, y) <= places_give(m, k))
    m.places_of_open = Constraint(
        of_projects, rule=lambda m, k, y: places_give(m, k, y) <= MANY * is_open(m, plan, m.squads[k].project, y)
    )


def _needs(m: Any, plan: Plan) -> None:
    """A hard need asks so much less in all years alike, and only of its own project."""
    needs = {(s, p): float(quantity) for (s, _), needed in plan.hard_needs.items() for p, quantity in needed}
    every = [(s, p, y) for s, p in needs for y in plan.years]
    m.need_of_open = Constraint(every, rule=lambda m, s, p, y: need_gives(m, s, p, y) <= needs[s, p] * is_open(m, plan, p, y))
    m.need_gives = Constraint(every, rule=lambda m, s, p, y: need_gives(m, s, p, y) <= need_gives(m, s, p, most=needs[s, p]))


def _funds(m: Any, plan: Plan) -> None:
    """A fund spends on what it pays, and on what its rows of ``fund_uses`` name; r[y] ≤ carry_share·Σ amount."""
    others = [
        (f, c, y, k, *of)
        for f, c, y, k, *of in m.spent
        if not any(plan.may_pay(f, k, purpose) for purpose in of or plan.purposes)
    ]
    m.not_for_that_payers = Set(initialize=others, dimen=None)  # some with a purpose, some without
    m.not_for_that = Constraint(
        m.not_for_that_payers,
        rule=lambda m, *index: m.spent[index] <= purpose_gives(m, plan, *index),
    )
    m.carry_cap = Constraint(
        [(f, c, y) for f, c, y in m.carried if plan.funds[f].carry_years is not None],
        rule=lambda m, f, c, y: (
            m.carried[f, c, y]
            - float(plan.funds[f].carry_share)
            * quicksum(amount_gives(m, plan.funds[f], c, past) for past in plan.carried_from(plan.funds[f], y))
            - gives(m, "funds", (f,), "carry_share", c, y)
            <= plan.carry_cap(plan.funds[f], c, y) * YUAN
        ),
    )
