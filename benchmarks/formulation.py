"""The rules of a plan written down as most people would: deliveries of a year, every team for itself, nothing clever.

It is the same problem as optplan's, criterion for criterion and to the same tolerances; only the formulation is plain. What
optplan's own does differently (deliveries so far, squads, staff that already stands) is thus part of what is measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from math import inf

from benchmarks.program import MONEY_GRAIN, Affine, Column, Program, total
from optplan.plan import Fund, Mix, Plan, Project, Team

YUAN = MONEY_GRAIN
CLASSES = ("capital", "recurrent")


class Formulation:
    """The columns and rows of a plan. ``requests``: whether money beyond the funds may be asked for."""

    def __init__(self, plan: Plan, requests: bool) -> None:
        self.plan, self.requests = plan, requests
        self.program = Program()
        self.delivered: dict[tuple[str, str, int], Affine] = {}
        self.hires: dict[tuple[str, int], Affine] = {}
        self.meets: dict[tuple[str, int], Affine] = {}
        self.starts: dict[tuple[str, int], Affine] = {}
        self.shortfall: dict[str, Affine] = {}
        self.gap: dict[tuple[str, str, int], Affine] = {}
        self.expense: dict[tuple[str, int, str], Affine] = {}
        self.requested: dict[tuple[str, int, str], Affine] = {}
        self.costs: dict[tuple[str, int, str, str], Affine] = {}
        self._projects()
        self._teams()
        self._deliveries()
        self._targets()
        self._standards()
        self._limits()
        self._money()

    # -- what is delivered --------------------------------------------------------------------------------------------

    def _projects(self) -> None:
        plan, program = self.plan, self.program
        for name, project in plan.projects.items():
            for year in plan.years:
                may = project.started is None and year + project.build_years in project.openings
                fixed = float(project.started == year)
                column = Column(f"start[{name},{year}]", fixed, max(fixed, float(may)), whole=True)
                self.starts[name, year] = program.column(column)
            once = total(self.starts[name, year] for year in plan.years)
            program.row(float(project.mandatory), once, 1)
        for link in plan.links:
            one, other = (total(self.starts[p, y] for y in plan.years) for p in (link.project, link.other))
            if link.kind == "after":
                for year in plan.years:
                    before = self.is_open(plan.projects[link.other], year - link.lag)
                    program.row(-inf, self.is_open(plan.projects[link.project], year).add(before, -1), 0)
            elif link.kind == "together":
                program.row(0, one.add(other, -1), 0)
            else:
                program.row(-inf, one.add(other), 1)

    def opens(self, project: Project, year: int) -> Affine:
        """opens[p,y] = s[p, y − build_years]."""
        return Affine().add(self.starts.get((project.project, year - project.build_years), 0.0))

    def is_open(self, project: Project, year: int) -> Affine:
        """open[p,y] = Σ_{y'≤y} opens[p,y']."""
        return total(self.opens(project, past) for past in self.plan.years if past <= year)

    def _teams(self) -> None:
        plan, program = self.plan, self.program
        for name, team in plan.teams.items():
            for year in plan.years:
                done = float(plan.hired(name, year))
                most = done if year in plan.closed_years else float(team.max_staff + team.lost(plan.last_year))
                self.hires[name, year] = program.column(Column(f"hires[{name},{year}]", done, most, whole=True))
                self.meets[name, year] = program.column(Column(f"meets[{name},{year}]", 0, 1, whole=True))
                self._staff(team, year)

    def _staff(self, team: Team, year: int) -> None:
        plan, program, name = self.plan, self.program, team.team
        staff = total(self.hires[name, past] for past in plan.years if past <= year).add(float(team.staff - team.lost(year)))
        meets = self.meets[name, year]
        program.row(0, Affine().add(staff).add(meets, -team.min_staff), inf)
        if team.meets_by is not None and year >= team.meets_by and year in plan.open_years:
            program.row(1, meets, 1)
        if team.losses:
            program.row(0, staff, inf)
        elif year > plan.first_year:
            program.row(0, Affine().add(meets).add(self.meets[name, year - 1], -1), inf)
        if team.project is None:
            program.row(-inf, staff, team.max_staff)
            return
        is_open = self.is_open(plan.projects[team.project], year)
        program.row(0, Affine().add(staff).add(is_open, -team.min_staff), inf)
        program.row(-inf, Affine().add(staff).add(is_open, -team.max_staff), 0)
        program.row(-inf, Affine().add(meets).add(is_open, -1), 0)

    def _deliveries(self) -> None:
        plan = self.plan
        for i, c, y in product(plan.items.values(), plan.counties, plan.years):
            if i.kind == "staff":
                mine = [k for k, team in plan.teams.items() if (team.item, team.county) == (i.item, c)]
                self.delivered[i.item, c, y] = total(self.hires[k, y] for k in mine)
            elif i.kind == "project":
                built = [p for p in plan.projects.values() if (p.item, p.county) == (i.item, c)]
                self.delivered[i.item, c, y] = total(self.opens(p, y) for p in built)
            else:
                done = float(plan.delivered(i.item, c, y))
                most = done if y in plan.closed_years or plan.too_early_to_order(i.item, y) else inf
                column = Column(f"goods[{i.item},{c},{y}]", done, most, i.whole, 1.0 if i.whole else None)
                self.delivered[i.item, c, y] = self.program.column(column)

    def deliveries(self, items: tuple[str, ...], counties: tuple[str, ...], years: tuple[int, ...]) -> Affine:
        """Σ x over items, counties and years."""
        return total(self.delivered[i, c, y] for i in items for c in counties for y in years)

    def up_to(self, year: int) -> tuple[int, ...]:
        """The years of the plan up to ``year``."""
        return tuple(past for past in self.plan.years if past <= year)

    # -- what is asked for --------------------------------------------------------------------------------------------

    def _targets(self) -> None:
        for target in self.plan.targets:
            years = tuple(year for year in self.up_to(target.by_year) if year >= target.from_year)
            reached, asked = self.deliveries(target.items, target.counties, years), float(target.total)
            self.shortfall[target.target] = self.program.column(Column(f"shortfall[{target.target}]", 0, asked))
            self.program.row(asked, Affine().add(reached).add(self.shortfall[target.target]), inf)
            if target.exact:
                self.program.row(-inf, reached, asked)
            if target.at_least:
                self.program.row(float(target.at_least), reached, inf)

    def _standards(self) -> None:
        plan = self.plan
        for r in plan.requirements:
            if not r.counts:
                continue
            key = (r.standard, r.county, r.year)
            needs = plan.project_needs.get((r.standard, r.county), ())
            most = float(r.required + sum(quantity for _, quantity in needs))
            self.gap[key] = self.program.column(Column(f"gap[{r.standard},{r.county},{r.year}]", 0, most))
            has = self.standing(r.items, r.county, r.year)
            for name, quantity in needs:
                has.add(self.is_open(plan.projects[name], r.year), -float(quantity))
            if r.hard and r.year in plan.open_years:
                self.program.row(float(r.required), Affine().add(has), inf)
            self.program.row(float(r.required), has.add(self.gap[key]), inf)
        for (standard, county), needs in plan.hard_needs.items():
            for year in plan.years:
                has = self.standing(plan.standard_items[standard], county, year)
                for name, quantity in needs:
                    has.add(self.is_open(plan.projects[name], year), -float(quantity))
                self.program.row(0, has, inf)

    def standing(self, items: tuple[str, ...], county: str, year: int) -> Affine:
        """stock(g,c,y): what stands of the starting stock, and what was delivered up to the year."""
        delivered = total(self.deliveries((i,), (county,), self.in_service(i, year)) for i in items)
        return delivered.add(float(self.plan.standing(items, county, year)))

    def in_service(self, item: str, year: int) -> tuple[int, ...]:
        """The years whose deliveries of ``item`` are in service in ``year``."""
        life = self.plan.items[item].service_life
        return tuple(past for past in self.up_to(year) if life is None or year < past + life)

    def _limits(self) -> None:
        for limit in self.plan.limits:
            least = -inf if limit.minimum is None else float(limit.minimum)
            most = inf if limit.maximum is None else float(limit.maximum)
            self.program.row(least, self.deliveries(limit.items, limit.counties, limit.years), most)
        for mix in self.plan.mixes:
            if mix.standing:
                for year in mix.years:
                    self._share(mix, *(total(self.standing(g, c, year) for c in mix.counties) for g in (mix.part, mix.whole)))
            else:
                self._share(mix, *(self.deliveries(items, mix.counties, mix.years) for items in (mix.part, mix.whole)))

    def _share(self, mix: Mix, part: Affine, whole: Affine) -> None:
        if mix.min_share is not None:
            self.program.row(0, Affine().add(part).add(whole, -float(mix.min_share)), inf)
        if mix.max_share is not None:
            self.program.row(-inf, Affine().add(part).add(whole, -float(mix.max_share)), 0)

    # -- who pays -----------------------------------------------------------------------------------------------------

    def _money_column(self, name: str, upper: float = inf) -> Affine:
        return self.program.column(Column(name, 0, upper, grain=MONEY_GRAIN))

    def _money(self) -> None:
        plan = self.plan
        self.spent = {
            (f.fund, c, y, k, purpose): self._money_column(f"spent[{f.fund},{c},{y},{k},{purpose}]")
            for f in plan.funds.values()
            for c in plan.counties
            for y in plan.open_years
            for k in f.pays
            for purpose in plan.purposes
            if plan.may_pay(f.fund, k, purpose)
        }
        for c, y, k in product(plan.counties, plan.open_years, CLASSES):
            self.expense[c, y, k], self.requested[c, y, k] = Affine(), Affine()
            for purpose in plan.purposes:
                cost = self._capital(c, y, purpose) if k == "capital" else self._recurrent(c, y, purpose)
                self.costs[c, y, k, purpose] = Affine().add(cost)
                if k == "recurrent" and purpose == plan.purposes[0]:
                    cost.add(self._repayments(c, y))
                paid = total(self.spent[key] for key in self.spent if key[1:] == (c, y, k, purpose))
                if self.requests:
                    column = self._money_column(f"requested[{c},{y},{k},{purpose}]")
                    self.requested[c, y, k].add(column)
                    paid.add(column)
                self.expense[c, y, k].add(cost)
                self.program.row(0, paid.add(cost, -1), 0)
        if not self.requests:
            self.requested.clear()
        for use in plan.uses:
            for c, y in product(plan.counties, plan.open_years):
                cells = [(c, y, k, purpose) for k in use.classes for purpose in use.purposes]
                cost = total(self.costs[cell] for cell in cells)
                paid = total(self.spent[use.fund, *cell] for cell in cells if (use.fund, *cell) in self.spent)
                if use.min_share is not None:
                    self.program.row(0, Affine().add(paid).add(cost, -float(use.min_share)), inf)
                if use.max_share is not None:
                    self.program.row(-inf, Affine().add(paid).add(cost, -float(use.max_share)), 0)
        for fund in plan.funds.values():
            for holder in ("",) if fund.pool else plan.counties:
                self._balance(fund, holder)
        for pool, y in product(plan.pools, plan.open_years):
            self._shares(pool, y)
        if self.requests:
            self._operating_budgets()

    def _repayments(self, c: str, y: int) -> Affine:
        owed = Affine()
        for loan in self.plan.loans:
            for past in self.plan.open_years:
                if past < y <= past + (loan.repay_years or 0):
                    owed.add(self._drawn(loan, (c,), past), float(loan.annuity))
        return owed

    def _purpose(self, named: Mapping[str, str], purpose: str) -> list[str]:
        return [key for key, its in named.items() if len(self.plan.purposes) == 1 or its == purpose]

    def _capital(self, c: str, y: int, purpose: str) -> Affine:
        plan, cost = self.plan, Affine()
        for i in self._purpose(plan.purpose_of_item, purpose):
            for later in plan.years:
                for year, due in plan.prices.order(i, c, later):
                    if year == y:
                        cost.add(self.delivered[i, c, later], YUAN * due)
        for name in self._purpose(plan.purpose_of_project, purpose):
            if plan.projects[name].county == c:
                for start in plan.years:
                    for year, due in plan.prices.instalments(name, start):
                        if year == y:
                            cost.add(self.starts[name, start], YUAN * due)
        return cost

    def _recurrent(self, c: str, y: int, purpose: str) -> Affine:
        plan, cost = self.plan, Affine()
        for i in self._purpose(plan.purpose_of_item, purpose):
            price = plan.prices.of(i, c, y)
            before = tuple(past for past in self.in_service(i, y) if past < y)
            cost.add(self.deliveries((i,), (c,), before), YUAN * price.annual)
            cost.add(self.delivered[i, c, y], YUAN * price.first_year)
        for name in self._purpose(plan.purpose_of_project, purpose):
            project = plan.projects[name]
            if project.county == c:
                price = plan.prices.running(name, y)
                cost.add(self.is_open(project, y - 1), YUAN * price.annual)
                cost.add(self.opens(project, y), YUAN * price.first_year)
        return cost

    def _drawn(self, fund: Fund, counties: tuple[str, ...], y: int) -> Affine:
        cells = product(counties, fund.pays, self.plan.purposes)
        keys = [(fund.fund, c, y, k, purpose) for c, k, purpose in cells]
        return total(self.spent[key] for key in keys if key in self.spent)

    def _balance(self, fund: Fund, holder: str) -> None:
        plan = self.plan
        before = Affine()
        for y in plan.open_years:
            carried = self._money_column(f"carried[{fund.fund},{holder},{y}]", YUAN * plan.carry_cap(fund, holder, y))
            if fund.carry_years is None:
                most = float(fund.carry_share * plan.amount(fund, holder, y)) * YUAN
                self.program.row(-inf, Affine().add(carried).add(before, -1), most)
            out = self._drawn(fund, plan.counties if fund.pool else (holder,), y)
            self.program.row(-inf, out.add(carried).add(before, -1), YUAN * plan.amount(fund, holder, y))
            before = carried

    def _shares(self, pool: Fund, y: int) -> None:
        plan, program = self.plan, self.program
        supported = tuple(c for c in plan.counties if plan.supported[c])
        if pool.support_floor:
            everyone = self._drawn(pool, plan.counties, y)
            program.row(0, self._drawn(pool, supported, y).add(everyone, -float(pool.support_floor)), inf)
        for c in plan.counties:
            drawn = self._drawn(pool, (c,), y)
            if pool.county_cap_share is not None:
                program.row(-inf, drawn, float(pool.county_cap_share * plan.amount(pool, c, y)) * YUAN)
            if rate := plan.match_rate(pool, c):
                own = total(self._drawn(fund, (c,), y) for fund in plan.county_funds)
                program.row(0, own.add(drawn, -float(rate)), inf)

    def _operating_budgets(self) -> None:
        plan = self.plan
        for (c, y), rate in plan.revenue_growth.items():
            if c not in plan.counties or y not in plan.open_years[1:]:
                continue
            now, before = (
                Affine().add(self.requested[c, year, "recurrent"]).add(YUAN * plan.operating_budget(c, year))
                for year in (y, y - 1)
            )
            self.program.row(0, now.add(before, -float(1 + rate)), inf)
