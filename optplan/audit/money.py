"""What a schedule costs and who pays it: the rules of model.md §3.7 to the yuan."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from functools import cached_property
from math import floor

from optplan.audit.delivery import Deliveries
from optplan.audit.facts import Facts, nearest
from optplan.audit.violations import money
from optplan.schedule import Schedule

CLASSES = ("capital", "recurrent")
A_YUAN = 1  # what a share or matching rule may be off by


class Money:
    """The costs, payments and balances of a schedule; broken rules, once checked, are noted in ``deliveries.violations``."""

    def __init__(self, facts: Facts, schedule: Schedule, deliveries: Deliveries, requests: bool) -> None:
        self.facts, self.schedule, self.deliveries, self.requests = facts, schedule, deliveries, requests

    def check(self) -> None:
        """Work out the balances, and note every rule that is broken."""
        self._form()
        self._paid()
        self.balances = self._balances()
        self._pools()
        if self.requests:
            self._operating_budget()

    @cached_property
    def costs(self) -> dict[tuple[str, int], tuple[int, int]]:
        """(capital, recurrent) by county and year, in yuan.

        Parts of a unit can cost parts of a yuan, which nobody can pay; whole units always cost whole yuan.
        """
        return {key: (floor(capital), floor(recurrent)) for key, (capital, recurrent) in self.exact.items()}

    @cached_property
    def exact(self) -> dict[tuple[str, int], list[int | Fraction]]:
        """(capital, recurrent) by county and year, in yuan and parts of one."""
        facts, done = self.facts, self.deliveries
        known = {
            key: value
            for key, value in done.x.items()
            if key[0] in facts.items and key[1] in facts.counties and key[2] in facts.years
        }
        exact: dict[tuple[str, int], list[int | Fraction]] = {(c, y): [0, 0] for c in facts.counties for y in facts.years}
        for (i, c, y), x in known.items():
            for paid, due in facts.order(i, c, y):
                if paid in facts.years:
                    exact[c, paid][0] += due * x
            exact[c, y][1] += facts.first_year_cost(i, c, y) * x
            for later in range(y + 1, facts.last + 1):
                if facts.still_stands(i, y, later):
                    exact[c, later][1] += facts.annual_cost(i, c, later) * x
        for p, opening in done.opening.items():
            c = facts.projects[p]["county"]
            for y, due in facts.instalments(p, self.schedule.starts[p]):
                if y in facts.years:
                    exact[c, y][0] += due
            if opening in facts.years:
                exact[c, opening][1] += facts.project_first_year_cost(p, opening)
            for later in range(opening + 1, facts.last + 1):
                exact[c, later][1] += facts.project_annual_cost(p, later)
        return exact

    @cached_property
    def commitments(self) -> list[dict[str, object]]:
        """What falls due after the plan: instalments, and a year of running what the plan adds, at the last year's prices."""
        facts, done, last = self.facts, self.deliveries, self.facts.last
        found: list[dict[str, object]] = []
        running: dict[str, int | Fraction] = defaultdict(int)
        for p in sorted(done.opening):
            c = facts.projects[p]["county"]
            found += [
                {"kind": "project", "county": c, "project": p, "year": y, "class": "capital", "amount": due}
                for y, due in facts.instalments(p, self.schedule.starts[p])
                if y > last and due
            ]
            if done.opening[p] <= last:
                running[c] += facts.project_annual_cost(p, last)
        for (i, c, y), x in done.x.items():
            if i in facts.items and c in facts.counties and facts.still_stands(i, y, last + 1):
                running[c] += facts.annual_cost(i, c, last) * x
        found += [
            {"kind": "running", "county": c, "project": None, "year": last + 1, "class": "recurrent", "amount": nearest(due)}
            for c, due in sorted(running.items())
            if due
        ]
        return found

    def _form(self) -> None:
        facts, need = self.facts, self.deliveries.need
        for (f, c, y, k), yuan in self.schedule.payments.items():
            known = f in facts.funds and c in facts.counties and y in facts.open_years and k in CLASSES
            need("payments", known, "unknown-payment", fund=f, county=c, year=y, kind=k)
            need("payments", yuan >= 0, "negative-payment", fund=f, county=c, year=y, kind=k, amount=money(yuan))
            need("payments", f not in facts.funds or k in facts.pays(f), "fund-does-not-pay", fund=f, county=c, year=y, kind=k)
        for (c, y, k), yuan in self.schedule.requests.items():
            need("payments", self.requests, "no-requests", county=c, year=y, kind=k, amount=money(yuan))
            known = c in facts.counties and y in facts.open_years and k in CLASSES
            need("payments", known and yuan >= 0, "unknown-request", county=c, year=y, kind=k, amount=money(yuan))

    def _paid(self) -> None:
        """Σ_f e + q = cost of each class in each county and open year."""
        paid: dict[tuple[str, int, str], int] = defaultdict(int)
        for (_, c, y, k), yuan in self.schedule.payments.items():
            paid[c, y, k] += yuan
        for key, yuan in self.schedule.requests.items():
            paid[key] += yuan
        for c in self.facts.counties:
            for y in self.facts.open_years:
                for k, cost in zip(CLASSES, self.costs[c, y], strict=True):
                    self.deliveries.need(
                        "payments",
                        paid[c, y, k] == cost,
                        "not-paid",
                        county=c,
                        year=y,
                        kind=k,
                        paid=money(paid[c, y, k]),
                        cost=money(cost),
                    )

    def spent(self, fund: str, county: str, year: int) -> int:
        """Σ_κ e[f,c,y,κ]."""
        return sum(self.schedule.payments.get((fund, county, year, k), 0) for k in CLASSES)

    def _balances(self) -> list[dict[str, object]]:
        """Amount, carried in, spent, carried out and lapsed of every purse and open year.

        As much is carried as may be: r[y] ≤ carry_share·amount[y], nothing out of the last year; the rest lapses.
        """
        facts = self.facts
        found: list[dict[str, object]] = []
        for f, row in facts.funds.items():
            for holder in ("",) if facts.is_pool(f) else tuple(facts.counties):
                carried = 0
                for y in facts.open_years:
                    amount = facts.amount(f, holder, y)
                    spent = sum(self.spent(f, c, y) for c in (facts.counties if facts.is_pool(f) else (holder,)))
                    left = amount + carried - spent
                    self.deliveries.need(
                        "balances",
                        left >= 0,
                        "overspent",
                        fund=f,
                        county=holder,
                        year=y,
                        spent=money(spent),
                        available=money(amount + carried),
                    )
                    cap = 0 if y == facts.last else floor(Fraction(row["carry_share"]) * amount)
                    out = max(0, min(left, cap))
                    found.append(
                        {"fund": f, "county": holder, "year": y, "amount": amount, "carried_in": carried, "spent": spent,
                         "carried_out": out, "lapsed": max(0, left - out)}
                    )  # fmt: skip
                    carried = out
        return found

    def _pools(self) -> None:
        """County caps, the floor for supported counties, and matching, each to within one yuan."""
        facts, need = self.facts, self.deliveries.need
        own = [f for f in facts.funds if not facts.is_pool(f)]
        for f in (f for f in facts.funds if facts.is_pool(f)):
            row = facts.funds[f]
            for y in facts.open_years:
                drawn = {c: self.spent(f, c, y) for c in facts.counties}
                supported = sum(yuan for c, yuan in drawn.items() if facts.counties[c]["supported"])
                floor_share = Fraction(row["support_floor"]) * sum(drawn.values())
                need(
                    "pools",
                    supported >= floor_share - A_YUAN,
                    "support-floor",
                    fund=f,
                    year=y,
                    given=money(supported),
                    floor=money(floor_share),
                )
                for c, yuan in drawn.items():
                    if row["county_cap_share"] is not None:
                        cap = Fraction(row["county_cap_share"]) * facts.amount(f, None, y)
                        need(
                            "pools",
                            yuan <= cap + A_YUAN,
                            "county-cap",
                            fund=f,
                            county=c,
                            year=y,
                            drawn=money(yuan),
                            cap=money(cap),
                        )
                    rate = row["match_rate"]
                    if facts.counties[c]["supported"] and row["match_rate_supported"] is not None:
                        rate = row["match_rate_supported"]
                    matched, asked = sum(self.spent(g, c, y) for g in own), Fraction(rate) * yuan
                    need(
                        "pools",
                        matched >= asked - A_YUAN,
                        "matching",
                        fund=f,
                        county=c,
                        year=y,
                        matched=money(matched),
                        asked=money(asked),
                    )

    def _operating_budget(self) -> None:
        """A[c,y] + q ≥ (1 + rate)·(A[c,y−1] + q) after the first open year, to within one yuan."""
        facts = self.facts

        def operating(c: str, y: int) -> int:
            return facts.operating_budget(c, y) + self.schedule.requests.get((c, y, "recurrent"), 0)

        for row in facts.tables["growth"]:
            c, y = row["county"], row["year"]
            if y in facts.open_years[1:]:
                asked = (1 + Fraction(row["rate"])) * operating(c, y - 1)
                self.deliveries.need(
                    "operating budgets", operating(c, y) >= asked - A_YUAN, "operating-budget", county=c, year=y,
                    given=money(operating(c, y)), asked=money(asked),
                )  # fmt: skip
