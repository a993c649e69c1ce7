"""The figures of a schedule as linear expressions over the columns of the program: what one asks whether it is certain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from optplan.plan import Plan
from optplan.plan.squads import squads
from optplan.search.solver.matrix import Floats, Matrix, Objective

Kind = Literal["delivery", "opening", "hires", "target"]


@dataclass(frozen=True)
class Cell:
    """``constant + Σ terms``: deliveries of an item, the years that a project is open, hires of a squad, a target's total.

    ``items`` and ``counties``: of what, and where, it counts.
    """

    kind: Kind
    subject: str
    county: str
    year: int | None
    whole: bool
    constant: float
    terms: dict[int, float] = field(hash=False)
    items: frozenset[str]
    counties: frozenset[str]
    most: float = float("inf")

    def objective(self, columns: int) -> Objective:
        """As something to minimise."""
        cost = np.zeros(columns)
        for column, factor in self.terms.items():
            cost[column] = factor
        return Objective(self.constant, cost)

    def at(self, point: Floats) -> float:
        """Its value at a point."""
        return self.constant + sum(factor * float(point[column]) for column, factor in self.terms.items())


class Cells:
    """The cells of a plan, those of its ``headline`` items first."""

    def __init__(self, plan: Plan, matrix: Matrix, headline: Sequence[str] = ()) -> None:
        self.plan, self.headline = plan, tuple(headline)
        self._column = {name: number for number, name in enumerate(matrix.names)}
        self._squads = squads(plan)

    def of(self, items: Sequence[str] = ()) -> Iterator[Cell]:
        """Openings, every cell of ``items`` in their order (else of all, headline items first), targets, hires of squads."""
        items = items or list(dict.fromkeys([*self.headline, *self.plan.items]))
        for p in self.plan.projects:
            yield from self._opening(p)
        for i in items:
            if self.plan.items[i].kind != "project":
                for c in self.plan.counties:
                    yield from (self._delivery(i, c, y) for y in self.plan.open_years)
        for t in self.plan.targets:
            yield self._target(t.target)
        for squad in self._squads:
            if squad.item in items and sum((s.item, s.county) == (squad.item, squad.county) for s in self._squads) > 1:
                for y in self.plan.open_years:
                    of_squad = self._hired(squad.squad, y)
                    yield self._cell("hires", "+".join(squad.teams), [squad.county], y, of_squad, [squad.item])

    def leads(self, cell: Cell) -> bool:
        """Whether people ask of it first: openings, hires, and what is about headline items."""
        return cell.kind in {"opening", "hires"} or cell.items <= set(self.headline)

    def _cell(
        self,
        kind: Kind,
        subject: str,
        counties: Sequence[str],
        year: int | None,
        expression: tuple[float, dict[int, float]],
        items: Iterable[str],
    ) -> Cell:
        constant, terms = expression
        county = counties[0] if kind != "target" else ""
        whole = all(self.plan.items[i].whole for i in items)
        used = {column: factor for column, factor in terms.items() if factor}
        return Cell(kind, subject, county, year, whole, constant, used, frozenset(items), frozenset(counties))

    def _delivery(self, i: str, c: str, y: int) -> Cell:
        return self._cell("delivery", i, [c], y, _less(self._so_far(i, c, y), self._so_far(i, c, y - 1)), [i])

    def _target(self, target: str) -> Cell:
        t = next(each for each in self.plan.targets if each.target == target)
        total: tuple[float, dict[int, float]] = (0.0, {})
        for i in t.items:
            for c in t.counties:
                last = self._so_far(i, c, min(t.by_year, self.plan.last_year))
                total = _more(total, _less(last, self._so_far(i, c, t.from_year - 1)))
        return self._cell("target", target, t.counties, None, total, t.items)

    def _opening(self, p: str) -> Iterator[Cell]:
        project = self.plan.projects[p]
        terms = {self._column["opened", (p, y)]: 1.0 for y in self.plan.years if ("opened", (p, y)) in self._column}
        if terms:
            where = frozenset([project.county])
            yield Cell("opening", p, project.county, None, True, 0.0, terms, frozenset([project.item]), where, float(len(terms)))

    def _hired(self, squad: str, y: int) -> tuple[float, dict[int, float]]:
        terms = {self._column["hired_so_far", (squad, y)]: 1.0}
        if y > self.plan.open_years[0]:
            terms[self._column["hired_so_far", (squad, y - 1)]] = -1.0
        return 0.0, terms

    def _so_far(self, i: str, c: str, y: int) -> tuple[float, dict[int, float]]:
        """Σ_{y'≤y} x[i,c,y'], as :func:`optplan.rules.deliveries.delivered_so_far` has it."""
        plan, kind = self.plan, self.plan.items[i].kind
        if y < plan.first_year:
            return 0.0, {}
        if kind == "goods":
            if y <= plan.closed_through:
                return float(sum(plan.delivered(i, c, past) for past in plan.closed_years if past <= y)), {}
            return 0.0, {self._column["goods_so_far", (i, c, y)]: 1.0}
        constant, terms = 0.0, defaultdict[int, float](float)
        if kind == "staff":
            for squad in (each for each in self._squads if (each.item, each.county) == (i, c)):
                constant += sum(plan.hired(team, past) for team in squad.teams for past in plan.closed_years if past <= y)
                if y > plan.closed_through:
                    terms[self._column["hired_so_far", (squad.squad, y)]] += 1.0
            return constant, dict(terms)
        for p, project in plan.projects.items():
            if (project.item, project.county) != (i, c) or not project.openings or y < project.openings[0]:
                continue
            if project.started is not None:
                constant += 1.0
            else:
                terms[self._column["opened", (p, min(y, project.openings[-1]))]] += 1.0
        return constant, dict(terms)


def _more(one: tuple[float, dict[int, float]], other: tuple[float, dict[int, float]]) -> tuple[float, dict[int, float]]:
    terms = defaultdict[int, float](float, one[1])
    for column, factor in other[1].items():
        terms[column] += factor
    return one[0] + other[0], dict(terms)


def _less(one: tuple[float, dict[int, float]], other: tuple[float, dict[int, float]]) -> tuple[float, dict[int, float]]:
    return _more(one, (-other[0], {column: -factor for column, factor in other[1].items()}))
