"""The criteria as objectives over the plain formulation, each with the columns and rows that only it needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from itertools import product
from math import inf

from benchmarks.formulation import Formulation
from benchmarks.program import Affine, Column, Program, total
from optplan.decision_model import DecisionModel
from optplan.plan import Plan
from optplan.schedule import Schedule

Shares = list[tuple[str, int, float, Affine]]


def straight_program(plan: Plan, model: DecisionModel, reference: Schedule | None = None) -> Program:
    """Every rule of ``plan``, and the criteria of ``model`` as objectives."""
    formulation = Formulation(plan, model.requests)
    for criterion in model.criteria:
        if criterion.name == "change":
            assert reference is not None
            objective = _change(formulation, reference)
        else:
            objective = OBJECTIVES[criterion.name](formulation)
        formulation.program.objectives[criterion.name] = objective
    return formulation.program


def _target_shortfall(f: Formulation) -> Affine:
    found = Affine()
    for target in f.plan.targets:
        if target.total:
            found.add(f.shortfall[target.target], float(target.weight / target.total))
    return found


def _shares(f: Formulation) -> Shares:
    """(county, year, weight, share that does not stand) of every standard in force, the staffing standard included."""
    plan = f.plan
    found: Shares = [
        (r.county, r.year, float(r.weight), Affine().add(f.gap[r.standard, r.county, r.year], float(1 / r.base)))
        for r in plan.requirements
        if r.counts
    ]
    teams: dict[str, list[str]] = defaultdict(list)
    for team in plan.teams.values():
        teams[team.county].append(team.team)
    for county, year in product(teams, plan.years):
        meeting = total(f.meets[team, year] for team in teams[county])
        found.append((county, year, float(plan.staffing_weight), Affine(1.0).add(meeting, -1 / len(teams[county]))))
    return found


def _readiness_gap(f: Formulation) -> Affine:
    weighed = [(weight * float(f.plan.risk_weight[county]), share) for county, _, weight, share in _shares(f)]
    whole, found = sum(weight for weight, _ in weighed), Affine()
    for weight, share in weighed:
        found.add(share, weight / whole)
    return found


def _worst_county(f: Formulation) -> Affine:
    worst = f.program.column(Column("worst", grain=None))
    shares = [entry for entry in _shares(f) if entry[1] == f.plan.last_year]
    for county in f.plan.counties:
        mine = [(weight, share) for place, _, weight, share in shares if place == county]
        if whole := sum(weight for weight, _ in mine):
            row = Affine().add(worst)
            for weight, share in mine:
                row.add(share, -weight / whole)
            f.program.row(0, row, inf)
    return worst


def _request(f: Formulation) -> Affine:
    return total(f.requested.values())


def _cost(f: Formulation) -> Affine:
    found, plan = Affine(), f.plan
    for (_, year, _), expense in f.expense.items():
        found.add(expense, float((1 + plan.discount_rate) ** (plan.first_year - year)))
    return found


def _team_gap(f: Formulation) -> Affine:
    return Affine(1.0).add(total(f.meets.values()), -1 / len(f.meets)) if f.meets else Affine()


def _project_delay(f: Formulation) -> Affine:
    cells = len(f.starts)
    standing = total(f.is_open(project, year) for project in f.plan.projects.values() for year in f.plan.years)
    return Affine(1.0).add(standing, -1 / cells) if cells else Affine()


def _size(f: Formulation, name: str, value: Affine) -> Affine:
    """|value|, as a column that is no less than it and its negative."""
    size = f.program.column(Column(name))
    f.program.row(0, Affine().add(size).add(value, -1), inf)
    f.program.row(0, Affine().add(size).add(value), inf)
    return size


def _change(f: Formulation, reference: Schedule) -> Affine:
    units: dict[str, float] = defaultdict(float)
    for (item, _, _), quantity in reference.deliveries.items():
        units[item] += float(quantity)
    found = Affine()
    for (i, c, y), delivered in f.delivered.items():
        if y in f.plan.open_years:
            moved = Affine().add(delivered).add(-float(reference.deliveries.get((i, c, y), 0)))
            found.add(_size(f, f"moved[{i},{c},{y}]", moved), 1 / (units[i] + 1))
    for (i, c, y), quantity in reference.deliveries.items():
        if y in f.plan.open_years and (i, c, y) not in f.delivered:
            found.add(float(quantity) / (units[i] + 1))
    return found


def _unevenness(f: Formulation) -> Affine:
    found, plan = Affine(), f.plan
    for target in plan.targets:
        if target.by_year != plan.last_year or not target.total:
            continue
        for year in plan.open_years[1:]:
            counted = range(target.from_year, target.by_year + 1)
            now, before = (
                f.deliveries(target.items, target.counties, (when,) if when in counted else ()) for when in (year, year - 1)
            )
            found.add(_size(f, f"uneven[{target.target},{year}]", now.add(before, -1)), float(1 / target.total))
    return found


def _surplus(f: Formulation) -> Affine:
    plan, found = f.plan, Affine()
    last = [r for r in plan.requirements if r.year == plan.last_year and r.required]
    weight = {r.standard: max(other.weight for other in last if other.standard == r.standard) for r in last}
    for standard, w in weight.items():
        beyond = f.program.column(Column(f"beyond[{standard}]", grain=None))
        for r in last:
            if r.standard == standard:
                stands = f.standing(r.items, r.county, r.year)
                f.program.row(-1, Affine().add(beyond).add(stands, -float(1 / r.required)), inf)
        found.add(beyond, float(w / sum(weight.values())) if w else 0)
    return found


def _payer_order(f: Formulation) -> Affine:
    found = Affine()
    for key, spent in f.spent.items():
        found.add(spent, f.plan.rank[key[0]])
    return found


OBJECTIVES: dict[str, Callable[[Formulation], Affine]] = {
    "target_shortfall": _target_shortfall,
    "readiness_gap": _readiness_gap,
    "worst_county": _worst_county,
    "request": _request,
    "cost": _cost,
    "team_gap": _team_gap,
    "project_delay": _project_delay,
    "unevenness": _unevenness,
    "surplus": _surplus,
    "payer_order": _payer_order,
}
