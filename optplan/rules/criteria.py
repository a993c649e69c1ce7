"""The criteria of model.md §4 as expressions to minimise, each with the variables that only it needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from pyomo.core import Constraint, NonNegativeReals, Var, quicksum

from optplan.plan import Plan
from optplan.rules.deliveries import add_deliveries, delivered
from optplan.rules.money import add_money
from optplan.rules.needs import needs
from optplan.rules.projects import add_projects, is_open
from optplan.rules.rows import between
from optplan.rules.staffing import add_staffing, teams_meeting
from optplan.rules.standards import add_standards, stock
from optplan.rules.targets import add_targets
from optplan.schedule import Schedule


@needs(add_targets)
def target_shortfall(m: Any, plan: Plan) -> Any:
    """Σ_t w_t·z[t]/total_t."""
    return quicksum(float(t.weight / t.total) * m.shortfall[t.target] for t in plan.targets if t.total)


def _staffing_gap(m: Any, plan: Plan, county: str, year: int) -> Any:
    """(number of teams − Σ u[k,y]) / number of teams, the share of the county's teams below their staffing standard."""
    squads = [k for k, squad in m.squads.items() if squad.county == county]
    number = sum(m.squads[k].size for k in squads)
    return quicksum((m.squads[k].size - teams_meeting(m, plan, k, year)) / number for k in squads)


def _counties_with_teams(m: Any) -> list[str]:
    return sorted({squad.county for squad in m.squads.values()})


@needs(add_standards, add_staffing)
def readiness_gap(m: Any, plan: Plan) -> Any:
    """Σ w ρ_c·share / Σ w ρ_c over all standards in force and all years, the staffing standard included."""
    counted = [r for r in plan.requirements if r.counts]
    staffed = [(c, y) for c in _counties_with_teams(m) for y in plan.years]
    weight = sum(r.weight * plan.risk_weight[r.county] for r in counted) + sum(
        plan.staffing_weight * plan.risk_weight[c] for c, _ in staffed
    )
    if not weight:
        return 0
    return quicksum(
        float(r.weight * plan.risk_weight[r.county] / weight / r.base) * m.gap[r.standard, r.county, r.year] for r in counted
    ) + quicksum(float(plan.staffing_weight * plan.risk_weight[c] / weight) * _staffing_gap(m, plan, c, y) for c, y in staffed)


@needs(add_standards, add_staffing)
def worst_county(m: Any, plan: Plan) -> Any:
    """max_c Γ_c, Γ_c = Σ w·share / Σ w over the county's standards in force in the last year, the staffing standard included."""
    last, staffed = plan.last_year, set(_counties_with_teams(m))
    counted = defaultdict(list)
    for r in plan.requirements:
        if r.counts and r.year == last:
            counted[r.county].append(r)
    m.worst = Var(domain=NonNegativeReals)

    def at_least(m: Any, c: str) -> Any:
        weight = sum(r.weight for r in counted[c]) + (plan.staffing_weight if c in staffed else 0)
        if not weight:
            return Constraint.Skip
        gaps = quicksum(float(r.weight / weight / r.base) * m.gap[r.standard, c, last] for r in counted[c])
        staffing = float(plan.staffing_weight / weight) * _staffing_gap(m, plan, c, last) if c in staffed else 0
        return m.worst >= gaps + staffing

    m.worst_county = Constraint(plan.counties, rule=at_least)
    return m.worst


@needs(add_money)
def request(m: Any, plan: Plan) -> Any:
    """Σ q, undiscounted."""
    return quicksum(m.requested.values())


@needs(add_money)
def cost(m: Any, plan: Plan) -> Any:
    """Σ_{y∈O} (capital + recurrent)·(1+discount_rate)^−(y − first_year)."""
    return quicksum(float((1 + plan.discount_rate) ** (plan.first_year - y)) * m.expense[c, y, k] for c, y, k in m.expense)


@needs(add_staffing)
def team_gap(m: Any, plan: Plan) -> Any:
    """Σ_k Σ_y (1 − u[k,y]) / (|K|·|Y|)."""
    cells = len(plan.teams) * len(plan.years)
    return quicksum((m.squads[k].size - teams_meeting(m, plan, k, y)) / cells for k in m.squads for y in plan.years)


@needs(add_projects)
def project_delay(m: Any, plan: Plan) -> Any:
    """Σ_p Σ_y (1 − open[p,y]) / (|P|·|Y|)."""
    cells = len(plan.projects) * len(plan.years)
    return quicksum((1 - is_open(m, plan, p, y)) / cells for p in plan.projects for y in plan.years)


@needs(add_deliveries)
def change(m: Any, plan: Plan, reference: Schedule) -> Any:
    """Σ_{i,c,y∈O} a_i·|x − x_ref|, a_i = 1/(units of i in the reference + 1)."""
    units: dict[str, float] = defaultdict(float)
    for (i, _c, _y), quantity in reference.deliveries.items():
        units[i] += float(quantity)
    every = [(i, c, y) for i in plan.items for c in plan.counties for y in plan.open_years]
    before = {key: float(reference.deliveries.get(key, 0)) for key in every}
    m.moved = Var(every, domain=NonNegativeReals)
    m.moved_up = Constraint(every, rule=lambda m, i, c, y: m.moved[i, c, y] >= delivered(m, plan, i, c, y) - before[i, c, y])
    m.moved_down = Constraint(every, rule=lambda m, i, c, y: m.moved[i, c, y] >= before[i, c, y] - delivered(m, plan, i, c, y))
    gone = quicksum(
        float(quantity) / (units[i] + 1)
        for (i, c, y), quantity in sorted(reference.deliveries.items())
        if y in plan.open_years and (i, c, y) not in before
    )
    return gone + quicksum(m.moved[i, c, y] / (units[i] + 1) for i, c, y in every)


@needs(add_deliveries)
def unevenness(m: Any, plan: Plan) -> Any:
    """Σ_t Σ_{y>first open year} |X_{t,y} − X_{t,y−1}|/total_t over the targets with by_year = last_year."""
    targets = {t.target: t for t in plan.targets if t.by_year == plan.last_year and t.total}
    steps = [(t, y) for t in targets for y in plan.open_years[1:]]

    def yearly(m: Any, t: str, y: int) -> Any:
        if not targets[t].from_year <= y <= targets[t].by_year:
            return 0
        return quicksum(delivered(m, plan, i, c, y) for i in targets[t].items for c in targets[t].counties)

    m.uneven = Var(steps, domain=NonNegativeReals)
    m.uneven_up = Constraint(steps, rule=lambda m, t, y: m.uneven[t, y] >= yearly(m, t, y) - yearly(m, t, y - 1))
    m.uneven_down = Constraint(steps, rule=lambda m, t, y: m.uneven[t, y] >= yearly(m, t, y - 1) - yearly(m, t, y))
    return quicksum(m.uneven[t, y] / float(targets[t].total) for t, y in steps)


@needs(add_standards)
def surplus(m: Any, plan: Plan) -> Any:
    """Σ_σ w_σ·max_c max(0, stock − required)/required over the counties with required > 0 in the last year, / Σ_σ w_σ."""
    last = [r for r in plan.requirements if r.year == plan.last_year and r.required]
    weight = {s: max(r.weight for r in last if r.standard == s) for s in dict.fromkeys(r.standard for r in last)}
    m.beyond = Var(list(weight), domain=NonNegativeReals)
    of_county = {(r.standard, r.county): r for r in last}
    m.beyond_standard = Constraint(
        list(of_county),
        rule=lambda m, s, c: between(
            "beyond_standard",
            (s, c),
            -1,
            m.beyond[s] - stock(m, plan, of_county[s, c]) / float(of_county[s, c].required),
            None,
        ),
    )
    total = sum(weight.values())
    return quicksum(float(w / total) * m.beyond[s] for s, w in weight.items()) if total else 0


@needs(add_money)
def payer_order(m: Any, plan: Plan) -> Any:
    """Σ_f rank(f)·Σ e, rank being order (blank: after all that have one)."""
    return quicksum(plan.rank[index[0]] * spent for index, spent in m.spent.items())


EXPRESSIONS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        target_shortfall, readiness_gap, worst_county, request, cost, team_gap, project_delay, change, unevenness, surplus,
        payer_order,
    )
}  # fmt: skip
