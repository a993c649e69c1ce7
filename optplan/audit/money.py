"""What a schedule costs and who pays it: the rules of model.md §3.7 to the yuan."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from functools import cached_property
from math import floor

from optplan.audit.delivery import Deliveries
from optplan.audit.facts import Facts, nearest
from optplan.audit.purposes import purposes_of
from optplan.audit.violations import money
from optplan.schedule import Schedule

CLASSES = ("capital", "recurrent")
A_YUAN = 1  # what a share or matching rule may be off by


class Money:
    """The costs, payments and balances of a schedule; broken rules, once checked, are noted in ``deliveries.violations``."""

    def __init__(self, facts: Facts, schedule: Schedule, deliveries: Deliveries, requests: bool) -> None:
        self.facts, self.schedule, self.deliveries, self.requests = facts, schedule, deliveries, requests
        self.purposes = purposes_of(facts)

    def check(self) -> None:
        """Work out the balances, and note every rule that is broken."""
        self._form()
        self._paid()
        self._with_a_purpose()
        self.balances = self._balances()
        self._pools()
        if self.requests:
            self._operating_budget()

    @cached_property
    def costs(self) -> dict[tuple[str, int], tuple[int, int]]:
        """(capital, recurrent) by county and year, rounded half-up to the yuan.

        Parts of a unit can cost parts of a yuan, which nobody can pay; whole units always cost whole yuan.
        """
        return {key: (nearest(capital), nearest(recurrent)) for key, (capital, recurrent) in self.exact.items()}

    @cached_property
    def due(self) -> dict[tuple[str, int, str, str], int]:
        """What is paid for each purpose by (county, year, class, purpose), in yuan, without what loans cost.

        A class of spending is rounded as a whole; purposes, in their order, get what keeps their sums nearest.
        """
        found: dict[tuple[str, int, str, str], int] = {}
        so_far: dict[tuple[str, int, str], int | Fraction] = defaultdict(int)
        for (c, y, k, purpose), cost in sorted(self._of_purposes.items()):
            before = nearest(so_far[c, y, k])
            so_far[c, y, k] += cost
            found[c, y, k, purpose] = nearest(so_far[c, y, k]) - before
        return found

    @cached_property
    def exact(self) -> dict[tuple[str, int], list[int | Fraction]]:
        """(capital, recurrent) by county and year, in yuan and parts of one, what loans cost included."""
        exact: dict[tuple[str, int], list[int | Fraction]] = {
            (c, y): [0, 0] for c in self.facts.counties for y in self.facts.years
        }
        for (c, y, k, _), cost in self._of_purposes.items():
            exact[c, y][CLASSES.index(k)] += cost
        for (_, c, _), (years, instalment) in self.loans.items():
            for y in years:
                if y in self.facts.years:
                    exact[c, y][1] += instalment
        return exact

    @cached_property
    def loans(self) -> dict[tuple[str, str, int], tuple[range, int]]:
        """(years of repayment, what each of them costs) of what was borrowed by (fund, county, year)."""
        borrowed: dict[tuple[str, str, int], int] = defaultdict(int)
        for (f, c, y, _), yuan in self.schedule.payments.items():
            if f in self.facts.funds and self.facts.funds[f]["repay_years"] and c in self.facts.counties:
                borrowed[f, c, y] += yuan
        found = {}
        for (f, c, y), amount in sorted(borrowed.items()):
            n, r = self.facts.funds[f]["repay_years"], Fraction(self.facts.funds[f]["interest"])
            factor = r / (1 - (1 + r) ** -n) if r else Fraction(1, n)
            found[f, c, y] = (range(y + 1, y + n + 1), nearest(amount * factor))
        return found

    @property
    def payable(self) -> dict[tuple[str, int, str, str], int]:
        """What is paid for each purpose in the open years, what loans cost included."""
        found = {key: yuan for key, yuan in self.due.items() if key[1] in self.facts.open_years}
        for (_, c, _), (years, instalment) in self.loans.items():
            for y in (year for year in years if year in self.facts.open_years):
                found[c, y, "recurrent", ""] = found.get((c, y, "recurrent", ""), 0) + instalment
        return found

    @property
    def borrowed(self) -> list[dict[str, object]]:
        """What is borrowed, what each of the years after costs, and what of that remains after the plan."""
        return [
            {"fund": f, "county": c, "year": y, "amount": sum(self.schedule.payments.get((f, c, y, k), 0) for k in CLASSES),
             "instalment": instalment, "remaining": instalment * sum(at > self.facts.last for at in years)}
            for (f, c, y), (years, instalment) in self.loans.items()
        ]  # fmt: skip

    @cached_property
    def _of_purposes(self) -> dict[tuple[str, int, str, str], int | Fraction]:
        """What goods, staff and projects cost by (county, year, class, purpose)."""
        facts, done = self.facts, self.deliveries
        known = {
            key: value
            for key, value in done.x.items()
            if key[0] in facts.items and key[1] in facts.counties and key[2] in facts.years
        }
        found: dict[tuple[str, int, str, str], int | Fraction] = defaultdict(int)
        apart = self.purposes.told_apart
        for (i, c, y), x in known.items():
            purpose = self.purposes.of_item[i] if apart else ""
            for paid, due in facts.order(i, c, y):
                if paid in facts.years:
                    found[c, paid, "capital", purpose] += due * x
            found[c, y, "recurrent", purpose] += facts.first_year_cost(i, c, y) * x
            for later in range(y + 1, facts.last + 1):
                if facts.still_stands(i, y, later):
                    found[c, later, "recurrent", purpose] += facts.annual_cost(i, c, later) * x
        for p, opening in done.opening.items():
            c, purpose = facts.projects[p]["county"], self.purposes.of_project[p] if apart else ""
            for y, due in facts.instalments(p, self.schedule.starts[p]):
                if y in facts.years:
                    found[c, y, "capital", purpose] += due
            if opening in facts.years:
                found[c, opening, "recurrent", purpose] += facts.project_first_year_cost(p, opening)
            for later in facts.years:  # a start before the plan breaks a rule, and is counted all the same
                if later > opening:
                    found[c, later, "recurrent", purpose] += facts.project_annual_cost(p, later)
        return dict(found)

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
        owed: dict[tuple[str, int], int] = defaultdict(int)
        for (_, c, _), (years, instalment) in self.loans.items():
            for y in years:
                owed[c, y] += instalment if y > last else 0
        found += [
            {"kind": "loan", "county": c, "project": None, "year": y, "class": "recurrent", "amount": due}
            for (c, y), due in sorted(owed.items())
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

    def _with_a_purpose(self) -> None:
        """What each fund pays is what it may pay for; the purposes add up; shares of ``fund_uses`` to within one yuan."""
        facts, need, purposes = self.facts, self.deliveries.need, self.purposes
        spent: dict[tuple[str, str, int, str, str], int] = {
            (*key, ""): yuan for key, yuan in self.schedule.payments.items() if not purposes.told_apart
        }
        if purposes.told_apart:
            spent = dict(self.schedule.purposes)
            self._add_up()
        for (f, c, y, k, purpose), yuan in spent.items():
            may = purposes.may_pay(f, k, purpose)
            need(
                "purposes", may or not yuan, "fund-not-for", fund=f, county=c, year=y, kind=k, purpose=purpose, amount=money(yuan)
            )
        for row in facts.tables["fund_uses"]:
            kinds, served = [k for k in CLASSES if row["class"] in {None, k}], purposes.served(row)
            for c in facts.counties:
                for y in facts.open_years:
                    keys = [(c, y, k, purpose) for k in kinds for purpose in served]
                    cost = sum(self._of_purposes.get(key, 0) for key in keys)
                    paid = sum(spent.get((row["fund"], *key), 0) for key in keys)
                    what = {"fund": row["fund"], "county": c, "year": y, "paid": money(paid), "cost": money(Fraction(cost))}
                    if row["min_share"] is not None:
                        enough = paid >= Fraction(row["min_share"]) * cost - A_YUAN
                        need("purposes", enough, "use-too-little", **what, share=row["min_share"])
                    if row["max_share"] is not None:
                        within = paid <= Fraction(row["max_share"]) * cost + A_YUAN
                        need("purposes", within, "use-too-much", **what, share=row["max_share"])

    def _add_up(self) -> None:
        """Σ_π of what a fund pays is its payment; Σ over funds and requests of a purpose is what it costs."""
        need, schedule = self.deliveries.need, self.schedule
        by_payer: dict[tuple[str, str, int, str], int] = defaultdict(int)
        by_purpose: dict[tuple[str, int, str, str], int] = defaultdict(int)
        for (f, c, y, k, purpose), yuan in schedule.purposes.items():
            need("purposes", yuan >= 0, "negative-payment", fund=f, county=c, year=y, kind=k, amount=money(yuan))
            by_payer[f, c, y, k] += yuan
            by_purpose[c, y, k, purpose] += yuan
        paid = {**schedule.payments, **{("", *key): yuan for key, yuan in schedule.requests.items()}}
        for f, c, y, k in sorted(set(by_payer) | set(paid)):
            need(
                "purposes",
                by_payer[f, c, y, k] == paid.get((f, c, y, k), 0),
                "purposes-of-payment",
                fund=f,
                county=c,
                year=y,
                kind=k,
            )
        due = self.payable
        for key in sorted(set(by_purpose) | set(due)):
            c, y, k, purpose = key
            need(
                "purposes", by_purpose[key] == due.get(key, 0), "purpose-not-paid", county=c, year=y, kind=k, purpose=purpose,
                paid=money(by_purpose[key]), cost=money(due.get(key, 0)),
            )  # fmt: skip

    def spent(self, fund: str, county: str, year: int) -> int:
        """Σ_κ e[f,c,y,κ]."""
        return sum(self.schedule.payments.get((fund, county, year, k), 0) for k in CLASSES)

    def _balances(self) -> list[dict[str, object]]:
        """Amount, carried in, spent, carried out and lapsed of every purse and open year.

        As much is carried as may be: r[y] ≤ carry_share·Σ of the amounts of the last carry_years open years, nothing out of the
        last year; where money is kept for good r[y] ≤ carry_share·amount[y] + r[y−1], in the last year too. The rest lapses.
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
                    share = Fraction(row["carry_share"])
                    if row["carry_years"] == "all":
                        cap = floor(share * amount + carried)
                    else:
                        kept = [past for past in facts.open_years if y - int(row["carry_years"]) < past <= y]
                        cap = 0 if y == facts.last else floor(share * sum(facts.amount(f, holder, past) for past in kept))
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
