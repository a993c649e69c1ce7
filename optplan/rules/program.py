"""The mixed-integer program of a plan under a decision model: every rule of model.md §3, and the criteria of §4 in order."""

from __future__ import annotations

from typing import Any

# not pyomo.environ, which loads Pyomo's solvers and extensions too: a third of a second before every search
from pyomo.core import ConcreteModel, Expression

from optplan.decision_model import DecisionModel
from optplan.plan import Plan
from optplan.rules.cells import let_cells_give
from optplan.rules.criteria import EXPRESSIONS
from optplan.rules.deliveries import add_deliveries
from optplan.rules.limits import add_limits
from optplan.rules.money import add_money
from optplan.rules.projects import add_projects
from optplan.rules.purposes import add_purposes
from optplan.rules.staffing import add_staffing
from optplan.rules.standards import add_standards
from optplan.rules.targets import add_targets
from optplan.schedule import Schedule


def build_program(plan: Plan, model: DecisionModel, reference: Schedule | None = None, *, cells_give: bool = False) -> Any:
    """A Pyomo ``ConcreteModel`` with every rule, and ``m.criterion[name]`` for each criterion of ``model``.

    ``cells_give``: every row says by how much the cells that it comes from give way (:mod:`optplan.rules.cells`); rows that
    closed years alone break are then no contradiction. Nothing is minimised yet: the levels do that one after another
    (:mod:`optplan.search.lexicographic`).
    Raises :class:`optplan.rules.rows.Contradiction` if a rule is broken before anything is decided.
    """
    m = ConcreteModel(name=plan.title)
    if cells_give:
        let_cells_give(m)
    add_projects(m, plan)
    add_staffing(m, plan)
    add_deliveries(m, plan)
    add_targets(m, plan)
    add_standards(m, plan)
    add_limits(m, plan)
    add_money(m, plan, model.requests)
    add_purposes(m, plan)
    m.criterion = Expression([criterion.name for criterion in model.criteria])
    for criterion in model.criteria:
        more = (reference,) if criterion.name == "change" else ()
        m.criterion[criterion.name] = EXPRESSIONS[criterion.name](m, plan, *more)
    return m
