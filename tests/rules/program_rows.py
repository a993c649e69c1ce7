"""The program's rows in the symbols of model.md, whatever its variables are.

The program decides deliveries, hires and openings *so far*. Here each of its variables is written as what it stands for, so
that a row reads as in model.md: ``goods_so_far[i,c,y]`` becomes Σ_{y'≤y} x[i,c,y'], ``opened[p,y]`` the starts that have opened
p by y, and what closed years have settled is a number. Bounds of variables are rows like any other.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from pyomo.core import Constraint, Expression, Var
from pyomo.core.expr.numvalue import is_potentially_variable, value
from pyomo.repn import generate_standard_repn
from rules.algebra import Linear, row, whole

from optplan.rules.deliveries import delivered

RENAMED = {"shortfall": "z", "gap": "d", "spent": "e", "carried": "r", "requested": "q"}


class ProgramRows:
    """What the components of a program ``m`` of ``plan`` say."""

    def __init__(self, m, plan):
        self.m, self.plan = m, plan

    def components(self):
        """The names of everything of the program that says something."""
        parts = (part for kind in (Constraint, Var, Expression) for part in self.m.component_objects(kind))
        return {part.local_name for part in parts if len(part)} - {"criterion"}

    def of(self, name):
        """How often each row of a component stands there; ``delivered`` is x of what is hired or built, ``criterion cost`` what is minimised."""
        if name == "delivered":
            return Counter(self._delivered())
        if name.startswith("criterion "):
            criterion = name.removeprefix("criterion ")
            return Counter([row(Linear({criterion: 1}).plus(self.linear(self.m.criterion[criterion].expr), -1), "=")])
        part = getattr(self.m, name)
        each = {Var: self._bounds, Constraint: self._constraint, Expression: self._expression}[part.ctype]
        return Counter(written for index in part for written in each(part[index]))

    def _delivered(self):
        for i, item in self.plan.items.items():
            for c in self.plan.counties:
                for y in self.plan.open_years if item.kind != "goods" else ():
                    body = self.linear(delivered(self.m, self.plan, i, c, y))
                    yield row(Linear({f"x[{i},{c},{y}]": 1}).plus(body, -1), "=")

    def _bounds(self, variable):
        body = self.symbols(variable)
        yield from _between(variable.lb, body, variable.ub)
        if variable.is_integer() or variable.is_binary():
            yield whole(body)

    def _constraint(self, constraint):
        yield from _between(value(constraint.lower), self.linear(constraint.body), value(constraint.upper))

    def _expression(self, expression):
        yield row(Linear({expression.name.replace("'", ""): 1}).plus(self.linear(expression.expr), -1), "=")

    def linear(self, body):
        """An expression of the program in the symbols of model.md."""
        if not is_potentially_variable(body):
            return Linear({}, _exact(value(body)))
        found = generate_standard_repn(body)
        assert found.is_linear()
        total = Linear({}, _exact(value(found.constant)))
        for coefficient, variable in zip(found.linear_coefs, found.linear_vars, strict=True):
            total = total.plus(self.symbols(variable), _exact(value(coefficient)))
        return total

    def symbols(self, variable):
        """What a variable of the program stands for."""
        name, index = variable.parent_component().local_name, variable.index()
        parts = index if isinstance(index, tuple) else (() if index is None else (index,))
        expand = getattr(self, f"_{name}", None)
        return expand(*parts) if expand else Linear({_symbol(RENAMED.get(name, name), *parts): 1})

    def _goods_so_far(self, i, c, y):
        past = [year for year in self.plan.years if year <= y]
        done = sum(Fraction(self.plan.delivered(i, c, year)) for year in past if year not in self.plan.open_years)
        return Linear({_symbol("x", i, c, year): 1 for year in past if year in self.plan.open_years}, done)

    def _hired_so_far(self, k, y):
        return Linear({_symbol("h", self._squad(k), year): 1 for year in self.plan.open_years if year <= y})

    def _meeting(self, k, y):
        return Linear({_symbol("u", self._squad(k), y): 1})

    def _opened(self, p, y):
        project = self.plan.projects[p]
        return Linear({_symbol("s", p, opening - project.build_years): 1 for opening in project.openings if opening <= y})

    def _squad(self, k):
        """Teams that are decided together, as ``a+b``: their hires, and how many meet their standard, are sums over them."""
        return "+".join(self.m.squads[k].teams)


def _symbol(name, *index):
    """A pool's balance has no county: ``r[pool,2021]``."""
    return f"{name}[{','.join(str(part) for part in index if part != '')}]" if index else name


def _exact(number):
    return Fraction(number).limit_denominator(10**12)


def _between(lower, body, upper):
    if lower is not None and lower == upper:
        yield row(body.plus(Linear({}, _exact(lower)), -1), "=")
        return
    if lower is not None:
        yield row(body.plus(Linear({}, _exact(lower)), -1), ">=")
    if upper is not None:
        yield row(Linear({}, _exact(upper)).plus(body, -1), ">=")
